"""The routes: identifiers, terms, plain URLs when another format is preferred, filtered tables."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, unquote_plus

import anyio.to_thread
from fastapi import APIRouter, Request, Response

from listkeeper.errors import UnknownParametersError
from listkeeper.graph import URINode
from listkeeper.publish.profiles import PROFILES, profile_of, profiled
from listkeeper.publish.representations import offers
from listkeeper.publish.resources import DEFINITIONS_ADDRESS
from listkeeper.web.answers import Answer, answer, redirect
from listkeeper.web.headers import CACHING, NEGOTIATED, location
from listkeeper.web.health import health_answer
from listkeeper.web.links import HTML, profile_links, resource_links, time_links
from listkeeper.web.memento import gated
from listkeeper.web.missing import missing
from listkeeper.web.negotiation import negotiate
from listkeeper.web.problems import Problem, ProblemError, problem_of
from listkeeper.web.profiles import (
    EVERY,
    QSA,
    choose_profiled,
    find_document,
    no_such_profile,
    profile_location,
    profiles_body,
    read_accept_profile,
    read_wanted,
)
from listkeeper.web.requests import CallOf  # noqa: TC001 - FastAPI reads it when it makes routes
from listkeeper.web.shapes import PAGE_RESPONSE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from listkeeper.edition import Edition
    from listkeeper.publish.publication import Document
    from listkeeper.publish.representations import Representation
    from listkeeper.publish.resources import Resource
    from listkeeper.web.profiles import Wanted
    from listkeeper.web.requests import Call
    from listkeeper.web.serving import Serving

MOST_NAMES: Final = 10
"""How many unknown query parameters are named."""

TERM: Final = re.compile(r"[A-Za-z0-9_-]*+")
"""Local name of a term of ours; empty for the namespace itself."""

router = APIRouter()


def response(made: Answer, call: Call) -> Response:
    """Give FastAPI an answer to send."""
    status, headers, body = made.parts(
        if_none_match=call.if_none_match, if_modified_since=call.if_modified_since
    )
    sent = Response(status_code=status, content=body)
    sent.raw_headers = list(headers)
    return sent


@router.get("/health", summary="State of the server")
async def health(request: Request, call: CallOf) -> Response:
    """Say how the server is: what it serves, and what the checks found."""
    serving: Serving = request.app.state.serving
    return response(health_answer(serving, call.publication), call)


@router.get("/id/{address:path}", status_code=303, summary="Identifier of an entry or a list")
async def identifier(address: str, request: Request, call: CallOf) -> Response:
    """Lead from an identifier to its description, as `Accept` and `Accept-Profile` like best.

    `_profile` and `_mediatype` go before both; `_profile=all` tells which there are.
    """
    resource = call.publication.resources.get(address)
    if resource is None or resource.uri != call.publication.edition.minter.identifiers + address:
        raise ProblemError(missing(call.publication, call.path))
    dated = await _dated(request, call, address)
    if dated is not None:
        return response(dated, call)
    wanted = read_wanted(call.query)
    if wanted.profiles == (EVERY,):
        return response(await _profiles(call, resource, wanted), call)
    return response(see_other(call, resource, wanted), call)


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


@router.get("/list/{name}/table", summary="Entries of a list, filtered", responses=PAGE_RESPONSE)
async def table(name: str, call: CallOf) -> Response:
    """Show the entries of a list that the filters in the query leave."""
    if name not in call.publication.edition.vocabulary.schemes:
        raise ProblemError(missing(call.publication, call.path))
    filters = dict(parse_qsl(call.query))
    body = call.publication.pages.table(name, filters)
    headers = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": CACHING["page"]}
    return response(answer(body, headers, validated=True), call)


@router.get("/{path:path}", summary="Page, or description in a preferred format")
async def plain(path: str, request: Request, call: CallOf) -> Response:
    """Answer a plain URL: HTML, or the way to the format or profile that is liked better."""
    document = call.publication.find(call.path)
    if document is not None and document.kind == "format":
        raise ProblemError(unknown_parameters(call.query))
    dated = await _dated(request, call, path)
    if dated is not None:
        return response(dated, call)
    resource = call.publication.resources.get(path)
    if resource is None:
        return response(await _page(call, document), call)
    wanted = read_wanted(call.query)
    if wanted.profiles == (EVERY,):
        return response(await _profiles(call, resource, wanted), call)
    profiled_document = find_document(call.publication, resource, wanted)
    if profiled_document is not None:
        return response(await _in_profile(call, profiled_document, wanted), call)
    see = see_other(call, resource, wanted)
    if document is not None and _leads_to(see) == location(call.root_path, resource.address):
        return response(await call.shelf.answer(document, call.coding), call)
    return response(see, call)


async def _dated(request: Request, call: Call, address: str) -> Answer | None:
    """Answer a request that negotiates in time; None for any other, and where nothing is dated."""
    serving: Serving = request.app.state.serving
    if call.accept_datetime is None or serving.past is None or call.publication.past:
        return None
    return await anyio.to_thread.run_sync(gated, call, serving.past, address)


async def _page(call: Call, document: Document | None) -> Answer:
    """Answer a page that is not about one resource.

    Raises:
        ProblemError: 404 where there is none.
    """
    if document is None:
        raise ProblemError(missing(call.publication, call.path))
    return await call.shelf.answer(document, call.coding)


async def _profiles(call: Call, resource: Resource, wanted: Wanted) -> Answer:
    """Tell which profiles a resource can be had in."""
    make = partial(profiles_body, call, resource, wanted.media_type)
    body, content_type = await call.shelf.work(make)
    headers = {
        "Content-Type": content_type,
        "Content-Profile": QSA,
        "Cache-Control": CACHING["page"],
        "Vary": NEGOTIATED,
        "Link": ", ".join(profile_links(call.publication, resource)),
    }
    return answer(body, headers, validated=True)


async def _in_profile(call: Call, document: Document, wanted: Wanted) -> Answer:
    made = await call.shelf.answer(document, call.coding)
    profile = next(p for p in PROFILES if p.token in wanted.profiles)
    return made.with_headers({"Content-Profile": f"<{profile.uri}>"})


def _leads_to(made: Answer) -> str:
    return dict(made.headers)[b"location"].decode()


def _is_defined(name: str, edition: Edition) -> bool:
    node = URINode(edition.minter.term(name)) if TERM.fullmatch(name) else None
    return node is not None and bool(edition.authored.properties(node))


def choose(call: Call, resource: Resource, media_type: str = "") -> Representation:
    """Choose the format of a resource that a request likes best.

    Args:
        call: the request.
        resource: what it is about.
        media_type: the format that its query names, which goes before ``Accept``.

    Raises:
        ProblemError: 406 with what there is, when the request accepts none.
    """
    rows = offers(resource.kind)
    chosen = negotiate(media_type or call.accept, [row for row in rows if row.negotiable])
    if chosen is None:
        raise ProblemError(_not_acceptable(call, resource, rows))
    return chosen


def see_other(call: Call, resource: Resource, wanted: Wanted) -> Answer:
    """Lead to a resource in the profile and format that is liked best.

    Raises:
        ProblemError: 406 with what there is, when there is nothing that may be sent.
    """
    more = (*profile_links(call.publication, resource), *time_links(call.publication, resource))
    links = ", ".join((_links(call, resource), *more))
    names = wanted.profiles or read_accept_profile(call.accept_profile)
    offered = profiled(call.publication, resource) if names else ()
    found = choose_profiled(offered, names, wanted.media_type or call.accept)
    if found:
        return redirect(profile_location(call, found), links, f"<{found.profile.uri}>")
    if wanted.profiles:
        raise ProblemError(no_such_profile(call, resource, wanted))
    chosen = choose(call, resource, wanted.media_type)
    profile = profile_of(resource.kind, chosen)
    return redirect(_location(call, resource, chosen), links, f"<{profile.uri}>" if profile else "")


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
        headers={"Link": _links(call, resource), "Vary": NEGOTIATED},
    )


def unknown_parameters(query: str, known: Iterable[str] = ()) -> Problem:
    """Refuse parameters of a file that choose nothing: caches would keep a copy for each.

    Args:
        query: as it was sent.
        known: the parameters that there are.
    """
    named = (unquote_plus(pair.partition("=")[0]) for pair in query.split("&")[:MOST_NAMES])
    known = tuple(known)
    names = tuple(name for name in dict.fromkeys(named) if name not in known)
    return problem_of(UnknownParametersError(names, known))
