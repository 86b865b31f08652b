"""The language a client prefers, as RFC 9110 section 12.5.4 says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

RANGE: Final = re.compile(
    r"\s*(?P<tag>\*|[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\s*(?:;\s*q=(?P<weight>[01](?:\.\d{0,3})?)\s*)?"
)
MOST_RANGES: Final = 20


def preferred_language(accepted: str | None, offered: Sequence[str]) -> str:
    """Choose among languages; the first where none of them is wanted.

    A range takes in a language whose tag begins with it, and one that is more exact than what
    there is takes that (https://www.rfc-editor.org/rfc/rfc4647#section-3.4).

    Args:
        accepted: the value of ``Accept-Language``; None where it is absent.
        offered: language tags, the default first.

    >>> preferred_language("cy-GB, en;q=0.5", ["en", "cy"])
    'cy'
    >>> preferred_language("fr", ["en", "cy"]), preferred_language(None, ["en", "cy"])
    ('en', 'en')
    """
    found = [RANGE.fullmatch(part) for part in (accepted or "").split(",")[:MOST_RANGES]]
    ranges = [(float(each["weight"] or 1), each["tag"].lower()) for each in found if each]
    for weight, wanted in sorted(ranges, key=lambda pair: -pair[0]):
        for tag in offered:
            if weight and _fits(wanted, tag.lower()):
                return tag
    return offered[0]


def _fits(wanted: str, tag: str) -> bool:
    return wanted == "*" or f"{tag}-".startswith(f"{wanted}-") or f"{wanted}-".startswith(f"{tag}-")
