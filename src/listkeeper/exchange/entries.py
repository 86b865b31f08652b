"""From imported entries to triples: a whole new entry, or what an existing one lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from listkeeper.exchange.history_notes import folded
from listkeeper.graph import RDF_TYPE, Literal, URINode
from listkeeper.namespaces import ADMS, DCT, SKOS, SKOSXL, XSD
from listkeeper.uris import URI, Minter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from listkeeper.exchange.merging import Former, MergedEntry
    from listkeeper.graph import Triple
    from listkeeper.model import Concept, ConceptScheme

CONCEPT: Final = URINode(SKOS + "Concept")
IN_SCHEME: Final = URINode(SKOS + "inScheme")
NOTATION: Final = URINode(SKOS + "notation")
PREF_LABEL: Final = URINode(SKOS + "prefLabel")
ALT_LABEL: Final = URINode(SKOS + "altLabel")
BROADER: Final = URINode(SKOS + "broader")
EXACT_MATCH: Final = URINode(SKOS + "exactMatch")
XL_LABEL: Final = URINode(SKOSXL + "Label")
XL_HIDDEN: Final = URINode(SKOSXL + "hiddenLabel")
LITERAL_FORM: Final = URINode(SKOSXL + "literalForm")
SOURCE: Final = URINode(DCT + "source")
STATUS: Final = URINode(ADMS + "status")
DATE: Final = URINode(XSD + "date")
BOOLEAN: Final = URINode(XSD + "boolean")


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryWriter:
    """Writes the entries of one list as triples."""

    minter: Minter
    scheme: ConceptScheme
    language: str
    """Language of labels in the files: the default one of the repository."""
    ranges: Mapping[str, str]
    """Name of a kind of link to the path segment of the entries it leads to."""

    def uri(self, notation: str) -> URI:
        """Mint the identifier of an entry of this list."""
        return self.minter.concept(self.scheme.segment, notation)

    def whole(self, entry: MergedEntry) -> Iterator[Triple]:
        """Give every triple of a new entry."""
        node = URINode(self.uri(entry.notation))
        yield node, RDF_TYPE, CONCEPT
        if self.scheme.concept_class:
            yield node, RDF_TYPE, URINode(self.scheme.concept_class)
        yield node, IN_SCHEME, URINode(self.scheme.uri)
        yield node, NOTATION, Literal(entry.notation)
        yield node, PREF_LABEL, self._text(entry.label)
        yield node, STATUS, URINode(self.minter.concept("status", "current"))
        yield (
            node,
            self._term("reviewStatus"),
            URINode(self.minter.concept("status", "not-reviewed")),
        )
        if entry.unconfirmed:
            yield node, self._term("labelUnconfirmed"), Literal("true", datatype=BOOLEAN)
        yield from self._dates(entry)
        yield from self._relations(entry)
        yield from self._former(entry.notation, entry.former, 1)

    def missing(self, entry: MergedEntry, concept: Concept) -> Iterator[Triple]:
        """Give what an existing entry lacks; what it says already stays as it is."""
        node = URINode(self.uri(entry.notation))
        if not concept.pref_labels:
            yield node, PREF_LABEL, self._text(entry.label)
        for triple in self._dates(entry):
            if not (concept.created if triple[1].value == DCT + "created" else concept.modified):
                yield triple
        yield from (triple for triple in self._relations(entry) if not _has(concept, triple))
        yield from self._lacking_former(entry, concept)

    def _lacking_former(self, entry: MergedEntry, concept: Concept) -> Iterator[Triple]:
        held = {folded(text.value) for text in (*concept.pref_labels, *concept.alt_labels)}
        held.update(folded(former.label.value) for former in concept.former_labels)
        lacking = [former for former in entry.former if folded(former.name) not in held]
        numbers = (former.uri.rpartition("-")[2] for former in concept.former_labels)
        used = max((int(number) for number in numbers if number.isdecimal()), default=0)
        yield from self._former(entry.notation, lacking, used + 1)

    def _relations(self, entry: MergedEntry) -> Iterator[Triple]:
        """Give what may have several values: other labels, subsets, broader, links, mappings."""
        node = URINode(self.uri(entry.notation))
        for label in entry.other_labels:
            yield node, ALT_LABEL, self._text(label)
        for subset in entry.subsets:
            yield node, IN_SCHEME, URINode(self.minter.list_(subset))
        for parent in entry.broader:
            yield node, BROADER, URINode(self.uri(parent))
        for name, target in entry.links:
            other = self.minter.concept(self.ranges[name], target)
            yield node, self._term(name), URINode(other)
        if self.scheme.former_space:
            yield node, EXACT_MATCH, URINode(self.scheme.former_space + entry.notation)

    def _dates(self, entry: MergedEntry) -> Iterator[Triple]:
        node = URINode(self.uri(entry.notation))
        for name, day in (("created", entry.created), ("modified", entry.modified)):
            if day:
                yield node, URINode(DCT + name), Literal(day, datatype=DATE)

    def _former(self, notation: str, formers: Iterable[Former], first: int) -> Iterator[Triple]:
        """Give former names on hash IRIs of the entry, numbered from one on."""
        node = URINode(self.uri(notation))
        for number, former in enumerate(formers, start=first):
            part = URINode(f"{node.value}#former-{number}")
            yield node, XL_HIDDEN, part
            yield part, RDF_TYPE, XL_LABEL
            yield part, LITERAL_FORM, self._text(former.name)
            yield part, SOURCE, Literal(former.source)
            if former.replaced_in:
                yield part, self._term("replacedIn"), Literal(former.replaced_in)

    def _term(self, name: str) -> URINode:
        return URINode(self.minter.term(name))

    def _text(self, text: str) -> Literal:
        return Literal(text, language=self.language)


def _has(concept: Concept, triple: Triple) -> bool:
    """Say whether a concept says what a triple of :meth:`EntryWriter._relations` says."""
    _, predicate, term = triple
    if isinstance(term, Literal):
        labels = (*concept.pref_labels, *concept.alt_labels)
        return any(folded(text.value) == folded(term.value) for text in labels)
    held = {
        IN_SCHEME: concept.in_schemes,
        BROADER: concept.broader,
        EXACT_MATCH: tuple(target for _, target in concept.mappings),
    }
    values = held.get(predicate, concept.links.get(URI(predicate.value), ()))
    return getattr(term, "value", "") in values


def differences(entry: MergedEntry, concept: Concept, language: str) -> Iterator[tuple[str, str]]:
    """Tell where an entry's files and what is held differ: kind of note, words."""
    label = concept.label(language).value
    former = {folded(each.label.value) for each in concept.former_labels}
    if not entry.unconfirmed and folded(entry.label) not in {folded(label), *former}:
        yield "other-label", f"label {entry.label!r} differs from {label!r}, which is held"
    for name, day in (("created", entry.created), ("modified", entry.modified)):
        held = getattr(concept, name)
        if day and held and day != held:
            yield "date", f"{name} {day} differs from {held}, which is held"
