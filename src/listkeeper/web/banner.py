"""A banner on every page that names what is wrong with the files that are being edited."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope, Send

    from listkeeper.web.resolver import Resolver
    from listkeeper.web.serving import Serving

MAIN: Final = re.compile(rb"<(?:main|body)\b[^>]*>")
"""Where the banner goes: after the last of these."""

BOUND_TO_BYTES: Final = frozenset({b"etag", b"last-modified", b"content-length", b"cache-control"})
"""Headers of a page that are not those of the page with a banner."""

UNASKED: Final = frozenset(
    {b"accept-encoding", b"if-none-match", b"if-modified-since", b"if-range", b"range"}
)
"""What a browser says of the bytes it has or wants: they are not the ones it gets."""


class Banner:
    """Puts a banner on pages as long as there is something to tell.

    Where there is nothing, requests go through untouched, and the fast lane with them.
    """

    def __init__(self, app: Resolver, serving: Serving) -> None:
        """Put banners on the pages of an application.

        Args:
            app: the application.
            serving: says what is wrong.
        """
        self._app = app
        self._serving = serving

    def at_once(self, scope: Scope) -> tuple[int, bytes, bytes] | None:
        """Give what the application has at hand, where no banner is to be put on it."""
        if self._serving.failure:
            return None
        return self._app.at_once(scope)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        why = self._serving.failure
        if not why or scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = [pair for pair in scope["headers"] if pair[0] not in UNASKED]
        sender = _Sender(send, banner(why), head=scope["method"] == "HEAD")
        await self._app({**scope, "headers": headers}, receive, sender)


class _Sender:
    """Holds a page back until it is whole, and sends it with the banner."""

    def __init__(self, send: Send, text: bytes, *, head: bool) -> None:
        self._send = send
        self._banner = text
        self._head = head
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_page(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._send_page(self._start)

    async def _send_page(self, start: Message) -> None:
        body = with_banner(self._body, self._banner)
        kept = [pair for pair in start["headers"] if pair[0].lower() not in BOUND_TO_BYTES]
        kept.append((b"cache-control", b"no-store"))
        if not self._head:
            kept.append((b"content-length", str(len(body)).encode()))
        await self._send({**start, "headers": kept})
        await self._send({"type": "http.response.body", "body": b"" if self._head else body})


def _is_page(start: Message) -> bool:
    kinds = (value for name, value in start.get("headers", ()) if name.lower() == b"content-type")
    return any(kind.startswith(b"text/html") for kind in kinds)


def banner(why: str) -> bytes:
    """Write the banner as HTML.

    Args:
        why: what is wrong, in lines; shown as text, whatever it holds.
    """
    lines = "".join(f"<p><code>{escape(line)}</code></p>" for line in why.splitlines())
    title = "The files have a fault: this page may not show what they say now"
    return f'<div class="warning" role="alert"><h2>{title}</h2>{lines}</div>'.encode()


def with_banner(page: bytes, text: bytes) -> bytes:
    """Put a banner where the content of a page begins; before it where that is not found.

    >>> with_banner(b"<body><main>x", b"!")
    b'<body><main>!x'
    """
    places = [found.end() for found in MAIN.finditer(page)]
    at = places[-1] if places else 0
    return page[:at] + text + page[at:]
