"""Downloads of chosen rows and columns, and the form that makes their addresses."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

import anyio.to_thread
from fastapi import APIRouter, Response

from listkeeper.errors import UsageError
from listkeeper.publish.representations import offers
from listkeeper.publish.selection import METADATA, read_selection, render_selection
from listkeeper.web.answers import Answer, answer
from listkeeper.web.headers import CACHING
from listkeeper.web.links import DESCRIBED_BY, resource_links, url
from listkeeper.web.missing import missing
from listkeeper.web.problems import ProblemError
from listkeeper.web.requests import CallOf  # noqa: TC001 - FastAPI reads it when it makes routes
from listkeeper.web.routes import response
from listkeeper.web.shapes import PAGE_RESPONSE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.publish.publication import Document
    from listkeeper.web.requests import Call

MOST_PARAMETERS: Final = 200
LONGEST_QUERY: Final = 8_000
"""Bytes of a query; the form with every box ticked sends fewer."""

router = APIRouter(tags=["Downloads"])

SELECTED: Final = "Rows and columns of a list"


@router.get("/list/{name}.csv-metadata.json", summary=f"{SELECTED}: CSVW metadata")
@router.get("/list/{name}.excel.csv", summary=f"{SELECTED}: CSV for Excel")
@router.get("/list/{name}.csv", summary=f"{SELECTED}: CSV")
@router.get("/list/{name}.xlsx", summary=f"{SELECTED}: Excel")
async def selected(name: str, call: CallOf) -> Response:
    """Answer a list's table as the query chooses it.

    `retired=no` leaves retired entries out; `language` gives names and definitions in another
    language where they are known; `columns` names columns, parted by commas; `mapped-to` names a
    list and makes a row of each link to it; the path segment of a linked list with a code, such as
    `organisation-type=10001`, leaves only entries that are linked to it.
    """
    document = call.publication.find(call.path)
    if document is None or document.resource is None or document.resource.name != name:
        raise ProblemError(missing(call.publication, call.path))
    return response(await _selected(call, document), call)


@router.get(
    "/downloads",
    summary="The form that makes the address of a download",
    responses=PAGE_RESPONSE,
)
async def builder(call: CallOf) -> Response:
    """Show the choices for a list, and the address that they come to."""
    make = partial(call.publication.pages.builder, read_query(call))
    body = await anyio.to_thread.run_sync(make)
    headers = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": CACHING["page"]}
    return response(answer(body, headers, validated=True), call)


def read_query(call: Call) -> list[tuple[str, str]]:
    """Read a query into names and values, empty ones too.

    Raises:
        UsageError: when it is too long or no UTF-8.
    """
    if len(call.query) > LONGEST_QUERY:
        raise UsageError(f"the query is longer than {LONGEST_QUERY} bytes")
    try:
        return parse_qsl(
            call.query,
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_PARAMETERS,
        )
    except ValueError as error:
        raise UsageError(f"the query cannot be read: {error}") from error


async def _selected(call: Call, document: Document) -> Answer:
    publication = call.publication
    assert document.resource is not None  # noqa: S101 - the route has made sure
    assert document.representation is not None  # noqa: S101 - a resource's document has one
    name, format_ = document.resource.name, document.representation.name
    scheme = publication.edition.vocabulary.schemes[name]
    selection = read_selection(publication.edition, scheme, read_query(call))
    body = await call.shelf.work(partial(render_selection, publication, name, format_, selection))
    headers = {
        "Content-Type": document.content_type,
        "Cache-Control": CACHING["format"],
        "Link": ", ".join(_links(call, document, selection.query)),
    }
    return answer(body, headers, validated=True)


def _links(call: Call, document: Document, query: str) -> Iterator[str]:
    """Give the links of a selection: what describes it, and the resource it is cut from."""
    resource, sent = document.resource, document.representation
    if resource is None or sent is None:
        return
    question = f"?{query}" if query else ""
    for row in offers(resource.kind):
        if row.name == METADATA == DESCRIBED_BY.get(sent.name):
            target = f"{url(call.publication, resource, row)}{question}"
            yield f'<{target}>; rel="describedby"; type="{row.media_type}"'
    for link in resource_links(call.publication, resource, sent):
        if 'rel="alternate' not in link:
            yield link
