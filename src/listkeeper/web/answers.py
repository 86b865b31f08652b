"""Answers whose headers are made once, with the bytes they go with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from listkeeper.web.headers import (
    CACHING,
    COMMON,
    PREFLIGHT,
    RawHeaders,
    encode,
    entity_tag,
    matches,
    without_body,
)
from listkeeper.web.links import document_links

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import Send

    from listkeeper.publish.publication import Document, Publication

OK: Final = 200
NOT_MODIFIED: Final = 304


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """A whole answer: what every request for it is sent."""

    status: int = OK
    headers: RawHeaders
    body: bytes = b""
    tag: str = ""
    """Its ``ETag``; empty for one that is not asked for again."""
    fixed: bool = False
    """Whether every request for its URL without a query gets it, whatever its preferences."""

    def parts(
        self, *, head: bool = False, if_none_match: str = ""
    ) -> tuple[int, RawHeaders, bytes]:
        """Give status, headers and body for one request: a 304 to a client that has it already.

        Args:
            head: leave the body out.
            if_none_match: that header of the request.
        """
        if if_none_match and self.tag and matches(if_none_match, self.tag):
            return NOT_MODIFIED, without_body(self.headers), b""
        return self.status, self.headers, b"" if head else self.body

    async def send(self, send: Send, *, head: bool = False, if_none_match: str = "") -> None:
        """Send it to where ASGI takes it."""
        status, headers, body = self.parts(head=head, if_none_match=if_none_match)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def answer(
    body: bytes,
    headers: Mapping[str, str],
    *,
    status: int = OK,
    validated: bool = False,
    fixed: bool = False,
) -> Answer:
    """Make an answer of a body and its own headers; the common ones are added.

    Args:
        body: what is sent.
        headers: those of this answer; empty ones are left out.
        status: the status code.
        validated: whether it has an ``ETag``.
        fixed: whether it is the answer whatever a request prefers.
    """
    tag = entity_tag(body) if validated else ""
    own = {**headers, "ETag": tag, "Content-Length": str(len(body))}
    raw = (*encode(own), *COMMON)
    return Answer(status=status, headers=raw, body=body, tag=tag, fixed=fixed)


def document_answer(publication: Publication, document: Document, body: bytes) -> Answer:
    """Make the answer that every request for a document gets."""
    plain = document.kind == "plain"
    return answer(
        body,
        {
            "Content-Type": document.content_type,
            "Cache-Control": CACHING[document.kind],
            "Content-Location": document.file.rsplit("/", 1)[-1] if plain else "",
            "Vary": "Accept" if plain else "",
            "Link": document_links(publication, document),
        },
        validated=True,
        fixed=not plain,
    )


def redirect(target: str, links: str = "") -> Answer:
    """Make a 303 (RFC 9110 section 15.4.4) to a URL of ours, chosen by ``Accept``."""
    headers = {
        "Location": target,
        "Vary": "Accept",
        "Cache-Control": CACHING["redirect"],
        "Link": links,
    }
    return answer(b"", headers, status=303)


def preflight() -> Answer:
    """Make the answer to ``OPTIONS``."""
    return Answer(status=204, headers=(*PREFLIGHT, *COMMON))
