"""The headers of answers: caching, validators, cross-origin reading, security, safe references."""

from __future__ import annotations

import hashlib
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

RawHeaders: TypeAlias = tuple[tuple[bytes, bytes], ...]
"""Headers as ASGI sends them."""

METHODS: Final = "GET, HEAD, OPTIONS"
"""Everything here is read only."""

CACHING: Final = MappingProxyType(
    {
        "format": "public, max-age=300",
        "plain": "no-cache",
        "page": "no-cache",
        "static": "public, max-age=3600",
        "redirect": "no-store",
        "problem": "no-store",
    }
)
"""Kind of answer to ``Cache-Control``: negotiated answers are never kept without asking again."""

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)

COMMON: Final[RawHeaders] = (
    (b"access-control-allow-origin", b"*"),
    (
        b"access-control-expose-headers",
        b"Allow, Content-Location, ETag, Link, Location, Vary",
    ),
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"x-content-type-options", b"nosniff"),
)
"""On every answer: anyone may read from anywhere, and a browser runs nothing of it."""

PREFLIGHT: Final[RawHeaders] = (
    (b"allow", METHODS.encode()),
    (b"access-control-allow-methods", METHODS.encode()),
    (b"access-control-allow-headers", b"*"),
    (b"access-control-max-age", b"86400"),
)
"""What a browser asks before it reads from another origin (https://fetch.spec.whatwg.org/)."""

NOT_REPEATED: Final = frozenset({b"content-type", b"content-length", b"link"})
"""What a 304 leaves out: it is about the body that the client has."""

_ENTITY_TAG: Final = re.compile(r'"[\x21\x23-\x7e\x80-\xff]*+"')
"""A tag without the mark of weakness: comparison is weak, so the mark counts for nothing."""


def entity_tag(body: bytes) -> str:
    """Make the strong validator of a body: the same bytes have the same one everywhere."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def matches(if_none_match: str, tag: str) -> bool:
    """Say whether ``If-None-Match`` names a tag, by weak comparison (RFC 9110 section 13.1.2).

    >>> matches('W/"a", "b"', '"a"'), matches("*", '"a"'), matches('"b"', '"a"')
    (True, True, False)
    """
    if if_none_match.strip() == "*":
        return True
    return tag in _ENTITY_TAG.findall(if_none_match)


def encode(headers: Mapping[str, str] | Iterable[tuple[str, str]]) -> RawHeaders:
    """Write headers as ASGI sends them; whatever is empty is left out."""
    pairs = headers.items() if hasattr(headers, "items") else headers
    return tuple((name.lower().encode(), value.encode("latin-1")) for name, value in pairs if value)


def without_body(headers: RawHeaders) -> RawHeaders:
    """Keep what a 304 repeats (RFC 9110 section 15.4.5)."""
    return tuple(pair for pair in headers if pair[0] not in NOT_REPEATED)


def reference(uri: str) -> str:
    r"""Write an IRI as a URI, so that a header can carry it and nothing else is smuggled in.

    >>> reference("https://lists.example.org/id/service/559")
    'https://lists.example.org/id/service/559'
    >>> reference("urn:a>b\r\n\u00e9")
    'urn:a%3Eb%0D%0A%C3%A9'
    """
    return quote(uri, safe="%/:?#[]@!$&'()*+,;=-._~")


def location(root_path: str, address: str, fragment: str = "") -> str:
    """Make a path-absolute ``Location`` that cannot lead to another host.

    Args:
        root_path: the folder the site is served in, empty for the root.
        address: the path there; two leading slashes would name a host, so they go.
        fragment: the part, without ``#``.

    >>> location("/lists", "service/559"), location("", "//evil.example/x")
    ('/lists/service/559', '/evil.example/x')
    """
    anchor = f"#{quote(fragment, safe='')}" if fragment else ""
    path = "/".join(filter(None, (root_path.strip("/"), address.lstrip("/\\"))))
    return "/" + quote(path, safe="/:@!$&'()*+,;=-._~") + anchor
