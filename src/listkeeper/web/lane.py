"""The fast lane: what is in memory goes from the parser to the socket with no task in between.

Uvicorn makes a task, two messages and a checked list of headers for each request, which together
take as long as all else. Where the resolver has the whole answer at hand none of that is needed.
What the resolver has not at hand, and connections about to end, go the usual way.

Heads of requests have bounds here that uvicorn's own parser does not have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol, cast, runtime_checkable

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

if TYPE_CHECKING:
    from asyncio import TimerHandle, Transport

    from starlette.types import Scope
    from uvicorn._types import ASGI3Application
    from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

TOO_SLOW: Final = 408
TOO_LARGE: Final = 431

SMALL: Final = 64 * 2**10
"""Bytes up to which a body is copied to go out with its head in one piece."""


@runtime_checkable
class AtOnce(Protocol):
    """An application that has some answers at hand."""

    def at_once(self, scope: Scope) -> tuple[int, bytes, bytes] | None:
        """Give status, headers as HTTP/1.1 writes them, and body; None where it takes a while."""


class FastLane(HttpToolsProtocol):
    """Uvicorn's HTTP/1.1 with a lane for what is answered at once.

    An application that is no :class:`AtOnce` is answered the usual way. One method of uvicorn's is
    overridden which it does not promise to keep; `tests/test_web_lane.py` tells when it has gone.
    """

    head_bytes = 64 * 2**10
    """Bytes of a request line and headers that are taken; uvicorn's parser takes any number."""
    head_seconds = 20.0
    """Seconds in which they have to arrive; uvicorn waits for ever."""

    def __init__(self, *words: Any, **named: Any) -> None:  # noqa: ANN401 - uvicorn's own, passed on
        """Serve a connection, as uvicorn does."""
        super().__init__(*words, **named)
        self._at_once = self.app.at_once if isinstance(self.app, AtOnce) else None
        self._came = 0
        self._waiting: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Wait for a request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Read what came; refuse a head that is too long or takes too long."""
        was_in_head = self._in_head()
        super().data_received(data)
        if self._in_head():
            self._came += len(data) if was_in_head else 0
            if self._came > self.head_bytes:
                self._refuse(TOO_LARGE)
            elif self._waiting is None:
                self._wait()
        elif self._waiting is not None:
            self._rest()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._rest()
        super().connection_lost(exc)

    def _in_head(self) -> bool:
        """Say whether a request has begun whose head is not whole: its method is told last."""
        return self.scope is not None and "method" not in self.scope

    def _wait(self) -> None:
        self._waiting = self.loop.call_later(self.head_seconds, self._refuse, TOO_SLOW)

    def _rest(self) -> None:
        self._came = 0
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _refuse(self, status: int) -> None:
        if not self.transport.is_closing():
            self.transport.write(
                STATUS_LINE[status] + b"content-length: 0\r\nconnection: close\r\n\r\n"
            )
            self.transport.close()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        """Answer a request, at once where that can be.

        Requests that wait behind this one are left to tasks: answering each from within the
        answer to the one before would nest as deeply as a client has sent requests.
        """
        answer = None
        usual = self.pipeline or cycle.flow.write_paused or not cycle.keep_alive
        if self._at_once is not None and app is self.app and not usual:
            answer = self._at_once(cast("Scope", cycle.scope))
        if answer is None:
            super()._start_asgi_task(cycle, app)
            return
        cycle.response_started = cycle.response_complete = True
        cycle.message_event.set()
        self._write(*answer)
        self.on_response_complete()

    def _unsupported_upgrade_warning(self) -> None:
        """Say nothing: a client that would like another protocol is answered in this one.

        https://www.rfc-editor.org/rfc/rfc9110#section-7.8 lets a server ignore the wish.
        """

    def _write(self, status: int, headers: bytes, body: bytes) -> None:
        head = [STATUS_LINE[status]]
        for name, value in self.server_state.default_headers:
            head += (name, b": ", value, b"\r\n")
        if len(body) <= SMALL:
            self.transport.write(b"".join((*head, headers, body)))
        else:
            self.transport.write(b"".join((*head, headers)))
            self.transport.write(body)
