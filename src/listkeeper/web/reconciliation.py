"""The Reconciliation API, version 0.2 at ``/reconcile`` and the draft of 1.0 below it.

JSONP, which 0.2 allows and the draft has dropped, is not answered: every answer may be read from
any origin, and a script made of strangers' words is the worse way.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any, Final
from urllib.parse import urlsplit

import anyio.to_thread
from fastapi import APIRouter, Depends, Request, Response

from listkeeper.errors import UsageError
from listkeeper.reconciliation.candidates import Finder
from listkeeper.reconciliation.entities import Entities
from listkeeper.reconciliation.extension import MOST_PROPERTIES, extend, proposed
from listkeeper.reconciliation.manifest import ENDPOINT, draft_manifest, manifest
from listkeeper.reconciliation.preview import preview_view
from listkeeper.reconciliation.properties import properties
from listkeeper.reconciliation.queries import read_batch, read_draft_batch
from listkeeper.reconciliation.reading import whole_number
from listkeeper.reconciliation.suggestions import (
    FURTHEST,
    suggest_entities,
    suggest_properties,
    suggest_types,
)
from listkeeper.reconciliation.wire import (
    draft_extension,
    draft_results,
    extension,
    proposals,
    results,
)
from listkeeper.search.index import search_index
from listkeeper.search.matching import matchers
from listkeeper.web.answers import Answer, answer, redirect
from listkeeper.web.bodies import FORM, body_text, fields, media_type
from listkeeper.web.headers import CACHING, COMMON, CONTENT_SECURITY_POLICY, encode, location
from listkeeper.web.languages import preferred_language
from listkeeper.web.problems import Problem, ProblemError
from listkeeper.web.requests import CallOf  # noqa: TC001 - FastAPI reads it when it makes routes
from listkeeper.web.routes import response

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from listkeeper.model import Concept
    from listkeeper.web.requests import Call

BODY_BYTES: Final = 2**20
JSON: Final = "application/json"
HOST: Final = re.compile(
    r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\d{1,5})?|\[[0-9a-f:]+\](:\d{1,5})?"
)

FRAMED: Final = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
"""A preview is made to be shown in others' pages; it has nothing to click on but a link."""

router = APIRouter(prefix=f"/{ENDPOINT}")


def _entities(request: Request, call: CallOf) -> Entities:
    edition = call.publication.edition
    wanted = request.headers.get("accept-language")
    return Entities(
        edition=edition, language=preferred_language(wanted, edition.settings.languages)
    )


EntitiesOf = Annotated[Entities, Depends(_entities)]
"""The entries, named in the language that the client prefers."""


@router.get("", summary="Reconciliation 0.2: manifest, or an answer to queries")
async def endpoint(request: Request, call: CallOf, entities: EntitiesOf) -> Response:
    """Give the manifest, or answer the queries or the extension in the query string."""
    asked = _once(fields(call.query))
    if not {"queries", "extend", "query"} & set(asked):
        return _sent(call, manifest(entities, _root(request, call)))
    return _sent(call, await _answered(call, entities, asked))


@router.post("", summary="Reconciliation 0.2: an answer to queries")
async def endpoint_by_form(request: Request, call: CallOf, entities: EntitiesOf) -> Response:
    """Answer the queries or the extension in a form."""
    if media_type(request) != FORM:
        detail = f"Send queries or extend as a form ({FORM}); JSON goes to /{ENDPOINT}/match."
        raise ProblemError(Problem(status=415, detail=detail))
    asked = _once(fields(await body_text(request, BODY_BYTES)))
    return _sent(call, await _answered(call, entities, asked))


@router.get("/", summary="Reconciliation 1.0 draft: manifest")
async def draft_endpoint(request: Request, call: CallOf, entities: EntitiesOf) -> Response:
    """Give the manifest as the draft writes it."""
    return _sent(call, draft_manifest(entities, _root(request, call)))


@router.post("/match", summary="Reconciliation 1.0 draft: queries")
async def draft_match(request: Request, call: CallOf, entities: EntitiesOf) -> Response:
    """Answer a batch of queries."""
    text = await body_text(request, BODY_BYTES)
    finder = await _finder(call, entities)

    def made() -> dict[str, Any]:
        return draft_results([finder.find(asked) for asked in read_draft_batch(text)], entities)

    return _sent(call, await _in_thread(made))


@router.post("/extend", summary="Reconciliation 1.0 draft: data extension")
async def draft_extend(request: Request, call: CallOf, entities: EntitiesOf) -> Response:
    """Answer a data extension query."""
    text = await body_text(request, BODY_BYTES)
    found = await _in_thread(lambda: extend(text, entities, properties(entities)))
    return _sent(call, draft_extension(found, entities))


@router.get("/extend/propose", summary="Properties that entries of a list can have")
async def propose(call: CallOf, entities: EntitiesOf) -> Response:
    """Propose properties for data extension."""
    asked = _once(fields(call.query))
    type_ = asked.get("type", "")
    limit = _number(asked, "limit", MOST_PROPERTIES) or MOST_PROPERTIES
    found = _told(lambda: proposed(type_, entities, properties(entities)))
    return _sent(call, proposals(found, type_, limit))


@router.get("/suggest/entity", summary="Entries whose names begin so")
async def suggest_entity(call: CallOf, entities: EntitiesOf) -> Response:
    """Suggest entries."""
    asked = _once(fields(call.query))
    index = await call.shelf.made(search_index)
    prefix, passed = asked.get("prefix", ""), _number(asked, "cursor", FURTHEST)
    found = _told(
        lambda: suggest_entities(
            index, entities, prefix, type_=asked.get("type", ""), passed=passed
        )
    )
    return _sent(call, {"result": found})


@router.get("/suggest/type", summary="Lists whose names begin so")
async def suggest_type(call: CallOf, entities: EntitiesOf) -> Response:
    """Suggest lists."""
    asked = _once(fields(call.query))
    passed = _number(asked, "cursor", FURTHEST)
    return _sent(call, {"result": suggest_types(entities, asked.get("prefix", ""), passed)})


@router.get("/suggest/property", summary="Properties whose names begin so")
async def suggest_property(call: CallOf, entities: EntitiesOf) -> Response:
    """Suggest properties."""
    asked = _once(fields(call.query))
    passed = _number(asked, "cursor", FURTHEST)
    known = properties(entities)
    return _sent(call, {"result": suggest_properties(known, asked.get("prefix", ""), passed)})


@router.get("/preview", summary="A small page about an entry")
async def preview(call: CallOf, entities: EntitiesOf) -> Response:
    """Show an entry in the small, to be framed by others' pages."""
    concept = _require(entities, call)
    view = preview_view(concept, entities)
    body = call.publication.pages.filled(
        "reconcile_preview.html", f"/{ENDPOINT}/preview", view.name, page=view
    )
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": CACHING["plain"],
        "Content-Length": str(len(body)),
        "Content-Security-Policy": FRAMED,
    }
    common = tuple(pair for pair in COMMON if pair[0] != b"content-security-policy")
    return response(Answer(headers=(*encode(headers), *common), body=body), call)


@router.get("/view", status_code=303, summary="The page of an entry")
async def view(call: CallOf, entities: EntitiesOf) -> Response:
    """Lead to the page of an entry; identifiers hold a slash, which some clients encode."""
    concept = _require(entities, call)
    return response(redirect(location(call.root_path, concept.address)), call)


def _require(entities: Entities, call: Call) -> Concept:
    identifier = _once(fields(call.query)).get("id", "")
    concept = entities.find(identifier)
    if concept is None:
        detail = f"{identifier[:60] or 'Nothing'}: no such entry; ids look like service/559."
        raise ProblemError(Problem(status=404, detail=detail))
    return concept


async def _answered(call: Call, entities: Entities, asked: Mapping[str, str]) -> dict[str, Any]:
    """Answer the queries or the extension of version 0.2."""
    if "queries" in asked:
        finder = await _finder(call, entities)

        def matched() -> dict[str, Any]:
            batch = read_batch(asked["queries"])
            return results({key: finder.find(each) for key, each in batch.items()}, entities)

        answered: dict[str, Any] = await _in_thread(matched)
        return answered
    if "extend" in asked:
        found = await _in_thread(lambda: extend(asked["extend"], entities, properties(entities)))
        return extension(found, entities)
    raise _wrong("Send queries or extend; a single query is an object with one member.")


async def _finder(call: Call, entities: Entities) -> Finder:
    made = await call.shelf.made(matchers)
    return Finder(entities=entities, properties=properties(entities), matchers=made)


async def _in_thread(make: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever is made
    """Do what takes a while beside the event loop, and tell what is wrong with the request."""
    return await anyio.to_thread.run_sync(_told, make)


def _told(make: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever is made
    try:
        return make()
    except UsageError as error:
        raise _wrong(f"{error}.") from error


def _number(asked: Mapping[str, str], name: str, most: int) -> int:
    """Read a number that may be missing, or 0."""
    if asked.get(name, "0").strip("0") == "":
        return 0
    number: int = _told(lambda: whole_number(asked[name], name, most))
    return number


def _once(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """Refuse a parameter that is sent twice: nobody can know which is meant."""
    twice = [name for name, count in Counter(name for name, _ in pairs).items() if count > 1]
    if twice:
        raise _wrong(f"{twice[0][:60]} is sent twice; send it once.")
    return dict(pairs)


def _wrong(detail: str) -> ProblemError:
    return ProblemError(Problem(status=400, detail=detail))


def _sent(call: Call, content: Mapping[str, Any]) -> Response:
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {
        "Content-Type": JSON,
        "Cache-Control": CACHING["plain"],
        "Vary": "Accept-Language",
    }
    return response(answer(body, headers, validated=True), call)


def _root(request: Request, call: Call) -> str:
    """Give where the client reaches the site: the base URI where that is the host it asked."""
    base = call.publication.edition.settings.base_uri
    host = request.headers.get("host", "")
    if not HOST.fullmatch(host) or host.lower() == urlsplit(base).netloc.lower():
        return base
    return f"{request.scope['scheme']}://{host}{call.root_path}/"
