"""Answers whose headers are made once, with the bytes they go with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from listkeeper.web.codings import SHORTEST, SUFFIXES, is_compressible
from listkeeper.web.headers import (
    CACHING,
    COMMON,
    NEGOTIATED,
    RawHeaders,
    encode,
    entity_tag,
    http_date,
    matching,
    preflight_headers,
    read_date,
    without_body,
)
from listkeeper.web.links import document_links, document_profile

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
    written: bytes = b""
    """Its headers as HTTP/1.1 sends them, where it is kept to be sent again and again."""
    tag: str = ""
    """Its ``ETag``; empty for one that is not asked for again."""
    fixed: bool = False
    """Whether every request for its URL without a query gets it, whatever its preferences."""
    modified: int = 0
    """When it last changed, in seconds since 1970; 0 where that is not known."""
    compressible: bool = False
    """Whether its body may be sent compressed."""

    def parts(
        self, *, head: bool = False, if_none_match: str = "", if_modified_since: str = ""
    ) -> tuple[int, RawHeaders, bytes]:
        """Give status, headers and body for one request: a 304 to a client that has it already.

        Args:
            head: leave the body out.
            if_none_match: that header of the request; where there is one, a date counts for
                nothing (https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2).
            if_modified_since: that header of the request.
        """
        if if_none_match and self.tag:
            known = matching(if_none_match, self.tags)
            if known:
                return NOT_MODIFIED, without_body(self.headers, known), b""
        elif if_modified_since and self.modified and self.modified <= read_date(if_modified_since):
            return NOT_MODIFIED, without_body(self.headers, self.tag), b""
        return self.status, self.headers, b"" if head else self.body

    @property
    def tags(self) -> tuple[str, ...]:
        """Its own tag and those of the same bytes in other codings: having any is having it."""
        plain = self.tag[1:-1].partition("-")[0]
        return (self.tag, *(f'"{plain}{suffix}"' for suffix in ("", *SUFFIXES.values())))

    def encoded(self, coding: str, body: bytes) -> Answer:
        """Give the same answer in a content coding, with a tag of its own.

        Args:
            coding: ``gzip`` or ``br``.
            body: the body in it.
        """
        tag = f'{self.tag[:-1]}{SUFFIXES[coding]}"'
        own = {"ETag": tag, "Content-Length": str(len(body)), "Content-Encoding": coding}
        return replace(self.with_headers(own), body=body, tag=tag)

    def with_headers(self, headers: Mapping[str, str]) -> Answer:
        """Give the same answer with other values of some headers."""
        changed = encode(headers)
        names = {name for name, _ in changed}
        kept = (pair for pair in self.headers if pair[0] not in names)
        return replace(self, headers=(*changed, *kept), written=b"")

    async def send(
        self,
        send: Send,
        *,
        head: bool = False,
        if_none_match: str = "",
        if_modified_since: str = "",
    ) -> None:
        """Send it to where ASGI takes it."""
        status, headers, body = self.parts(
            head=head, if_none_match=if_none_match, if_modified_since=if_modified_since
        )
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def answer(
    body: bytes,
    headers: Mapping[str, str],
    *,
    status: int = OK,
    validated: bool = False,
    fixed: bool = False,
    modified: int = 0,
) -> Answer:
    """Make an answer of a body and its own headers; the common ones are added.

    Args:
        body: what is sent.
        headers: those of this answer; empty ones are left out.
        status: the status code.
        validated: whether it has an ``ETag``.
        fixed: whether it is the answer whatever a request prefers.
        modified: when it last changed, in seconds since 1970; 0 where that is not known.
    """
    tag = entity_tag(body) if validated else ""
    length = {"ETag": tag, "Content-Length": str(len(body))}
    dated = {"Last-Modified": http_date(modified) if modified else ""}
    raw = (*encode({**headers, **length, **dated}), *COMMON)
    return Answer(
        status=status,
        headers=raw,
        body=body,
        tag=tag,
        fixed=fixed,
        modified=modified,
        compressible=validated and len(body) >= SHORTEST,
    )


def document_answer(publication: Publication, document: Document, body: bytes) -> Answer:
    """Make the answer that every request for a document gets."""
    plain, compressible = document.kind == "plain", is_compressible(document.content_type)
    varied = (NEGOTIATED if plain else "", "Accept-Encoding" if compressible else "")
    made = answer(
        body,
        {
            "Content-Type": document.content_type,
            "Cache-Control": CACHING[document.kind],
            "Content-Location": document.file.rsplit("/", 1)[-1] if plain else "",
            "Content-Profile": document_profile(document),
            "Vary": ", ".join(filter(None, varied)),
            "Link": document_links(publication, document),
        },
        validated=True,
        fixed=not plain,
        modified=publication.modified if document.kind == "format" else 0,
    )
    return replace(made, compressible=made.compressible and compressible)


def redirect(target: str, links: str = "", profile: str = "") -> Answer:
    """Make a 303 (RFC 9110 section 15.4.4) to a URL of ours, chosen by preferences.

    Args:
        target: where it leads.
        links: the ``Link`` header.
        profile: the ``Content-Profile`` of what it leads to.
    """
    headers = {
        "Location": target,
        "Vary": NEGOTIATED,
        "Cache-Control": CACHING["redirect"],
        "Content-Profile": profile,
        "Link": links,
    }
    return answer(b"", headers, status=303)


def preflight(methods: str) -> Answer:
    """Make the answer to ``OPTIONS``.

    Args:
        methods: what is allowed at the address, as ``Allow`` says it.
    """
    return Answer(status=204, headers=(*preflight_headers(methods), *COMMON))
