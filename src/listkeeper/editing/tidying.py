"""Texts as they should be written: white space and letters, where there is one right answer."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

from listkeeper.characters import UNUSUAL_SPACE
from listkeeper.graph import XSD_STRING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

NAMES: Final = (
    *("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel", "def:draftLabel"),
    *("skosxl:literalForm", "dct:title", "rdfs:label", "skos:notation"),
)
"""Properties whose texts are names: one line, single spaces."""

GAP: Final = re.compile(r"[ \t\r\n]+")


class Step(NamedTuple):
    """One thing that is put right in texts: for which rule, in words, and how."""

    code: str
    words: str
    mend: Callable[[str], str]
    names_only: bool = False


STEPS: Final = (
    Step("LK112", "plain spaces", lambda text: UNUSUAL_SPACE.sub(" ", text)),
    Step("LK111", "stray white space taken out", str.strip),
    Step("LK111", "single spaces", lambda text: GAP.sub(" ", text), names_only=True),
    Step("LK114", "letters composed", lambda text: unicodedata.normalize("NFC", text)),
)
"""In their order: what is a space must be known before stray ones are taken out."""


def tidied(term: Literal, *, is_name: bool) -> tuple[Literal, tuple[Step, ...]]:
    r"""Put a text right, and say what was done.

    Texts of datatypes other than strings are left alone, and so is one of white space alone:
    nobody knows what it was to say.

    >>> term, steps = tidied(Literal(" a\u00a0 b"), is_name=True)
    >>> term.value, [step.code for step in steps]
    ('a b', ['LK112', 'LK111', 'LK111'])

    Args:
        term: the text.
        is_name: whether it is a name, with single spaces between its words.
    """
    text = term.value
    done: list[Step] = []
    if not text.strip() or not (term.language or term.datatype == XSD_STRING):
        return term, ()
    for step in STEPS:
        mended = step.mend(text) if is_name or not step.names_only else text
        if mended != text:
            text = mended
            done.append(step)
    return (Literal(text, language=term.language) if done else term), tuple(done)
