"""What follows from the authored graph: derived triples, recomputed at need and never stored.

SKOS: ``narrower`` is the inverse of ``broader`` (S25), ``topConceptOf`` and ``hasTopConcept``
(S7, S8) follow from having nothing broader, and a SKOS-XL hidden label gives the plain one
(S57), https://www.w3.org/TR/skos-reference/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.graph import Graph, Literal, URINode
from listkeeper.namespaces import DCT, OWL, SKOS, SKOSXL, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.graph import Triple
    from listkeeper.model import Concept, Vocabulary
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
TRUE: Final = Literal("true", datatype=URINode(XSD + "boolean"))


def derive(authored: Graph, vocabulary: Vocabulary, minter: Minter) -> Graph:
    """Derive every triple that follows and is not authored already."""
    derived = Graph()
    for concept in vocabulary.concepts.values():
        for triple in (*_hierarchy(concept, vocabulary), *_labels(authored, concept)):
            if triple not in authored:
                derived.add(triple)
        for triple in (*_links(concept, vocabulary), *_status(concept, minter)):
            if triple not in authored:
                derived.add(triple)
    return derived


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
