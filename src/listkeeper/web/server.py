"""Running the application: a socket that says clearly why it cannot be had, and uvicorn."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import signal
import socket
import sys
from typing import TYPE_CHECKING, Final

import uvicorn

from listkeeper.errors import ListkeeperError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator
    from types import FrameType
    from typing import Any

    from starlette.types import ASGIApp

GRACE: Final = 5
"""Seconds that requests under way are given when the server is told to end."""

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
) -> None:
    """Serve until told to end by SIGINT or SIGTERM.

    Args:
        app: the application.
        listening: where it is reached.
        root_path: the folder under which a proxy shows it.
        meanwhile: what is done from the moment it answers; cancelled at the end.
    """
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        root_path=root_path,
        timeout_graceful_shutdown=GRACE,
    )
    with _clean_endings():
        _Server(config, meanwhile).run(sockets=[listening])


class _Server(uvicorn.Server):
    """Uvicorn with something to do meanwhile."""

    def __init__(
        self, config: uvicorn.Config, meanwhile: Callable[[], Coroutine[Any, Any, None]]
    ) -> None:
        super().__init__(config)
        self._meanwhile = meanwhile
        self._task: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._task = asyncio.create_task(self._meanwhile())

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        await super().shutdown(sockets)


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
