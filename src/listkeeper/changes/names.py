"""What things are called: references and values by code and label, from two states of the lists."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from listkeeper.changes.model import Reference, Value
from listkeeper.graph import Literal, URINode
from listkeeper.uris import URI

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listkeeper.edition import Edition
    from listkeeper.graph import Term
    from listkeeper.model import Concept, ConceptScheme, Vocabulary

HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
"""Where a new word begins in a name such as ``scopeNote``."""


class Names:
    """Names as they are after a change; as they were, for what is gone."""

    def __init__(self, before: Edition, after: Edition) -> None:
        """Keep both states; what the later one holds is named by it."""
        self.before = before
        self.after = after
        self.language = after.settings.default_language

    def reference(self, uri: str, *, former: bool = False) -> Reference:
        """Refer to an entry, a list, a group or a term; to anything else by its URI alone.

        Args:
            uri: what is referred to.
            former: whether it is to be called what it was called before.
        """
        states = (self.before, self.after) if former else (self.after, self.before)
        found = (self._known(edition.vocabulary, URI(uri)) for edition in states)
        return next(filter(None, found), Reference(uri=uri))

    def value(self, term: Term) -> Value:
        """Read a term: a literal by its text, a URI by what it names."""
        if isinstance(term, Literal):
            return Value(text=term.value, language=term.language or "")
        if not isinstance(term, URINode):
            return Value(text=str(term))
        reference = self.reference(term.value)
        return Value(text=reference.label or term.value, reference=reference)

    def property_label(self, uri: str) -> str:
        """Call a property by its label in the definitions, else by its local name in words."""
        reference = self.reference(uri)
        local = uri.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1]
        return reference.label or HUMP.sub(" ", local).lower()

    def lists(self, uri: str, list_name: str) -> tuple[str, ...]:
        """Name the list and the subsets that something is in, before or after."""
        found = dict.fromkeys([list_name] if list_name else [])
        for edition in (self.after, self.before):
            concept = edition.vocabulary.concepts.get(URI(uri))
            found |= dict.fromkeys(self._schemes(concept.in_schemes if concept else ()))
        return tuple(found)

    @cached_property
    def scheme_names(self) -> dict[str, str]:
        """The name of each list and subset by its URI."""
        editions = (self.before, self.after)
        return {s.uri: s.name for e in editions for s in e.vocabulary.schemes.values()}

    def _schemes(self, uris: Iterable[URI]) -> list[str]:
        return [self.scheme_names[uri] for uri in uris if uri in self.scheme_names]

    def _known(self, vocabulary: Vocabulary, uri: URI) -> Reference | None:
        concept = vocabulary.concepts.get(uri)
        if concept is not None:
            return self._concept(concept)
        name = self.scheme_names.get(uri)
        scheme = vocabulary.schemes.get(name) if name else None
        if scheme is not None:
            return self._scheme(scheme)
        group = vocabulary.collections.get(uri)
        texts = group.pref_labels if group else ()
        text = next(iter(texts), None) or vocabulary.term_labels.get(uri)
        return Reference(uri=uri, label=text.value) if text else None

    def _concept(self, concept: Concept) -> Reference:
        return Reference(
            uri=concept.uri,
            code=concept.notation,
            label=concept.label(self.language).value,
            list_name=concept.list_name,
        )

    def _scheme(self, scheme: ConceptScheme) -> Reference:
        return Reference(
            uri=scheme.uri,
            code=scheme.name,
            label=scheme.title(self.language).value,
            list_name=scheme.subset_of or scheme.name,
        )
