"""Entries and lists as schema.org describes them: https://schema.org/DefinedTerm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listkeeper.graph import RDF_TYPE, Literal, URINode
from listkeeper.namespaces import SCHEMA
from listkeeper.publish.page_links import outside
from listkeeper.publish.resources import ResourceKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from listkeeper.edition import Edition
    from listkeeper.graph import Triple
    from listkeeper.model import Concept, ConceptScheme, Text
    from listkeeper.publish.publication import Publication
    from listkeeper.publish.resources import Resource


def schema_org(publication: Publication, resource: Resource) -> Sequence[Triple]:
    """Describe an entry as a defined term, or a list as a set of them with all its terms."""
    edition = publication.edition
    if resource.kind is ResourceKind.CONCEPT:
        return tuple(defined_term(edition, edition.vocabulary.concepts[resource.uri]))
    scheme = edition.vocabulary.schemes[resource.name]
    members = publication.descriptions.members(resource.name)
    terms = (triple for concept in members for triple in defined_term(edition, concept))
    return tuple(dict.fromkeys((*term_set(edition, scheme, members), *terms)))


def defined_term(edition: Edition, concept: Concept) -> Iterator[Triple]:
    """Describe an entry (``schema:DefinedTerm``)."""
    node = URINode(concept.uri)
    yield node, RDF_TYPE, URINode(SCHEMA + "DefinedTerm")
    yield node, URINode(SCHEMA + "termCode"), Literal(concept.notation)
    yield node, URINode(SCHEMA + "url"), URINode(edition.minter.base + concept.address)
    yield from _texts(node, "name", concept.pref_labels)
    yield from _texts(node, "alternateName", concept.alt_labels)
    yield from _texts(node, "description", concept.definitions)
    for scheme in concept.in_schemes:
        yield node, URINode(SCHEMA + "inDefinedTermSet"), URINode(scheme)
    for relation, target in concept.mappings:
        if relation == "exactMatch" and outside(target):
            yield node, URINode(SCHEMA + "sameAs"), URINode(target)


def term_set(
    edition: Edition, scheme: ConceptScheme, members: Iterable[Concept] = ()
) -> Iterator[Triple]:
    """Describe a list (``schema:DefinedTermSet``)."""
    node = URINode(scheme.uri)
    yield node, RDF_TYPE, URINode(SCHEMA + "DefinedTermSet")
    yield node, URINode(SCHEMA + "url"), URINode(f"{edition.minter.base}list/{scheme.name}")
    yield from _texts(node, "name", scheme.titles)
    yield from _texts(node, "description", scheme.descriptions)
    catalogue = edition.vocabulary.catalogue
    licence = scheme.licence or (catalogue.licence if catalogue else "")
    if licence:
        yield node, URINode(SCHEMA + "license"), URINode(licence)
    if scheme.version:
        yield node, URINode(SCHEMA + "version"), Literal(scheme.version)
    for concept in members:
        yield node, URINode(SCHEMA + "hasDefinedTerm"), URINode(concept.uri)


def _texts(node: URINode, name: str, texts: Iterable[Text]) -> Iterator[Triple]:
    for text in texts:
        value = Literal(text.value, language=text.language or None)
        yield node, URINode(SCHEMA + name), value
