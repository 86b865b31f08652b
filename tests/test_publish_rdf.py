"""Turtle, N-Triples and RDF/XML say exactly the same graph, or say that they cannot."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given
from lxml import etree
from rdflib import Graph as RDFLibGraph
from rdflib.compare import isomorphic

from graphs import BASE, GRAPHS
from listkeeper.errors import UnsupportedError
from listkeeper.graph import RDF_TYPE, Literal, URINode
from listkeeper.namespaces import RDF
from listkeeper.publish import rdf
from listkeeper.uris import Minter
from published import document, need, published, text, triples

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.graph import Triple

MINTER = Minter(base=BASE)
NODE = URINode(f"{BASE}id/need/6")


def said(data: bytes, format_: ox.RdfFormat) -> set[str]:
    """Parse, and name blank nodes in the one way that graphs with the same shape share."""
    return canonical(list(triples(data, format_)))


def canonical(found: list[Triple]) -> set[str]:
    dataset = ox.Dataset(ox.Quad(*triple) for triple in found)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return {str(quad) for quad in dataset}


@given(GRAPHS)
def test_turtle_says_the_graph(graph: list[Triple]) -> None:
    """For every graph, blank nodes too."""
    assert said(rdf.turtle(graph, MINTER, "en"), ox.RdfFormat.TURTLE) == canonical(graph)


@given(GRAPHS)
def test_n_triples_say_the_graph(graph: list[Triple]) -> None:
    """For every graph, whatever its order."""
    written = rdf.n_triples(graph)

    assert said(written, ox.RdfFormat.N_TRIPLES) == canonical(graph)
    assert written == rdf.n_triples(graph[::-1])


@given(GRAPHS)
def test_rdf_xml_says_the_graph_or_refuses(graph: list[Triple]) -> None:
    """What is written is well-formed XML to an XML parser, and says the same."""
    try:
        written = rdf.rdf_xml(graph, MINTER)
    except UnsupportedError:
        return
    etree.fromstring(written)
    assert said(written, ox.RdfFormat.RDF_XML) == canonical(graph)


REFUSED = [
    (URINode("http://a.example/12"), Literal("x"), "the property <http://a.example/12>"),
    (URINode("http://a.example/"), Literal("x"), "the property <http://a.example/>"),
    (URINode(f"{RDF}li"), Literal("x"), "the property <"),
    (URINode(f"{RDF}Description"), Literal("x"), "the property <"),
    (RDF_TYPE, URINode("http://a.example/12"), "the class <http://a.example/12>"),
    (RDF_TYPE, URINode(f"{RDF}Description"), "the class <"),
    (URINode("http://a.example/p"), Literal("a\x0bb"), "the character U+000B"),
    (URINode("http://a.example/p"), Literal("\ufffe"), "the character U+FFFE"),
    (URINode("http://a.example/p"), Literal("\x07", language="en"), "the character U+0007"),
]


@pytest.mark.parametrize(("predicate", "term", "reason"), REFUSED)
def test_rdf_xml_refuses_what_it_cannot_carry(
    predicate: URINode, term: Literal | URINode, reason: str
) -> None:
    """Properties that make no element name and characters that XML does not know, by name."""
    with pytest.raises(UnsupportedError, match=re.escape(reason)):
        rdf.rdf_xml([(NODE, predicate, term)], MINTER)


ACCEPTED = ["p", "p.q", "é", "_", "a1", "x·y", "1a", "%41b", "p-"]


@pytest.mark.parametrize("name", ACCEPTED)
def test_rdf_xml_carries_what_ends_like_a_name(name: str) -> None:
    """The element's name is the longest end of the property that is one."""
    graph = [(NODE, URINode(f"http://a.example/{name}"), Literal("x"))]

    assert triples(rdf.rdf_xml(graph, MINTER), ox.RdfFormat.RDF_XML) == set(graph)


def test_a_carriage_return_survives_xml(tmp_path: Path) -> None:
    """An XML parser would read a bare one as a line feed."""
    publication = published(tmp_path, {"needs/6.ttl": need(6, 'skos:note "a\\r\\nb" ;')})

    graph = RDFLibGraph().parse(data=document(publication, "/need/6.rdf"), format="xml")

    assert "a\r\nb" in {str(term) for term in graph.objects()}


def test_turtle_is_canonical(tmp_path: Path) -> None:
    """As the files are: base first, prefixes used, one value per line."""
    publication = published(tmp_path, {"needs/6.ttl": need(6, 'skos:altLabel "Friends"@en ;')})

    assert text(publication, "/need/6.ttl") == (
        "@base <https://lists.example.org/id/> .\n"
        "@prefix def: <https://lists.example.org/def/> .\n"
        "@prefix adms: <http://www.w3.org/ns/adms#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "\n"
        "<need/6>\n"
        "    a skos:Concept, def:Need ;\n"
        "    skos:inScheme <list/needs> ;\n"
        '    skos:notation "6" ;\n'
        '    skos:prefLabel "Company"@en ;\n'
        '    skos:altLabel "Friends"@en ;\n'
        "    adms:status <status/current> ;\n"
        "    rdfs:isDefinedBy <list/needs> ;\n"
        "    skos:topConceptOf <list/needs> .\n"
    )


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize(
    ("extension", "format_"),
    [("ttl", "turtle"), ("nt", "nt"), ("rdf", "xml"), ("jsonld", "json-ld")],
)
@pytest.mark.parametrize("address", ["need/6", "list/needs", "def"])
def test_another_parser_reads_the_same(
    address: str, extension: str, format_: str, tmp_path: Path
) -> None:
    """With rdflib: it reads from each format the graph that it reads from N-Triples."""
    more = 'skos:definition "A \\"need\\"\\nof people"@cy ; def:general true ;'
    publication = published(tmp_path, {"needs/6.ttl": need(6, more)})

    read = RDFLibGraph().parse(
        data=document(publication, f"/{address}.{extension}"), format=format_
    )
    plain = RDFLibGraph().parse(data=document(publication, f"/{address}.nt"), format="nt")

    assert len(plain) > 5
    assert isomorphic(read, plain)
