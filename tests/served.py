"""The application behind a real server in the test's own loop, asked over real connections."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import uvicorn

from listkeeper.web.lane import FastLane
from listkeeper.web.server import open_socket

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from starlette.types import ASGIApp


@dataclass(frozen=True, kw_only=True)
class Heard:
    """One answer as it came over the connection."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@asynccontextmanager
async def served(app: ASGIApp, lane: type[FastLane] = FastLane) -> AsyncIterator[int]:
    """Serve an application as the command does, and give the port."""
    config = uvicorn.Config(
        app,
        http=lane,
        log_level="critical",
        server_header=False,
        proxy_headers=False,
        ws="none",
    )
    server = uvicorn.Server(config)
    listening = open_socket("127.0.0.1", 0)
    port: int = listening.getsockname()[1]
    task = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started:  # noqa: ASYNC110 - uvicorn tells it in no other way
        await asyncio.sleep(0.01)
    try:
        yield port
    finally:
        server.should_exit = True
        await task


class Connection:
    """A connection that is kept for one request after the other."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Use what :func:`connected` has opened."""
        self.reader = reader
        self.writer = writer

    async def ask(
        self, path: str, headers: Mapping[str, str] | None = None, method: str = "GET"
    ) -> Heard:
        """Ask, and hear the answer out."""
        self.say(path, headers, method)
        return await self.hear(method)

    def say(self, path: str, headers: Mapping[str, str] | None = None, method: str = "GET") -> None:
        """Ask, without waiting."""
        lines = "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
        self.writer.write(f"{method} {path} HTTP/1.1\r\nHost: x\r\n{lines}\r\n".encode())

    async def hear(self, method: str = "GET") -> Heard:
        """Hear one answer."""
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.rstrip().split("\r\n")
        pairs = (line.partition(": ") for line in lines)
        headers = {name.lower(): value for name, _, value in pairs}
        status = int(first.split()[1])
        empty = method == "HEAD" or status in {204, 304}
        length = 0 if empty else int(headers["content-length"])
        return Heard(status=status, headers=headers, body=await self.reader.readexactly(length))


@asynccontextmanager
async def connected(port: int) -> AsyncIterator[Connection]:
    """Open a connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield Connection(reader, writer)
    finally:
        writer.close()
