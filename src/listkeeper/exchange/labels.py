"""Tidying labels, and telling what was odd about them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from listkeeper.exchange.charset import encoded_once

NO_BREAK_SPACES: Final = "\u00a0\u2007\u202f"
"""Spaces that look like spaces and compare as something else."""

_UNSEEN: Final = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
"""Characters that nobody sees: zero-width marks, soft hyphens."""

_LOST: Final = re.compile(r"\w\?\w|\ufffd")


@dataclass(frozen=True, slots=True)
class TidyLabel:
    """A label as it is taken, and what was changed or looks wrong, each as (kind, words)."""

    text: str
    oddities: tuple[tuple[str, str], ...] = ()

    @property
    def changed(self) -> bool:
        """Say whether the label is not taken as it stood."""
        return any(kind != "lost-characters" for kind, _ in self.oddities)


def tidy(label: str) -> TidyLabel:
    """Trim a label, make its spaces plain and single, undo a second encoding.

    >>> tidy("Fishing ")
    TidyLabel(text='Fishing', oddities=(('spaces', 'spaces at the ends'),))
    """
    once = unicodedata.normalize("NFC", encoded_once(label))
    seen = _UNSEEN.sub("", once)
    text = " ".join(seen.split())
    oddities = []
    if once != unicodedata.normalize("NFC", label):
        oddities.append(("charset", f"encoded twice as {label.strip()!r}"))
    if spaces := _spaces(once, seen):
        oddities.append(("spaces", spaces))
    if _LOST.search(text):
        oddities.append(("lost-characters", "has lost a character inside a word"))
    return TidyLabel(text, tuple(oddities))


def _spaces(once: str, seen: str) -> str:
    """Say in words what is odd about the spaces."""
    inside = seen.strip()
    cases = (
        (once != seen, "characters that are not seen"),
        (any(space in seen for space in NO_BREAK_SPACES), "no-break spaces"),
        (inside != seen, "spaces at the ends"),
        (bool(re.search(r"\s{2}", inside)), "repeated spaces"),
        (bool(re.search(r"[\t\r\n]", inside)), "line breaks or tabs"),
    )
    return ", ".join(words for holds, words in cases if holds)
