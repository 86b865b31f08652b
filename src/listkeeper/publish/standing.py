"""Where an entry stands, in one case and one sentence: what every format says the same way."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from listkeeper.model import PROPOSED
from listkeeper.publish.page_words import date_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from listkeeper.model import Concept, ConceptScheme, Vocabulary
    from listkeeper.uris import URI

DROPPED = "dropped"


class Case(Enum):
    """Where an entry stands: in use, not yet, or how it was replaced."""

    CURRENT = "current"
    PROPOSED = "proposed"
    DROPPED = "list-dropped"
    REPLACED = "replaced"
    SPLIT = "split"
    MERGED = "merged"
    NOTHING = "not-replaced"


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """The case of an entry, and what it comes to in words."""

    case: Case
    words: str
    """English sentences; empty for an entry in use."""


class Standings:
    """Tells where the entries of one edition stand."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Keep what is looked up."""
        self._vocabulary = vocabulary

    def of(self, concept: Concept) -> Standing:
        """Tell where an entry stands; a retired one of a dropped list is retired first of all."""
        if concept.is_retired:
            return self._retired(concept)
        if concept.status == PROPOSED:
            words = "Proposed: not yet part of the list; do not use this code."
            return Standing(case=Case.PROPOSED, words=words)
        scheme = self._vocabulary.schemes.get(concept.list_name)
        if scheme and scheme.status == DROPPED:
            return Standing(case=Case.DROPPED, words=dropped_words(scheme))
        return Standing(case=Case.CURRENT, words="")

    def _retired(self, concept: Concept) -> Standing:
        others = self._replaced_alike(concept)
        case = case_of(len(concept.replaced_by), len(others))
        date = date_in_words(concept.end_date)
        told = {
            Case.REPLACED: "Use {new} instead.",
            Case.MERGED: "Merged with {others}: use {new} instead.",
            Case.SPLIT: "Split into several: choose one of {new}.",
            Case.NOTHING: "Nothing replaces it.",
        }[case].format(new=self._named(concept.replaced_by), others=self._named(others))
        reason = concept.retirement_reason[0].value if concept.retirement_reason else ""
        parts = (f"Retired {date}." if date else "Retired.", told, reason and f"Reason: {reason}")
        return Standing(case=case, words=" ".join(filter(None, parts)))

    def _replaced_alike(self, concept: Concept) -> tuple[URI, ...]:
        """Give the other entries with the same one replacement."""
        if len(concept.replaced_by) != 1:
            return ()
        alike = self._replaced[concept.replaced_by[0]]
        return tuple(uri for uri in alike if uri != concept.uri)

    @cached_property
    def _replaced(self) -> Mapping[URI, list[URI]]:
        found: defaultdict[URI, list[URI]] = defaultdict(list)
        for concept in self._vocabulary.concepts.values():
            if len(concept.replaced_by) == 1:
                found[concept.replaced_by[0]].append(concept.uri)
        return found

    def _named(self, uris: Iterable[URI]) -> str:
        return ", ".join(self._name(uri) for uri in uris)

    def _name(self, uri: URI) -> str:
        concept = self._vocabulary.concepts.get(uri)
        return f"{concept.notation} {concept.label().value}" if concept else uri


def case_of(replacements: int, others: int) -> Case:
    """Tell the four ways of retiring apart.

    Args:
        replacements: how many entries replace it.
        others: how many other entries have the same one replacement.
    """
    if replacements > 1:
        return Case.SPLIT
    if replacements == 0:
        return Case.NOTHING
    return Case.MERGED if others else Case.REPLACED


def dropped_words(scheme: ConceptScheme) -> str:
    """Say that a list was dropped, and what that means for its codes."""
    return (
        f"The list {scheme.title().value} has been dropped: it is no longer kept up to date. "
        "Its codes keep their meaning and their pages."
    )
