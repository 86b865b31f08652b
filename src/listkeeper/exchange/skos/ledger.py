"""What became of every statement of a file: each is accounted for, so that none is lost unseen."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listkeeper.graph import Graph, Triple


class Fate(Enum):
    """What became of a statement."""

    TAKEN = "taken"
    CHANGED = "taken with a change"
    DERIVED = "left to be derived"
    HELD = "about entries that are held already"
    LEFT = "left out"


@dataclass(frozen=True, slots=True)
class Account:
    """Statements of one property that had one fate for one reason."""

    fate: Fate
    predicate: str
    reason: str
    count: int
    example: str
    """The first of them, in N-Triples."""


@dataclass(slots=True)
class Ledger:
    """The fate of each statement; the first that is noted stands."""

    graph: Graph
    fates: dict[Triple, tuple[Fate, str]] = field(default_factory=dict)

    def note(self, triple: Triple, fate: Fate, reason: str = "") -> None:
        """Note the fate of a statement."""
        self.fates.setdefault(triple, (fate, reason))

    def note_all(self, triples: Iterable[Triple], fate: Fate, reason: str = "") -> None:
        """Note the fate of statements."""
        for triple in triples:
            self.note(triple, fate, reason)

    def close(self, reason: str) -> None:
        """Leave out all that nothing was said of."""
        self.note_all(self.graph, Fate.LEFT, reason)

    def counts(self) -> Counter[Fate]:
        """Count the statements of each fate."""
        return Counter(fate for fate, _ in self.fates.values())

    def left_out(self) -> bytes:
        """Write the statements that were left out, as N-Triples."""
        kept = (ox.Triple(*t) for t, (fate, _) in self.fates.items() if fate is Fate.LEFT)
        return ox.serialize(kept, format=ox.RdfFormat.N_TRIPLES) or b""

    def accounts(self) -> list[Account]:
        """Sum up what was not simply taken, by fate, property and reason."""
        groups: dict[tuple[Fate, str, str], list[Triple]] = {}
        for triple, (fate, reason) in self.fates.items():
            if fate is not Fate.TAKEN:
                groups.setdefault((fate, triple[1].value, reason), []).append(triple)
        ordered = sorted(groups.items(), key=lambda item: (item[0][0].value, *item[0][1:]))
        return [
            Account(*key, len(triples), str(ox.Triple(*triples[0]))) for key, triples in ordered
        ]
