"""The SPARQL 1.1 Protocol, read only: https://www.w3.org/TR/sparql11-protocol/."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Final, cast

import anyio.to_thread
from fastapi import APIRouter, Depends, Request, Response

from listkeeper.sparql.description import service_description
from listkeeper.sparql.examples import read_examples
from listkeeper.sparql.formats import GRAPHS, SOLUTIONS, Format
from listkeeper.sparql.graphs import EditionGraphs
from listkeeper.sparql.pool import Pool
from listkeeper.sparql.queries import READ_ONLY, Query, QueryError, Reason
from listkeeper.sparql.view import (
    GRAPH_SHOWN,
    PATH,
    SOLUTIONS_SHOWN,
    Shown,
    query_view,
    shown_results,
)
from listkeeper.web.answers import answer
from listkeeper.web.bodies import FORM, body_text, fields, media_type
from listkeeper.web.headers import CACHING
from listkeeper.web.negotiation import negotiate
from listkeeper.web.problems import Problem, ProblemError
from listkeeper.web.requests import CallOf  # noqa: TC001 - FastAPI reads it when it makes routes
from listkeeper.web.routes import response

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from listkeeper.edition import Edition
    from listkeeper.sparql.queries import Results
    from listkeeper.web.answers import Answer
    from listkeeper.web.requests import Call
    from listkeeper.web.serving import Serving

TITLE: Final = "SPARQL"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
BODY_BYTES: Final = 64 * 2**10
"""A query of the greatest length with every sign percent-encoded."""

HTML: Final = Format(name="html", content_type="text/html; charset=utf-8", label="Page")
DESCRIBED: Final = (*GRAPHS, HTML)
"""What there is without a query: who does not name HTML gets the service description."""

RETRY: Final = "2"
"""Seconds after which a client that was turned away may try again."""

STATUSES: Final = MappingProxyType(
    {
        Reason.MALFORMED: 400,
        Reason.REFUSED: 400,
        Reason.UNKNOWN_GRAPH: 400,
        Reason.NOT_ACCEPTABLE: 406,
        Reason.TOO_MUCH: 400,
        Reason.STOPPED: 400,
        Reason.TOO_LONG: 503,
        Reason.BUSY: 503,
        Reason.UNAVAILABLE: 503,
    }
)
"""Why there are no results to the status that says so."""

router = APIRouter()


class PoolMaker:
    """Makes what answers queries over an edition; one for each application, as it is a key."""

    def __init__(self, serving: Serving) -> None:
        """Answer queries over what is served and its releases."""
        self._serving = serving

    def __call__(self, edition: Edition) -> Pool:
        """Make a pool; its worker starts with the first query."""
        return Pool(EditionGraphs(edition, self._serving.releases))


async def _pool(request: Request, call: CallOf) -> Pool:
    return await call.shelf.made(cast("PoolMaker", request.app.state.make_pool))


PoolOf = Annotated[Pool, Depends(_pool)]
"""What answers queries over the edition that the request sees."""


@router.get(PATH, summary="SPARQL query, or what the endpoint is")
async def by_get(call: CallOf, pool: PoolOf) -> Response:
    """Answer the query in the query string; without one, describe the service."""
    asked = fields(call.query)
    if not any(name in {"query", "update"} for name, _ in asked):
        return response(await _described(call, pool), call)
    return response(await _asked(call, pool, asked), call)


@router.post(PATH, summary="SPARQL query")
async def by_post(request: Request, call: CallOf, pool: PoolOf) -> Response:
    """Answer the query in the body: a form, or the query itself."""
    kind, body = media_type(request), await body_text(request, BODY_BYTES)
    if kind == FORM:
        return response(await _asked(call, pool, fields(body)), call)
    if kind in {QUERY, UPDATE}:
        name = "query" if kind == QUERY else "update"
        return response(await _asked(call, pool, [*fields(call.query), (name, body)]), call)
    detail = f"Send a query as {QUERY} or as a form ({FORM}), not as {kind[:80] or 'nothing'}."
    raise ProblemError(Problem(status=415, detail=detail))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Wanted:
    """A query and how its results are told."""

    query: Query
    page: bool
    """Whether as a page."""


async def _described(call: Call, pool: Pool) -> Answer:
    chosen = negotiate(call.accept, DESCRIBED)
    if chosen is None:
        types = ", ".join(row.content_type.partition(";")[0] for row in DESCRIBED)
        raise ProblemError(Problem(status=406, detail=f"This can be had as {types}."))
    if chosen is HTML:
        return await _page(call, pool, "")
    return _answer(service_description(pool.graphs, chosen.name), chosen.content_type)


async def _asked(call: Call, pool: Pool, asked: Sequence[tuple[str, str]]) -> Answer:
    """Answer a query, or say why not: on the page of the endpoint to who reads pages."""
    wanted = _wanted(call, asked)
    try:
        results = await anyio.to_thread.run_sync(pool.ask, wanted.query)
    except QueryError as error:
        if wanted.page:
            return await _page(call, pool, wanted.query.text, error=error)
        raise ProblemError(_problem(error)) from error
    if wanted.page:
        minter = call.publication.edition.minter
        return await _page(
            call, pool, wanted.query.text, results=shown_results(results, wanted.query.text, minter)
        )
    return _answer(results.body, _content_type(results))


def _wanted(call: Call, asked: Sequence[tuple[str, str]]) -> _Wanted:
    """Read the parameters of the protocol; those of other endpoints are passed over."""
    texts = [value for name, value in asked if name == "query"]
    if any(name == "update" for name, _ in asked):
        raise ProblemError(Problem(status=400, detail=f"{READ_ONLY.capitalize()}."))
    if len(texts) != 1:
        raise ProblemError(Problem(status=400, detail="Send exactly one query."))
    named = next((value for name, value in asked if name == "format"), "")
    solutions, graph = (_chosen(call, rows, named) for rows in (SOLUTIONS, GRAPHS))
    page = solutions is HTML and graph is HTML
    query = Query(
        text=texts[0],
        default_graphs=tuple(value for name, value in asked if name == "default-graph-uri"),
        named_graphs=tuple(value for name, value in asked if name == "named-graph-uri"),
        solutions=SOLUTIONS_SHOWN if page else _name(solutions),
        graph=GRAPH_SHOWN if page else _name(graph),
    )
    return _Wanted(query=query, page=page)


def _chosen(call: Call, rows: Sequence[Format], named: str) -> Format | None:
    """Choose the format of results by its name, else by ``Accept``: then a page is one too."""
    by_name = next((row for row in rows if row.name == named), None)
    return by_name or negotiate(call.accept, rows if named else (*rows, HTML))


def _name(chosen: Format | None) -> str:
    return chosen.name if chosen else ""


def _content_type(results: Results) -> str:
    return next(row.content_type for row in (*SOLUTIONS, *GRAPHS) if row.name == results.format)


def _answer(body: bytes, content_type: str, status: int = 200, retry: str = "") -> Answer:
    headers = {
        "Content-Type": content_type,
        "Cache-Control": CACHING["plain"],
        "Vary": "Accept",
        "Retry-After": retry,
    }
    return answer(body, headers, status=status, validated=status == 200)  # noqa: PLR2004 - OK


async def _page(
    call: Call,
    pool: Pool,
    text: str,
    *,
    results: Shown | None = None,
    error: QueryError | None = None,
) -> Answer:
    examples = read_examples(call.publication.templates, pool.graphs.base)
    problem = error.detail if error else ""
    view = query_view(text, examples, pool.limits, results=results, problem=problem)
    fill = partial(call.publication.pages.filled, "sparql.html", PATH, TITLE, page=view)
    body = await anyio.to_thread.run_sync(fill)
    status = STATUSES[error.reason] if error else 200
    return _answer(body, HTML.content_type, status, _retry(error))


def _problem(error: QueryError) -> Problem:
    headers: Mapping[str, str] = {"Retry-After": retry} if (retry := _retry(error)) else {}
    return Problem(
        status=STATUSES[error.reason],
        detail=error.detail[:1].upper() + error.detail[1:] + ".",
        members={"reason": str(error.reason)},
        headers=headers,
    )


def _retry(error: QueryError | None) -> str:
    return RETRY if error and error.reason is Reason.BUSY else ""
