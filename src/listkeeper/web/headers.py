"""The headers of answers: caching, validators, cross-origin reading, security, safe references."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from email.utils import formatdate, parsedate_to_datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

RawHeaders: TypeAlias = tuple[tuple[bytes, bytes], ...]
"""Headers as ASGI sends them."""

METHODS: Final = "GET, HEAD, OPTIONS"
"""Everything here is read only."""

NEGOTIATED: Final = "Accept, Accept-Profile, Accept-Datetime"
"""What a negotiated answer varies with."""

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

EXPOSED: Final = ", ".join(
    (
        *("Allow", "Content-Disposition", "Content-Encoding", "Content-Location"),
        *("Content-Profile", "ETag", "Last-Modified", "Link", "Location", "Memento-Datetime"),
        *("Retry-After", "Vary"),
    )
)
"""Headers that scripts of other sites may read."""

COMMON: Final[RawHeaders] = (
    (b"access-control-allow-origin", b"*"),
    (
        b"access-control-expose-headers",
        EXPOSED.encode(),
    ),
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"x-content-type-options", b"nosniff"),
)
"""On every answer: anyone may read from anywhere, and a browser runs nothing of it."""

NOT_REPEATED: Final = frozenset(
    {
        *(b"content-type", b"content-length", b"content-encoding", b"content-profile"),
        *(b"link", b"etag"),
    }
)
"""What a 304 leaves out: it is about the body that the client has; the tag is said anew."""

_ENTITY_TAG: Final = re.compile(r'"[\x21\x23-\x7e\x80-\xff]*+"')
"""A tag without the mark of weakness: comparison is weak, so the mark counts for nothing."""


def entity_tag(body: bytes) -> str:
    """Make the strong validator of a body: the same bytes have the same one everywhere."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def matching(if_none_match: str, tags: Sequence[str]) -> str:
    """Give the tag that ``If-None-Match`` names, by weak comparison (RFC 9110 section 13.1.2).

    Args:
        if_none_match: the header's value.
        tags: the tags of a body, that of what would be sent first.

    Returns:
        the tag to be said again; empty where none is named.

    >>> matching('W/"a", "b"', ['"a"']), matching("*", ['"a"']), matching('"b"', ['"a"'])
    ('"a"', '"a"', '')
    """
    if if_none_match.strip() == "*":
        return tags[0]
    named = _ENTITY_TAG.findall(if_none_match)
    return next((tag for tag in tags if tag in named), "")


def http_date(moment: int) -> str:
    """Write a time as headers do (RFC 9110 section 5.6.7).

    >>> http_date(784111777)
    'Sun, 06 Nov 1994 08:49:37 GMT'
    """
    return formatdate(moment, usegmt=True)


def read_date(text: str) -> float:
    """Read a time as headers give it, in seconds since 1970; minus infinity for none.

    >>> read_date("Sun, 06 Nov 1994 08:49:37 GMT"), read_date("soon")
    (784111777.0, -inf)
    """
    try:
        moment = parsedate_to_datetime(text)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return (aware - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()
    except (ValueError, OverflowError, TypeError, IndexError):
        return float("-inf")


def preflight_headers(methods: str) -> RawHeaders:
    """Write what a browser asks before it reads from elsewhere (https://fetch.spec.whatwg.org/).

    Args:
        methods: what is allowed at the address.
    """
    return (
        (b"allow", methods.encode()),
        (b"access-control-allow-methods", methods.encode()),
        (b"access-control-allow-headers", b"*"),
        (b"access-control-max-age", b"86400"),
    )


def encode(headers: Mapping[str, str] | Iterable[tuple[str, str]]) -> RawHeaders:
    """Write headers as ASGI sends them; whatever is empty is left out."""
    pairs = headers.items() if hasattr(headers, "items") else headers
    return tuple((name.lower().encode(), value.encode("latin-1")) for name, value in pairs if value)


def written(headers: RawHeaders) -> bytes:
    r"""Write headers as HTTP/1.1 sends them, with the empty line that ends them.

    >>> written(((b"etag", b'"a"'), (b"vary", b"Accept")))
    b'etag: "a"\r\nvary: Accept\r\n\r\n'
    """
    return b"".join([b"%s: %s\r\n" % pair for pair in headers]) + b"\r\n"


def without_body(headers: RawHeaders, tag: str) -> RawHeaders:
    """Keep what a 304 repeats (RFC 9110 section 15.4.5).

    Args:
        headers: those of the whole answer.
        tag: the tag of what the client has.
    """
    kept = (pair for pair in headers if pair[0] not in NOT_REPEATED)
    return (*kept, (b"etag", tag.encode()))


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
