"""Candidates for a reconciliation query: what the matcher finds, weighed by the other columns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from listkeeper.reconciliation.properties import require
from listkeeper.reconciliation.queries import MOST_CANDIDATES
from listkeeper.search.matching import Tier
from listkeeper.search.text import normal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from listkeeper.model import Concept
    from listkeeper.reconciliation.entities import Entities
    from listkeeper.reconciliation.properties import Property
    from listkeeper.reconciliation.queries import Asked, Condition
    from listkeeper.search.matching import Matchers

BEST: Final = 100.0
"""The greatest score."""

UNHELD: Final = 0.5
"""Share of its score that a candidate keeps which has none of the values asked for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """An entry that may be meant."""

    concept: Concept
    score: float
    """From 0 to 100."""
    match: bool = False
    """Whether it may be taken without a look: the name or code is its own, and no other's."""
    name_score: float = BEST
    held: float = 1.0
    """Share of the conditions that hold for it."""


@dataclass(frozen=True, kw_only=True)
class Finder:
    """Finds the candidates for queries on one edition."""

    entities: Entities
    properties: Mapping[str, Property]
    matchers: Matchers

    def find(self, asked: Asked) -> tuple[Candidate, ...]:
        """Find the candidates for a query, the best first.

        Raises:
            UsageError: when it names a list or property that there is not.
        """
        types = tuple(self.entities.list_name(type_) for type_ in asked.types)
        tests = [(self._test(condition), condition.required) for condition in asked.conditions]
        found = [self._weighed(each, tests) for each in self._named(asked, types)]
        kept = [each for each in found if each is not None]
        kept.sort(key=lambda each: -each.score)
        return tuple(kept[: asked.limit])

    def _named(self, asked: Asked, types: tuple[str, ...]) -> Iterable[Candidate]:
        if asked.identifiers:
            return self._identified(asked.identifiers)
        if asked.words:
            return self._matched(asked, types)
        return self._conditioned(asked, types)

    def _identified(self, identifiers: tuple[str, ...]) -> list[Candidate]:
        found = (self.entities.find(identifier) for identifier in identifiers)
        concepts = [concept for concept in found if concept is not None]
        only = len(concepts) == 1
        return [Candidate(concept=concept, score=BEST, match=only) for concept in concepts]

    def _matched(self, asked: Asked, types: tuple[str, ...]) -> Iterable[Candidate]:
        """Match the name; more than are asked for where conditions may change their order."""
        most = MOST_CANDIDATES if asked.conditions else asked.limit
        best: dict[str, Candidate] = {}
        for name in types or ("",):
            match = self.matchers.of(name).match(asked.words, limit=most)
            for place, each in enumerate(match.candidates):
                exact = match.tier is Tier.EXACT and place == 0 and not each.concept.is_retired
                found = Candidate(
                    concept=each.concept,
                    score=each.score,
                    match=exact and len(types) < 2,  # noqa: PLR2004 - in two lists neither is sure
                    name_score=each.score,
                )
                best.setdefault(each.concept.uri, found)
        return best.values()

    def _conditioned(self, asked: Asked, types: tuple[str, ...]) -> list[Candidate]:
        """Take the entries of which every condition holds."""
        wanted = {self.entities.vocabulary.schemes[name].uri for name in types}
        tests = [self._test(condition) for condition in asked.conditions]
        found = [
            concept
            for concept in self.entities.vocabulary.concepts.values()
            if (not wanted or wanted & set(concept.in_schemes))
            and all(test(concept) for test in tests)
        ]
        only = len(found) == 1
        return [Candidate(concept=concept, score=BEST, match=only) for concept in found]

    def _weighed(
        self, candidate: Candidate, tests: Sequence[tuple[Callable[[Concept], bool], bool]]
    ) -> Candidate | None:
        """Lessen a candidate by the conditions that do not hold; None where one had to."""
        if not tests:
            return candidate
        results = [(test(candidate.concept), required) for test, required in tests]
        if any(required and not holds for holds, required in results):
            return None
        held = sum(holds for holds, _ in results) / len(results)
        score = round(candidate.score * (UNHELD + (1 - UNHELD) * held), 1)
        return replace(candidate, score=score, held=held, match=candidate.match and held == 1)

    def _test(self, condition: Condition) -> Callable[[Concept], bool]:
        """Make what says whether a condition holds for an entry."""
        property_ = require(self.properties, condition.property)
        wanted = [normal(value) for value in condition.values]

        def holds(concept: Concept) -> bool:
            said = {form for value in property_.values(concept) for form in _forms(value)}
            hits = [value in said for value in wanted]
            return {"any": any(hits), "all": all(hits), "none": not any(hits)}[condition.quantifier]

        return holds


def _forms(value: str | Concept) -> Iterable[str]:
    """Give the ways in which a value may be written: an entry by its address, URI, code, name."""
    if isinstance(value, str):
        return (normal(value),)
    names = (label.value for label in value.pref_labels)
    return tuple(normal(each) for each in (value.address, value.uri, value.notation, *names))
