"""Entities and types of the API: an entry by its address, a list by its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from listkeeper.search.filters import scheme_of
from listkeeper.uris import URI

if TYPE_CHECKING:
    from listkeeper.edition import Edition
    from listkeeper.model import Concept, ConceptScheme, Vocabulary

LONGEST_DESCRIPTION: Final = 200
"""Signs of a definition that are shown beside a name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entities:
    """The entries of an edition as the API names them."""

    edition: Edition
    language: str
    """Language of names, where there is one."""

    @property
    def vocabulary(self) -> Vocabulary:
        """What is held."""
        return self.edition.vocabulary

    def find(self, identifier: str) -> Concept | None:
        """Find an entry by its identifier, such as ``service/559``, or its URI."""
        concepts = self.vocabulary.concepts
        minted = URI(self.edition.minter.identifiers + identifier)
        return concepts.get(minted) or concepts.get(URI(identifier))

    def name(self, concept: Concept) -> str:
        """Give the name that people are shown."""
        return concept.label(self.language).value

    def reference(self, concept: Concept) -> dict[str, Any]:
        """Refer to an entry."""
        return {"id": concept.address, "name": self.name(concept)}

    def description(self, concept: Concept) -> str:
        """Say in a line what an entry is: its standing, then the beginning of its definition."""
        definition = concept.definition(self.language) or next(iter(concept.definitions), None)
        text = definition.value if definition else ""
        shown = text if len(text) <= LONGEST_DESCRIPTION else f"{text[:LONGEST_DESCRIPTION]}…"
        standing = "" if concept.status == "current" else concept.status.capitalize()
        return ". ".join(part for part in (standing, shown) if part)

    def types(self, concept: Concept) -> list[dict[str, str]]:
        """Give the lists that an entry is in, then the subsets."""
        schemes = sorted(self.vocabulary.schemes.values(), key=lambda s: bool(s.subset_of))
        return [self.type_(scheme) for scheme in schemes if scheme.uri in concept.in_schemes]

    def type_(self, scheme: ConceptScheme) -> dict[str, str]:
        """Refer to a list."""
        return {"id": scheme.name, "name": scheme.title(self.language).value}

    def all_types(self) -> list[dict[str, Any]]:
        """Give every list and subset, in the order of pages; those without members last."""
        held = {uri for concept in self.vocabulary.concepts.values() for uri in concept.in_schemes}
        schemes = self.vocabulary.schemes.values()
        in_order = sorted(schemes, key=lambda s: (s.uri not in held, not s.order, s.order))
        return [{**self.type_(scheme), **self._broader(scheme)} for scheme in in_order]

    def _broader(self, scheme: ConceptScheme) -> dict[str, Any]:
        """Refer to the list that a subset is part of."""
        superset = self.vocabulary.schemes.get(scheme.subset_of)
        return {"broader": [self.type_(superset)]} if superset else {}

    def list_name(self, type_: str) -> str:
        """Give the name of the list that a type names, by any of its names or its URI.

        Raises:
            UsageError: when there is no such list.
        """
        prefix = self.edition.minter.list_("")
        return scheme_of(self.vocabulary, type_.removeprefix(prefix)).name if type_ else ""
