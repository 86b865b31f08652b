"""Entries as CPSV-AP describes public services' surroundings.

https://semiceu.github.io/CPSV-AP/releases/3.2.0/: powers and duties are rules, legislation is a
legal resource, life events are events. Which class of the definitions is which is data: the
definitions say ``rdfs:subClassOf``. Entries of other classes are what CPSV-AP calls a type (a
``skos:Concept``); they come with the rules and events that they are linked to. A kind of service
is no public service of an organisation, so none is called one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.graph import RDF_TYPE, Literal, URINode
from listkeeper.namespaces import CPSV, DCT, ELI, RDFS, SKOS
from listkeeper.publish.resources import ResourceKind
from listkeeper.uris import URI

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from listkeeper.edition import Edition
    from listkeeper.graph import Triple
    from listkeeper.model import Concept, Text
    from listkeeper.publish.publication import Publication
    from listkeeper.publish.resources import Resource

CORE: Final = "http://data.europa.eu/m8g/"
"""Namespace of the Core Vocabularies that CPSV-AP builds on."""

NAMESPACES: Final = (CPSV, CORE, ELI)
SUBCLASS_OF: Final = URINode(RDFS + "subClassOf")


def cpsv_ap(publication: Publication, resource: Resource) -> Sequence[Triple]:
    """Describe an entry, or a list with its entries, as CPSV-AP does."""
    edition = publication.edition
    if resource.kind is ResourceKind.CONCEPT:
        return tuple(_concept(edition, edition.vocabulary.concepts[resource.uri]))
    members = publication.descriptions.members(resource.name)
    described = (triple for concept in members for triple in _concept(edition, concept))
    return tuple(dict.fromkeys((*_scheme(edition, resource), *described)))


def has_cpsv_class(publication: Publication, resource: Resource) -> bool:
    """Say whether CPSV-AP has a place for an entry or list: its class, or a linked one's."""
    vocabulary = publication.edition.vocabulary
    if resource.kind is ResourceKind.CONCEPT:
        name = vocabulary.concepts[resource.uri].list_name
    elif resource.kind is ResourceKind.LIST:
        scheme = vocabulary.schemes[resource.name]
        name = scheme.subset_of or scheme.name
    else:
        return False
    return name in _lists_concerned(publication.edition)


def cpsv_class(edition: Edition, types: Iterable[URI]) -> str:
    """Find the class of CPSV-AP that classes are below; empty where there is none."""
    waiting: list[str] = list(types)
    seen: set[str] = set()
    while waiting:
        found = waiting.pop(0)
        if found.startswith(NAMESPACES):
            return found
        if found not in seen:
            seen.add(found)
            above = edition.authored.objects(URINode(found), SUBCLASS_OF)
            waiting += [term.value for term in above if isinstance(term, URINode)]
    return ""


def _lists_concerned(edition: Edition) -> frozenset[str]:
    """Name the lists whose class is one of CPSV-AP's, and those linked to such a list."""
    schemes = edition.vocabulary.schemes.values()
    terms = edition.minter.terms
    home = {scheme.name: scheme.subset_of or scheme.name for scheme in schemes}
    classed = {
        home[scheme.name]
        for scheme in schemes
        if scheme.concept_class and cpsv_class(edition, [_expanded(scheme.concept_class, terms)])
    }
    ends = [
        {home.get(kind.domain_list, ""), home.get(kind.range_list, "")}
        for kind in edition.vocabulary.link_types
    ]
    return frozenset().union(classed, *(pair for pair in ends if pair & classed)) - {""}


def _expanded(name: str, terms: str) -> URI:
    from_prefix = name.removeprefix("def:")
    return URI(terms + from_prefix if from_prefix != name else name)


def _scheme(edition: Edition, resource: Resource) -> Iterator[Triple]:
    scheme = edition.vocabulary.schemes[resource.name]
    node = URINode(scheme.uri)
    yield node, RDF_TYPE, URINode(SKOS + "ConceptScheme")
    yield from _texts(node, DCT + "title", scheme.titles)


def _concept(edition: Edition, concept: Concept) -> Iterator[Triple]:
    class_ = cpsv_class(edition, concept.types)
    if class_:
        yield from _classed(edition, concept, class_)
        return
    node = URINode(concept.uri)
    yield node, RDF_TYPE, URINode(SKOS + "Concept")
    yield node, URINode(SKOS + "notation"), Literal(concept.notation)
    yield from _texts(node, SKOS + "prefLabel", concept.pref_labels)
    yield from _texts(node, SKOS + "definition", concept.definitions)
    for scheme in concept.in_schemes:
        yield node, URINode(SKOS + "inScheme"), URINode(scheme)
    yield from _linked(edition, concept)


def _linked(edition: Edition, concept: Concept) -> Iterator[Triple]:
    """Relate an entry to the rules and events that it is linked to, and say what those are."""
    targets = dict.fromkeys(t for found in concept.links.values() for t in found)
    for uri in targets:
        other = edition.vocabulary.concepts.get(uri)
        class_ = cpsv_class(edition, other.types) if other else ""
        if other and class_:
            yield URINode(concept.uri), URINode(DCT + "relation"), URINode(uri)
            yield from _classed(edition, other, class_)


def _classed(edition: Edition, concept: Concept, class_: str) -> Iterator[Triple]:
    """Describe an instance of a class of CPSV-AP, with what its shapes ask for."""
    node = URINode(concept.uri)
    yield node, RDF_TYPE, URINode(class_)
    yield node, URINode(DCT + "identifier"), Literal(concept.uri)
    yield from _texts(node, DCT + "title", concept.pref_labels)
    yield from _texts(node, DCT + "description", concept.definitions or concept.pref_labels)
    if concept.enactment:
        yield node, URINode(RDFS + "seeAlso"), URINode(concept.enactment.uri)
    for provision in concept.rule.provisions if concept.rule else ():
        act = edition.vocabulary.concepts.get(provision.legislation)
        if act and act.enactment:
            yield node, URINode(CPSV + "implements"), URINode(act.enactment.uri)
            yield URINode(act.enactment.uri), RDF_TYPE, URINode(ELI + "LegalResource")


def _texts(node: URINode, property_: str, texts: Iterable[Text]) -> Iterator[Triple]:
    for text in texts:
        yield node, URINode(property_), Literal(text.value, language=text.language or "und")
