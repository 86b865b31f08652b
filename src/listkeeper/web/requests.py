"""What a request says, read once: its path as it was sent, its preferences, its publication."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

from fastapi import Depends, Request

from listkeeper.web.codings import preferred_coding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import Scope

    from listkeeper.publish.publication import Publication
    from listkeeper.web.serving import Shelf

SHELF: Final = "listkeeper.shelf"
"""Key of the request's shelf in its ASGI scope."""

READ: Final = MappingProxyType(
    {
        b"accept": "accept",
        b"accept-profile": "accept_profile",
        b"accept-encoding": "accept_encoding",
        b"accept-datetime": "accept_datetime",
        b"if-none-match": "if_none_match",
        b"if-modified-since": "if_modified_since",
    }
)
"""The headers that are read, to where they are kept; several lines of one are joined."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Call:
    """A request, as far as it bears on the answer."""

    shelf: Shelf
    path: str
    """The path below the site's root, percent-encoded as it was sent: an alias of a URL of
    ours, such as ``/service%2F559``, is no URL of ours."""
    root_path: str = ""
    query: str = ""
    accept: str | None = None
    accept_profile: str = ""
    accept_datetime: str | None = None
    coding: str = ""
    """The content coding that the client likes best; empty for none."""
    if_none_match: str = ""
    if_modified_since: str = ""

    @property
    def publication(self) -> Publication:
        """What is published, the same through the whole request."""
        return self.shelf.publication


def read_call(scope: Scope, shelf: Shelf) -> Call:
    """Read a request's scope (https://asgi.readthedocs.io/en/latest/specs/www.html)."""
    headers: Iterable[tuple[bytes, bytes]] = scope["headers"]
    found: dict[bytes, bytes] = {}
    for name, value in headers:
        if name in READ:
            found[name] = b"%s, %s" % (found[name], value) if name in found else value
    texts = {READ[name]: value.decode("latin-1") for name, value in found.items()}
    return Call(
        shelf=shelf,
        path=site_path(scope),
        root_path=scope.get("root_path", ""),
        query=scope["query_string"].decode("latin-1"),
        coding=preferred_coding(texts.pop("accept_encoding", "")),
        **texts,
    )


class Wishes(NamedTuple):
    """What a request says that bears on an answer which is in memory."""

    coding: str = ""
    if_none_match: str = ""
    if_modified_since: str = ""


NO_WISHES: Final = Wishes()


def read_wishes(headers: Iterable[tuple[bytes, bytes]]) -> Wishes:
    """Read the headers of a request in one go, as every request is read.

    Args:
        headers: as ASGI gives them: names in lower case.
    """
    coding = none_match = since = b""
    for name, value in headers:
        if name == b"accept-encoding":
            coding = b"%s,%s" % (coding, value) if coding else value
        elif name == b"if-none-match":
            none_match = b"%s,%s" % (none_match, value) if none_match else value
        elif name == b"if-modified-since":
            since = value
    if not (coding or none_match or since):
        return NO_WISHES
    texts = (text.decode("latin-1") for text in (coding, none_match, since))
    accept_encoding, if_none_match, if_modified_since = texts
    return Wishes(
        preferred_coding(accept_encoding) if accept_encoding else "",
        if_none_match,
        if_modified_since,
    )


def site_path(scope: Scope) -> str:
    """Give the path below the site's root, undecoded.

    >>> site_path({"path": "/lists/service/559", "root_path": "/lists"})
    '/service/559'
    """
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    path = raw.decode("latin-1")
    root: str = scope.get("root_path", "")
    return path[len(root) :] if root and path.startswith(f"{root}/") else path


def _call(request: Request) -> Call:
    return read_call(request.scope, request.scope[SHELF])


CallOf = Annotated[Call, Depends(_call)]
"""The request, for routes."""
