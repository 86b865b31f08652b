"""Choosing a representation from an ``Accept`` header, as RFC 9110 section 12.5.1 says.

https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1, and where the text leaves a choice:

* A member that is not of the grammar is skipped; a header in which nothing is readable, and an
  empty one, states no preference and counts as absent.
* The quality of an offer is that of the most specific range that matches it; ``q=0`` excludes.
* Of equal qualities the offer that was named goes before one that a wildcard let in, so
  ``text/turtle, */*`` gets Turtle; of those left our own order decides.
* A range's parameters must be the offer's own, but for two: everything here is UTF-8, so
  ``charset=utf-8`` always holds; and ``profile`` is a wish that distinguishes nothing here
  (JSON-LD 1.1, section C: unrecognised profiles are ignored).
* What follows the weight is ignored: RFC 7231 allowed extensions there, RFC 9110 does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MOST: Final = 1000
"""Weights are kept as thousandths, so that no rounding ever decides."""

NAMED: Final = 2
"""The level of a range that names type and subtype."""

_TOKEN: Final = r"[!#$%&'*+.^_`|~0-9A-Za-z-]++"  # noqa: S105 - a grammar's token, no secret
_QUOTED: Final = r'"(?:[^"\\]|\\.)*+"'
_MEMBER: Final = re.compile(r'(?:[^,"]++|"(?:[^"\\]|\\.)*+"?)++')
_TYPE: Final = re.compile(rf"\s*+({_TOKEN})/({_TOKEN})\s*+")
_PARAMETER: Final = re.compile(rf";\s*+(?:({_TOKEN})=({_TOKEN}|{_QUOTED}))?\s*+")
_WEIGHT: Final = re.compile(r"0(?:\.\d{0,3})?|\.\d{1,3}|1(?:\.0{0,3})?")
"""A ``qvalue``; ``.2`` is not one, but Java's client sent it for twenty years."""

_PREFERENCE_ONLY: Final = frozenset({"profile"})


class Offer(Protocol):
    """Something that can be sent: all that negotiation has to know of it."""

    @property
    def content_type(self) -> str:
        """Its media type with parameters."""


OfferT = TypeVar("OfferT", bound=Offer)


@dataclass(frozen=True, kw_only=True, slots=True)
class MediaRange:
    """A member of an ``Accept`` header."""

    type: str
    subtype: str
    parameters: tuple[tuple[str, str], ...] = ()
    quality: int = MOST
    """Weight in thousandths."""

    @property
    def specificity(self) -> tuple[int, int]:
        """How closely it names: 0 anything, 1 a type, 2 a subtype; then its parameters."""
        return (self.type != "*") + (self.subtype != "*"), len(self.parameters)

    def matches(self, offer: MediaRange) -> bool:
        """Say whether the range takes in a media type."""
        return (
            self.type in {"*", offer.type}
            and self.subtype in {"*", offer.subtype}
            and all(pair in offer.parameters for pair in self.parameters)
        )


def negotiate(accept: str | None, offers: Sequence[OfferT]) -> OfferT | None:
    """Return the offer the client likes best, None when it accepts none of them.

    Args:
        accept: the header's value, several lines joined by commas; None where it is absent.
        offers: what can be sent, in our own order of preference.

    >>> from types import SimpleNamespace as Sent
    >>> offers = [Sent(content_type="text/html"), Sent(content_type="text/turtle")]
    >>> negotiate("text/turtle, text/html;q=0.9", offers).content_type
    'text/turtle'
    >>> negotiate("image/png", offers) is None
    True
    """
    ranges = read_accept(accept)
    rated = [(_rate(_media_type(offer), ranges), offer) for offer in offers]
    accepted = [(rating, offer) for rating, offer in rated if rating[0] > 0]
    return max(accepted, key=lambda pair: pair[0])[1] if accepted else None


def read_accept(accept: str | None) -> tuple[MediaRange, ...]:
    """Read the ranges of a header, skipping what is not of the grammar.

    >>> [(r.type, r.subtype, r.quality) for r in read_accept("text/*;q=0.5, nonsense")]
    [('text', '*', 500)]
    >>> read_accept("nonsense") == read_accept(None) == read_accept("*/*")
    True
    """
    members = (_read_range(found[0]) for found in _MEMBER.finditer(accept or ""))
    readable = tuple(member for member in members if member)
    return readable or (MediaRange(type="*", subtype="*"),)


def _rate(offer: MediaRange, ranges: Sequence[MediaRange]) -> tuple[int, bool]:
    """Rate an offer: its quality, then whether it was named rather than let in."""
    matching = [(r.specificity, r.quality) for r in ranges if r.matches(offer)]
    (level, _), quality = max(matching, default=((0, 0), 0))
    return quality, level == NAMED


def _media_type(offer: Offer) -> MediaRange:
    """Read an offer's own type, which is ours and therefore of the grammar."""
    (found,) = read_accept(offer.content_type)
    return _with_charset(found)


def _with_charset(offer: MediaRange) -> MediaRange:
    """Say of a type that names no charset that it is UTF-8, as everything here is."""
    charset = ("charset", "utf-8")
    pairs = offer.parameters if charset in offer.parameters else (*offer.parameters, charset)
    return MediaRange(type=offer.type, subtype=offer.subtype, parameters=pairs)


def _read_range(member: str) -> MediaRange | None:
    """Read one member; None where it is not of the grammar."""
    found = _TYPE.match(member)
    if found is None or (found[1] == "*" != found[2]):
        return None
    parameters = _read_parameters(member[found.end() :])
    if parameters is None:
        return None
    weight = parameters.get("q", "1")
    if not _WEIGHT.fullmatch(weight):
        return None
    return MediaRange(
        type=found[1].lower(),
        subtype=found[2].lower(),
        parameters=tuple(_distinguishing(parameters)),
        quality=_thousandths(weight),
    )


def _thousandths(weight: str) -> int:
    whole, _, decimals = weight.partition(".")
    return int(whole or 0) * MOST + int(decimals.ljust(3, "0"))


def _distinguishing(parameters: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Give the parameters that tell one media type from another, charsets in one case."""
    for name, value in parameters.items():
        if name not in _PREFERENCE_ONLY and name != "q":
            yield name, value.lower() if name == "charset" else value


def _read_parameters(text: str) -> dict[str, str] | None:
    """Read parameters up to and with the weight; None where they are not of the grammar."""
    parameters: dict[str, str] = {}
    place = 0
    while place < len(text) and "q" not in parameters:
        found = _PARAMETER.match(text, place)
        if found is None:
            return None
        if found[1]:
            parameters.setdefault(found[1].lower(), _unquoted(found[2]))
        place = found.end()
    return parameters if text[place : place + 1] in {"", ";"} else None


def _unquoted(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value
