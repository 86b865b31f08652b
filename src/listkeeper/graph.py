"""Our few names over pyoxigraph's terms: a graph that keeps the order it was filled in.

The graph is the record (`docs/architecture.md`): it holds terms with their lexical forms, so
``"01"^^xsd:integer`` stays as written, and an unknown predicate is never lost.
`pyoxigraph.Store` rewrites literals and is therefore never used as the record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox

from listkeeper.namespaces import RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

URINode: TypeAlias = ox.NamedNode
BlankNode: TypeAlias = ox.BlankNode
Literal: TypeAlias = ox.Literal
Subject: TypeAlias = ox.NamedNode | ox.BlankNode
Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal
Triple: TypeAlias = tuple[Subject, ox.NamedNode, Term]

RDF_TYPE: Final = ox.NamedNode(RDF + "type")
XSD_STRING: Final = ox.NamedNode(XSD + "string")


class Graph:
    """A set of triples in the order they were added.

    >>> graph = Graph()
    >>> graph.add((URINode("urn:a"), URINode("urn:p"), Literal("01")))
    >>> graph.add((URINode("urn:a"), URINode("urn:p"), Literal("01")))
    >>> len(graph)
    1
    """

    __slots__ = ("_index", "_size")

    def __init__(self, triples: Iterable[Triple] = ()) -> None:
        """Fill the graph from triples; a repeated triple counts once."""
        self._index: dict[Subject, dict[ox.NamedNode, dict[Term, None]]] = {}
        self._size = 0
        for triple in triples:
            self.add(triple)

    def add(self, triple: Triple) -> None:
        """Add one triple, unless it is there."""
        subject, predicate, term = triple
        terms = self._index.setdefault(subject, {}).setdefault(predicate, {})
        if term not in terms:
            terms[term] = None
            self._size += 1

    def update(self, triples: Iterable[Triple]) -> None:
        """Add many triples."""
        for triple in triples:
            self.add(triple)

    def __len__(self) -> int:
        """Count the triples."""
        return self._size

    def __iter__(self) -> Iterator[Triple]:
        """Give every triple, subject by subject in the order they came."""
        for subject in self._index:
            yield from self.about(subject)

    def __contains__(self, triple: object) -> bool:
        """Say whether a triple is in the graph."""
        if not (isinstance(triple, tuple) and len(triple) == 3):  # noqa: PLR2004 - a triple has three terms
            return False
        subject, predicate, term = triple
        return term in self._index.get(subject, {}).get(predicate, {})

    def about(self, subject: Subject) -> Iterator[Triple]:
        """Give the triples of one subject."""
        for predicate, terms in self._index.get(subject, {}).items():
            for term in terms:
                yield subject, predicate, term

    def subjects(self) -> tuple[Subject, ...]:
        """Give every subject once."""
        return tuple(self._index)

    def objects(self, subject: Subject, predicate: ox.NamedNode) -> tuple[Term, ...]:
        """Give the objects of a subject's predicate, in order."""
        return tuple(self._index.get(subject, {}).get(predicate, ()))

    def properties(self, subject: Subject) -> Mapping[ox.NamedNode, Collection[Term]]:
        """Give a subject's predicates with their objects: a view, not a copy."""
        return self._index.get(subject, {})


def is_uri(term: Term) -> bool:
    """Say whether a term is an IRI."""
    return isinstance(term, ox.NamedNode)
