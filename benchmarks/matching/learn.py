"""Learn what matching weighs by, from former and other names held out; print it.

A conditional logit: among the candidates of a name, the chance of each grows with the weighted sum
of its measures. What turns the sums into chances is fitted after it, on the same names, those
included whose entry is no candidate. Names of a kind are held out of *all* entries at once: to hold
out those of the asked entry alone would teach that a right entry has none. The titles of the
evaluation are not used.
"""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from pairs import edition, left_out, names, of_kind, services

from listkeeper.search.likeness import WEIGHTS, Likening, Measures
from listkeeper.search.matching import NONE_OF_THESE, SPREAD, UNKNOWN_WORDS
from listkeeper.search.names import Kind, in_order
from listkeeper.search.text import normal
from listkeeper.search.wordstock import WordStock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pairs import Pair

    from listkeeper.model import Concept

START = Measures(5.0, 0.0, 0.0, 0.0, 5.0, 0.0, 0.0, 0.0, 0.0)
"""BM25 and the best name alike."""

ROUNDS = 60
"""Few, so that what is learned stays near the start: a guard against fitting these names alone."""

RATE = 5.0
RIDGE = 1e-3
EVERY = 3
"""One in so many names is learned from: enough, and quick."""


SPREADS = [number / 20 for number in range(10, 31)]
NONES = [number / 4 for number in range(16, 49)]
UNKNOWNS = [number / 2 for number in range(17)]


class Case(NamedTuple):
    """A name: what is measured of its candidates."""

    candidates: list[Measures]
    right: int
    """Place of the right one; -1 where it is none of them."""
    known: float
    """Share of the name's words that stand somewhere."""


def cases(concepts: tuple[Concept, ...], pairs: list[Pair], *unseen: Kind) -> Iterator[Case]:
    """Give the measures of each name's candidates, and which of them is right."""
    likening = Likening(WordStock(concepts, left_out(concepts, of_kind(*unseen))))
    for pair in pairs[::EVERY]:
        asked = likening.read(normal(pair.name))
        found = likening.likest(asked)
        codes = [concepts[likeness.concept].notation for likeness in found]
        right = codes.index(pair.code) if pair.code in codes else -1
        yield Case([likeness.measures for likeness in found], right, asked.known)


def learned(given: list[Case]) -> list[float]:
    """Climb the likelihood from the start, some way."""
    weights: list[float] = list(START)
    for _ in range(ROUNDS):
        slope = [-RIDGE * weight for weight in weights]
        for candidates, right, _ in given:
            scores = [math.exp(sum(map(float.__mul__, weights, m))) for m in candidates]
            whole = sum(scores)
            for place, (score, measures) in enumerate(zip(scores, candidates, strict=True)):
                share = ((place == right) - score / whole) / len(given)
                for number, measure in enumerate(measures):
                    slope[number] += share * measure
        weights = [weight + RATE * change for weight, change in zip(weights, slope, strict=True)]
    return weights


def fitted(given: list[Case], weights: Sequence[float]) -> tuple[float, float, float]:
    """Try out what turns scores into chances: the spread, and what speaks for none of them."""
    scored = [
        ([sum(map(float.__mul__, weights, m)) for m in case.candidates], case) for case in given
    ]
    tried = []
    for spread in SPREADS:
        sums = [
            (
                math.exp(spread * scores[case.right]) if case.right >= 0 else 0.0,
                sum(math.exp(spread * score) for score in scores),
                1 - case.known,
            )
            for scores, case in scored
        ]
        for none, unknown in product(NONES, UNKNOWNS):
            likelihood = 0.0
            for right, whole, share in sums:
                other = math.exp(spread * (none + unknown * share))
                likelihood += math.log((right or other) / (whole + other))
            tried.append((likelihood, (spread, none, unknown)))
    return max(tried)[1]


def main() -> None:
    """Print what was learned beside what is in use."""
    lists = edition()
    members = {concept.uri for concept in services(lists)}
    concepts = tuple(concept for concept in in_order(lists) if concept.uri in members)
    former, others = names(concepts, Kind.FORMER), names(concepts, Kind.OTHER)
    given = [
        *cases(concepts, former, Kind.FORMER),
        *cases(concepts, former, Kind.FORMER, Kind.OTHER),
        *cases(concepts, others, Kind.OTHER),
    ]
    print(f"Learned from {len(given)} names")
    weights = learned([case for case in given if case.right >= 0])
    for name, weight, used in zip(Measures._fields, weights, WEIGHTS, strict=True):
        print(f"  {name:16} {weight:6.2f}   in use {used:6.2f}")
    names_of = ("spread", "none of these", "unknown words")
    in_use = (SPREAD, NONE_OF_THESE, UNKNOWN_WORDS)
    # fitted to the weights as they are written down
    rounded = [round(weight, 1) for weight in weights]
    for name, value, used in zip(names_of, fitted(given, rounded), in_use, strict=True):
        print(f"  {name:16} {value:6.2f}   in use {used:6.2f}")


if __name__ == "__main__":
    main()
