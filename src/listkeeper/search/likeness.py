"""How like a text and a concept are: a few plain measures, and their weights."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from operator import mul
from typing import TYPE_CHECKING, Final, NamedTuple

from listkeeper.search.names import Kind
from listkeeper.search.repair import Repairer
from listkeeper.search.wording import telling

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from listkeeper.search.repair import Term
    from listkeeper.search.wordstock import WordStock

RERANKED: Final = 30
"""Concepts that are looked at closely."""

MOST_WORDS: Final = 24
"""Words of a text that are looked at."""

UNKNOWN_WEIGHT: Final = 5.0
"""How telling a word is that stands nowhere."""


class Measures(NamedTuple):
    """Each from 0 to 1; weights of the text's words are their inverse document frequencies."""

    bm25: float
    """BM25 over all names and the text, as a share of what it can be."""
    company: float
    """The same of the words that keep company with the text's own."""
    cover: float
    """Share of the text's words that the concept has anywhere."""
    rare_cover: float
    """The same, rare words counting much more (weights squared)."""
    name: float
    """Best harmonic mean, over the names, of the two that follow."""
    name_cover: float
    """Share of the text's words in that name."""
    name_covered: float
    """Share of that name's words in the text."""
    rarest: float
    """Whether the concept has the rarest word of the text."""
    label: float
    """The harmonic mean for the label."""


WEIGHTS: Final = Measures(
    bm25=4.7,
    company=0.7,
    cover=2.6,
    rare_cover=1.8,
    name=3.1,
    name_cover=-2.6,
    name_covered=1.4,
    rarest=0.5,
    label=1.7,
)
"""Weights of a conditional logit, as ``benchmarks/matching/learn.py`` learns them from former and
other names held out, never from the titles of the evaluation."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Likeness:
    """How like a text a concept is."""

    concept: int
    score: float
    """The weighted sum of the measures."""
    measures: Measures
    name: int
    """Place of the name that is most like it in the stock's names, -1 for none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A text, read."""

    terms: Sequence[Term]
    unknown: Sequence[str]
    """Words of which nothing could be made."""
    known: float
    """Share of the words' weight that is known."""


class _Best:
    """The best name of a concept so far."""

    __slots__ = ("label", "mean", "name", "ours", "theirs")

    def __init__(self) -> None:
        self.mean = self.ours = self.theirs = self.label = 0.0
        self.name = -1


class Likening:
    """Finds what is like a text among the concepts of a stock."""

    def __init__(self, stock: WordStock) -> None:
        """Compare with the concepts of a stock."""
        self.stock = stock
        self._repairer = Repairer(stock)

    def read(self, folded: str) -> Asked:
        """Read the words of a folded text."""
        terms, unknown = self._repairer.terms(telling(folded)[:MOST_WORDS])
        weight = sum(self.stock.weight(term.word) * term.share for term in terms)
        whole = weight + UNKNOWN_WEIGHT * len(unknown)
        return Asked(terms=terms, unknown=unknown, known=weight / whole if whole else 0.0)

    def likest(self, asked: Asked) -> list[Likeness]:
        """Give the concepts most like a text, the likest first."""
        weighed = [(term, self.stock.weight(term.word) * term.share) for term in asked.terms]
        total = sum(weight for _, weight in weighed)
        if not total:
            return []
        sums, names = self._sums(weighed), self._best_names(weighed, total)
        first = sorted(
            ((-s[0] / total - (names[c].mean if c in names else 0.0), c) for c, s in sums.items())
        )[:RERANKED]
        squared = sum(weight * weight for _, weight in weighed)
        rarest = max(weight for _, weight in weighed)
        none, companies = _Best(), self._companies(weighed)
        found = [
            self._likeness(c, sums[c], names.get(c, none), (total, squared, rarest), companies)
            for _, c in first
        ]
        found.sort(key=lambda likeness: (-likeness.score, likeness.concept))
        return found

    def _sums(self, weighed: list[tuple[Term, float]]) -> dict[int, list[float]]:
        """Add up, for each concept, BM25, words, squared words, and keep the rarest word."""
        sums: dict[int, list[float]] = {}
        for term, weight in weighed:
            square = weight * weight
            for concept, share, kinship in self.stock.reach(term.word).concepts:
                own = sums.get(concept)
                if own is None:
                    own = sums[concept] = [0.0, 0.0, 0.0, 0.0]
                own[0] += weight * share
                own[1] += weight * kinship
                own[2] += square * kinship
                own[3] = max(own[3], weight * kinship)
        return sums

    def _best_names(self, weighed: list[tuple[Term, float]], total: float) -> dict[int, _Best]:
        held: defaultdict[int, float] = defaultdict(float)
        for term, weight in weighed:
            for place, kinship in self.stock.reach(term.word).names:
                held[place] += weight * kinship
        found: dict[int, _Best] = {}
        names = self.stock.names
        for place, weight in held.items():
            name, whole = names[place]
            ours, theirs = min(1.0, weight / total), min(1.0, weight / whole)
            mean = 2 * ours * theirs / (ours + theirs)
            best = found.get(name.concept)
            if best is None:
                best = found[name.concept] = _Best()
            if mean > best.mean:
                best.mean, best.ours, best.theirs, best.name = mean, ours, theirs, place
            if name.kind is Kind.LABEL and mean > best.label:
                best.label = mean
        return found

    def _likeness(
        self,
        concept: int,
        sums: list[float],
        best: _Best,
        totals: tuple[float, float, float],
        companies: list[tuple[float, Mapping[int, float]]],
    ) -> Likeness:
        total, squared, rarest = totals
        measures = Measures(
            sums[0] / total,
            _company(concept, companies) / total,
            sums[1] / total,
            sums[2] / squared,
            best.mean,
            best.ours,
            best.theirs,
            sums[3] / rarest,
            best.label,
        )
        score = sum(map(mul, WEIGHTS, measures))
        return Likeness(concept=concept, score=score, measures=measures, name=best.name)

    def _companies(
        self, weighed: list[tuple[Term, float]]
    ) -> list[tuple[float, Mapping[int, float]]]:
        """Give the words that keep company with those of a text: weight, and share by concept."""
        return [
            (weight * near, self.stock.shares(word))
            for term, weight in weighed
            for word, near in self.stock.company(term.word)
        ]


def _company(concept: int, companies: list[tuple[float, Mapping[int, float]]]) -> float:
    total = 0.0
    for weight, shares in companies:
        share = shares.get(concept)
        if share is not None:
            total += weight * share
    return total
