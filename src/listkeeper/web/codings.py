"""Content codings: which one a client is sent, and bodies in it (RFC 9110 section 12.5.3)."""

from __future__ import annotations

import gzip
import re
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import brotli  # type: ignore[import-untyped]  # it has no types of its own

if TYPE_CHECKING:
    from collections.abc import Mapping

SUFFIXES: Final = MappingProxyType({"br": "-br", "gzip": "-gz"})
"""Coding to what marks the tag of a body in it, in the order the server prefers them."""

SHORTEST: Final = 512
"""Bytes below which a body is sent as it is: the headers outweigh what would be won."""

QUALITY: Final = MappingProxyType({"br": 5, "gzip": 6})
"""How hard to try: higher ones take a second for a large list and win a few per cent."""

COMPRESSIBLE: Final = re.compile(
    r"text/|image/svg|application/(?:[\w.-]+\+)?(?:json|xml)\b|application/(?:n-triples|n-quads)"
)
"""Media types whose bodies are text; the others are compressed by themselves."""

_MEMBER: Final = re.compile(
    r"\s*(?P<coding>[!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*(?:;\s*[qQ]=(?P<weight>0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?"
)
MOST_MEMBERS: Final = 20
ALIASES: Final = MappingProxyType({"x-gzip": "gzip"})


def is_compressible(content_type: str) -> bool:
    """Say whether bodies of a media type get smaller.

    >>> is_compressible("text/turtle; charset=utf-8"), is_compressible("application/ld+json")
    (True, True)
    >>> is_compressible("image/png")
    False
    """
    return COMPRESSIBLE.match(content_type) is not None


@lru_cache(maxsize=64)  # clients say one of a few things, and reading it takes a third of a request
def preferred_coding(accept_encoding: str) -> str:
    """Choose a coding; empty for none, which is always sent where no coding is wanted more.

    Of equal weights the server's order decides; without the header a body is sent as it is.

    Args:
        accept_encoding: the header's value.

    >>> preferred_coding("gzip, deflate, br"), preferred_coding("gzip;q=1, br;q=0.5")
    ('br', 'gzip')
    >>> preferred_coding("identity, gzip;q=0.5"), preferred_coding("br;q=0")
    ('', '')
    """
    weights = _weights(accept_encoding)
    rated = [(weights.get(coding, weights.get("*", 0.0)), coding) for coding in SUFFIXES]
    weight, coding = max(rated, key=lambda pair: pair[0])
    return coding if weight > 0 and weight >= weights.get("identity", 0.0) else ""


def _weights(accept_encoding: str) -> Mapping[str, float]:
    """Read the weight of each coding; of one that is named twice the last counts."""
    members = accept_encoding.split(",")[:MOST_MEMBERS]
    found = (_MEMBER.fullmatch(member) for member in members)
    named = ((each["coding"].lower(), each["weight"]) for each in found if each)
    return {ALIASES.get(coding, coding): float(weight or 1) for coding, weight in named}


def compress(body: bytes, coding: str) -> bytes:
    """Write a body in a coding; the same body gives the same bytes every time.

    Args:
        body: what is sent.
        coding: ``br`` or ``gzip``.
    """
    if coding == "br":
        return bytes(brotli.compress(body, quality=QUALITY[coding]))
    return gzip.compress(body, QUALITY[coding], mtime=0)
