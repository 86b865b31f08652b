"""Names that begin with what has been typed, by bisection over sorted texts."""

from __future__ import annotations

import heapq
from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from listkeeper.search.names import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from listkeeper.search.names import Name

BEGINNINGS: Final = 8
"""How many words of a name a prefix may begin at."""

LAST: Final = "\U0010ffff"
"""A sign that sorts after every other."""

SORTED_WHOLE: Final = 20
"""Times as many names as wanted are still sorted whole sooner than the best are picked out."""

REPEATS: Final = 8
"""Names looked at for each wanted, since one entry may have several that begin alike."""


class Prefixes:
    """Every name from each of its first words on, sorted, with its place in order of merit."""

    def __init__(self, names: Iterable[Name], is_retired: Callable[[int], bool]) -> None:
        """Sort names.

        Args:
            names: the names; earlier ones come first where nothing else decides.
            is_retired: says whether the concept with a number is retired.
        """
        rows = [
            (
                (is_retired(name.concept), place > 0, name.kind, len(name.folded), number, place),
                text,
                name,
            )
            for number, name in enumerate(names)
            for place, text in enumerate(_beginnings(name))
        ]
        rows.sort(key=lambda row: row[0])
        self._names = [name for _, _, name in rows]
        by_text = sorted(range(len(rows)), key=lambda merit: (rows[merit][1], merit))
        self._texts = [rows[merit][1] for merit in by_text]
        self._merits = array("I", by_text)

    def named(self, folded: str) -> Iterator[Name]:
        """Give the names that are just what was asked for, the best first."""
        start = bisect_left(self._texts, folded)
        end = bisect_left(self._texts, folded + "\0")
        for merit in sorted(self._merits[start:end]):
            if folded and self._names[merit].folded == folded:
                yield self._names[merit]

    def count(self, folded: str) -> int:
        """Count the places in names at which words begin so."""
        return bisect_left(self._texts, folded + LAST) - bisect_left(self._texts, folded)

    def starting(
        self, folded: str, limit: int, passes: Callable[[int], bool] | None = None
    ) -> Iterator[Name]:
        """Give the names of which a word and all after it begin so, the best first.

        Args:
            folded: the folded words, the last one perhaps unfinished.
            limit: how many concepts are wanted.
            passes: says whether the concept with a number may be given; None for all.
        """
        if not folded:
            return
        start = bisect_left(self._texts, folded)
        end = bisect_left(self._texts, folded + LAST)
        merits: Iterable[int] = self._merits[start:end]
        if passes is not None:
            merits = (merit for merit in merits if passes(self._names[merit].concept))
        wanted = limit * REPEATS
        few = end - start < wanted * SORTED_WHOLE
        for merit in sorted(merits)[:wanted] if few else heapq.nsmallest(wanted, merits):
            yield self._names[merit]


def _beginnings(name: Name) -> Iterator[str]:
    if name.kind is Kind.CODE:
        yield name.folded
        return
    rest = name.folded
    for _ in range(BEGINNINGS):
        yield rest
        _, parted, rest = rest.partition(" ")
        if not parted:
            return
