"""The formats of results: what is negotiated, and how each is written.

Solutions are first written as TSV and triples as N-Triples: in both one line is one row, so
rows and bytes are counted while the engine works, and it is stopped at once at the limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from listkeeper.graph import Graph
from listkeeper.publish.rdf import n_triples, rdf_xml, serialize, turtle

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from listkeeper.graph import Triple
    from listkeeper.uris import Minter


@dataclass(frozen=True, kw_only=True, slots=True)
class Format:
    """A format of results."""

    name: str
    """What it is called here and in ``format=``."""
    content_type: str
    label: str


SOLUTIONS: Final = (
    Format(name="json", content_type="application/sparql-results+json", label="JSON"),
    Format(name="xml", content_type="application/sparql-results+xml", label="XML"),
    Format(name="csv", content_type="text/csv; charset=utf-8", label="CSV"),
    Format(name="tsv", content_type="text/tab-separated-values; charset=utf-8", label="TSV"),
)
"""https://www.w3.org/TR/sparql11-overview/#sparql11-results."""

GRAPHS: Final = (
    Format(name="turtle", content_type="text/turtle; charset=utf-8", label="Turtle"),
    Format(name="nt", content_type="application/n-triples", label="N-Triples"),
    Format(name="jsonld", content_type="application/ld+json", label="JSON-LD"),
    Format(name="rdfxml", content_type="application/rdf+xml", label="RDF/XML"),
)

_SOLUTION_WRITERS: Final = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}


def _turtle(triples: Sequence[Triple], minter: Minter, language: str) -> bytes:
    return turtle(triples, minter, language)


def _n_triples(triples: Sequence[Triple], minter: Minter, language: str) -> bytes:
    del minter, language
    return n_triples(triples)


def _json_ld(triples: Sequence[Triple], minter: Minter, language: str) -> bytes:
    del minter, language
    return serialize(triples, ox.RdfFormat.JSON_LD)


def _rdf_xml(triples: Sequence[Triple], minter: Minter, language: str) -> bytes:
    del language
    return rdf_xml(triples, minter)


_GRAPH_WRITERS: Final[dict[str, Callable[[Sequence[Triple], Minter, str], bytes]]] = {
    "turtle": _turtle,
    "nt": _n_triples,
    "jsonld": _json_ld,
    "rdfxml": _rdf_xml,
}


def write_solutions(tsv: bytes, name: str) -> bytes:
    """Put solutions that are written as TSV into a format of :data:`SOLUTIONS`."""
    found = ox.parse_query_results(tsv, format=ox.QueryResultsFormat.TSV)
    return found.serialize(format=_SOLUTION_WRITERS[name]) or b""


def write_truth(found: ox.QueryBoolean, name: str) -> bytes:
    """Write the answer to an ASK in a format of :data:`SOLUTIONS`."""
    return found.serialize(format=_SOLUTION_WRITERS[name]) or b""


def write_graph(triples: Sequence[Triple], name: str, minter: Minter, language: str) -> bytes:
    """Write triples in a format of :data:`GRAPHS`.

    Raises:
        UnsupportedError: when the format cannot carry them.
    """
    return _GRAPH_WRITERS[name](triples, minter, language)


def read_n_triples(lines: bytes) -> list[Triple]:
    """Read N-Triples, each triple once."""
    quads = ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)
    return list(Graph((quad.subject, quad.predicate, quad.object) for quad in quads))
