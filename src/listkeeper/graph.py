"""Our few names over pyoxigraph's terms: a graph that keeps the order it was filled in.

The graph is the record (`docs/architecture.md`): it holds terms with their lexical forms, so
``"01"^^xsd:integer`` stays as written, and an unknown predicate is never lost.
`pyoxigraph.Store` rewrites literals and is therefore never used as the record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

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


_Terms: TypeAlias = tuple[Term] | dict[Term, None]
"""Objects of a subject's predicate, in order: nearly always one, and a tuple of one takes a quarter
of the room that a dictionary does."""


class Graph:
    """A set of triples in the order they were added.

    >>> graph = Graph()
    >>> graph.add((URINode("urn:a"), URINode("urn:p"), Literal("01")))
    >>> graph.add((URINode("urn:a"), URINode("urn:p"), Literal("01")))
    >>> len(graph)
    1
    """

    __slots__ = ("_index",)

    def __init__(self, triples: Iterable[Triple] = ()) -> None:
        """Fill the graph from triples; a repeated triple counts once."""
        self._index: dict[Subject, dict[ox.NamedNode, _Terms]] = {}
        self.update(triples)

    def add(self, triple: Triple) -> None:
        """Add one triple, unless it is there."""
        self.update((triple,))

    def update(self, triples: Iterable[Triple], same: dict[Any, Any] | None = None) -> None:
        """Add many triples; written out, as hundreds of thousands of them come this way.

        Args:
            triples: what is added.
            same: terms met before, each by itself and alone in a tuple: of equal ones only the
                first is kept, as they take up more than all else. It is added to.
        """
        index = self._index
        once = ({} if same is None else same).setdefault
        for subject, predicate, term in triples:
            predicates = index.get(subject)
            if predicates is None:
                predicates = index[once(subject, subject)] = {}
            terms = predicates.get(predicate)
            if terms is None:
                only = (once(term, term),)
                predicates[once(predicate, predicate)] = once(only, only)
            elif isinstance(terms, dict):
                terms[once(term, term)] = None
            elif term not in terms:
                predicates[predicate] = {terms[0]: None, once(term, term): None}

    def take_over(self, other: Graph, subjects: Iterable[Subject]) -> None:
        """Share what another graph says of some subjects, of which this one says nothing.

        Neither graph may be added to afterwards: they hold the same dictionaries.
        """
        mine, theirs = self._index, other._index
        for subject in subjects:
            mine[subject] = theirs[subject]

    def united(self, other: Graph) -> Graph:
        """Give a graph of both, this one's triples first; what only one has is shared with it.

        None of the three may be added to afterwards: they hold the same dictionaries.
        """
        graph = Graph()
        index = graph._index = dict(self._index)
        for subject, theirs in other._index.items():
            mine = self._index.get(subject, {})
            both: dict[ox.NamedNode, _Terms] = {
                p: dict.fromkeys((*mine[p], *terms)) for p, terms in theirs.items() if p in mine
            }
            index[subject] = {**mine, **theirs, **both} if mine else theirs
        return graph

    def __len__(self) -> int:
        """Count the triples."""
        return sum(len(terms) for about in self._index.values() for terms in about.values())

    def __iter__(self) -> Iterator[Triple]:
        """Give every triple, subject by subject in the order they came."""
        for subject in self._index:
            yield from self.about(subject)

    def __contains__(self, triple: object) -> bool:
        """Say whether a triple is in the graph."""
        if not (isinstance(triple, tuple) and len(triple) == 3):  # noqa: PLR2004 - a triple has three terms
            return False
        subject, predicate, term = triple
        return term in self._index.get(subject, {}).get(predicate, ())

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

    def pairs(self) -> dict[ox.NamedNode, list[tuple[Subject, Term]]]:
        """Give subject and object of each triple by predicate: a new dictionary."""
        found: dict[ox.NamedNode, list[tuple[Subject, Term]]] = {}
        for subject, predicates in self._index.items():
            for predicate, terms in predicates.items():
                pairs = found.get(predicate)
                if pairs is None:
                    pairs = found[predicate] = []
                for term in terms:
                    pairs.append((subject, term))  # most have one term: a comprehension costs more
        return found

    def properties(self, subject: Subject) -> Mapping[ox.NamedNode, Collection[Term]]:
        """Give a subject's predicates with their objects: a view, not a copy."""
        return self._index.get(subject, {})


def is_uri(term: Term) -> bool:
    """Say whether a term is an IRI."""
    return isinstance(term, ox.NamedNode)
