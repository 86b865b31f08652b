"""Where two edits of the same statements contradict each other, and where they do not."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final, TypeAlias

from listkeeper.graph import Literal, URINode
from listkeeper.namespaces import ADMS, DCT, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from listkeeper.graph import Subject, Term, Triple

    Slot: TypeAlias = tuple[Subject, URINode, str | None]
    Values: TypeAlias = frozenset[Term]
    Triples: TypeAlias = frozenset[Triple]

MODIFIED: Final = URINode(DCT + "modified")
"""Each edit sets it: of two the later one stands, which is no contradiction."""

SEVERAL: Final = frozenset(
    {
        *(URINode(SKOS + name) for name in ("altLabel", "hiddenLabel", "scopeNote", "note")),
        *(URINode(SKOS + name) for name in ("historyNote", "editorialNote", "changeNote")),
        *(URINode(SKOS + name) for name in ("example",)),
        *(URINode(DCT + name) for name in ("source", "rights")),
    }
)
"""Properties of which an entry may have several texts in one language."""

ONE: Final = frozenset({URINode(ADMS + "status"), URINode(DCT + "license")})
ONE_OF_OURS: Final = frozenset(
    {
        *("aboutProperty", "conceptClass", "domainList", "legislation", "rangeList"),
        *("reviewStatus", "subsetOf"),
    }
)
"""Properties (those of our own by name) that have one thing as their value."""

PART: Final = re.compile(r"(?P<stem>[^#]*#.*-)(?P<number>\d{1,9})\Z", re.DOTALL)
"""A part with a number, such as ``<service/559#former-1>``."""


def contradiction_free(old: Triples, mine: Triples, other: Triples) -> tuple[Triples, Triples]:
    """Merge statements three ways, giving each side's version; equal where nothing contradicts.

    Args:
        old: what both sides started from.
        mine: one side.
        other: the other side.
    """
    whole = set(_contradicted_subjects(old, mine, other))
    slots = [_slots(triples) for triples in (old, mine, other)]
    kept: set[Triple] = {triple for triple in mine if triple[0] in whole}
    wanted: set[Triple] = {triple for triple in other if triple[0] in whole}
    for slot in set().union(*slots):
        subject, predicate, _ = slot
        if subject in whole:
            continue
        values = _merged(slot, *(found.get(slot, frozenset()) for found in slots))
        for version, terms in zip((kept, wanted), values, strict=True):
            version |= {(subject, predicate, term) for term in terms}
    return frozenset(kept), frozenset(wanted)


def renumbered(old: Triples, mine: Triples, other: Triples) -> dict[Triple, Triple]:
    """Give parts that both sides made under one number, and otherwise, the next free number.

    Both sides' first former name is ``#former-1``: theirs becomes ``#former-2``.

    Returns:
        each statement of theirs that is to be written otherwise, and how.
    """
    before, ours, theirs = map(_descriptions, (old, mine, other))
    taken = {subject.value for found in (before, ours, theirs) for subject in found}
    names: dict[Subject, URINode] = {}
    for subject in sorted(theirs.keys() & ours.keys() - before.keys(), key=str):
        if ours[subject] != theirs[subject] and (found := PART.match(subject.value)):
            number = int(found["number"])
            while f"{found['stem']}{number}" in taken:
                number += 1
            names[subject] = URINode(f"{found['stem']}{number}")
            taken.add(names[subject].value)
    moved = {triple: _renamed(triple, names) for triple in other} if names else {}
    return {triple: new for triple, new in moved.items() if triple != new}


def _renamed(triple: Triple, names: dict[Subject, URINode]) -> Triple:
    subject, predicate, term = triple
    value = names.get(term, term) if isinstance(term, URINode) else term
    return names.get(subject, subject), predicate, value


def _contradicted_subjects(old: Triples, mine: Triples, other: Triples) -> Iterator[Subject]:
    """Give what one side removed and the other changed, and what both made otherwise."""
    before, ours, theirs = map(_descriptions, (old, mine, other))
    for subject in before.keys() | ours.keys() | theirs.keys():
        was, one, two = (found.get(subject) for found in (before, ours, theirs))
        is_removed = was is not None and (one is None or two is None)
        is_made_twice = was is None and one is not None and two is not None
        if (is_removed or is_made_twice) and one != two and was not in {one, two}:
            yield subject


def _merged(slot: Slot, old: Values, mine: Values, other: Values) -> tuple[Values, Values]:
    """Merge the values of one property in one language."""
    if other in {mine, old}:
        return mine, mine
    if mine == old:
        return other, other
    if slot[1] == MODIFIED:
        latest = frozenset(sorted(mine | other, key=lambda term: term.value)[-1:])
        return latest, latest
    lost, gone = old - mine, old - other
    is_same_value = lost & gone and mine - old != other - old
    if is_same_value or not _may_have_several(slot, old, mine, other):
        return mine, other
    union = (old - lost - gone) | (mine - old) | (other - old)
    return union, union


def _may_have_several(slot: Slot, *values: Values) -> bool:
    predicate = slot[1]
    if any(len(found) > 1 for found in values) or predicate in SEVERAL:
        return True
    is_ours = predicate.value.rsplit("/", 1)[-1] in ONE_OF_OURS
    return slot[2] is None and predicate not in ONE and not is_ours


def _slots(triples: Iterable[Triple]) -> dict[Slot, Values]:
    """Group values by subject, property and language; those that are IRIs have None for one."""
    found: defaultdict[Slot, set[Term]] = defaultdict(set)
    for subject, predicate, term in triples:
        language = (term.language or "") if isinstance(term, Literal) else None
        found[subject, predicate, language].add(term)
    return {slot: frozenset(terms) for slot, terms in found.items()}


def _descriptions(triples: Iterable[Triple]) -> dict[Subject, frozenset[Triple]]:
    found: defaultdict[Subject, set[Triple]] = defaultdict(set)
    for triple in triples:
        found[triple[0]].add(triple)
    return {subject: frozenset(about) for subject, about in found.items()}
