"""The words of a list's names and texts: how telling each is, and where it stands."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from listkeeper.search.names import Kind, names_of, prose_of
from listkeeper.search.wording import FAMILY, Wording, telling, telling_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from listkeeper.model import Concept
    from listkeeper.search.names import Name

SATURATION: Final = 1.2
LENGTH: Final = 0.4
"""The two constants of BM25, k1 and b (https://doi.org/10.1561/1500000019)."""

FIELD: Final = {Kind.LABEL: 3.0, Kind.FORMER: 1.5, Kind.OTHER: 1.5, Kind.DRAFT: 1.0}
"""How often a word counts that stands in a name of each kind; once in the text."""

KINSHIP: Final = 0.85
"""What a word of the same family is worth beside the word itself."""

COMPANY: Final = 12
"""Words that stand for a word's company."""

WIDEST: Final = 300
"""Concepts of the most common word whose company tells anything."""


class Named(NamedTuple):
    """A name with the weight of its words."""

    name: Name
    weight: float


class Reach(NamedTuple):
    """Where a word, or one of its family, stands."""

    weight: float
    """How telling it is (its inverse document frequency)."""
    concepts: Sequence[tuple[int, float, float]]
    """Concepts with the share of BM25, and 1 for the word itself or less for its family."""
    names: Sequence[tuple[int, float]]


class WordStock:
    """The words of some concepts; numbers are places in their sequence."""

    def __init__(self, concepts: Sequence[Concept], left_out: frozenset[str] = frozenset()) -> None:
        """Gather the words.

        Args:
            concepts: the concepts.
            left_out: names that are not looked at, as ``notation``, a tab and the folded name:
                an evaluation leaves out those it asks for.
        """
        self.wording = Wording()
        self.names: list[Named] = []
        self._documents: list[dict[str, float]] = []
        raw: list[tuple[Name, list[str]]] = []
        for number, concept in enumerate(concepts):
            kept = [
                (name, telling(name.folded))
                for name in names_of(concept, number)
                if name.kind is not Kind.CODE
                and f"{concept.notation}\t{name.folded}" not in left_out
            ]
            raw += kept
            self._documents.append(self._document(kept, telling_of(prose_of(concept))))
        self._weigh()
        self._place(raw)
        self._reached: dict[str, Reach] = {}
        self._companies: dict[str, tuple[tuple[str, float], ...]] = {}

    def weight(self, word: str) -> float:
        """Say how telling a word is; 0 for one that stands nowhere."""
        return self._weights.get(word) or self._weights.get(self.wording.family(word), 0.0)

    @property
    def words(self) -> tuple[str, ...]:
        """Every word, without the marks of families."""
        return tuple(word for word in self._weights if not word.startswith(FAMILY))

    def reach(self, word: str) -> Reach:
        """Say where a word stands, or one of its family."""
        if word not in self._reached:
            self._reached[word] = self._reach(word)
        return self._reached[word]

    def company(self, word: str) -> tuple[tuple[str, float], ...]:
        """Give the words that stand most with a word, each with its share.

        They lead from *refuse* to *waste* by what the lists themselves say, without a thesaurus.
        """
        if word not in self._companies:
            self._companies[word] = tuple(self._company(word))
        return self._companies[word]

    def shares(self, word: str) -> Mapping[int, float]:
        """Give the share of BM25 that each concept has of a word it has itself."""
        return self._shares.get(word, {})

    def _document(
        self, names: Iterable[tuple[Name, list[str]]], prose: Iterable[str]
    ) -> dict[str, float]:
        counts: dict[str, float] = {}
        for name, words in names:
            for term in self._terms(words):
                counts[term] = max(counts.get(term, 0.0), FIELD[name.kind])
        for word in prose:
            for term in (word, self.wording.family(word)):
                counts[term] = counts.get(term, 0.0) + 1.0
        return counts

    def _terms(self, words: Iterable[str]) -> set[str]:
        own = set(words)
        return own | {self.wording.family(word) for word in own}

    def _weigh(self) -> None:
        count = len(self._documents)
        frequencies = Counter(term for document in self._documents for term in document)
        self._weights = {
            term: math.log(1 + (count - found + 0.5) / (found + 0.5))
            for term, found in frequencies.items()
        }
        lengths = [sum(document.values()) for document in self._documents]
        average = sum(lengths) / max(count, 1) or 1.0
        self._shares: defaultdict[str, dict[int, float]] = defaultdict(dict)
        for number, document in enumerate(self._documents):
            level = SATURATION * (1 - LENGTH + LENGTH * lengths[number] / average)
            for term, frequency in document.items():
                share = frequency / (frequency + level)
                self._shares[term][number] = share

    def _place(self, raw: Iterable[tuple[Name, list[str]]]) -> None:
        self._standing: defaultdict[str, list[int]] = defaultdict(list)
        for place, (name, words) in enumerate(raw):
            weight = sum(self._weights[word] for word in set(words))
            self.names.append(Named(name, weight or 1.0))
            for term in self._terms(words):
                self._standing[term].append(place)

    def _reach(self, word: str) -> Reach:
        own, kin = self._shares.get(word, {}), self.wording.family(word)
        concepts = [
            (number, own.get(number, KINSHIP * share), 1.0 if number in own else KINSHIP)
            for number, share in self._shares.get(kin, {}).items()
        ]
        places = set(self._standing.get(word, ()))
        names = [(p, 1.0 if p in places else KINSHIP) for p in self._standing.get(kin, ())]
        return Reach(self.weight(word), concepts, names)

    def _company(self, word: str) -> Iterator[tuple[str, float]]:
        homes = self._shares.get(word, {})
        if not 1 < len(homes) <= WIDEST:
            return
        together = Counter(term for number in homes for term in self._documents[number])
        kin, weight = self.wording.family(word), self._weights[word]
        rated = sorted(
            (
                (-count / len(homes) * self._weights[term] / weight, term)
                for term, count in together.items()
                if count > 1 and not term.startswith(FAMILY) and self.wording.family(term) != kin
            ),
        )
        yield from ((term, -share) for share, term in rated[:COMPANY])
