"""Learn the weights of the measures, from former and other names held out; print them.

A conditional logit: among the candidates of a name, the chance of each grows with the weighted sum
of its measures. Names of a kind are held out of *all* entries at once. To hold out those of the
asked entry alone would teach that a right entry has none. The titles of the evaluation are not
used.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pairs import edition, left_out, names, of_kind, services

from listkeeper.search.likeness import WEIGHTS, Likening, Measures
from listkeeper.search.names import Kind, in_order
from listkeeper.search.text import normal
from listkeeper.search.wordstock import WordStock

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def cases(
    concepts: tuple[Concept, ...], pairs: list[Pair], *unseen: Kind
) -> Iterator[tuple[list[Measures], int]]:
    """Give the measures of each name's candidates, and which of them is right."""
    likening = Likening(WordStock(concepts, left_out(concepts, of_kind(*unseen))))
    for pair in pairs[::EVERY]:
        found = likening.likest(likening.read(normal(pair.name)))
        codes = [concepts[likeness.concept].notation for likeness in found]
        if pair.code in codes:
            yield [likeness.measures for likeness in found], codes.index(pair.code)


def learned(given: list[tuple[list[Measures], int]]) -> list[float]:
    """Climb the likelihood from the start, some way."""
    weights: list[float] = list(START)
    for _ in range(ROUNDS):
        slope = [-RIDGE * weight for weight in weights]
        for candidates, right in given:
            scores = [math.exp(sum(map(float.__mul__, weights, m))) for m in candidates]
            whole = sum(scores)
            for place, (score, measures) in enumerate(zip(scores, candidates, strict=True)):
                share = ((place == right) - score / whole) / len(given)
                for number, measure in enumerate(measures):
                    slope[number] += share * measure
        weights = [weight + RATE * change for weight, change in zip(weights, slope, strict=True)]
    return weights


def main() -> None:
    """Print the weights learned beside those in use."""
    lists = edition()
    members = {concept.uri for concept in services(lists)}
    concepts = tuple(concept for concept in in_order(lists) if concept.uri in members)
    former, others = names(concepts, Kind.FORMER), names(concepts, Kind.OTHER)
    given = [
        *cases(concepts, former, Kind.FORMER),
        *cases(concepts, former, Kind.FORMER, Kind.OTHER),
        *cases(concepts, others, Kind.OTHER),
    ]
    print(f"Weights learned from {len(given)} names")
    for name, weight, used in zip(Measures._fields, learned(given), WEIGHTS, strict=True):
        print(f"  {name:16} {weight:6.2f}   in use {used:6.2f}")


if __name__ == "__main__":
    main()
