"""Codes near one that is not held: a slip of the finger away, else next to it by number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from listkeeper.uris import natural_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from listkeeper.model import Concept, Vocabulary

LONGEST: Final = 40
"""A longer text is no slip of a code."""

Held: TypeAlias = "Mapping[str, list[Concept]]"
"""Notation to the concepts that have it: one in each of several lists."""


def near_codes(vocabulary: Vocabulary, code: str, *, limit: int = 5) -> tuple[Concept, ...]:
    """Find the concepts whose codes someone may have meant, the likeliest first.

    Args:
        vocabulary: what is held.
        code: what was asked for, such as ``595``; with a list's segment or any of its names
            before it, as in ``service/595`` or ``services/595``, that list alone is looked at.
        limit: how many to give at most.
    """
    first, _, wanted = code.strip().rpartition("/")
    if not wanted or len(wanted) > LONGEST:
        return ()
    held = _held(vocabulary, first)
    found = dict.fromkeys((*_slips(held, wanted.casefold()), *_neighbours(held, wanted, limit)))
    return tuple(concept for notation in found for concept in held[notation])[:limit]


def _held(vocabulary: Vocabulary, name: str) -> Held:
    """Collect the concepts of the lists that a name means; of every list for no name."""
    meant = {
        scheme.segment
        for scheme in vocabulary.schemes.values()
        if name in {scheme.segment, scheme.name, *scheme.other_names}
    }
    held: dict[str, list[Concept]] = {}
    for concept in vocabulary.concepts.values():
        if not name or concept.address.rpartition("/")[0] in meant:
            held.setdefault(concept.notation, []).append(concept)
    return held


def _slips(held: Held, wanted: str) -> Iterator[str]:
    """Give the codes one slip away, those that differ in case alone first."""
    folded: dict[str, list[str]] = {}
    for notation in held:
        folded.setdefault(notation.casefold(), []).append(notation)
    yield from folded.get(wanted, ())
    signs = sorted({sign for notation in folded for sign in notation})
    slips = {slip for slip in _one_slip(wanted, signs) if slip in folded}
    for slip in sorted(slips, key=lambda slip: (_weight(slip, wanted), natural_key(slip))):
        yield from folded[slip]


def _weight(slip: str, wanted: str) -> int:
    """Rate a slip: two signs swapped before one missing or added before one wrong."""
    if sorted(slip) == sorted(wanted):
        return 0
    return 1 if len(slip) != len(wanted) else 2


def _one_slip(wanted: str, signs: list[str]) -> Iterator[str]:
    """Give every text that is one slip away: a sign left out, swapped, wrong or added.

    Of a single sign that is wrong nothing would be left.
    """
    for place in range(len(wanted) + 1):
        before, after = wanted[:place], wanted[place:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for sign in signs:
            yield before + sign + after
            if after and len(wanted) > 1:
                yield before + sign + after[1:]


def _neighbours(held: Held, wanted: str, limit: int) -> list[str]:
    """Give the codes next to a number, nearest first; none for a code that is no number."""
    if not (wanted.isascii() and wanted.isdecimal()):
        return []
    number = int(wanted)
    numbers = ((abs(int(n) - number), int(n), n) for n in held if n.isascii() and n.isdecimal())
    return [notation for _, _, notation in sorted(numbers)[:limit]]
