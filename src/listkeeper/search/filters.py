"""Narrowing a search: by list, by status, by what an entry is linked to."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from listkeeper.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from listkeeper.edition import Edition
    from listkeeper.model import Concept, ConceptScheme, Vocabulary
    from listkeeper.uris import URI


@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """What an entry must have to be found; empty values ask for nothing."""

    list_name: str = ""
    """Name of a list or subset, or one of its other names."""
    status: str = ""
    """Notation of a status."""
    linked: Mapping[str, str] = field(default_factory=dict)
    """Segment of a list, such as ``function``, to the code of the entry there that must be
    linked to, itself or by one of the entries below it."""


NONE: Final = Filters()


class Facets:
    """The marks of each concept that filters ask for, as one text of words per concept."""

    def __init__(self, edition: Edition) -> None:
        """Mark the concepts of an edition."""
        self.vocabulary = edition.vocabulary
        self._minter = edition.minter
        self._numbers = {uri: n for n, uri in enumerate(self.vocabulary.concepts)}
        self._schemes = {s.uri: n for n, s in enumerate(self.vocabulary.schemes.values())}
        self._above: dict[URI, frozenset[URI]] = {}

    def of(self, concept: Concept) -> str:
        """Give the marks of a concept, a space around each."""
        return f" {' '.join(self._marks(concept))} "

    def wanted(self, filters: Filters) -> tuple[str, ...]:
        """Give the marks that filters ask for.

        Raises:
            UsageError: when a filter names what there is not.
        """
        found = []
        if filters.list_name:
            found.append(f"s{self._schemes[scheme_of(self.vocabulary, filters.list_name).uri]}")
        if filters.status:
            found.append(f"t{_plain(filters.status)}")
        for segment, code in filters.linked.items():
            uri = self._minter.concept(segment, code)
            if uri not in self._numbers:
                raise UsageError(f"{segment} {code[:60]}: no such entry to filter by")
            found.append(f"c{self._numbers[uri]}")
        return tuple(found)

    def _marks(self, concept: Concept) -> Iterator[str]:
        yield from (f"s{self._schemes[u]}" for u in concept.in_schemes if u in self._schemes)
        yield f"t{_plain(concept.status)}"
        targets = {uri for uris in concept.links.values() for uri in uris}
        reached = targets.union(*(self._broader(uri) for uri in targets))
        yield from (f"c{self._numbers[uri]}" for uri in reached if uri in self._numbers)

    def _broader(self, uri: URI) -> frozenset[URI]:
        """Give all that is above a concept; a circle ends where it began."""
        if uri not in self._above:
            self._above[uri] = frozenset(_climb(self.vocabulary.concepts, uri))
        return self._above[uri]


def scheme_of(vocabulary: Vocabulary, name: str) -> ConceptScheme:
    """Find a list or subset by its name, its segment or another of its names, in any case.

    Raises:
        UsageError: when there is none.
    """
    folded = name.strip().casefold()
    schemes = vocabulary.schemes.values()
    for scheme in schemes:
        if scheme.name.casefold() == folded:
            return scheme
    for scheme in schemes:
        others = () if scheme.subset_of else (scheme.segment, *scheme.other_names)
        if folded in {other.casefold() for other in others}:
            return scheme
    near = difflib.get_close_matches(name, vocabulary.schemes, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(vocabulary.schemes)}"
    raise UsageError(f"{name[:60]}: no such list; {hint}")


def _climb(concepts: Mapping[URI, Concept], uri: URI) -> set[URI]:
    seen: set[URI] = set()
    waiting: list[URI] = [uri]
    while waiting:
        concept = concepts.get(waiting.pop())
        fresh: Iterable[URI] = () if concept is None else set(concept.broader) - seen
        seen.update(fresh)
        waiting.extend(fresh)
    return seen


def _plain(status: str) -> str:
    return "".join(sign for sign in status.casefold() if sign.isalnum())
