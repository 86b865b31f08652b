"""The fast lane: the answers of the usual way, without it, over a real connection."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

import pytest

from asking import make_site
from listkeeper.web.lane import FastLane
from served import connected, served

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import Receive, Scope, Send

    from asking import Site
    from listkeeper.web.resolver import Resolver
    from served import Heard

TURTLE = "/service/559.ttl"

SAME = [
    # method and headers of a request that both ways answer alike
    ("GET", {}),
    ("HEAD", {}),
    ("GET", {"If-None-Match": "*"}),
    ("HEAD", {"If-None-Match": "*"}),
    ("GET", {"If-None-Match": '"other"'}),
    ("GET", {"Accept-Encoding": "gzip"}),
    ("GET", {"Accept-Encoding": "br", "If-None-Match": "*"}),
    ("GET", {"Accept": "text/html"}),
    ("GET", {"Connection": "close"}),
]


class Counted:
    """The application, with a count of what came by the usual way, which may be the only one."""

    def __init__(self, site: Site, *, lane: bool = True) -> None:
        """Count what a site is asked."""
        self._app = cast("Resolver", site.app)
        self._lane = lane
        self.usual = 0

    def at_once(self, scope: Scope) -> tuple[int, bytes, bytes] | None:
        """Give what the site has at hand."""
        return self._app.at_once(scope) if self._lane else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the usual way."""
        self.usual += scope["type"] == "http"
        await self._app(scope, receive, send)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample repository."""
    return make_site(tmp_path_factory.mktemp("lists"))


async def heard(app: Counted, method: str, headers: Mapping[str, str]) -> Heard:
    """Ask for the same thing twice, so that it is in memory; give the second answer."""
    async with served(app) as port, connected(port) as connection:
        wanted = {k: v for k, v in headers.items() if k == "Accept-Encoding"}
        await connection.ask(TURTLE, wanted)
        return await connection.ask(TURTLE, headers, method)


@pytest.mark.parametrize(("method", "headers"), SAME)
def test_both_ways_answer_alike(site: Site, method: str, headers: dict[str, str]) -> None:
    """Status, every header but the date, and body."""
    fast, usual = (
        asyncio.run(heard(Counted(site, lane=lane), method, headers)) for lane in (True, False)
    )
    assert fast.status == usual.status
    assert {**fast.headers, "date": ""} == {**usual.headers, "date": ""}
    assert fast.body == usual.body


def test_what_is_in_memory_takes_the_lane(site: Site) -> None:
    """Only the first request goes the usual way; with uvicorn's method gone, all would."""
    app = Counted(site)

    async def ask_often() -> list[int]:
        async with served(app) as port, connected(port) as connection:
            return [(await connection.ask("/service/1614.ttl")).status for _ in range(10)]

    assert asyncio.run(ask_often()) == [200] * 10
    assert app.usual == 1


def test_a_query_goes_the_usual_way(site: Site) -> None:
    """What has to be refused is not answered from memory."""
    app = Counted(site)

    async def ask() -> list[int]:
        async with served(app) as port, connected(port) as connection:
            return [(await connection.ask(TURTLE + query)).status for query in ("", "?a=1")]

    assert asyncio.run(ask()) == [200, 400]


def test_thousands_of_requests_at_once_are_answered_in_order(site: Site) -> None:
    """Also behind one that takes a while: none is answered from within another."""
    count = 3_000

    async def ask() -> list[Heard]:
        async with served(Counted(site)) as port, connected(port) as connection:
            await connection.ask(TURTLE)
            connection.say("/id/service/559")
            for _ in range(count):
                connection.say(TURTLE)
            return [await connection.hear() for _ in range(count + 1)]

    first, *others = asyncio.run(ask())
    assert first.status == 303
    assert {(heard.status, heard.headers["etag"]) for heard in others} == {
        (200, others[0].headers["etag"])
    }


class Hasty(FastLane):
    """A lane whose patience with a head is short."""

    head_seconds = 0.2


async def said_to(app: Counted, data: bytes, more: bytes = b"") -> bytes:
    """Send bytes, and more until it closes; give what came back."""
    async with served(app, Hasty) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(data)
        while more and not reader.at_eof() and not writer.is_closing():
            writer.write(more)
            await asyncio.sleep(0)
            if reader._buffer:  # type: ignore[attr-defined]  # noqa: SLF001 - whether anything came
                break
        found = await reader.read(65536)
        writer.close()
    return found


def test_a_head_without_end_is_refused(site: Site) -> None:
    """Its bytes would all be kept in memory."""
    reply = asyncio.run(said_to(Counted(site), b"GET / HTTP/1.1\r\nX: ", b"a" * 8192))
    assert reply.startswith(b"HTTP/1.1 431 ")


@pytest.mark.parametrize("data", [b"", b"GET / HTTP/1.1\r\nHost"])
def test_a_head_that_does_not_arrive_is_given_up(site: Site, data: bytes) -> None:
    """A connection that says nothing is not held for ever."""
    assert asyncio.run(said_to(Counted(site), data)).startswith(b"HTTP/1.1 408 ")


def test_a_head_in_pieces_is_put_together(site: Site) -> None:
    """As long as it arrives in time; also the second of a connection."""

    async def ask() -> list[int]:
        async with served(Counted(site)) as port, connected(port) as connection:
            found = []
            for _ in range(2):
                for piece in (b"GET /service/", b"559.ttl HTTP/1.1\r\nHo", b"st: x\r\n\r\n"):
                    connection.writer.write(piece)
                    await asyncio.sleep(0.02)
                found.append((await connection.hear()).status)
            return found

    assert asyncio.run(ask()) == [200, 200]
