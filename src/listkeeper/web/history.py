"""The past over HTTP: releases, TimeGates and TimeMaps, and the history of an entry."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

import anyio.to_thread
from fastapi import APIRouter, Request, Response

from listkeeper.errors import HistoryError
from listkeeper.publish.entry_history import event_view, history_json, history_prov
from listkeeper.publish.page_words import date_in_words
from listkeeper.publish.timemaps import LINK_FORMAT, json_map, link_format
from listkeeper.web.answers import redirect
from listkeeper.web.headers import location, reference
from listkeeper.web.memento import VARY, address_of, gate, read_day, read_moment, times_of
from listkeeper.web.missing import missing
from listkeeper.web.negotiation import negotiate
from listkeeper.web.problems import Problem, ProblemError, printable
from listkeeper.web.representing import HTML, JSON, TURTLE, Form, made, refuse_unknown
from listkeeper.web.requests import CallOf  # noqa: TC001 - FastAPI reads it when it makes routes
from listkeeper.web.routes import response

if TYPE_CHECKING:
    from collections.abc import Callable

    from listkeeper.changes.history import Event
    from listkeeper.edition import Edition
    from listkeeper.release.past import Past
    from listkeeper.web.requests import Call

router = APIRouter(tags=["The past"])

NO_PAST: Final = "Nothing is known of the past here: the lists are not in a Git repository."
NEVER: Final = "This is in no release yet."
LINKS: Final = Form(name="link-format", content_type=LINK_FORMAT, extension="")
FORMS: Final = (HTML, JSON)
HISTORY_FORMS: Final = (HTML, JSON, TURTLE)
MAP_FORMS: Final = (LINKS, JSON)


def past_of(request: Request) -> Past:
    """Give the past of what is served.

    Raises:
        ProblemError: 404 where there is none.
    """
    past: Past | None = request.app.state.serving.past
    if past is None:
        raise ProblemError(Problem(status=404, detail=NO_PAST))
    return past


@router.get("/releases", summary="The releases there are")
@router.get("/releases.json", include_in_schema=False)
async def releases(request: Request, call: CallOf) -> Response:
    """List the releases, the newest first; one that cannot be read says why."""
    past = past_of(request)
    refuse_unknown(call)
    if call.path.endswith(".json"):
        return response(made(_releases_json(call, past), JSON), call)
    if negotiate(call.accept, FORMS) is JSON:
        return response(redirect(location(call.root_path, "releases.json")), call)
    rows = [
        {
            "name": r.name,
            "date": date_in_words(f"{r.date:%Y-%m-%d}"),
            "problem": past.known.problems.get(r.name, ""),
        }
        for r in reversed(past.known.releases)
    ]
    page = call.publication.pages
    body = page.filled("releases.html", call.path, "Releases", releases=rows)
    return response(made(body, HTML, varied=True), call)


def _releases_json(call: Call, past: Past) -> bytes:
    base = call.publication.edition.minter.base
    rows = [
        {
            "name": release.name,
            "date": release.date.isoformat(),
            "url": f"{base}release/{release.name}/",
            "problem": past.known.problems.get(release.name) or None,
        }
        for release in reversed(past.known.releases)
    ]
    return (json.dumps({"releases": rows}, indent=1) + "\n").encode()


@router.get("/timegate/{target:path}", status_code=302, summary="What something was at a date")
async def timegate(target: str, request: Request, call: CallOf) -> Response:
    """Lead to what an address, or a whole URI of ours, was at `Accept-Datetime` or `date`.

    Without either it leads to what it was when it was last released.
    """
    past = past_of(request)
    asked = dict(parse_qsl(call.query))
    refuse_unknown(call, ("date",))
    moment = read_day(asked["date"]) if "date" in asked else None
    if call.accept_datetime is not None:
        moment = read_moment(call.accept_datetime)
    address = address_of(call, target)
    found = await anyio.to_thread.run_sync(gate, call, past, address, moment)
    if found is None:
        raise ProblemError(_never(call, address))
    return response(found, call)


@router.get("/timemap/{target:path}", summary="Every release that has something")
async def timemap(target: str, request: Request, call: CallOf) -> Response:
    """List the releases that have what is at an address: link format, or JSON with `.json`."""
    past = past_of(request)
    refuse_unknown(call)
    is_json = target.endswith(".json")
    address = address_of(call, target.removesuffix(".json"))
    found = await anyio.to_thread.run_sync(times_of, call, past, address)
    if found is None:
        raise ProblemError(_never(call, address))
    if is_json:
        return response(made(json_map(found), JSON), call)
    if negotiate(call.accept, MAP_FORMS) is JSON:
        return response(redirect(location(call.root_path, f"timemap/{address}.json")), call)
    links = {"Link": f'<{reference(found.uri)}.json>; rel="alternate"; type="application/json"'}
    return response(made(link_format(found), LINKS, varied=True, headers=links), call)


def _never(call: Call, address: str) -> Problem:
    known = address in call.publication.resources
    return (
        Problem(status=404, detail=NEVER, headers={"Vary": VARY})
        if known
        else missing(call.publication, f"/{address}")
    )


@router.get("/{segment}/{code}/history", summary="Who changed an entry, and when")
@router.get("/{segment}/{code}/history.json", include_in_schema=False)
@router.get("/{segment}/{code}/history.ttl", include_in_schema=False)
async def history(segment: str, code: str, request: Request, call: CallOf) -> Response:
    """Tell the history of an entry: a page, JSON (`.json`) or PROV-O (`.ttl`)."""
    past = past_of(request)
    refuse_unknown(call)
    address = f"{segment}/{code}"
    edition = call.publication.edition
    resource = call.publication.resources.get(address)
    if resource is None or resource.uri not in edition.vocabulary.concepts:
        raise ProblemError(missing(call.publication, f"/{address}"))
    form = next((f for f in HISTORY_FORMS if f.extension and call.path.endswith(f.extension)), None)
    if form is None:
        liked = negotiate(call.accept, HISTORY_FORMS) or HTML
        if liked is not HTML:
            target = location(call.root_path, f"{address}/history{liked.extension}")
            return response(redirect(target), call)
    events = await _events(past, address, edition)
    place = f"{edition.minter.base}{address}/history.ttl"
    make: dict[str, Callable[[], bytes]] = {
        JSON.name: partial(history_json, resource.uri, events),
        TURTLE.name: partial(history_prov, resource.uri, place, events, edition.minter),
        HTML.name: partial(_page, call, address, events),
    }
    chosen = form or HTML
    body = await anyio.to_thread.run_sync(make[chosen.name])
    return response(made(body, chosen, varied=form is None), call)


async def _events(past: Past, address: str, edition: Edition) -> tuple[Event, ...]:
    """Read the history of an entry.

    Raises:
        ProblemError: 404 with the reason when a state of it cannot be read.
    """
    try:
        return await anyio.to_thread.run_sync(past.events, address, edition)
    except HistoryError as error:
        detail = printable(f"The history of this entry cannot be read: {error}")
        raise ProblemError(Problem(status=404, detail=detail)) from error


def _page(call: Call, address: str, events: tuple[Event, ...]) -> bytes:
    publication = call.publication
    concept = publication.edition.vocabulary.concepts[publication.resources[address].uri]
    label = concept.label(publication.edition.settings.default_language)
    shown: dict[str, Any] = {
        "code": concept.notation,
        "label": label,
        "address": address,
        "events": [event_view(event) for event in events],
    }
    title = f"History of {concept.notation} {label.value}"
    return publication.pages.filled("history.html", call.path, title, **shown)
