"""The search index of an edition: prefixes by bisection, words by SQLite's FTS5, in memory.

Made once of an edition and never changed, so it may be shared by threads::

    index = search_index(edition)          # on the server: await call.shelf.made(search_index)
    index.search("street furniture").hits
    index.suggest("street fu")

What is found comes in this order: code, exact label, exact former name, exact other name, then
names that begin so, then text by BM25 (https://www.sqlite.org/fts5.html); what is retired comes
last, unless its code was asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from listkeeper.search.filters import NONE, Facets, Filters
from listkeeper.search.fulltext import FullText
from listkeeper.search.identify import Identifier
from listkeeper.search.names import Kind, in_order, names_of
from listkeeper.search.prefixes import Prefixes
from listkeeper.search.text import words_of
from listkeeper.search.wording import COMMON, singular

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from listkeeper.edition import Edition
    from listkeeper.model import Concept, Text
    from listkeeper.search.names import Name

MOST_FOUND: Final = 200
"""Entries that one search finds at most: nobody reads further, and it keeps a search short."""

LONGEST: Final = 200
"""Characters of a query that are looked at."""

MOST_WORDS: Final = 12

CROWD: Final = 1_000
"""Names that a single word may begin in before they are told by their own order, not by BM25: to
rank more by BM25 takes too long, and no one reads to the end."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """An entry that was found, and by what."""

    concept: Concept
    kind: Kind
    """What of the entry was found."""
    name: Text | None = None
    """The name that was found, None where it was the text."""
    exact: bool = False
    """Whether the whole name is what was asked for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Results:
    """What a search found."""

    hits: tuple[Hit, ...]
    """The part asked for."""
    total: int
    """How many were found, at most :data:`MOST_FOUND`."""
    capped: bool = False
    """Whether there may be more."""


class SearchIndex:
    """Finds the entries of one edition."""

    def __init__(self, edition: Edition) -> None:
        """Index an edition."""
        self.edition = edition
        self.concepts: tuple[Concept, ...] = in_order(edition)
        """Every concept by its number in the index."""
        facets = Facets(edition)
        self.names: tuple[tuple[Name, ...], ...] = tuple(
            tuple(names_of(concept, number)) for number, concept in enumerate(self.concepts)
        )
        """The names of each concept."""
        self._facets = facets
        self._marks = tuple(facets.of(concept) for concept in self.concepts)
        self._numbers = {concept.uri: number for number, concept in enumerate(self.concepts)}
        self._prefixes = Prefixes(chain.from_iterable(self.names), self._is_retired)
        self._text = FullText(self.concepts, self.names, self._marks)
        self.identifier = Identifier(edition)
        """Knows entries by whatever is written for a code."""

    def search(
        self, words: str, filters: Filters = NONE, *, limit: int = 20, offset: int = 0
    ) -> Results:
        """Find entries by a code, a URI, a name or words of their texts.

        Args:
            words: what was typed; beyond 200 characters and 12 words it is not looked at.
            filters: what an entry must have to be found.
            limit: how many to give at most.
            offset: how many of the found to pass over.

        Raises:
            UsageError: when a filter names what there is not.
        """
        found = self._found(words, filters)
        part = list(found.items())[max(0, offset) :][: max(0, limit)]
        asked = _telling(words)
        hits = tuple(hit or self._worded(number, asked) for number, hit in part)
        return Results(hits=hits, total=len(found), capped=len(found) >= MOST_FOUND)

    def suggest(self, words: str, filters: Filters = NONE, *, limit: int = 10) -> tuple[Hit, ...]:
        """Find entries whose code or name begins with what has been typed so far.

        Args:
            words: what was typed.
            filters: what an entry must have to be found.
            limit: how many to give at most.

        Raises:
            UsageError: when a filter names what there is not.
        """
        limit = min(max(0, limit), MOST_FOUND)
        hits = _once(self._named(words[:LONGEST], self._facets.wanted(filters), limit), limit)
        if len(hits) < limit and len(words_of(words[:LONGEST])) > 1:
            hits = _once(chain(hits.values(), self._suggested(words, filters, limit)), limit)
        return tuple(hits.values())

    def by_words(
        self, words: str, filters: Filters = NONE, *, limit: int = 50
    ) -> list[tuple[Concept, float]]:
        """Give the concepts with most of some words in their names and texts, by BM25.

        Args:
            words: any text; one of its words is enough to be found.
            filters: what an entry must have to be found.
            limit: how many to give at most.

        Returns:
            Each concept with its score, higher is better, the best first.
        """
        wanted = self._facets.wanted(filters)
        found = self._text.any_of(_asked(words), wanted, min(limit, MOST_FOUND))
        return [(self.concepts[number], score) for number, score in found]

    def _found(self, words: str, filters: Filters) -> dict[int, Hit | None]:
        """Find concepts by their numbers; a hit by words is told later, if it is shown."""
        words = words[:LONGEST]
        marks = self._facets.wanted(filters)
        found: dict[int, Hit | None] = {}
        for hit in self._identified(words, marks):
            found.setdefault(self._numbers[hit.concept.uri], hit)
        for retired in (False, True):
            for hit in self._exact(words, marks, retired=retired):
                found.setdefault(self._numbers[hit.concept.uri], hit)
            for number, worded in self._by_text(words, marks, retired=retired):
                found.setdefault(number, worded)
        return dict(islice(found.items(), MOST_FOUND))

    def _named(self, words: str, marks: tuple[str, ...], limit: int) -> Iterator[Hit]:
        yield from self._identified(words, marks)
        folded = " ".join(_asked(words))
        yield from self._exact(words, marks, retired=False)
        starting = self._prefixes.starting(folded, limit, self._passes(marks))
        yield from (self._hit(name, folded) for name in starting)

    def _suggested(self, words: str, filters: Filters, limit: int) -> Iterator[Hit]:
        """Give entries that have every word, in whatever order they were typed."""
        asked, marks = _telling(words), self._facets.wanted(filters)
        for retired in (False, True):
            for number in self._text.all_of(asked, marks, limit, retired=retired):
                yield self._worded(number, asked)

    def _identified(self, words: str, marks: tuple[str, ...]) -> Iterator[Hit]:
        for concept in self.identifier.concepts(words):
            if self._has(self._numbers[concept.uri], marks):
                yield Hit(concept=concept, kind=Kind.CODE, exact=True)

    def _exact(self, words: str, marks: tuple[str, ...], *, retired: bool) -> Iterator[Hit]:
        folded = " ".join(_asked(words))
        for name in self._prefixes.named(folded):
            if self._is_retired(name.concept) == retired and self._has(name.concept, marks):
                yield self._hit(name, folded)

    def _by_text(
        self, words: str, marks: tuple[str, ...], *, retired: bool
    ) -> Iterator[tuple[int, Hit | None]]:
        telling = _telling(words)
        if not telling or (len(telling) == 1 and self._prefixes.count(telling[0]) > CROWD):
            names = () if retired else self._beginning(" ".join(telling or _asked(words)), marks)
            yield from ((name.concept, self._hit(name, "")) for name in names)
            return
        for number in self._text.all_of(telling, marks, MOST_FOUND, retired=retired):
            yield number, None

    def _beginning(self, folded: str, marks: tuple[str, ...]) -> Iterator[Name]:
        """Give names that begin so, those of retired entries last."""
        return self._prefixes.starting(folded, MOST_FOUND // 2, self._passes(marks))

    def _worded(self, number: int, asked: list[str]) -> Hit:
        """Say by which of its names an entry was found, else that it was by its text."""
        holding = (name for name in self.names[number] if _holds(name.folded, asked))
        name = next(holding, None)
        if name is None:
            return Hit(concept=self.concepts[number], kind=Kind.TEXT)
        return self._hit(name, " ".join(asked))

    def _hit(self, name: Name, folded: str) -> Hit:
        concept = self.concepts[name.concept]
        return Hit(concept=concept, kind=name.kind, name=name.text, exact=name.folded == folded)

    def _is_retired(self, number: int) -> bool:
        return self.concepts[number].is_retired

    def _passes(self, marks: tuple[str, ...]) -> Callable[[int], bool] | None:
        return (lambda number: self._has(number, marks)) if marks else None

    def _has(self, number: int, marks: tuple[str, ...]) -> bool:
        return all(f" {mark} " in self._marks[number] for mark in marks)


def search_index(edition: Edition) -> SearchIndex:
    """Make the index of an edition; on the server, ``await call.shelf.made(search_index)``."""
    return SearchIndex(edition)


def _asked(words: str) -> list[str]:
    return words_of(words[:LONGEST])[:MOST_WORDS]


def _telling(words: str) -> list[str]:
    return [word for word in _asked(words) if word not in COMMON]


def _once(hits: Iterable[Hit], limit: int) -> dict[str, Hit]:
    """Keep the first hit of each concept."""
    found: dict[str, Hit] = {}
    for hit in hits:
        found.setdefault(hit.concept.uri, hit)
        if len(found) >= limit:
            break
    return found


def _holds(folded: str, asked: list[str]) -> bool:
    """Say whether a name has each word asked for, or one that begins with it."""
    padded = f" {folded}"
    return all(f" {singular(word)}" in padded for word in asked)
