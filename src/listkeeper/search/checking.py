"""Checking codes that others hold: what became of each."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from typing import TYPE_CHECKING, Final

from listkeeper.search.filters import scheme_of
from listkeeper.search.identify import Identifier, segment_of
from listkeeper.search.issued import issuer_of
from listkeeper.search.near import near_codes
from listkeeper.search.text import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from listkeeper.edition import Edition
    from listkeeper.model import Concept, ConceptScheme
    from listkeeper.search.identify import Reading

MOST_NEAR: Final = 3
MOST_LOOKED_NEAR: Final = 300
"""Unknown codes for which near ones are looked for; a column of other things has no end of them."""

SAMPLE: Final = 500
MOST_REMEMBERED: Final = 20_000
"""Cells whose verdict is kept for when they come again."""


class Verdict(Enum):
    """What became of a code."""

    CURRENT = "current"
    PROPOSED = "proposed"
    RENAMED = "renamed"
    RETIRED = "retired"
    ISSUED = "not held here"
    UNKNOWN = "unknown"
    SEVERAL = "in several lists"
    EMPTY = "empty"

    @property
    def is_problem(self) -> bool:
        """Say whether somebody has to do something about it."""
        return self in PROBLEMS


PROBLEMS: Final = frozenset(
    {Verdict.RETIRED, Verdict.ISSUED, Verdict.UNKNOWN, Verdict.SEVERAL, Verdict.RENAMED}
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Checked:
    """A code, and what became of it."""

    written: str
    verdict: Verdict
    concept: Concept | None = None
    """The entry it names."""
    replacements: tuple[Concept, ...] = ()
    near: tuple[Concept, ...] = ()
    """Entries whose codes may have been meant."""
    note: str = ""
    """What else there is to say, in words."""


class CodeChecker:
    """Checks codes against an edition."""

    def __init__(
        self, edition: Edition, list_name: str = "", *, sample: Iterable[str] = ()
    ) -> None:
        """Check codes.

        Args:
            edition: the lists.
            list_name: name of the list that bare codes belong to; empty where that is to be told
                from a sample.
            sample: some of the codes; the list that has most of them is taken.

        Raises:
            UsageError: when there is no such list.
        """
        self._vocabulary = edition.vocabulary
        self._identifier = Identifier(edition)
        scheme = scheme_of(edition.vocabulary, list_name) if list_name else self._likely(sample)
        self.list_name = scheme.name if scheme else ""
        """Name of the list that bare codes are taken to belong to."""
        self._segment = scheme.segment if scheme else ""
        self._looked_near = 0
        self._known: dict[tuple[str, str], Checked] = {}

    def check(self, written: str, name: str = "") -> Checked:
        """Say what became of a code.

        Args:
            written: the code as somebody wrote it: bare, a CURIE, an address.
            name: the name beside it, if any: one that is not the entry's label is told.
        """
        key = (written, name)
        if key not in self._known:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            self._known[key] = self._check(written, name)
        return self._known[key]

    def check_all(self, rows: Iterable[tuple[str, str]]) -> Iterator[Checked]:
        """Check codes with the names beside them, one answer for each in the same order."""
        return (self.check(written, name) for written, name in rows)

    def _likely(self, sample: Iterable[str]) -> ConceptScheme | None:
        """Find the list that has most of some codes, the first of several."""
        counts: Counter[str] = Counter()
        for written in islice(sample, SAMPLE):
            held = self._identifier.read(written).concepts
            counts.update({segment_of(concept) for concept in held})
        if not counts:
            return None
        schemes = [s for s in self._vocabulary.schemes.values() if not s.subset_of and s.segment]
        schemes.sort(key=lambda s: (-counts[s.segment], s.order or math.inf, s.name))
        return next((s for s in schemes if counts[s.segment]), None)

    def _near(self, code: str) -> tuple[Concept, ...]:
        """Look for near codes, not without end: each look goes through every code."""
        self._looked_near += 1
        if self._looked_near > MOST_LOOKED_NEAR:
            return ()
        return near_codes(self._vocabulary, code, limit=MOST_NEAR)

    def _check(self, written: str, name: str) -> Checked:
        if not written.strip():
            return Checked(written=written, verdict=Verdict.EMPTY)
        reading = self._identifier.read(written, self._segment)
        if not reading.concepts:
            return self._missing(written, reading)
        if len(reading.concepts) > 1:
            names = ", ".join(concept.address for concept in reading.concepts)
            note = f"names {names}: say which list is meant"
            return Checked(
                written=written, verdict=Verdict.SEVERAL, near=reading.concepts, note=note
            )
        return self._held(written, reading.concepts[0], name)

    def _held(self, written: str, concept: Concept, name: str) -> Checked:
        if concept.is_retired:
            held = self._vocabulary.concepts
            replacements = tuple(held[uri] for uri in concept.replaced_by if uri in held)
            return Checked(
                written=written,
                verdict=Verdict.RETIRED,
                concept=concept,
                replacements=replacements,
                note=_retired_note(concept, replacements),
            )
        verdict = Verdict.PROPOSED if concept.status == "proposed" else Verdict.CURRENT
        note = ""
        if name.strip():
            verdict, note = _named(concept, name, verdict)
        return Checked(written=written, verdict=verdict, concept=concept, note=note)

    def _missing(self, written: str, reading: Reading) -> Checked:
        if not reading.notation:
            return Checked(written=written, verdict=Verdict.UNKNOWN, note="is no code")
        code = f"{reading.segment}/{reading.notation}" if reading.segment else reading.notation
        near = self._near(code)
        issuer = issuer_of(self._vocabulary, code) if reading.segment else None
        if issuer:
            owner = issuer.former_owner or "its owner"
            note = (
                f"was issued, or may have been, by {owner} and is not held here: "
                f"{issuer.former_space}{reading.notation}"
            )
            return Checked(written=written, verdict=Verdict.ISSUED, near=near, note=note)
        return Checked(written=written, verdict=Verdict.UNKNOWN, near=near, note="no such code")


def _named(concept: Concept, name: str, verdict: Verdict) -> tuple[Verdict, str]:
    """Compare a name beside a code with the names of the entry."""
    folded = normal(name)
    if folded in {normal(text.value) for text in concept.pref_labels}:
        return verdict, ""
    former = [label for label in concept.former_labels if normal(label.label.value) == folded]
    if former:
        when = former[0].replaced_on or former[0].replaced_in
        told = f", renamed in {when}" if when else ""
        return Verdict.RENAMED, f"was called {former[0].label.value}{told}"
    return verdict, f"the list calls it {concept.label().value}"


def _retired_note(concept: Concept, replacements: tuple[Concept, ...]) -> str:
    when = f"retired on {concept.end_date}" if concept.end_date else "retired"
    if len(replacements) > 1:
        return f"{when}; choose one of its replacements"
    if replacements:
        return when
    elsewhere = ", ".join(concept.replaced_by)
    return f"{when}; use {elsewhere}" if elsewhere else f"{when}; nothing replaces it"
