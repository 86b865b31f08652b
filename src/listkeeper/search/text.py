"""Texts folded for comparing: no case, no accents, no punctuation."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

WORD: Final = re.compile(r"[^\W_]+")
APOSTROPHES: Final = re.compile("['\u2018\u2019\u02bc`\u00b4]")
UNFOLDED: Final = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "&": " and "})
"""Letters that Unicode does not take apart, and the sign that stands for a word."""


def fold(text: str) -> str:
    """Fold a text for comparing: no case, no accents.

    >>> fold("Llŷn")
    'llyn'
    """
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()


def words_of(text: str) -> list[str]:
    """Give the words of a text, folded; an apostrophe does not part a word.

    >>> words_of("Children's homes & fostering (Llŷn)")
    ['childrens', 'homes', 'and', 'fostering', 'llyn']
    """
    return WORD.findall(APOSTROPHES.sub("", fold(text)).translate(UNFOLDED))


def normal(text: str) -> str:
    """Write a text as its folded words: what two names have to agree in to be the same.

    >>> normal("  Street-lighting: FAULTS ")
    'street lighting faults'
    """
    return " ".join(words_of(text))
