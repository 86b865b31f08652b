"""What changed between two releases, and the feeds that tell of each release."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlencode

import anyio.to_thread
from fastapi import APIRouter, Request, Response

from listkeeper.publish.change_reports import csv_report, json_report
from listkeeper.publish.change_reports.page import listed
from listkeeper.publish.change_reports.wording import summary
from listkeeper.publish.feeds import activity, ldes
from listkeeper.publish.feeds.atom import atom_feed
from listkeeper.publish.feeds.patch import rdf_patch
from listkeeper.web.answers import redirect
from listkeeper.web.headers import location
from listkeeper.web.history import past_of
from listkeeper.web.missing import missing
from listkeeper.web.negotiation import negotiate
from listkeeper.web.problems import Problem, ProblemError
from listkeeper.web.representing import (
    ACTIVITY,
    ATOM,
    CSV,
    HTML,
    JSON,
    PATCH,
    TURTLE,
    made,
    refuse_unknown,
)
from listkeeper.web.requests import CallOf  # noqa: TC001 - FastAPI reads it when it makes routes
from listkeeper.web.routes import response

if TYPE_CHECKING:
    from collections.abc import Callable

    from listkeeper.changes.model import Changes
    from listkeeper.publish.feeds.announcing import Issue
    from listkeeper.release.past import Past
    from listkeeper.web.requests import Call

router = APIRouter(tags=["Changes"])

FORMS: Final = (HTML, JSON, CSV, ATOM)
REPORTS: Final = (JSON, CSV, PATCH)
SPAN: Final = ("from", "to")
NOTHING_YET: Final = "There is no release yet, so nothing has changed from one to the next."


@router.get("/changes", summary="What changed between two releases")
@router.get("/changes.json", include_in_schema=False)
@router.get("/changes.csv", include_in_schema=False)
@router.get("/changes.rdfp", include_in_schema=False)
async def changes(request: Request, call: CallOf) -> Response:
    """Tell what changed `from` one release `to` another; by default between the last two.

    A page, `/changes.json`, `/changes.csv`, or `/changes.rdfp` (RDF Patch).
    """
    return await _changes(request, call, "")


@router.get("/list/{name}/changes", summary="What changed in a list between two releases")
@router.get("/list/{name}/changes.json", include_in_schema=False)
@router.get("/list/{name}/changes.csv", include_in_schema=False)
async def list_changes(name: str, request: Request, call: CallOf) -> Response:
    """Tell what changed in one list or subset, as `/changes` does of all."""
    return await _changes(request, call, _list(call, name))


@router.get("/changes.atom", summary="Atom feed of releases")
async def all_atom(request: Request, call: CallOf) -> Response:
    """Tell of each release as an Atom feed."""
    return await _atom(request, call, "")


@router.get("/list/{name}/changes.atom", summary="Atom feed of a list")
async def list_atom(name: str, request: Request, call: CallOf) -> Response:
    """Tell of each release that changed a list as an Atom feed."""
    return await _atom(request, call, _list(call, name))


@router.get("/feeds/ldes.ttl", summary="Linked Data Event Stream")
@router.get("/feeds/{name}/ldes.ttl", include_in_schema=False)
async def stream(request: Request, call: CallOf, name: str = "") -> Response:
    """Lead to the page of each release, with the versions of everything that changed."""
    issues = await _issues(request, call, name)
    return response(made(ldes.view(_base(call), name, issues), TURTLE), call)


@router.get("/feeds/ldes/{release}.ttl", summary="Page of the event stream")
@router.get("/feeds/{name}/ldes/{release}.ttl", include_in_schema=False)
async def stream_page(release: str, request: Request, call: CallOf, name: str = "") -> Response:
    """Give what each thing that a release changed was in it; it never changes."""
    issue = _named(await _issues(request, call, name), release)
    edition = await anyio.to_thread.run_sync(past_of(request).edition, release)
    make = partial(ldes.page, _base(call), name, issue, edition)
    body = await anyio.to_thread.run_sync(make)
    return response(made(body, TURTLE, immutable=True), call)


@router.get("/feeds/activity.json", summary="ActivityStreams (IIIF Change Discovery)")
@router.get("/feeds/{name}/activity.json", include_in_schema=False)
async def activities(request: Request, call: CallOf, name: str = "") -> Response:
    """Say where the pages of activities begin and end."""
    issues = await _issues(request, call, name)
    return response(made(activity.collection(_base(call), name, issues), ACTIVITY), call)


@router.get("/feeds/activity/{release}.json", summary="Page of activities")
@router.get("/feeds/{name}/activity/{release}.json", include_in_schema=False)
async def activity_page(release: str, request: Request, call: CallOf, name: str = "") -> Response:
    """Tell what was made, changed and taken away in a release."""
    issues = await _issues(request, call, name)
    body = activity.page(_base(call), name, issues, release)
    if body is None:
        raise ProblemError(
            Problem(status=404, detail=f"{release} is no release that changed this.")
        )
    return response(made(body, ACTIVITY), call)


async def _changes(request: Request, call: Call, name: str) -> Response:
    past = past_of(request)
    refuse_unknown(call, SPAN)
    asked = {key: value for key, value in parse_qsl(call.query) if value}
    form = next((form for form in REPORTS if call.path.endswith(form.extension)), None)
    if form is None:
        liked = negotiate(call.accept, FORMS) or HTML
        if liked is not HTML:
            query = f"?{urlencode(asked)}" if asked and liked is not ATOM else ""
            target = location(call.root_path, f"{call.path.lstrip('/')}{liked.extension}") + query
            return response(redirect(target), call)
    span = _span(past, asked)
    found = await anyio.to_thread.run_sync(past.changes, *span)
    chosen = found.of_list(name) if name else found
    make: dict[str, Callable[[], bytes]] = {
        JSON.name: lambda: json_report(chosen).encode(),
        CSV.name: lambda: csv_report(chosen),
        PATCH.name: partial(_patch, call, past, span),
        HTML.name: partial(_page, call, past, chosen, (name, *span)),
    }
    shown = form or HTML
    body = await anyio.to_thread.run_sync(make[shown.name])
    is_fixed = form is not None and span == tuple(asked.get(end) for end in SPAN)
    return response(made(body, shown, varied=form is None, immutable=is_fixed), call)


def _span(past: Past, asked: dict[str, str]) -> tuple[str, str]:
    """Give the names of the two releases; the first is empty for the time before any.

    Raises:
        ProblemError: 400 or 404 when they are not in their order, or not there.
    """
    if not past.known.readable:
        raise ProblemError(Problem(status=404, detail=NOTHING_YET))
    after = past.release(asked.get("to", "latest"))
    if "from" not in asked:
        return past.previous(after.name), after.name
    before = past.release(asked["from"])
    return before.name, after.name


def _patch(call: Call, past: Past, span: tuple[str, str]) -> bytes:
    before = past.edition(span[0]) if span[0] else None
    return rdf_patch(_base(call), span, before, past.edition(span[1]))


def _page(call: Call, past: Past, found: Changes, shown: tuple[str, str, str]) -> bytes:
    name, before, after = shown
    query = urlencode({"from": before, "to": after}) if before else urlencode({"to": after})
    page: dict[str, Any] = {
        "releases": [release.name for release in reversed(past.known.readable)],
        "before": before,
        "after": after,
        "address": f"list/{name}/changes" if name else "changes",
        "whole": not name,
        "query": query,
        "summary": summary(found),
        "lists": [
            (title, [(kind.title, kind.impact.value, items) for kind, items in kinds])
            for title, kinds in listed(found)
        ],
    }
    title = f"Changes of {_title(call, name)}" if name else "Changes"
    return call.publication.pages.filled("changes.html", call.path, title, **page)


async def _atom(request: Request, call: Call, name: str) -> Response:
    issues = await _issues(request, call, name)
    settings = call.publication.edition.settings
    title = f"{settings.site_name}: {_title(call, name) if name else 'changes'}"
    body = atom_feed(_base(call), name, title, settings.site_name, issues)
    return response(made(body, ATOM), call)


async def _issues(request: Request, call: Call, name: str) -> tuple[Issue, ...]:
    past = past_of(request)
    refuse_unknown(call)
    if name:
        _list(call, name)
    return await anyio.to_thread.run_sync(past.announcements.issues, name)


def _named(issues: tuple[Issue, ...], release: str) -> Issue:
    found = next((issue for issue in issues if issue.name == release), None)
    if found is None:
        raise ProblemError(Problem(status=404, detail=f"{release[:40]!r} is no release here."))
    return found


def _list(call: Call, name: str) -> str:
    if name not in call.publication.edition.vocabulary.schemes:
        raise ProblemError(missing(call.publication, call.path))
    return name


def _title(call: Call, name: str) -> str:
    return call.publication.edition.vocabulary.schemes[name].title().value


def _base(call: Call) -> str:
    return call.publication.edition.minter.base
