"""JSON-LD says exactly the graph, in the words of one table that is also the context."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from hypothesis import given

from graphs import BASE, GRAPHS
from listkeeper.errors import UnsupportedError
from listkeeper.graph import Literal, URINode
from listkeeper.namespaces import SKOS, XSD
from listkeeper.publish.jsonld import JSONLDWriter, context
from published import DEFINITIONS, document, need, published, text, triples
from repository import edition_of
from sample import sample_edition
from test_publish_rdf import canonical, said

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.graph import Term, Triple
    from listkeeper.publish.publication import Publication

NODE = URINode(f"{BASE}id/need/6")


@pytest.fixture(scope="module")
def writer(tmp_path_factory: pytest.TempPathFactory) -> JSONLDWriter:
    """A writer with the terms of the real definitions."""
    folder = tmp_path_factory.mktemp("definitions")
    return JSONLDWriter(edition_of(folder, {"definitions.ttl": DEFINITIONS}))


@given(graph=GRAPHS)
def test_json_ld_says_the_graph(writer: JSONLDWriter, graph: list[Triple]) -> None:
    """For every graph: values that fit their term's shape, and those that do not."""
    assert said(writer.write(graph), ox.RdfFormat.JSON_LD) == canonical(graph)


def test_every_document_of_a_rich_repository_says_its_graph(tmp_path: Path) -> None:
    """The sample has one of everything, and texts that are hostile."""
    edition = sample_edition(tmp_path, hostile=True)
    from_graph = JSONLDWriter(edition)

    everything = list(edition.published)

    assert triples(from_graph.write(everything), ox.RdfFormat.JSON_LD) == set(everything)


def node(publication: Publication, address: str) -> dict[str, Any]:
    """Give the first node of a document."""
    first: dict[str, Any] = json.loads(document(publication, f"/{address}.jsonld"))["@graph"][0]
    return first


def test_a_concept_reads_plainly(tmp_path: Path) -> None:
    """Labels by language, links as IRIs, dates as text, by short names."""
    more = """skos:prefLabel "Cwmni"@cy ; skos:altLabel "Friends"@en, "Friendship"@en ;
        dct:created "2026-11-21"^^xsd:date ; def:impliedBy <circumstance/1> ; def:general true ;"""

    assert node(published(tmp_path, {"needs/6.ttl": need(6, more)}), "need/6") == {
        "@id": f"{BASE}id/need/6",
        "@type": ["skos:Concept", "def:Need"],
        "inScheme": [f"{BASE}id/list/needs"],
        "notation": "6",
        "prefLabel": {"en": "Company", "cy": "Cwmni"},
        "altLabel": {"en": ["Friends", "Friendship"]},
        "general": True,
        "impliedBy": [f"{BASE}id/circumstance/1"],
        "status": [f"{BASE}id/status/current"],
        "created": "2026-11-21",
        "topConceptOf": [f"{BASE}id/list/needs"],
        "rdfs:isDefinedBy": {"@id": f"{BASE}id/list/needs"},
    }


FULL = [
    ("prefLabel", Literal("x"), "skos:prefLabel", "x"),
    ("broader", Literal("x"), "skos:broader", "x"),
    ("prefLabel", URINode("urn:x:y"), "skos:prefLabel", {"@id": "urn:x:y"}),
    (
        "notation",
        Literal("6", datatype=URINode("urn:x:t")),
        "notation",
        {"@type": "urn:x:t", "@value": "6"},
    ),
    (
        "notation",
        Literal("01", datatype=URINode(f"{XSD}integer")),
        "notation",
        {"@type": "xsd:integer", "@value": "01"},
    ),
    ("notation", Literal("1", datatype=URINode(f"{XSD}integer")), "notation", 1),
    ("notation", Literal("x", language="en-gb"), "notation", {"@language": "en-GB", "@value": "x"}),
]


@pytest.mark.parametrize(("name", "term", "key", "value"), FULL)
def test_what_a_term_cannot_say_is_said_in_full(
    name: str, term: Term, key: str, value: object, writer: JSONLDWriter
) -> None:
    """Under the prefixed name of the property, which the context gives no shape."""
    written = json.loads(writer.write([(NODE, URINode(SKOS + name), term)]))

    assert written["@graph"] == [{"@id": NODE.value, key: value}]


@pytest.mark.parametrize("iri", ["skos:Concept", "def:a", "prefLabel:x", "adms:status"])
def test_an_iri_that_looks_like_a_prefixed_name_stays_what_it_is(
    iri: str, writer: JSONLDWriter
) -> None:
    """Its context then leaves the name out, so that no reader expands it to another IRI."""
    said: list[Triple] = [
        (NODE, URINode(f"{SKOS}broader"), URINode(iri)),
        (NODE, URINode(f"{SKOS}prefLabel"), Literal("x", language="en")),
        (NODE, URINode("http://www.w3.org/ns/adms#status"), URINode(f"{SKOS}Concept")),
        (URINode(iri), URINode(iri), Literal("y", datatype=URINode(iri))),
    ]

    written = writer.write(said)

    assert triples(written, ox.RdfFormat.JSON_LD) == set(said)
    assert iri.partition(":")[0] not in json.loads(written)["@context"]


def test_a_text_with_a_direction_is_refused(writer: JSONLDWriter) -> None:
    """Directions came with RDF 1.2; leaving one out would say something else."""
    text_ = Literal("x", language="ar", direction=ox.BaseDirection.RTL)
    with pytest.raises(UnsupportedError, match="direction"):
        writer.write([(NODE, URINode(f"{SKOS}prefLabel"), text_)])


def test_the_context_is_the_same_inline_and_alone(tmp_path: Path) -> None:
    """``/context.jsonld`` holds what every document begins with."""
    publication = published(tmp_path, {"needs/6.ttl": need(6)})

    alone = json.loads(text(publication, "/context.jsonld"))["@context"]

    assert alone == context(publication.edition)
    assert json.loads(text(publication, "/need/6.jsonld"))["@context"] == alone


def test_a_new_kind_of_link_has_a_term_without_any_code(tmp_path: Path) -> None:
    """Properties of the definitions become terms; a name that is taken stays as it was."""
    definitions = """def:rhymesWith a def:LinkType . def:odd-name a owl:ObjectProperty .
        def:colour a owl:DatatypeProperty . def:status a owl:ObjectProperty ."""

    found = context(edition_of(tmp_path, {"definitions.ttl": definitions}))

    assert found["rhymesWith"] == {"@id": "def:rhymesWith", "@type": "@id"}
    assert found["colour"] == {"@id": "def:colour"}
    assert found["status"] == {"@id": "adms:status", "@type": "@id"}
    assert "odd-name" not in found
