"""A graph as dictionaries: predicate, then subject, then objects, in the order they came.

Terms are kept as parsed, so lexical forms survive (``"01"^^xsd:integer`` stays ``01``).
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from listkeeper.shacl.errors import ShapesError
from listkeeper.shacl.terms import (
    RDF_FIRST,
    RDF_NIL,
    RDF_REST,
    RDF_TYPE,
    RDFS_SUBCLASS_OF,
    Term,
    Triple,
    show,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

Objects: TypeAlias = "Mapping[Term, Sequence[Term]]"
Step: TypeAlias = "Callable[[Term], Sequence[Term] | None]"


class Index:
    """A set of triples to look up, never changed once made.

    >>> index = Index.parse("<urn:a> <urn:p> 1, 2 .")
    >>> [term.value for term in index.objects(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"))]
    ['1', '2']
    """

    __slots__ = ("_classes", "_forward", "_inverse", "_predicates")

    def __init__(self, triples: Iterable[Triple] = ()) -> None:
        """Fill the index from triples; a repeated triple counts once."""
        self._forward: dict[ox.NamedNode, dict[Term, list[Term]]] = {}
        self._inverse: dict[ox.NamedNode, Objects] = {}
        self._classes: dict[Term, frozenset[Term]] = {}
        self._predicates: dict[Term, list[ox.NamedNode]] | None = None
        with _collector_paused():
            self._fill(triples)

    @classmethod
    def grouped(cls, pairs: Mapping[ox.NamedNode, Iterable[tuple[Term, Term]]]) -> Index:
        """Fill an index from the subjects and objects of each predicate.

        Args:
            pairs: no triple may come twice; this is for those who have them sorted already.
        """
        index = cls()
        with _collector_paused():
            index._forward = {predicate: _by_subject(found) for predicate, found in pairs.items()}
        return index

    @classmethod
    def parse(
        cls,
        text: str | bytes,
        syntax: ox.RdfFormat = ox.RdfFormat.TURTLE,
        base_iri: str | None = None,
    ) -> Index:
        """Parse text; raises SyntaxError as pyoxigraph does. Named graphs are merged."""
        quads = ox.parse(text, syntax, base_iri=base_iri)
        return cls(map(attrgetter("subject", "predicate", "object"), quads))

    def _fill(self, triples: Iterable[Triple]) -> None:
        forward = self._forward
        for subject, predicate, term in triples:
            subjects = forward.get(predicate)
            if subjects is None:
                subjects = forward[predicate] = {}
            terms = subjects.get(subject)
            if terms is None:
                subjects[subject] = [term]
            else:
                terms.append(term)
        for subjects in forward.values():
            for terms in subjects.values():
                if len(terms) > 1:
                    terms[:] = dict.fromkeys(terms)

    def __len__(self) -> int:
        """Count the triples."""
        return sum(len(terms) for subjects in self._forward.values() for terms in subjects.values())

    def __iter__(self) -> Iterator[Triple]:
        """Give every triple, predicate by predicate."""
        return self.triples(self._forward)

    def triples(self, predicates: Iterable[ox.NamedNode]) -> Iterator[Triple]:
        """Give the triples of some predicates."""
        for predicate in predicates:
            for subject, terms in self._forward.get(predicate, {}).items():
                for term in terms:
                    # A subject is never a literal: the index is filled from triples.
                    yield subject, predicate, term  # type: ignore[misc] # keys are also looked up by literal

    def predicates(self) -> Iterable[ox.NamedNode]:
        """Give every predicate in use."""
        return self._forward

    def forward(self, predicate: ox.NamedNode) -> Objects:
        """Give the objects of a predicate by subject."""
        return self._forward.get(predicate, {})

    def inverse(self, predicate: ox.NamedNode) -> Objects:
        """Give the subjects of a predicate by object; made when first asked for."""
        made = self._inverse.get(predicate)
        if made is None:
            made = self._inverse[predicate] = _inverted(self.forward(predicate))
        return made

    def objects(self, subject: Term, predicate: ox.NamedNode) -> Sequence[Term]:
        """Give the objects of one subject and predicate."""
        return self.forward(predicate).get(subject, ())

    def about(self, subject: Term) -> Iterator[tuple[ox.NamedNode, Term]]:
        """Give the predicates of a subject, each with every object."""
        if self._predicates is None:
            self._predicates = {}
            for predicate, subjects in self._forward.items():
                for each in subjects:
                    self._predicates.setdefault(each, []).append(predicate)
        for predicate in self._predicates.get(subject, ()):
            for term in self._forward[predicate][subject]:
                yield predicate, term

    def subclasses(self, cls: Term) -> frozenset[Term]:
        """Give a class and all its subclasses: https://www.w3.org/TR/shacl/#terminology."""
        known = self._classes.get(cls)
        if known is None:
            known = self._classes[cls] = frozenset(
                reachable(cls, self.inverse(RDFS_SUBCLASS_OF).get)
            )
        return known

    def instances(self, cls: Term) -> dict[Term, None]:
        """Give the SHACL instances of a class, in order."""
        typed = self.inverse(RDF_TYPE)
        subclasses = sorted(self.subclasses(cls) - {cls}, key=str)
        return dict.fromkeys(chain.from_iterable(typed.get(c, ()) for c in (cls, *subclasses)))

    def members(self, head: Term) -> tuple[Term, ...]:
        """Give the members of an RDF list; raises ShapesError where it is ill-formed."""
        members: list[Term] = []
        seen: set[Term] = set()
        while head != RDF_NIL:
            first, rest = self.objects(head, RDF_FIRST), self.objects(head, RDF_REST)
            if len(first) != 1 or len(rest) != 1 or head in seen:
                raise ShapesError(f"{show(head)} is not a well-formed RDF list")
            seen.add(head)
            members.append(first[0])
            head = rest[0]
        return tuple(members)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep the collector from walking half a million lists that all stay: a third faster."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def reachable(start: Term, step: Step) -> dict[Term, None]:
    """Give a node and all that repeated steps lead to, nearest first, each once."""
    found: dict[Term, None] = {start: None}
    queue = [start]
    for node in queue:
        for other in step(node) or ():
            if other not in found:
                found[other] = None
                queue.append(other)
    return found


def _by_subject(pairs: Iterable[tuple[Term, Term]]) -> dict[Term, list[Term]]:
    found: dict[Term, list[Term]] = {}
    for subject, term in pairs:
        terms = found.get(subject)
        if terms is None:
            found[subject] = [term]
        else:
            terms.append(term)
    return found


def _inverted(objects: Objects) -> Objects:
    made: dict[Term, list[Term]] = {}
    for subject, terms in objects.items():
        for term in terms:
            made.setdefault(term, []).append(subject)
    return made
