"""The routes: identifiers, terms, plain URLs when another format is preferred, filtered tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, unquote_plus

from fastapi import APIRouter, Request, Response

from listkeeper.graph import URINode
from listkeeper.publish.representations import offers
from listkeeper.publish.resources import DEFINITIONS_ADDRESS
from listkeeper.web.answers import Answer, answer, redirect
from listkeeper.web.headers import CACHING, location
from listkeeper.web.health import health_answer
from listkeeper.web.links import HTML, resource_links
from listkeeper.web.missing import missing
from listkeeper.web.negotiation import negotiate
from listkeeper.web.problems import Problem, ProblemError, printable
from listkeeper.web.requests import CallOf  # noqa: TC001 - FastAPI reads it when it makes routes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listkeeper.edition import Edition
    from listkeeper.publish.representations import Representation
    from listkeeper.publish.resources import Resource
    from listkeeper.web.requests import Call
    from listkeeper.web.serving import Serving

MOST_NAMES: Final = 10
"""How many unknown query parameters are named."""

TERM: Final = re.compile(r"[A-Za-z0-9_-]*+")
"""Local name of a term of ours; empty for the namespace itself."""

router = APIRouter()


def response(made: Answer, call: Call) -> Response:
    """Give FastAPI an answer to send."""
    status, headers, body = made.parts(if_none_match=call.if_none_match)
    sent = Response(status_code=status, content=body)
    sent.raw_headers = list(headers)
    return sent


@router.get("/health", summary="State of the server")
async def health(request: Request, call: CallOf) -> Response:
    """Say how the server is: what it serves, and what the checks found."""
    serving: Serving = request.app.state.serving
    return response(health_answer(serving, call.publication), call)


@router.get("/id/{address:path}", status_code=303, summary="Identifier of an entry or a list")
async def identifier(address: str, call: CallOf) -> Response:
    """Lead from an identifier to its description in the format that `Accept` likes best."""
    resource = call.publication.resources.get(address)
    if resource is None or resource.uri != call.publication.edition.minter.identifiers + address:
        raise ProblemError(missing(call.publication, call.path))
    return response(see_other(call, resource, choose(call, resource)), call)


@router.get("/def/{name:path}", status_code=303, summary="Term of the definitions")
async def term(name: str, call: CallOf) -> Response:
    """Lead from a term of ours to its definition; from the namespace to all of them."""
    if not _is_defined(name, call.publication.edition):
        raise ProblemError(missing(call.publication, call.path))
    resource = call.publication.resources[DEFINITIONS_ADDRESS]
    chosen = choose(call, resource)
    anchor = name if chosen.name == HTML else ""
    target = location(call.root_path, DEFINITIONS_ADDRESS + chosen.extension, anchor)
    return response(redirect(target, _links(call, resource)), call)


@router.get("/list/{name}/table", summary="Entries of a list, filtered")
async def table(name: str, call: CallOf) -> Response:
    """Show the entries of a list that the filters in the query leave."""
    if name not in call.publication.edition.vocabulary.schemes:
        raise ProblemError(missing(call.publication, call.path))
    filters = dict(parse_qsl(call.query))
    body = call.publication.pages.table(name, filters)
    headers = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": CACHING["page"]}
    return response(answer(body, headers, validated=True), call)


@router.get("/{path:path}", summary="Page, or description in a preferred format")
async def plain(path: str, call: CallOf) -> Response:
    """Answer a plain URL: HTML, or the way to the format that `Accept` likes better."""
    document = call.publication.find(call.path)
    if document is not None and document.kind == "format":
        raise ProblemError(_unknown_parameters(call))
    resource = call.publication.resources.get(path)
    if resource is None:
        raise ProblemError(missing(call.publication, call.path))
    chosen = choose(call, resource)
    if chosen.name == HTML and document is not None:
        return response(await call.shelf.answer(document), call)
    return response(see_other(call, resource, chosen), call)


def _is_defined(name: str, edition: Edition) -> bool:
    node = URINode(edition.minter.term(name)) if TERM.fullmatch(name) else None
    return node is not None and bool(edition.authored.properties(node))


def choose(call: Call, resource: Resource) -> Representation:
    """Choose the format of a resource that a request likes best.

    Raises:
        ProblemError: 406 with what there is, when the request accepts none.
    """
    rows = offers(resource.kind)
    chosen = negotiate(call.accept, [row for row in rows if row.negotiable])
    if chosen is None:
        raise ProblemError(_not_acceptable(call, resource, rows))
    return chosen


def see_other(call: Call, resource: Resource, chosen: Representation) -> Answer:
    """Lead to a resource in a format."""
    return redirect(_location(call, resource, chosen), _links(call, resource))


def _location(call: Call, resource: Resource, row: Representation) -> str:
    extension = "" if row.name == HTML else row.extension
    return location(call.root_path, resource.address + extension)


def _links(call: Call, resource: Resource) -> str:
    return ", ".join(resource_links(call.publication, resource))


def _not_acceptable(call: Call, resource: Resource, rows: Sequence[Representation]) -> Problem:
    alternates = [
        {"href": _location(call, resource, row), "type": row.media_type, "label": row.label}
        for row in rows
    ]
    types = ", ".join(dict.fromkeys(row.media_type for row in rows))
    return Problem(
        status=406,
        detail=f"This can be had as {types}; the request accepts none of them.",
        members={"alternates": alternates},
        headers={"Link": _links(call, resource)},
    )


def _unknown_parameters(call: Call) -> Problem:
    """Refuse a query on a file: caches would keep a copy for each."""
    pairs = call.query.split("&")[:MOST_NAMES]
    names = ", ".join(dict.fromkeys(printable(unquote_plus(p.partition("=")[0])) for p in pairs))
    return Problem(
        status=400,
        detail=f"Unknown query parameter {names}: this address takes none; ask without it.",
        members={"parameters": names.split(", ")},
    )
