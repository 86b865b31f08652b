"""Running the application: a socket that says clearly why it cannot be had, and uvicorn."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import signal
import socket
import sys
from typing import TYPE_CHECKING, Final, cast

import uvicorn

from listkeeper.errors import ListkeeperError
from listkeeper.web.lane import FastLane

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator
    from types import FrameType
    from typing import Any

    from starlette.types import ASGIApp

LOG: Final = logging.getLogger("listkeeper.web")

GRACE: Final = 5
"""Seconds that requests under way are given when the server is told to end."""

KEEP_ALIVE: Final = 5
"""Seconds that a connection on which nothing is asked is kept."""

ENDINGS: Final = (signal.SIGINT, signal.SIGTERM)

EVERYWHERE: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - named to show a usable link, not to listen on
"""Addresses that mean every address of the machine, and one at which it is reached."""


def open_socket(host: str, port: int) -> socket.socket:
    """Take an address to listen on.

    Args:
        host: an address or a name of this machine, IPv4 or IPv6.
        port: the port; 0 for any that is free.

    Raises:
        ListkeeperError: saying why it cannot be had and what to do.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = found[0]
        taken = socket.socket(family, kind, protocol)
    except UnicodeError as error:
        raise ListkeeperError(f"host {host} is no host name; use --host 127.0.0.1") from error
    except OSError as error:
        raise ListkeeperError(f"host {host} {_reason(error, port)}") from error
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind(address)
    except OSError as error:
        taken.close()
        raise ListkeeperError(f"port {port} on {host} {_reason(error, port)}") from error
    return taken


REMEDIES: Final = {
    errno.EADDRINUSE: "is in use; stop what uses it, or choose another with --port {other}",
    errno.EACCES: "needs more rights than you have; choose one from 1024 up with --port {other}",
    errno.EADDRNOTAVAIL: "is no address of this machine; use --host 127.0.0.1",
}


def _reason(error: OSError, port: int) -> str:
    if isinstance(error, socket.gaierror):
        return "is not known; use --host 127.0.0.1"
    other = port + 1 if 1024 <= port < 65535 else 8080  # noqa: PLR2004 - the range of ports that anyone may take
    known = REMEDIES.get(error.errno or 0, f"cannot be had: {error.strerror}")
    return known.format(other=other)


def address_of(listening: socket.socket) -> str:
    """Give the URL at which a socket is reached, without a slash at its end."""
    host, port = listening.getsockname()[:2]
    shown = EVERYWHERE.get(host, host)
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def run(
    app: ASGIApp,
    listening: socket.socket,
    *,
    root_path: str = "",
    meanwhile: Callable[[], Coroutine[Any, Any, None]],
    parent: int | None = None,
) -> None:
    """Serve until told to end by SIGINT or SIGTERM.

    Args:
        app: the application.
        listening: where it is reached.
        root_path: the folder under which a proxy shows it.
        meanwhile: what is done from the moment it answers; cancelled at the end.
        parent: a file at whose end the server ends too; None for none.
    """
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        http=FastLane,
        timeout_keep_alive=KEEP_ALIVE,
        root_path=root_path,
        timeout_graceful_shutdown=GRACE,
    )
    with _clean_endings():
        _Server(config, meanwhile, parent).run(sockets=[listening])


class _Server(uvicorn.Server):
    """Uvicorn with something to do meanwhile."""

    def __init__(
        self,
        config: uvicorn.Config,
        meanwhile: Callable[[], Coroutine[Any, Any, None]],
        parent: int | None,
    ) -> None:
        super().__init__(config)
        self._meanwhile = meanwhile
        self._parent = parent
        self._task: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._task = asyncio.create_task(self._meanwhile())
            self._task.add_done_callback(_tell_defect)
        if self._parent is not None:
            asyncio.get_running_loop().add_reader(self._parent, self._orphaned)

    def _orphaned(self) -> None:
        """End: nothing is ever written to that file, so it is at its end."""
        asyncio.get_running_loop().remove_reader(cast("int", self._parent))
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if self._task:
            self._task.cancel()
            await asyncio.wait([self._task])
        await super().shutdown(sockets)


def _tell_defect(task: asyncio.Task[None]) -> None:
    """Tell at once what should never end by itself, rather than when the server ends."""
    if not task.cancelled() and (error := task.exception()) is not None:
        LOG.error("the server answers, but will notice nothing new", exc_info=error)


@contextlib.contextmanager
def _clean_endings() -> Iterator[None]:
    """End with exit code 0 when told to: uvicorn raises the signal again once it has ended."""
    former = {sign: signal.signal(sign, _end) for sign in ENDINGS}
    try:
        yield
    finally:
        for sign, restored in former.items():
            signal.signal(sign, restored)


def _end(sign: int, frame: FrameType | None) -> None:
    del sign, frame
    sys.exit(0)
