"""Running queries: the data in a pyoxigraph Store, made only when a query needs it.

The Store rewrites literals (``"01"^^xsd:integer`` becomes ``1``), so it is never the record: values
in its answers are put back to the terms of the data, and a query whose answer might depend on
the difference is refused where the data hold such a literal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, cast

import pyoxigraph as ox

from listkeeper.shacl.errors import Failure, Refused
from listkeeper.shacl.sparql_text import BINDINGS, SHAPES_GRAPH, binding_iri
from listkeeper.shacl.terms import TRUE, XSD, Term, show

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from listkeeper.shacl.index import Index
    from listkeeper.shacl.sparql_queries import Query

Row: TypeAlias = "Mapping[str, Term]"

_BINDINGS = ox.NamedNode(BINDINGS)
_SHAPES = ox.NamedNode(SHAPES_GRAPH)
_KEPT = frozenset(XSD + name for name in ("string", "anyURI"))


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """A query with the constants it is asked with."""

    where: str
    query: Query
    constants: Mapping[str, Term]


class QueryStore:
    """The data graph as SPARQL sees it, for one validation."""

    def __init__(self, index: Index, shapes: Index, questions: Sequence[Question]) -> None:
        """Remember what to load; nothing is loaded before the first question."""
        self._index = index
        self._shapes = shapes
        self._questions = questions
        self._made: ox.Store | None = None
        self._bound: list[tuple[str, Term]] = []
        self._rewritten: Term | None = None
        self._prepared: dict[Question, dict[Term, list[Row]]] = {}

    def prepare(self, question: Question, nodes: Iterable[Term]) -> None:
        """Run a query for many focus nodes at once, where that is sound."""
        if not question.query.at_once:
            return
        known = self._prepared.setdefault(question, {})
        fresh = [n for n in nodes if n not in known and not isinstance(n, ox.Literal)]
        if not fresh:
            return
        known.update((node, []) for node in fresh)
        for row in self._rows(question, {}, fresh):
            known[row["this"]].append(row)
        for node in fresh:
            known[node].sort(key=_in_order)

    def rows(self, question: Question, focus: Term) -> Sequence[Row]:
        """Give the solutions for one focus node, in a stable order."""
        known = self._prepared.get(question, {}).get(focus)
        if known is not None:
            return known
        return sorted(self._rows(question, {}, (focus,)), key=_in_order)

    def holds(self, question: Question, focus: Term, value: Term) -> bool:
        """Answer an ASK for a focus node and one of its values."""
        answer = self._store(question).query(self._asked(question, {"value": value}, (focus,)))
        return bool(answer)

    def _rows(
        self, question: Question, bindings: Mapping[str, Term], nodes: Iterable[Term]
    ) -> list[Row]:
        answer = self._store(question).query(self._asked(question, bindings, nodes))
        solutions = cast("ox.QuerySolutions", answer)
        names = [variable.value for variable in solutions.variables]
        rows = [_row(names, solution) for solution in solutions]
        for row in rows:
            if row.get("failure") == TRUE:
                raise Failure(f"{question.where} reports a failure for {show(row['this'])}")
        return rows

    def _asked(
        self, question: Question, bindings: Mapping[str, Term], nodes: Iterable[Term]
    ) -> str:
        """Put the bindings in their graph; gives the text to run."""
        constants = {**question.constants, **bindings}
        names = sorted(question.query.names & constants.keys())
        pairs = [("this", node) for node in nodes]
        pairs += [(name, constants[name]) for name in names]
        if pairs != self._bound:
            store = self._store(question)
            for name, term in self._bound:
                store.remove(_binding(name, term))
            store.extend(_binding(name, term) for name, term in pairs)
            self._bound = pairs
        return question.query.text

    def _store(self, question: Question) -> ox.Store:
        if self._made is None:
            self._made = self._filled()
        if question.query.lexical and self._rewritten is not None:
            raise Refused(
                f"{question.where} depends on lexical forms, and the SPARQL engine rewrites"
                f" {show(self._rewritten)}"
            )
        return self._made

    def _filled(self) -> ox.Store:
        store = ox.Store()
        store.extend(ox.Quad(s, p, o) for s, p, o in self._index.triples(self._predicates()))
        self._rewritten = self._first_rewritten()
        if any("shapesGraph" in question.query.names for question in self._questions):
            store.extend(ox.Quad(s, p, o, _SHAPES) for s, p, o in self._shapes)
        return store

    def _predicates(self) -> Iterable[ox.NamedNode]:
        wanted: set[str] = set()
        for question in self._questions:
            if question.query.predicates is None:
                return self._index.predicates()
            wanted |= question.query.predicates
        return [each for each in self._index.predicates() if each.value in wanted]

    def _first_rewritten(self) -> Term | None:
        """Give a literal the Store does not keep as it is, if any question could tell."""
        if not any(question.query.lexical for question in self._questions):
            return None
        terms = (term for _, _, term in self._index.triples(self._predicates()))
        typed = dict.fromkeys(filter(_may_change, terms))
        scratch = ox.Store()
        scratch.extend(ox.Quad(_BINDINGS, _BINDINGS, term) for term in typed)
        kept = {quad.object for quad in scratch}
        return next((term for term in typed if term not in kept), None)


def original(term: Term, candidates: Iterable[Term]) -> Term:
    """Give the term of the data that the Store rewrote to this one, where there is one."""
    if not _may_change(term):
        return term
    for candidate in candidates:
        if candidate == term or (_may_change(candidate) and _rewritten(candidate) == term):
            return candidate
    return term


def _rewritten(term: Term) -> Term:
    store = ox.Store()
    store.add(ox.Quad(_BINDINGS, _BINDINGS, term))
    return cast("Term", next(iter(store)).object)


def _may_change(term: Term) -> bool:
    return (
        isinstance(term, ox.Literal) and term.language is None and term.datatype.value not in _KEPT
    )


def _binding(name: str, term: Term) -> ox.Quad:
    return ox.Quad(_BINDINGS, ox.NamedNode(binding_iri(name)), term, _BINDINGS)


def _row(names: Sequence[str], solution: ox.QuerySolution) -> Row:
    pairs = ((name, solution[name]) for name in names)
    return {name: term for name, term in pairs if term is not None}


def _in_order(row: Row) -> list[tuple[str, str]]:
    return [(name, str(term)) for name, term in sorted(row.items())]
