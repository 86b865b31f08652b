"""The fast lane: what is in memory goes from the parser to the socket with no task in between.

Uvicorn makes a task, two messages and a checked list of headers for each request, which together
take as long as all else. Where the resolver has the whole answer at hand none of that is needed.
What the resolver has not at hand, and connections about to end, go the usual way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol, cast, runtime_checkable

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

if TYPE_CHECKING:
    from starlette.types import Scope
    from uvicorn._types import ASGI3Application
    from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

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

    def __init__(self, *words: Any, **named: Any) -> None:  # noqa: ANN401 - uvicorn's own, passed on
        """Serve a connection, as uvicorn does."""
        super().__init__(*words, **named)
        self._at_once = self.app.at_once if isinstance(self.app, AtOnce) else None

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
