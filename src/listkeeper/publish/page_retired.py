"""What a retired entry's page says first: when it was retired and what to use instead.

There are four cases, told apart by the replacements: one entry, a choice of several (a split),
one entry that replaces several (a merger), and none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from listkeeper.publish.page_words import date_in_words, first_words
from listkeeper.publish.standing import case_of

if TYPE_CHECKING:
    from listkeeper.model import Concept
    from listkeeper.publish.page_entries import Entry, Linker
    from listkeeper.publish.page_words import Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Retirement:
    """When, why and in favour of what an entry was retired."""

    case: str
    """The value of a :class:`~listkeeper.publish.standing.Case`."""
    date: str
    """In words; empty where unknown."""
    reason: Words | None
    replacements: tuple[Entry, ...]
    merged_with: tuple[Entry, ...]
    """The other entries that the one replacement replaces."""


def retirement(concept: Concept, linker: Linker) -> Retirement | None:
    """Tell of a concept's retirement; None where it is not retired."""
    if not concept.is_retired:
        return None
    others = _replaced_alike(concept, linker)
    replacements = (linker.entry(uri, concept.list_name) for uri in concept.replaced_by)
    return Retirement(
        case=case_of(len(concept.replaced_by), len(others)).value,
        date=date_in_words(concept.end_date),
        reason=first_words(concept.retirement_reason, linker.index.language),
        replacements=tuple(replacements),
        merged_with=tuple(replace(linker.concept(other), tag=None) for other in others),
    )


def _replaced_alike(concept: Concept, linker: Linker) -> tuple[Concept, ...]:
    """Give the other concepts with the same one replacement."""
    if len(concept.replaced_by) != 1:
        return ()
    (replacement,) = concept.replaced_by
    replaced = linker.index.replaced[replacement]
    return tuple(c for c in replaced if c.uri != concept.uri and len(c.replaced_by) == 1)
