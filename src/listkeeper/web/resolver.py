"""The way in: known URLs are answered from bytes; everything else is for the routes.

A raw ASGI application in front of FastAPI, which costs four times as much per request. It also
holds what is the same for every answer: ``HEAD`` is ``GET`` without its body, ``OPTIONS`` says
what is allowed, and the common headers are on each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.middleware.errors import ServerErrorMiddleware

from listkeeper.errors import UnsupportedError
from listkeeper.web.answers import preflight
from listkeeper.web.former import former_identifier
from listkeeper.web.headers import COMMON, METHODS, written
from listkeeper.web.methods import allowed_methods
from listkeeper.web.problems import not_allowed, problem_answer, problem_of
from listkeeper.web.requests import SHELF, read_call, read_wishes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.routing import BaseRoute
    from starlette.types import ASGIApp, ExceptionHandler, Message, Receive, Scope, Send

    from listkeeper.publish.publication import Document
    from listkeeper.web.answers import Answer
    from listkeeper.web.problems import Problem
    from listkeeper.web.requests import Call, Wishes
    from listkeeper.web.serving import Serving, Shelf

READING: Final = frozenset({"GET", "HEAD"})


class Resolver:
    """Answers requests from one publication each."""

    def __init__(
        self,
        routes: ASGIApp,
        serving: Serving,
        on_defect: ExceptionHandler,
        addresses: Sequence[BaseRoute] = (),
    ) -> None:
        """Put the resolver in front of the routes.

        Args:
            routes: what answers all that is no known document.
            serving: what is served.
            on_defect: tells a defect to the client; it is raised again for the log.
            addresses: what the routes answer, with which methods.
        """
        self.routes = routes
        self.addresses = addresses
        self.serving = serving
        self._rest = ServerErrorMiddleware(self.found_out, handler=on_defect)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.routes(scope, receive, send)
            return
        shelf, head = self.serving.shelf, scope["method"] == "HEAD"
        wishes = read_wishes(scope["headers"])
        answer = _at_once(scope, shelf, wishes)
        if answer is not None:
            await answer.send(
                send,
                head=head,
                if_none_match=wishes.if_none_match,
                if_modified_since=wishes.if_modified_since,
            )
            return
        await self._rest({**scope, SHELF: shelf}, receive, _Sender(send, head=head))

    def at_once(self, scope: Scope) -> tuple[int, bytes, bytes] | None:
        """Give the answer to a request where it is in memory; None where it is not.

        Returns:
            status, headers as HTTP/1.1 writes them, and body.
        """
        wishes = read_wishes(scope["headers"])
        answer = _at_once(scope, self.serving.shelf, wishes)
        if answer is None:
            return None
        asked_before = wishes.if_none_match or wishes.if_modified_since
        if answer.written and not asked_before and scope["method"] == "GET":
            return answer.status, answer.written, answer.body
        status, headers, body = answer.parts(
            head=scope["method"] == "HEAD",
            if_none_match=wishes.if_none_match,
            if_modified_since=wishes.if_modified_since,
        )
        return status, written(headers), body

    async def found_out(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for what is not in memory, or has to be negotiated."""
        call = read_call(scope, scope[SHELF])
        answer = await self._known(scope, call)
        if answer is not None:
            await answer.send(
                send, if_none_match=call.if_none_match, if_modified_since=call.if_modified_since
            )
            return
        method = "GET" if scope["method"] == "HEAD" else scope["method"]
        inner = {**scope, "path": call.root_path + call.path, "method": method}
        await self.routes(inner, receive, send)

    async def _known(self, scope: Scope, call: Call) -> Answer | None:
        """Give the answer for a known URL; None where the routes have to find out."""
        document = call.publication.find(call.path)
        if document is None or scope["method"] not in READING:
            allowed = METHODS if document else allowed_methods(self.addresses, scope)
            if scope["method"] == "OPTIONS":
                return preflight(allowed)
            if scope["method"] not in allowed.split(", "):
                return _told(not_allowed(scope["method"], allowed), call)
        former = await former_identifier(scope, call) if call.shelf.former_hosts else None
        if former or document is None or not _is_plain_sailing(document, call):
            return former
        try:
            return await call.shelf.answer(document, call.coding)
        except UnsupportedError as error:
            return _told(problem_of(error), call)


def _told(problem: Problem, call: Call) -> Answer:
    return problem_answer(problem, call.publication, path=call.path, accept=call.accept)


def _at_once(scope: Scope, shelf: Shelf, wishes: Wishes) -> Answer | None:
    """Give the answer that is in memory, where nothing else of the request bears on it.

    Most requests end here; reading one in full would take as long again.
    """
    if scope["query_string"] or scope.get("root_path") or scope["method"] not in READING:
        return None
    if shelf.former_hosts:
        return None
    answer = shelf.kept(scope.get("raw_path") or b"", wishes.coding)
    return answer if answer is not None and answer.fixed else None


def _is_plain_sailing(document: Document, call: Call) -> bool:
    """Say whether a document answers a request with nothing left to negotiate or refuse."""
    if document.kind == "plain":
        asked = call.query or call.accept_profile or call.accept_datetime is not None
        return _wants_html(call.accept) and not asked
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
