"""The way in: known URLs are answered from bytes; everything else is for the routes.

A raw ASGI application in front of FastAPI, which costs four times as much per request. It also
holds what is the same for every answer: ``HEAD`` is ``GET`` without its body, ``OPTIONS`` says
what is allowed, and the common headers are on each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.errors import UnsupportedError
from listkeeper.web.answers import preflight
from listkeeper.web.headers import COMMON
from listkeeper.web.problems import problem_answer, problem_of
from listkeeper.web.requests import SHELF, if_none_match, read_call

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from listkeeper.publish.publication import Document
    from listkeeper.web.answers import Answer
    from listkeeper.web.requests import Call
    from listkeeper.web.serving import Serving, Shelf

READING: Final = frozenset({"GET", "HEAD"})


class Resolver:
    """Answers requests from one publication each."""

    def __init__(self, routes: ASGIApp, serving: Serving) -> None:
        """Put the resolver in front of the routes.

        Args:
            routes: what answers all that is no known document.
            serving: what is served.
        """
        self.routes = routes
        self.serving = serving
        self._preflight = preflight()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.routes(scope, receive, send)
            return
        shelf, head = self.serving.shelf, scope["method"] == "HEAD"
        answer = _at_once(scope, shelf)
        if answer is not None:
            await answer.send(send, head=head, if_none_match=if_none_match(scope))
            return
        call = read_call(scope, shelf)
        answer = await self._known(scope["method"], call)
        if answer is not None:
            await answer.send(send, head=head, if_none_match=call.if_none_match)
        else:
            inner = {**scope, SHELF: shelf, "path": call.root_path + call.path}
            inner["method"] = "GET" if head else scope["method"]
            await self.routes(inner, receive, _Sender(send, head=head))

    async def _known(self, method: str, call: Call) -> Answer | None:
        """Give the answer for a known URL; None where the routes have to find out."""
        if method == "OPTIONS":
            return self._preflight
        document = call.publication.find(call.path)
        if document is None or method not in READING or not _is_plain_sailing(document, call):
            return None
        try:
            return await call.shelf.answer(document)
        except UnsupportedError as error:
            problem = problem_of(error)
            return problem_answer(problem, call.publication, path=call.path, accept=call.accept)


def _at_once(scope: Scope, shelf: Shelf) -> Answer | None:
    """Give the answer that is in memory, where nothing of the request bears on it.

    Most requests end here; reading one in full would take as long again.
    """
    if scope["query_string"] or scope.get("root_path") or scope["method"] not in READING:
        return None
    answer = shelf.kept(scope.get("raw_path") or b"")
    return answer if answer is not None and answer.fixed else None


def _is_plain_sailing(document: Document, call: Call) -> bool:
    """Say whether a document answers a request with nothing left to negotiate or refuse."""
    if document.kind == "plain":
        return _wants_html(call.accept)
    return document.kind != "format" or not call.query


def _wants_html(accept: str | None) -> bool:
    """Say whether a glance shows that the client likes HTML best, as it does with browsers."""
    if accept is None or accept == "*/*":
        return True
    first, _, rest = accept.partition(",")
    return first == "text/html" and "text/html" not in rest.lower()


class _Sender:
    """Sends what the routes answer, with the common headers, for ``HEAD`` without the body."""

    def __init__(self, send: Send, *, head: bool) -> None:
        self._send = send
        self._head = head

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message.get("headers", ()))
            names = {name.lower() for name, _ in headers}
            headers += [pair for pair in COMMON if pair[0] not in names]
            message = {**message, "headers": headers}
        elif message["type"] == "http.response.body" and self._head:
            message = {**message, "body": b""}
        await self._send(message)
