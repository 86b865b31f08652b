"""The lists as plain, frozen Python: our reading of the graph, free of RDF library types.

One reader fills it (:mod:`listkeeper.store.reader`). Names are those of SKOS, DCAT and this
project's definitions; a URI is a `str` (never an RDF term: those do not compare equal to text).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from listkeeper.uris import URI, natural_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from listkeeper.legislation import Enactment, Rule

RETIRED: Final = "retired"
PROPOSED: Final = "proposed"
CURRENT: Final = "current"


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """A text in a language."""

    value: str
    language: str = ""
    """RFC 5646 tag, empty where the text has none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FormerLabel:
    """A label a concept once had (a SKOS-XL label)."""

    uri: URI
    label: Text
    replaced_in: str = ""
    """Version or release in which another label took its place; empty where unknown."""
    replaced_on: str = ""
    """Date (ISO 8601) on which another label took its place; empty where unknown."""
    source: str = ""
    """Where the former label was read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TextRecord:
    """What is known about a text of a concept: its status, date and author's role."""

    uri: URI
    about: URI
    """The property whose text is meant, such as ``skos:definition``."""
    language: str
    status: str
    """Notation in the list of statuses: ``draft`` or ``reviewed``."""
    date: str
    author_role: str
    source: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class NoneKnown:
    """The record that links of one kind were looked for and none is known."""

    uri: URI
    link_type: URI
    date: str
    looked_at: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Silence:
    """The record that a rule of the check is not to be told of one thing, and why."""

    uri: URI
    rule: str
    """Code of the rule."""
    reason: str
    date: str

    @property
    def about(self) -> URI:
        """What it is about: the entry, list or term whose hash IRI it has."""
        return URI(self.uri.split("#", 1)[0])


@dataclass(frozen=True, kw_only=True, slots=True)
class Concept:
    """One entry of a list (``skos:Concept``)."""

    uri: URI
    list_name: str
    """Name of the list whose folder holds it."""
    notation: str
    types: tuple[URI, ...] = ()
    in_schemes: tuple[URI, ...] = ()
    pref_labels: tuple[Text, ...] = ()
    draft_labels: tuple[Text, ...] = ()
    alt_labels: tuple[Text, ...] = ()
    hidden_labels: tuple[Text, ...] = ()
    former_labels: tuple[FormerLabel, ...] = ()
    label_unconfirmed: bool = False
    definitions: tuple[Text, ...] = ()
    scope_notes: tuple[Text, ...] = ()
    history_notes: tuple[Text, ...] = ()
    editorial_notes: tuple[Text, ...] = ()
    text_records: tuple[TextRecord, ...] = ()
    broader: tuple[URI, ...] = ()
    narrower: tuple[URI, ...] = ()
    """Derived: the concepts that name this one as broader."""
    links: Mapping[URI, tuple[URI, ...]] = field(default_factory=dict)
    """Link property to targets; authored ones and derived inverses alike."""
    mappings: tuple[tuple[str, URI], ...] = ()
    """SKOS mapping property's local name and its target elsewhere."""
    none_known: tuple[NoneKnown, ...] = ()
    status: str = CURRENT
    """Notation in the list of statuses."""
    review: str = ""
    """Notation of the review status: ``not-reviewed`` until an editor has read the entry."""
    created: str = ""
    modified: str = ""
    start_date: str = ""
    end_date: str = ""
    retirement_reason: tuple[Text, ...] = ()
    reinstated_on: tuple[str, ...] = ()
    """Dates on which a retired entry came back into use."""
    replaced_by: tuple[URI, ...] = ()
    nations: tuple[str, ...] = ()
    """Where bodies of this type exist, for organisation types."""
    enactment: Enactment | None = None
    rule: Rule | None = None
    address: str = ""
    """Path of its page and documents, such as ``service/559``."""
    path: str = ""
    """The file it was read from, relative to the repository."""

    def label(self, language: str = "en") -> Text:
        """Return the label in a language, else in any, else the notation without a language."""
        labels = {text.language: text for text in reversed(self.pref_labels)}
        first = self.pref_labels[0] if self.pref_labels else Text(value=self.notation)
        return labels.get(language, first)

    def definition(self, language: str = "en") -> Text | None:
        """Return the definition in a language, None where there is none."""
        return next((text for text in self.definitions if text.language == language), None)

    @property
    def parts(self) -> Iterator[URI]:
        """The hash IRIs on which it keeps labels, records and provisions."""
        provisions = self.rule.provisions if self.rule else ()
        kinds = (self.former_labels, self.text_records, self.none_known, provisions)
        return (part.uri for kind in kinds for part in kind)

    @property
    def is_retired(self) -> bool:
        """Say whether the entry is retired."""
        return self.status == RETIRED


@dataclass(frozen=True, kw_only=True, slots=True)
class Use:
    """Someone who is known to use codes of a list."""

    uri: URI
    user: Text
    source: str
    date: str
    concepts: tuple[URI, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Collection:
    """A labelled group of concepts of one list, in order (``skos:Collection``)."""

    uri: URI
    pref_labels: tuple[Text, ...]
    members: tuple[URI, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ConceptScheme:
    """A list, or a subset of one (``skos:ConceptScheme``)."""

    uri: URI
    name: str
    """Name in addresses, such as ``services``."""
    segment: str = ""
    """Path segment of its concepts, such as ``service``; a subset has its list's."""
    concept_class: str = ""
    """Class of its concepts, such as ``def:Service``."""
    subset_of: str = ""
    """Name of the list it is a subset of; empty for a list."""
    other_names: tuple[str, ...] = ()
    titles: tuple[Text, ...] = ()
    descriptions: tuple[Text, ...] = ()
    purposes: tuple[Text, ...] = ()
    uses: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()
    owner: Text | None = None
    licence: str = ""
    attribution: tuple[Text, ...] = ()
    status: str = ""
    """Notation in the list of statuses: ``live``, ``dormant`` or ``dropped``."""
    version: str = ""
    created: str = ""
    modified: str = ""
    next_release: str = ""
    """Date (ISO 8601) for which the next release is announced; empty where none is."""
    submissions_deadline: str = ""
    """Last day (ISO 8601) on which changes for it may be proposed; empty where none is told."""
    source: tuple[str, ...] = ()
    quality: Mapping[str, Text] = field(default_factory=dict)
    """The quality fields the LGA states for its lists, by name."""
    first_minted: int = 0
    """Codes made here start at this number; 0 where codes are not numbers."""
    former_space: str = ""
    """Where another owner's identifiers of these concepts begin; empty for lists of our own."""
    former_owner: str = ""
    """Who issued those identifiers, as a sentence says it."""
    curie_prefixes: tuple[str, ...] = ()
    order: int = 0
    """Place among the lists on pages; those without one come last."""
    path: str = ""

    def title(self, language: str = "en") -> Text:
        """Return the title in a language, else in any, else the name."""
        titles = {text.language: text for text in reversed(self.titles)}
        first = self.titles[0] if self.titles else Text(value=self.name)
        return titles.get(language, first)


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkType:
    """A kind of link between two lists, as ``definitions.ttl`` declares it."""

    uri: URI
    name: str
    inverse: URI
    domain_list: str
    range_list: str
    labels: tuple[Text, ...] = ()
    headings: tuple[Text, ...] = ()
    """Heading over the targets on the page of the concept that has the link."""
    inverse_headings: tuple[Text, ...] = ()
    """Heading over the sources on the page of the concept linked to."""
    order: int = 0
    picture_column: int = 0
    minimum_coverage: float = 0.0
    dormant: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Catalogue:
    """The catalogue of the lists (``dcat:Catalog``)."""

    uri: URI
    titles: tuple[Text, ...] = ()
    descriptions: tuple[Text, ...] = ()
    publisher: Text | None = None
    licence: str = ""
    attribution: tuple[Text, ...] = ()
    contact: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Vocabulary:
    """Everything a revision holds, as read."""

    catalogue: Catalogue | None
    schemes: Mapping[str, ConceptScheme]
    """Lists and subsets by name."""
    concepts: Mapping[URI, Concept]
    collections: Mapping[URI, Collection]
    uses: tuple[Use, ...]
    link_types: tuple[LinkType, ...]
    """In the order pages show them."""
    term_labels: Mapping[URI, Text] = field(default_factory=dict)
    """Label of each class, property and named individual of ``definitions.ttl``."""
    silences: tuple[Silence, ...] = ()

    def members(self, name: str) -> tuple[Concept, ...]:
        """Return the concepts of a list or subset in order of their notations."""
        scheme = self.schemes[name]
        found = (c for c in self.concepts.values() if scheme.uri in c.in_schemes)
        return tuple(sorted(found, key=lambda concept: natural_key(concept.notation)))
