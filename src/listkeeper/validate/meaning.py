"""Whether an entry still means what it meant, as far as its names and definitions tell."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from listkeeper.model import Concept, Text

NEAR: Final = 0.8
"""How alike two labels are of which one is the other, mended: `Libary` and `Library`."""


def has_new_meaning(old: Concept, new: Concept) -> bool:
    """Say whether a code was given to something else.

    It was, when nothing holds the two together: no name of the old one is, or is nearly, a name
    of the new one (former, alternative and hidden names count), and no definition is the same
    in any language. A rename that keeps the former name is none, nor is a new definition under
    the same label.
    """
    before, now = _names(old), _names(new)
    if not before or not now or before & now:
        return False
    if _definitions(old) & _definitions(new):
        return False
    return not any(_is_near(one, other) for one in before for other in now)


def lost_names(old: Concept, new: Concept, language: str) -> Iterator[str]:
    """Give the preferred labels in a language that the entry had and does not tell any more."""
    now = _names(new)
    for text in old.pref_labels:
        if text.language == language and _folded(text.value) not in now:
            yield text.value


def _names(concept: Concept) -> set[str]:
    """Give every name, as names are compared: letters and digits alone."""
    former = (label.label for label in concept.former_labels)
    kinds: tuple[Iterable[Text], ...] = (
        *(concept.pref_labels, concept.alt_labels, concept.hidden_labels),
        *(concept.draft_labels, former),
    )
    return {_folded(text.value) for kind in kinds for text in kind}


def _definitions(concept: Concept) -> set[tuple[str, str]]:
    return {(text.language, _folded(text.value)) for text in concept.definitions}


def _folded(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _is_near(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() >= NEAR
