"""What pages look up again and again in one edition, gathered once."""

from __future__ import annotations

import math
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from listkeeper.errors import UsageError
from listkeeper.publish.page_words import TAG_KINDS, Tag, word
from listkeeper.search.text import fold
from listkeeper.uris import URI, natural_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from listkeeper.edition import Edition
    from listkeeper.model import Collection, Concept, ConceptScheme, Use
    from listkeeper.publish.page_words import Words


class PageIndex:
    """Look-ups over one edition; safe to share, as an edition never changes."""

    def __init__(self, edition: Edition) -> None:
        """Serve the pages of an edition."""
        self.edition = edition
        self.vocabulary = edition.vocabulary
        self.language = edition.settings.default_language
        self._tags: dict[str, Tag] = {}

    def scheme(self, name: str) -> ConceptScheme:
        """Find a list or subset by its name.

        Raises:
            UsageError: when there is none.
        """
        if name not in self.vocabulary.schemes:
            raise UsageError(
                f"{name}: no such list; there are {', '.join(self.vocabulary.schemes)}"
            )
        return self.vocabulary.schemes[name]

    @cached_property
    def lists(self) -> tuple[ConceptScheme, ...]:
        """The lists without their subsets: those in use first, then in their order, by title."""
        found = (s for s in self.vocabulary.schemes.values() if not s.subset_of)
        return tuple(sorted(found, key=self._place))

    def _place(self, scheme: ConceptScheme) -> tuple[int, float, str]:
        status = {"live": 0, "": 0, "dormant": 1, "dropped": 2}.get(scheme.status, 3)
        return status, scheme.order or math.inf, scheme.title(self.language).value

    def subsets(self, name: str) -> tuple[ConceptScheme, ...]:
        """Give the subsets of a list by title."""
        found = (s for s in self.vocabulary.schemes.values() if s.subset_of == name)
        return tuple(sorted(found, key=lambda s: s.title(self.language).value))

    @cached_property
    def members(self) -> Mapping[str, tuple[Concept, ...]]:
        """The concepts of each list and subset in order of their notations."""
        by_scheme: dict[URI, list[Concept]] = defaultdict(list)
        for concept in self.vocabulary.concepts.values():
            for uri in dict.fromkeys(concept.in_schemes):
                by_scheme[uri].append(concept)
        return {
            name: tuple(sorted(by_scheme[scheme.uri], key=lambda c: natural_key(c.notation)))
            for name, scheme in self.vocabulary.schemes.items()
        }

    @cached_property
    def collections_of(self) -> Mapping[URI, tuple[Collection, ...]]:
        """The groups that each concept is in."""
        found: dict[URI, list[Collection]] = defaultdict(list)
        for collection in self.vocabulary.collections.values():
            for member in collection.members:
                found[member].append(collection)
        return {uri: tuple(collections) for uri, collections in found.items()}

    @cached_property
    def uses_of(self) -> Mapping[URI, tuple[Use, ...]]:
        """Who is known to use each concept."""
        found: dict[URI, list[Use]] = defaultdict(list)
        for use in self.vocabulary.uses:
            for concept in use.concepts:
                found[concept].append(use)
        return {uri: tuple(uses) for uri, uses in found.items()}

    @cached_property
    def replaced(self) -> Mapping[URI, tuple[Concept, ...]]:
        """The retired concepts that each concept replaces."""
        found: dict[URI, list[Concept]] = defaultdict(list)
        for concept in self.vocabulary.concepts.values():
            for replacement in concept.replaced_by:
                found[replacement].append(concept)
        return {uri: _in_order(concepts) for uri, concepts in found.items()}

    @cached_property
    def resting_on(self) -> Mapping[URI, tuple[Concept, ...]]:
        """The powers and duties that rest on each piece of legislation."""
        found: dict[URI, list[Concept]] = defaultdict(list)
        for concept in self.vocabulary.concepts.values():
            provisions = concept.rule.provisions if concept.rule else ()
            for legislation in dict.fromkeys(p.legislation for p in provisions):
                found[legislation].append(concept)
        return {uri: _in_order(concepts) for uri, concepts in found.items()}

    @cached_property
    def searched(self) -> Mapping[URI, str]:
        """What the filter of a list looks through for each concept, folded."""
        return {uri: _searched(concept) for uri, concept in self.vocabulary.concepts.items()}

    def label(self, concept: Concept) -> Words:
        """Say a concept's label."""
        return word(concept.label(self.language), self.language)

    def title(self, scheme: ConceptScheme) -> Words:
        """Say a list's title."""
        return word(scheme.title(self.language), self.language)

    def tag(self, notation: str) -> Tag:
        """Say a status, with the label it has in the list of statuses."""
        if notation not in self._tags:
            uri = self.edition.minter.concept("status", notation)
            concept = self.vocabulary.concepts.get(uri)
            plain = notation.replace("-", " ").capitalize()
            label = concept.label(self.language).value if concept else plain
            self._tags[notation] = Tag(label=label, kind=TAG_KINDS.get(notation, "plain"))
        return self._tags[notation]

    def term(self, name: str) -> str:
        """Say a term of ours, such as a nation, by its label."""
        label = self.vocabulary.term_labels.get(self.edition.minter.term(name))
        return label.value if label else name


def _in_order(concepts: list[Concept]) -> tuple[Concept, ...]:
    return tuple(sorted(concepts, key=lambda concept: natural_key(concept.notation)))


def _searched(concept: Concept) -> str:
    texts = (*concept.pref_labels, *concept.draft_labels, *concept.alt_labels)
    former = (label.label for label in concept.former_labels)
    values = (text.value for text in (*texts, *concept.hidden_labels, *former))
    return fold("\n".join((concept.notation, *values)))
