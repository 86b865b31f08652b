"""What follows from the authored graph: derived triples, recomputed at need and never stored.

SKOS: ``narrower`` is the inverse of ``broader`` (S25), ``topConceptOf`` and ``hasTopConcept``
(S7, S8) follow from having nothing broader, and a SKOS-XL hidden label gives the plain one
(S57), https://www.w3.org/TR/skos-reference/. Of lists of our own it is also said, in the words
that other software looks for, who publishes them and which list defines an entry (VocPub,
https://w3id.org/profile/vocpub; `docs/profiles.md`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.graph import RDF_TYPE, Graph, Literal, URINode
from listkeeper.namespaces import DCT, FOAF, OWL, RDFS, SCHEMA, SKOS, SKOSXL, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.graph import Triple
    from listkeeper.model import Catalogue, Concept, ConceptScheme, Text, Vocabulary
    from listkeeper.uris import Minter

BROADER: Final = URINode(SKOS + "broader")
NARROWER: Final = URINode(SKOS + "narrower")
TOP_CONCEPT_OF: Final = URINode(SKOS + "topConceptOf")
HAS_TOP_CONCEPT: Final = URINode(SKOS + "hasTopConcept")
HIDDEN_LABEL: Final = URINode(SKOS + "hiddenLabel")
XL_HIDDEN_LABEL: Final = URINode(SKOSXL + "hiddenLabel")
LITERAL_FORM: Final = URINode(SKOSXL + "literalForm")
DEPRECATED: Final = URINode(OWL + "deprecated")
REPLACES: Final = URINode(DCT + "replaces")
DEFINED_BY: Final = URINode(RDFS + "isDefinedBy")
PREF_LABEL: Final = URINode(SKOS + "prefLabel")
DEFINITION: Final = URINode(SKOS + "definition")
TRUE: Final = Literal("true", datatype=URINode(XSD + "boolean"))


def derive(authored: Graph, vocabulary: Vocabulary, minter: Minter) -> Graph:
    """Derive every triple that follows and is not authored already."""
    derived = Graph(_of_lists(vocabulary, authored, minter))
    for concept in vocabulary.concepts.values():
        for triple in (*_hierarchy(concept, vocabulary), *_labels(authored, concept)):
            if triple not in authored:
                derived.add(triple)
        for triple in (*_links(concept, vocabulary), *_status(concept, minter)):
            if triple not in authored:
                derived.add(triple)
        scheme = vocabulary.schemes.get(concept.list_name)
        if scheme and minter.path(scheme.uri) is not None:
            derived.add((URINode(concept.uri), DEFINED_BY, URINode(scheme.uri)))
    return derived


def _of_lists(vocabulary: Vocabulary, authored: Graph, minter: Minter) -> Iterator[Triple]:
    """What follows about lists of our own and who publishes them."""
    for scheme in vocabulary.schemes.values():
        if minter.path(scheme.uri) is not None:
            yield from (t for t in _scheme(scheme, vocabulary.catalogue) if t not in authored)
    if vocabulary.catalogue:
        yield from _publisher(vocabulary.catalogue, minter)


def publisher_node(catalogue: Catalogue) -> URINode:
    """Name who publishes the lists of a catalogue."""
    return URINode(f"{catalogue.uri}#publisher")


def _publisher(catalogue: Catalogue, minter: Minter) -> Iterator[Triple]:
    """Say who publishes the lists, where the catalogue does."""
    if catalogue.publisher:
        node = publisher_node(catalogue)
        yield node, RDF_TYPE, URINode(FOAF + "Agent")
        yield node, RDF_TYPE, URINode(SCHEMA + "Organization")
        yield node, URINode(DCT + "identifier"), Literal(node.value)
        yield node, URINode(DCT + "title"), _literal(catalogue.publisher)
        yield node, URINode(FOAF + "name"), _literal(catalogue.publisher)
        yield node, URINode(SCHEMA + "name"), _literal(catalogue.publisher)
        site = Literal(minter.base, datatype=URINode(XSD + "anyURI"))
        yield node, URINode(SCHEMA + "url"), site


def _scheme(scheme: ConceptScheme, catalogue: Catalogue | None) -> Iterator[Triple]:
    """Label, definition and publisher of a list, as SKOS has them of anything."""
    node = URINode(scheme.uri)
    for text in scheme.titles:
        yield node, PREF_LABEL, _literal(text)
    for text in scheme.descriptions:
        yield node, DEFINITION, _literal(text)
    if catalogue and catalogue.publisher:
        for name in ("creator", "publisher"):
            yield node, URINode(DCT + name), publisher_node(catalogue)


def _literal(text: Text) -> Literal:
    return Literal(text.value, language=text.language) if text.language else Literal(text.value)


def _hierarchy(concept: Concept, vocabulary: Vocabulary) -> Iterator[Triple]:
    node = URINode(concept.uri)
    for narrower in concept.narrower:
        yield node, NARROWER, URINode(narrower)
    scheme = vocabulary.schemes.get(concept.list_name)
    if scheme and not concept.broader:
        yield node, TOP_CONCEPT_OF, URINode(scheme.uri)
        yield URINode(scheme.uri), HAS_TOP_CONCEPT, node


def _labels(authored: Graph, concept: Concept) -> Iterator[Triple]:
    """Plain hidden labels of former names, unless the concept has that label again."""
    node = URINode(concept.uri)
    held = {(text.value, text.language) for text in (*concept.pref_labels, *concept.alt_labels)}
    for label in concept.former_labels:
        for form in authored.objects(URINode(label.uri), LITERAL_FORM):
            if isinstance(form, Literal) and (form.value, form.language or "") not in held:
                yield node, HIDDEN_LABEL, form


def _links(concept: Concept, vocabulary: Vocabulary) -> Iterator[Triple]:
    """The other direction of each link."""
    inverses = {link_type.inverse for link_type in vocabulary.link_types}
    node = URINode(concept.uri)
    for property_, targets in concept.links.items():
        if property_ in inverses:
            for target in targets:
                yield node, URINode(property_), URINode(target)


def _status(concept: Concept, minter: Minter) -> Iterator[Triple]:
    """What other software asks for: ``owl:deprecated`` and ``dct:replaces``."""
    node = URINode(concept.uri)
    if concept.is_retired:
        yield node, DEPRECATED, TRUE
    for replacement in concept.replaced_by:
        if minter.path(replacement) is not None:
            yield URINode(replacement), REPLACES, node
    if concept.enactment:
        yield node, URINode(minter.term("legislationUri")), URINode(concept.enactment.uri)
