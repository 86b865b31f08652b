"""What a request says, read once: its path as it was sent, its preferences, its publication."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

from fastapi import Depends, Request

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import Scope

    from listkeeper.publish.publication import Publication
    from listkeeper.web.serving import Shelf

SHELF: Final = "listkeeper.shelf"
"""Key of the request's shelf in its ASGI scope."""


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
    if_none_match: str = ""

    @property
    def publication(self) -> Publication:
        """What is published, the same through the whole request."""
        return self.shelf.publication


def read_call(scope: Scope, shelf: Shelf) -> Call:
    """Read a request's scope (https://asgi.readthedocs.io/en/latest/specs/www.html)."""
    headers: Iterable[tuple[bytes, bytes]] = scope["headers"]
    accept = [value for name, value in headers if name == b"accept"]
    return Call(
        shelf=shelf,
        path=site_path(scope),
        root_path=scope.get("root_path", ""),
        query=scope["query_string"].decode("latin-1"),
        accept=b", ".join(accept).decode("latin-1") if accept else None,
        if_none_match=if_none_match(scope),
    )


def if_none_match(scope: Scope) -> str:
    """Give the value of that header, its lines joined; empty where there is none."""
    tags = [value for name, value in scope["headers"] if name == b"if-none-match"]
    return b", ".join(tags).decode("latin-1") if tags else ""


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
