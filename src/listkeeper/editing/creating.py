"""Making a new entry of a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from listkeeper.editing.linking import add_links
from listkeeper.editing.numbers import list_of, place
from listkeeper.editing.words import text, web_address
from listkeeper.graph import RDF_TYPE, Literal, URINode
from listkeeper.model import CURRENT, Concept, Text
from listkeeper.uris import URI

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.editing.draft import Draft
    from listkeeper.editing.kinds import LinkKind
    from listkeeper.graph import Term, Triple
    from listkeeper.model import ConceptScheme

    Statement: TypeAlias = tuple[URINode, Term]
    """A property and its value, of a subject that is known."""

EDITOR: Final = "Editor"


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """Something that an entry's file describes under an address of its own."""

    name: str
    """What follows the hash in its address."""
    link: URINode
    """The property by which the entry names it."""
    class_: URINode
    statements: tuple[Statement, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class NewEntry:
    """What is known of an entry that is to be made."""

    scheme: ConceptScheme
    """The list, or a subset that the entry is to be in as well."""
    notation: str
    label: str
    definition: str = ""
    alt_labels: tuple[str, ...] = ()
    scope_notes: tuple[str, ...] = ()
    links: tuple[tuple[LinkKind, Concept], ...] = ()
    """Kinds of links as seen from the new entry, broader and narrower among them."""
    exact_matches: tuple[str, ...] = ()
    """Addresses of the same entry elsewhere."""
    status: str = CURRENT
    author_role: str = EDITOR
    """Who wrote the definition."""
    further: tuple[Statement, ...] = ()
    """Further statements about it."""
    parts: tuple[Part, ...] = ()
    """What its file describes besides."""
    copied: bool = False
    """Whether these say its classes too."""


def create(draft: Draft, entry: NewEntry) -> Concept:
    """Make an entry, as a draft that nobody has reviewed.

    Returns:
        the entry, as far as it takes to refer to it.

    Raises:
        UsageError: when its code is taken or may not be used, or a text is empty.
    """
    home = list_of(draft, entry.scheme)
    node = URINode(draft.edition.minter.concept(home.segment, entry.notation))
    path = place(draft, entry.scheme, entry.notation)
    texts = (*_texts(draft, entry, node), *_definition(draft, entry, node))
    draft.create(path, (*_statements(draft, entry, home, node), *texts))
    for kind, other in entry.links:
        if kind.is_inverse:
            add_links(draft, other, [(URINode(other.uri), URINode(kind.predicate), node)])
    draft.tell(f'new {home.segment}/{entry.notation} "{entry.label.strip()}" in {path}')
    label = Text(value=entry.label.strip(), language=draft.language)
    return Concept(
        uri=URI(node.value),
        list_name=home.name,
        notation=entry.notation,
        pref_labels=(label,),
        status=entry.status,
        address=f"{home.segment}/{entry.notation}",
        path=path,
    )


def successor(draft: Draft, concept: Concept, notation: str, label: str) -> Concept:
    """Make an entry that has the place and the links of another.

    Args:
        draft: the lists as drafted.
        concept: the other entry.
        notation: the code of the new one.
        label: its label.
    """
    kinds = [URINode(link_type.uri) for link_type in draft.edition.vocabulary.link_types]
    kept = {draft.term("skos:inScheme"), draft.term("skos:broader"), *kinds}
    node = URINode(concept.uri)
    further = [(p, term) for s, p, term in draft.said(concept) if s == node and p in kept]
    classes = [(p, t) for s, p, t in draft.said(concept) if s == node and p == RDF_TYPE]
    scheme = draft.edition.vocabulary.schemes[concept.list_name]
    entry = NewEntry(
        scheme=scheme, notation=notation, label=label, further=(*classes, *further), copied=True
    )
    return create(draft, entry)


def _statements(
    draft: Draft, entry: NewEntry, home: ConceptScheme, node: URINode
) -> Iterator[Triple]:
    yield node, RDF_TYPE, draft.term("skos:Concept")
    if not entry.copied:
        yield node, RDF_TYPE, URINode(entry.scheme.concept_class or home.concept_class)
    for scheme in {home.name: home, entry.scheme.name: entry.scheme}.values():
        yield node, draft.term("skos:inScheme"), URINode(scheme.uri)
    yield node, draft.term("skos:notation"), Literal(entry.notation)
    for kind, other in entry.links:
        if not kind.is_inverse:
            yield node, URINode(kind.predicate), URINode(other.uri)
    for address in entry.exact_matches:
        yield node, draft.term("skos:exactMatch"), web_address(address)
    yield node, draft.term("adms:status"), draft.status(entry.status)
    for dated in ("dct:created", "dct:modified"):
        yield node, draft.term(dated), draft.date()
    yield from ((node, property_, value) for property_, value in entry.further)
    for part in entry.parts:
        named = URINode(f"{node.value}#{part.name}")
        yield node, part.link, named
        yield named, RDF_TYPE, part.class_
        yield from ((named, property_, value) for property_, value in part.statements)


def _texts(draft: Draft, entry: NewEntry, node: URINode) -> Iterator[Triple]:
    yield node, draft.term("skos:prefLabel"), text(draft, entry.label, is_name=True)
    for label in entry.alt_labels:
        yield node, draft.term("skos:altLabel"), text(draft, label, is_name=True)
    for note in entry.scope_notes:
        yield node, draft.term("skos:scopeNote"), text(draft, note)


def _definition(draft: Draft, entry: NewEntry, node: URINode) -> Iterator[Triple]:
    """State the definition with the record that it is a draft, or that nothing was reviewed."""
    if not entry.definition:
        yield node, draft.term("def:reviewStatus"), draft.status("not-reviewed")
        return
    definition = text(draft, entry.definition)
    record = URINode(f"{node.value}#definition-{draft.language}")
    yield node, draft.term("skos:definition"), definition
    yield node, draft.term("def:textRecord"), record
    yield record, RDF_TYPE, draft.term("def:TextRecord")
    yield record, draft.term("def:aboutProperty"), draft.term("skos:definition")
    yield record, draft.term("def:authorRole"), Literal(entry.author_role)
    yield record, draft.term("adms:status"), draft.status("draft")
    yield record, draft.term("dct:date"), draft.date()
    yield record, draft.term("dct:language"), Literal(draft.language)
