"""Every name by which an entry may be asked for, and what kind of name each is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from listkeeper.model import Text
from listkeeper.search.text import normal
from listkeeper.uris import natural_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.edition import Edition
    from listkeeper.model import Concept


class Kind(IntEnum):
    """What of an entry was found; the lower, the sooner it is shown."""

    CODE = 0
    LABEL = 1
    FORMER = 2
    OTHER = 3
    DRAFT = 4
    """A label in another language that no one has reviewed yet."""
    TEXT = 5
    """The definition and the notes."""
    ALIKE = 6
    """A name that is only like what was asked for."""

    @property
    def words(self) -> str:
        """The kind, for people and in JSON."""
        return (
            *("code", "label", "former name", "other name", "draft label"),
            *("text", "like a name"),
        )[self]


@dataclass(frozen=True, slots=True)
class Name:
    """A name of an entry."""

    concept: int
    """Number of the concept in the index."""
    kind: Kind
    text: Text
    folded: str
    """Its words, folded, with one space between them; never empty."""


def names_of(concept: Concept, number: int) -> Iterator[Name]:
    """Give the names of a concept, its code first, each text once."""
    told = (
        (Kind.CODE, (Text(value=concept.notation),)),
        (Kind.LABEL, concept.pref_labels),
        (Kind.FORMER, tuple(former.label for former in concept.former_labels)),
        (Kind.OTHER, (*concept.alt_labels, *concept.hidden_labels)),
        (Kind.DRAFT, concept.draft_labels),
    )
    seen = set()
    for kind, texts in told:
        for text in texts:
            folded = normal(text.value)
            if folded and folded not in seen:
                seen.add(folded)
                yield Name(number, kind, text, folded)


def prose_of(concept: Concept) -> str:
    """Join the texts of a concept that are not names."""
    texts = (*concept.definitions, *concept.scope_notes, *concept.history_notes)
    return " ".join(text.value for text in texts)


def in_order(edition: Edition) -> tuple[Concept, ...]:
    """Give every concept: those in use before the retired, lists in their order, by code."""
    schemes = edition.vocabulary.schemes

    def place(concept: Concept) -> tuple[object, ...]:
        scheme = schemes.get(concept.list_name)
        order = (scheme.order if scheme else 0) or math.inf
        return concept.is_retired, order, concept.list_name, natural_key(concept.notation)

    return tuple(sorted(edition.vocabulary.concepts.values(), key=place))
