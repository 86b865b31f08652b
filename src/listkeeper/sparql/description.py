"""The service description: what the endpoint is, as RDF.

https://www.w3.org/TR/sparql11-service-description/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from listkeeper.graph import RDF_TYPE, Literal, URINode
from listkeeper.namespaces import DCT, RDF, VOID, XSD
from listkeeper.publish.rdf import n_triples, serialize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.graph import Term, Triple
    from listkeeper.sparql.graphs import Graphs

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
FORMATS: Final = "http://www.w3.org/ns/formats/"

RESULT_FORMATS: Final = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD", "RDF_XML"),
)
"""Local names of https://www.w3.org/ns/formats/."""

_KNOWN: Final = {"dct": DCT, "rdf": RDF, "sd": SD, "void": VOID, "xsd": XSD}

_SYNTAXES: Final = {
    "turtle": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


def service_description(graphs: Graphs, name: str) -> bytes:
    """Describe the endpoint in a format.

    Args:
        graphs: the graphs that it asks.
        name: a name of :data:`listkeeper.sparql.formats.GRAPHS`.
    """
    triples = tuple(_triples(graphs))
    syntax = _SYNTAXES.get(name)
    return serialize(triples, syntax, _KNOWN) if syntax else n_triples(triples)


def _triples(graphs: Graphs) -> Iterator[Triple]:
    endpoint = f"{graphs.base}sparql"
    service, dataset = f"{endpoint}#service", f"{endpoint}#dataset"
    yield from _about(service, "Service", endpoint=URINode(endpoint))
    yield URINode(service), _sd("supportedLanguage"), _sd("SPARQL11Query")
    for format_ in RESULT_FORMATS:
        yield URINode(service), _sd("resultFormat"), URINode(FORMATS + format_)
    yield URINode(service), _sd("defaultDataset"), URINode(dataset)
    yield URINode(service), _sd("availableGraphs"), URINode(dataset)
    yield from _about(dataset, "Dataset", defaultGraph=URINode(f"{endpoint}#default"))
    yield from _about(f"{endpoint}#default", "Graph")
    size = Literal(str(graphs.size), datatype=URINode(XSD + "integer"))
    yield URINode(f"{endpoint}#default"), URINode(VOID + "triples"), size
    for number, name in enumerate(graphs.names):
        node = f"{endpoint}#graph-{number}"
        yield URINode(dataset), _sd("namedGraph"), URINode(node)
        yield from _about(node, "NamedGraph", name=URINode(name))


def _about(subject: str, class_: str, **terms: Term) -> Iterator[Triple]:
    yield URINode(subject), RDF_TYPE, _sd(class_)
    for name, term in terms.items():
        yield URINode(subject), _sd(name), term


def _sd(name: str) -> URINode:
    return URINode(SD + name)
