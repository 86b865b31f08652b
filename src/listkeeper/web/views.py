"""``/release/2026.11/…``: everything as it was released, beside what is current.

A release is a site of its own below its folder: the same resolver and routes answer for it, from
its own publication. Data formats never change; pages are a view of them and say which release
they show. Every answer is a memento of what is current (RFC 7089).
"""

from __future__ import annotations

import re
from collections import OrderedDict
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import anyio.to_thread

from listkeeper.errors import UsageError
from listkeeper.publish.timemaps import links_around
from listkeeper.web.answers import answer
from listkeeper.web.headers import CACHING, http_date, location
from listkeeper.web.memento import times_of
from listkeeper.web.problems import Problem, problem_answer
from listkeeper.web.requests import SHELF, read_call
from listkeeper.web.serving import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from listkeeper.publish.publication import Document, Publication
    from listkeeper.store.history import Release
    from listkeeper.web.requests import Call
    from listkeeper.web.serving import Serving

FOLDER: Final = "release"
SHELVES: Final = 2
"""Releases that answers are kept for."""

SHELF_BYTES: Final = 4 * 2**20
"""Bytes of answers that are kept for each."""

IMMUTABLE: Final = "public, max-age=31536000, immutable"
NOT_HERE: Final = re.compile(
    r"/(release|releases|timegate|timemap|changes|feeds|sparql|reconcile|health|metrics"
    r"|openapi\.json)(?![^/.])|.*/(history|changes)(\.\w+)?\Z"
)
"""What there is once for the whole site."""

KEPT_LINKS: Final = ("cite-as", "license", "type", "author", "describedby", "alternate")
"""Relations of a document that its view has too; those to documents lead to their views."""

NO_RELEASE: Final = "No release is kept here."


class Views:
    """Answers below ``/release/``."""

    def __init__(self, serving: Serving, found_out: ASGIApp) -> None:
        """Answer from the releases of what is served.

        Args:
            serving: what is served.
            found_out: answers a request from the shelf in its scope.
        """
        self._serving = serving
        self._found_out = found_out
        self._shelves: OrderedDict[str, Shelf] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        call = read_call(scope, scope[SHELF])
        name, slash, rest = call.path.removeprefix("/").partition("/")
        try:
            shelf, release = await self._open(name)
        except UsageError as error:
            await _refuse(call, str(error), send)
            return
        if not slash:
            target = location(call.root_path, f"{name}/")
            await answer(
                b"", {"Location": target, "Cache-Control": CACHING["redirect"]}, status=303
            ).send(send)
            return
        if NOT_HERE.match(f"/{rest}"):
            detail = "This is there once for the whole site, not for each release."
            await _refuse(call, detail, send)
            return
        root_path = f"{call.root_path}/{name}"
        below = {**scope, SHELF: shelf, "root_path": root_path}
        marked = _Marked(send, self._serving, read_call(below, scope[SHELF]), release, shelf)
        await self._found_out(below, receive, marked)

    async def _open(self, name: str) -> tuple[Shelf, Release]:
        """Give the shelf of a release.

        Raises:
            UsageError: when there is no such release.
            UnreadableReleaseError: when it cannot be read.
        """
        past = self._serving.past
        if past is None:
            raise UsageError(NO_RELEASE)
        release = past.release(name)
        publication = await anyio.to_thread.run_sync(past.publication, release.name)
        shelf = self._shelves.get(release.commit)
        if shelf is None or shelf.publication is not publication:
            shelf = self._shelves[release.commit] = Shelf(publication, cache_bytes=SHELF_BYTES)
        self._shelves.move_to_end(release.commit)
        while len(self._shelves) > SHELVES:
            self._shelves.popitem(last=False)
        return shelf, release


async def _refuse(call: Call, detail: str, send: Send) -> None:
    problem = Problem(status=404, detail=detail)
    made = problem_answer(
        problem, call.publication, path=call.root_path + call.path, accept=call.accept
    )
    await made.send(send)


class _Marked:
    """Sends answers of a release with what makes mementos of them."""

    def __init__(
        self, send: Send, serving: Serving, call: Call, release: Release, shelf: Shelf
    ) -> None:
        self._send = send
        self._past = serving.past
        self._call = call
        self._release = release
        self._shelf = shelf

    async def __call__(self, message: Message) -> None:
        """Send a part of an answer."""
        if message["type"] == "http.response.start" and message["status"] in READ:
            document = self._shelf.publication.find(self._call.path)
            if document is not None and document.kind != "static":
                headers = await anyio.to_thread.run_sync(
                    self._headers, message["headers"], document
                )
                message = {**message, "headers": headers}
        await self._send(message)

    def _headers(
        self, headers: Iterable[tuple[bytes, bytes]], document: Document
    ) -> list[tuple[bytes, bytes]]:
        kept = [pair for pair in headers if pair[0] not in {b"link", b"cache-control"}]
        written = next((value for name, value in headers if name == b"link"), b"")
        caching = (
            IMMUTABLE if document.kind == "format" and not _is_page(document) else CACHING["plain"]
        )
        links = [*_own_links(written.decode("latin-1"), self), *self._around(document)]
        own = {
            b"cache-control": caching,
            b"memento-datetime": http_date(int(self._release.date.timestamp())),
            b"link": ", ".join(links),
        }
        return [*kept, *((name, value.encode("latin-1")) for name, value in own.items() if value)]

    def _around(self, document: Document) -> list[str]:
        address = document.resource.address if document.resource else document.path[1:]
        found = times_of(self._call, self._past, address) if self._past else None
        if found is None:
            return []
        names = [memento.release for memento in found.mementos]
        chosen = (
            found.mementos[names.index(self._release.name)] if self._release.name in names else None
        )
        return links_around(found, chosen)

    @property
    def publication(self) -> Publication:
        """What is published of the release."""
        return self._shelf.publication

    @property
    def places(self) -> tuple[str, str]:
        """Where its documents say they are, and where they are seen."""
        base = self._call.publication.edition.minter.base
        return self.publication.edition.minter.base, f"{base}{FOLDER}/{self._release.name}/"


READ: Final = frozenset({HTTPStatus.OK, HTTPStatus.NOT_MODIFIED})


def _own_links(written: str, marked: _Marked) -> list[str]:
    """Keep the links of a document; those to other documents lead to the same release."""
    before, after = marked.places
    kept = []
    for link in written.split(", <"):
        target, _, rest = link.removeprefix("<").partition(">")
        relation = next(iter(re.findall(r'rel="([^"]*)"', rest)), "")
        if not set(relation.split()) & set(KEPT_LINKS) or "token=" in rest or "_profile=" in target:
            continue
        inside = target.startswith(before) and not target.startswith(
            (f"{before}id/", f"{before}def/")
        )
        place = after + target.removeprefix(before) if inside else target
        kept.append(f"<{place}>{rest}")
    return kept


def _is_page(document: Document) -> bool:
    return document.content_type.startswith("text/html")
