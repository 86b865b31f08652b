"""How pages say things: texts with their languages, dates, languages and statuses in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listkeeper.model import Text

MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
DATE: Final = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?\Z")
"""A day, month or year as ISO 8601 writes it."""

LANGUAGES: Final = {
    "cy": "Welsh",
    "en": "English",
    "ga": "Irish",
    "gd": "Scottish Gaelic",
    "sco": "Scots",
}
"""Names of the languages of these islands; any other is told by its tag."""

TAG_KINDS: Final = {
    "current": "good",
    "live": "good",
    "proposed": "new",
    "retired": "stop",
    "dropped": "stop",
    "dormant": "quiet",
}
"""Notation of a status to the class that colours its tag."""

UNPRINTABLE: Final = dict.fromkeys(
    (*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF),
    "\N{REPLACEMENT CHARACTER}",
)
"""Characters that HTML may not hold, for :meth:`str.translate`.

https://html.spec.whatwg.org/multipage/parsing.html#preprocessing-the-input-stream
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """A text as a page shows it."""

    value: str
    language: str = ""
    """Its language tag where that is not the page's own, else empty."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tag:
    """A status in a word."""

    label: str
    kind: str = "plain"
    """The class that colours it."""


def word(text: Text, language: str) -> Words:
    """Say a text on a page in a language."""
    other = text.language if text.language != language else ""
    return Words(value=text.value, language=other)


def first_words(texts: Iterable[Text], language: str) -> Words | None:
    """Say the text in the page's language, else the first there is."""
    found = tuple(texts)
    best = next((text for text in found if text.language == language), next(iter(found), None))
    return word(best, language) if best else None


def date_in_words(date: str) -> str:
    """Write an ISO date as people do; leave anything else as it is.

    >>> date_in_words("2025-04-01"), date_in_words("2025-04"), date_in_words("spring 2025")
    ('1 April 2025', 'April 2025', 'spring 2025')
    """
    found = DATE.match(date)
    if not found:
        return date
    year, month, day = found.groups()
    parts = (day.lstrip("0") if day else "", MONTHS[int(month) - 1] if month else "", year)
    return " ".join(part for part in parts if part)


def language_name(tag: str) -> str:
    """Name a language.

    >>> language_name("cy"), language_name("cy-GB"), language_name("nl")
    ('Welsh', 'Welsh (cy-GB)', 'nl')
    """
    if tag in LANGUAGES:
        return LANGUAGES[tag]
    name = LANGUAGES.get(tag.split("-", maxsplit=1)[0])
    return f"{name} ({tag})" if name else tag


def counted(number: int, one: str, many: str) -> str:
    """Count things in words.

    >>> counted(1, "entry", "entries"), counted(1521, "entry", "entries")
    ('1 entry', '1,521 entries')
    """
    return f"{number:,} {one if number == 1 else many}"


def joined(parts: Iterable[str], last: str = "and") -> str:
    """Join as prose does.

    >>> joined(["England", "Wales", "Scotland"])
    'England, Wales and Scotland'
    """
    *most, end = [*parts] or [""]
    return f"{', '.join(most)} {last} {end}" if most else end
