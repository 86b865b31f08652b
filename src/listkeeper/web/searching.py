"""Search, suggestions while typing, and the entry behind any identifier."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import anyio.to_thread
from fastapi import APIRouter, Response

from listkeeper.errors import refuse_unknown_parameters
from listkeeper.publish.page_search import PATH, search_view
from listkeeper.search.filters import NONE, Filters
from listkeeper.search.found import found, has_near, tell, with_alike
from listkeeper.search.index import search_index
from listkeeper.search.matching import matchers
from listkeeper.web.answers import Answer, answer, redirect
from listkeeper.web.bodies import fields
from listkeeper.web.headers import CACHING, location
from listkeeper.web.missing import missing
from listkeeper.web.negotiation import negotiate
from listkeeper.web.problems import Problem, ProblemError, printable
from listkeeper.web.requests import CallOf  # noqa: TC001 - FastAPI reads it when it makes routes
from listkeeper.web.routes import response

if TYPE_CHECKING:
    from collections.abc import Mapping

    from listkeeper.web.requests import Call

router = APIRouter(tags=["Search"])

TITLE: Final = "Find a code"
LONGEST_QUERY: Final = 8_000
"""Bytes of a query string."""

PAGE: Final = 20
MOST_PAGE: Final = 100
MOST_SUGGESTED: Final = 50


class _Form(NamedTuple):
    """A form in which results are told."""

    name: str
    content_type: str


HTML: Final = _Form("html", "text/html; charset=utf-8")
JSON: Final = _Form("json", "application/json")
FORMS: Final = (JSON, HTML)


@router.get("/search", summary="Find entries")
async def search(call: CallOf) -> Response:
    """Find entries by `q`: a code, a URI, a name, a former name or words of their texts.

    `list` and `status` narrow the search, and so does the path segment of a list with a code, such
    as `organisation-type=10001` or `function=38`: only entries that are linked to it are found.
    `limit` and `offset` choose a part; `format=json` or `Accept` chooses JSON. To a browser, a code
    that one entry alone has leads straight to its page.
    """
    asked = _parameters(call)
    form = _form(call, asked.pop("format", ""))
    words, filters = asked.pop("q", ""), _filters(call, asked)
    limit = _number(asked, "limit", PAGE, MOST_PAGE)
    offset = _number(asked, "offset", 0, LONGEST_QUERY)
    index = await call.shelf.made(search_index)
    named = index.identifier.concepts(words)
    if form is HTML and len(named) == 1 and filters == NONE:
        return response(redirect(location(call.root_path, named[0].address)), call)
    answered = found(index, words, filters, limit=max(limit, 1), offset=offset)
    if not answered.total and words.strip() and has_near(filters):
        matcher = (await call.shelf.made(matchers)).of(filters.list_name)
        answered = await anyio.to_thread.run_sync(with_alike, answered, index, matcher)
    if form is JSON:
        return response(_json(answered.record()), call)
    view = partial(search_view, call.publication.edition, answered, asked)
    body = await anyio.to_thread.run_sync(
        lambda: call.publication.pages.filled("search.html", PATH, TITLE, page=view())
    )
    return response(_answer(body, HTML.content_type), call)


@router.get("/suggest", summary="Suggest entries while typing")
async def suggest(call: CallOf) -> Response:
    """Suggest entries whose code or name begins with `q`; filters are those of the search."""
    asked = _parameters(call)
    asked.pop("format", "")
    words, filters = asked.pop("q", ""), _filters(call, asked)
    limit = _number(asked, "limit", 10, MOST_SUGGESTED)
    index = await call.shelf.made(search_index)
    hits = index.suggest(words, filters, limit=limit)
    suggestions = [asdict(tell(index, hit)) for hit in hits]
    return response(_json({"words": words, "suggestions": suggestions}), call)


@router.get("/resolve", status_code=303, summary="The entry behind an identifier")
async def resolve(call: CallOf) -> Response:
    """Lead from any identifier of an entry to the one it has here.

    `uri` is an address the entry has or once had (with `http` or `https`), a CURIE such as
    `esdServiceType:559`, or a list's segment with a code such as `service/559`.
    """
    uri = _parameters(call).get("uri", "")
    index = await call.shelf.made(search_index)
    reading = index.identifier.read(uri)
    if len(reading.concepts) == 1 and reading.segment:
        target = location(call.root_path, f"id/{reading.concepts[0].address}")
        return response(redirect(target), call)
    if reading.segment:
        raise ProblemError(missing(call.publication, f"/{reading.segment}/{reading.notation}"))
    detail = f"No entry is known by {printable(uri) or 'an empty identifier'}."
    raise ProblemError(Problem(status=404, detail=detail))


def _parameters(call: Call) -> dict[str, str]:
    """Read the query; of a parameter that is given twice the last counts.

    Raises:
        ProblemError: 414 when it is too long, 400 when it has too many parameters.
    """
    if len(call.query) > LONGEST_QUERY:
        detail = f"The query is longer than {LONGEST_QUERY:,} bytes; ask for less."
        raise ProblemError(Problem(status=414, detail=detail))
    return dict(fields(call.query))


def _filters(call: Call, asked: Mapping[str, str]) -> Filters:
    """Read the filters.

    Raises:
        UnknownParametersError: for a parameter that there is not.
    """
    segments = {s.segment for s in call.publication.edition.vocabulary.schemes.values()}
    known = {"list", "status", "limit", "offset", *segments}
    refuse_unknown_parameters(asked, ("q", *sorted(known)))
    return Filters(
        list_name=asked.get("list", ""),
        status=asked.get("status", ""),
        linked={name: value for name, value in asked.items() if name in segments and value},
    )


def _number(asked: Mapping[str, str], name: str, usual: int, most: int) -> int:
    text = asked.get(name) or str(usual)
    if not (
        text.isascii() and text.isdecimal() and int(text[:6]) <= most and len(text) <= len("999999")
    ):
        detail = f"{name} is a number from 0 to {most}, not {printable(text)}."
        raise ProblemError(Problem(status=400, detail=detail))
    return int(text)


def _form(call: Call, named: str) -> _Form:
    """Choose JSON or a page: by name, else by ``Accept``; who names neither gets JSON."""
    by_name = next((form for form in FORMS if form.name == named), None)
    return by_name or negotiate(call.accept, FORMS) or JSON


def _json(record: Mapping[str, Any]) -> Answer:
    body = json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"
    return _answer(body, JSON.content_type)


def _answer(body: bytes, content_type: str) -> Answer:
    headers = {"Content-Type": content_type, "Cache-Control": CACHING["page"], "Vary": "Accept"}
    return answer(body, headers, validated=True)
