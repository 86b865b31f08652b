"""Matching names that others use to the entries of a list: candidates, how sure, and why.

Nothing is decided here: a code is pre-selected where it is sure enough, and a person accepts it.
The measures are in :mod:`listkeeper.search.likeness`; how well they do is measured by
``benchmarks/matching``.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import Enum
from threading import Lock
from typing import TYPE_CHECKING, Final

from listkeeper.search.filters import scheme_of
from listkeeper.search.identify import Identifier
from listkeeper.search.likeness import Likening
from listkeeper.search.names import Kind, in_order
from listkeeper.search.text import normal
from listkeeper.search.wordstock import WordStock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from listkeeper.edition import Edition
    from listkeeper.model import Concept
    from listkeeper.search.likeness import Asked, Likeness
    from listkeeper.search.names import Name

MOST_CANDIDATES: Final = 5
LONGEST: Final = 300
"""Characters of a name that are looked at."""

LIKELY: Final = 60.0
"""Score from which a candidate is pre-selected: of such, nine in ten were right when measured."""

HARDLY: Final = 5.0
"""Score below which no candidate is worth showing first."""

SPREAD: Final = 1.0
NONE_OF_THESE: Final = 6.5
UNKNOWN_WORDS: Final = 7.5
"""Turn scores into chances: of each candidate, and that it is none of them, the more so the more
words stand nowhere. Fitted by ``learn.py`` on the same names as the weights."""

MANY: Final = 20
"""Different names from which on a word can be one that most of them have."""

RETIRED: Final = 1.0
"""What a retired entry loses."""


class Tier(Enum):
    """How sure a match is."""

    EXACT = "exact"
    FORMER = "former name"
    LIKELY = "likely"
    CHOOSE = "choose"
    NONE = "none"

    @property
    def preselects(self) -> bool:
        """Say whether the first candidate is pre-selected."""
        return self in {Tier.EXACT, Tier.FORMER, Tier.LIKELY}


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """An entry that a name may mean."""

    concept: Concept
    score: float
    """From 0 to 100: roughly the chance that it is the right one."""
    why: str
    """What speaks for it, in words."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """What was found for a name."""

    text: str
    tier: Tier
    candidates: tuple[Candidate, ...]
    """The likeliest first, five at most."""

    @property
    def selected(self) -> Candidate | None:
        """The pre-selected candidate, for a person to accept; None where one has to choose."""
        return self.candidates[0] if self.candidates and self.tier.preselects else None


SAME: Final = (
    ((Kind.LABEL,), Tier.EXACT, 100.0, "is its name"),
    ((Kind.FORMER,), Tier.FORMER, 98.0, "is a former name of it"),
    ((Kind.OTHER, Kind.DRAFT), Tier.LIKELY, 95.0, "is another name of it"),
)
"""Kinds of names that are just what was asked for, with tier, score and reason."""


class Matcher:
    """Matches names to the entries of one list, or of all."""

    def __init__(
        self,
        edition: Edition,
        list_name: str = "",
        *,
        left_out: frozenset[str] = frozenset(),
    ) -> None:
        """Gather the names of a list.

        Args:
            edition: the lists.
            list_name: name of the list or subset; empty for all lists.
            left_out: see :class:`WordStock`.

        Raises:
            UsageError: when there is no such list.
        """
        scheme = scheme_of(edition.vocabulary, list_name) if list_name else None
        self.concepts: tuple[Concept, ...] = tuple(
            concept
            for concept in in_order(edition)
            if scheme is None or scheme.uri in concept.in_schemes
        )
        self._segment = scheme.segment if scheme else ""
        self._held = edition.vocabulary.concepts
        self._uris = {concept.uri for concept in self.concepts}
        self._identifier = Identifier(edition)
        stock = WordStock(self.concepts, left_out)
        self._likening = Likening(stock)
        self._same: defaultdict[str, list[Name]] = defaultdict(list)
        for named in stock.names:
            self._same[named.name.folded].append(named.name)

    def match(
        self, text: str, *, limit: int = MOST_CANDIDATES, passed_over: frozenset[str] = frozenset()
    ) -> Match:
        """Match one name.

        Args:
            text: the name; beyond 300 characters it is not looked at.
            limit: how many candidates to give at most.
            passed_over: folded words that tell nothing here.
        """
        folded = normal(text[:LONGEST])
        if not folded:
            return Match(text=text, tier=Tier.NONE, candidates=())
        kept = " ".join(word for word in folded.split() if word not in passed_over)
        asked = self._likening.read(kept or folded)
        tier, first = self._coded(text) or self._named(folded)
        held = {candidate.concept.uri for candidate in first}
        rest = [c for c in self._alike(asked, folded, limit) if c.concept.uri not in held]
        candidates = (*first, *rest)[:limit]
        if not first and rest:
            tier = _tier(rest[0].score)
        return Match(text=text, tier=tier, candidates=candidates)

    def match_all(self, texts: Iterable[str]) -> Iterator[Match]:
        """Match names, one answer for each in the same order; the same name is worked out once.

        A word that most of the names have, such as *find* in "Find out about …", tells nothing.
        """
        asked = list(texts)
        passed_over = _in_most({normal(text[:LONGEST]) for text in asked})
        made: dict[str, Match] = {}
        for text in asked:
            if text not in made:
                made[text] = self.match(text, passed_over=passed_over)
            yield made[text]

    def replacements(self, concept: Concept) -> tuple[Concept, ...]:
        """Give what replaces a concept, as far as it is held here."""
        return tuple(self._held[uri] for uri in concept.replaced_by if uri in self._held)

    def _coded(self, text: str) -> tuple[Tier, list[Candidate]] | None:
        """Take a text that is a code or an address of one entry at its word."""
        if not any(sign.isdecimal() for sign in text[:LONGEST]):
            return None
        found = [
            concept
            for concept in self._identifier.read(text[:LONGEST], self._segment).concepts
            if concept.uri in self._uris
        ]
        if not found:
            return None
        tier = Tier.EXACT if len(found) == 1 else Tier.CHOOSE
        return tier, [Candidate(concept=c, score=100.0, why="is its code") for c in found]

    def _named(self, folded: str) -> tuple[Tier, list[Candidate]]:
        """Give the entries that have just this name; several of one standing are a choice."""
        for kinds, tier, score, reason in SAME:
            names = [name for name in self._same.get(folded, ()) if name.kind in kinds]
            if names:
                in_use = [n for n in names if not self.concepts[n.concept].is_retired] or names
                alone = len({name.concept for name in in_use}) == 1
                found = {
                    self.concepts[name.concept].uri: Candidate(
                        concept=self.concepts[name.concept], score=score, why=reason
                    )
                    for name in in_use
                }
                return tier if alone else Tier.CHOOSE, list(found.values())
        return Tier.NONE, []

    def _alike(self, asked: Asked, folded: str, limit: int) -> list[Candidate]:
        likest = [(self._standing(found), found) for found in self._likening.likest(asked)]
        if not likest:
            return []
        likest.sort(key=lambda pair: -pair[0])
        top = max(likest[0][0], NONE_OF_THESE)
        none = NONE_OF_THESE + UNKNOWN_WORDS * (1 - asked.known)
        chances = [math.exp(SPREAD * (score - top)) for score, _ in likest]
        whole = sum(chances) + math.exp(SPREAD * (none - top))
        return [
            Candidate(
                concept=self.concepts[found.concept],
                score=round(min(94.9, 100 * chance / whole), 1),
                why=self._reason(asked, found, folded),
            )
            for chance, (_, found) in zip(chances[: limit + 1], likest, strict=False)
        ]

    def _standing(self, found: Likeness) -> float:
        return found.score - RETIRED * self.concepts[found.concept].is_retired

    def _reason(self, asked: Asked, found: Likeness, folded: str) -> str:
        """Say which words speak for an entry, in which of its names, and how they were read."""
        if found.name < 0:
            return "words of its text"
        name = self._likening.stock.names[found.name].name
        padded = f" {name.folded} "
        read = {
            f"{term.written} read as {term.word}"
            for term in asked.terms
            if term.written != term.word and term.word in padded and term.written not in padded
        }
        told = f"{name.kind.words}: {name.text.value}" if name.kind is not Kind.LABEL else "label"
        same = (
            "the words of its" if sorted(folded.split()) == sorted(padded.split()) else "like its"
        )
        return "; ".join((f"{same} {told}", *sorted(read)))


class Matchers:
    """The matchers of an edition, one for each list that is asked for; shared by threads."""

    def __init__(self, edition: Edition) -> None:
        """Match to the lists of an edition."""
        self.edition = edition
        self._made: dict[str, Matcher] = {}
        self._lock = Lock()

    def of(self, list_name: str = "") -> Matcher:
        """Give the matcher of a list or subset, of all lists for no name.

        Raises:
            UsageError: when there is no such list.
        """
        name = scheme_of(self.edition.vocabulary, list_name).name if list_name else ""
        with self._lock:
            if name not in self._made:
                self._made[name] = Matcher(self.edition, name)
            return self._made[name]


def matchers(edition: Edition) -> Matchers:
    """Make the matchers of an edition; on the server, ``await call.shelf.made(matchers)``."""
    return Matchers(edition)


def _in_most(names: set[str]) -> frozenset[str]:
    """Give the words that more than half of many different names have."""
    if len(names) < MANY:
        return frozenset()
    counts = Counter(word for name in names for word in set(name.split()))
    return frozenset(word for word, count in counts.items() if count > len(names) / 2)


def _tier(score: float) -> Tier:
    if score >= LIKELY:
        return Tier.LIKELY
    return Tier.CHOOSE if score >= HARDLY else Tier.NONE
