"""Making something of words that stand nowhere in a list: joined, split, mistyped, shortened."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from listkeeper.search.wording import COMMON, singular

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from listkeeper.search.wordstock import WordStock

MISTYPED: Final = 0.9
"""What a word is worth that was read as another: less than one that stands there."""

SHORTENED: Final = 0.7
LIKENESS: Final = 0.75
"""Share of a word's letters that a mistyped one has right."""

SHORTEST_TYPO: Final = 4
SHORTEST_PART: Final = 3
SHORTEST_START: Final = 3
LONGEST_SHORTENING: Final = 6
LONGEST_WORD: Final = 40
INITIALS: Final = range(2, 7)
MOST_MEANINGS: Final = 3
MOST_PLACES: Final = 200
APART: Final = "\n"


class Term(NamedTuple):
    """A word to look for, and how much it counts."""

    word: str
    share: float
    written: str
    """The word of the text it was made of."""


class Repairer:
    """Reads the words of a text as words that a list has; each unknown word is worked out once."""

    def __init__(self, stock: WordStock) -> None:
        """Read words as those of a stock."""
        self._stock = stock
        self._words = stock.words
        self._by_start: dict[str, list[str]] = {}
        for word in self._words:
            self._by_start.setdefault(word[:1], []).append(word)
        self._made: dict[str, tuple[Term, ...]] = {}
        self._runs = [
            [word for word in named.name.folded.split() if word not in COMMON]
            for named in stock.names
        ]
        self._initials = APART.join("".join(w[0] for w in run) for run in self._runs)
        starts, at = [], 0
        for run in self._runs:
            starts.append(at)
            at += len(run) + 1
        self._starts = starts

    def terms(self, words: Sequence[str]) -> tuple[list[Term], list[str]]:
        """Read words.

        Args:
            words: telling words, singular, in their order.

        Returns:
            The words to look for, each once, and those of which nothing could be made.
        """
        found: dict[str, Term] = {}
        unknown = []
        for word in dict.fromkeys(words):
            made = self._read(word)
            for term in made:
                found.setdefault(term.word, term)
            if not made:
                unknown.append(word)
        for term in self._joined(words):
            found.setdefault(term.word, term)
        return list(found.values()), unknown

    def _read(self, word: str) -> tuple[Term, ...]:
        if self._stock.weight(word):
            return (Term(word, 1.0, word),)
        if len(word) > LONGEST_WORD:
            return ()
        if word not in self._made:
            ways = (self._split, self._initialism, self._mistyped, self._shortened)
            self._made[word] = next((made for way in ways if (made := tuple(way(word)))), ())
        return self._made[word]

    def _split(self, word: str) -> Iterator[Term]:
        """Read ``streetlight`` as *street* and *light*, at the most telling place."""
        cuts = range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
        weight = self._stock.weight
        parts = ((word[:cut], singular(word[cut:])) for cut in cuts)
        held = [pair for pair in parts if weight(pair[0]) and weight(pair[1])]
        if held:
            best = max(held, key=lambda pair: weight(pair[0]) + weight(pair[1]))
            yield from (Term(part, MISTYPED, word) for part in best)

    def _joined(self, words: Sequence[str]) -> Iterator[Term]:
        """Read *play ground* as ``playground``, and a run of words as its initials."""
        for first, second in pairwise(words):
            if self._stock.weight(first + second):
                yield Term(first + second, MISTYPED, f"{first} {second}")
        for length in INITIALS[1:]:
            for start in range(len(words) - length + 1):
                run = words[start : start + length]
                letters = "".join(word[0] for word in run)
                if self._stock.weight(letters):
                    yield Term(letters, SHORTENED, " ".join(run))

    def _initialism(self, word: str) -> Iterator[Term]:
        """Read ``hmo`` as *house*, *multiple*, *occupation*, where names have these in a row."""
        if len(word) not in INITIALS or not word.isalpha():
            return
        runs: Counter[tuple[str, ...]] = Counter()
        at = self._initials.find(word)
        while at >= 0 and runs.total() < MOST_PLACES:
            runs[self._run(at, len(word))] += 1
            at = self._initials.find(word, at + 1)
        if len(runs) <= MOST_MEANINGS or len(word) > SHORTEST_START:
            likely = runs.most_common(MOST_MEANINGS)
            for run, count in likely:
                share = SHORTENED * count / sum(times for _, times in likely)
                yield from (Term(part, share, word) for part in dict.fromkeys(run))

    def _run(self, at: int, length: int) -> tuple[str, ...]:
        place = bisect_right(self._starts, at) - 1
        start = at - self._starts[place]
        return tuple(singular(word) for word in self._runs[place][start : start + length])

    def _mistyped(self, word: str) -> Iterator[Term]:
        """Read a word as the most alike that begins with the same letter."""
        if len(word) >= SHORTEST_TYPO:
            likely = process.extractOne(
                word,
                self._by_start.get(word[0], ()),
                scorer=OSA.normalized_similarity,
                score_cutoff=LIKENESS,
            )
            if likely:
                yield Term(likely[0], MISTYPED, word)

    def _shortened(self, word: str) -> Iterator[Term]:
        """Read ``info`` and ``mgmt`` as words that begin so, or have these letters in order."""
        if not SHORTEST_START <= len(word) <= LONGEST_SHORTENING:
            return
        same = [w for w in self._by_start.get(word[0], ()) if len(w) > len(word)]
        likely = [w for w in same if w.startswith(word)] or [
            w for w in same if w[-1] == word[-1] and _in_order(word, w)
        ]
        likely.sort(key=lambda w: (self._stock.weight(w), w))
        for meant in likely[:MOST_MEANINGS]:
            yield Term(meant, SHORTENED / min(len(likely), MOST_MEANINGS), word)


def _in_order(letters: str, word: str) -> bool:
    """Say whether a word has some letters in their order.

    >>> _in_order("mgmt", "management"), _in_order("mgmt", "magnet")
    (True, False)
    """
    rest = iter(word)
    return all(letter in rest for letter in letters)
