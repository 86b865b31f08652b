"""Validation results, and the report graph: https://www.w3.org/TR/shacl/#validation-report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from listkeeper.shacl.paths import Choice, Inverse, OneOrMore, Path, Steps, ZeroOrMore, ZeroOrOne
from listkeeper.shacl.terms import FALSE, RDF_FIRST, RDF_NIL, RDF_REST, RDF_TYPE, TRUE, Term, sh

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from listkeeper.shacl.terms import Node


@dataclass(frozen=True, slots=True)
class Result:
    """One validation result."""

    focus_node: Term
    path: Path | None
    """A predicate, a path of :mod:`listkeeper.shacl.paths`, or None."""
    value: Term | None
    source_shape: Node
    component: ox.NamedNode
    severity: ox.NamedNode
    messages: tuple[ox.Literal, ...]
    source_constraint: Node | None = None
    """The ``sh:sparql`` value, where there is one."""


_WRAPPING = {
    Inverse: sh("inversePath"),
    ZeroOrMore: sh("zeroOrMorePath"),
    OneOrMore: sh("oneOrMorePath"),
    ZeroOrOne: sh("zeroOrOnePath"),
}


class _Writer:
    """Triples in the making, with blank nodes numbered so that two runs agree."""

    def __init__(self) -> None:
        self.triples: list[ox.Triple] = []
        self._made = 0

    def blank(self) -> ox.BlankNode:
        self._made += 1
        return ox.BlankNode(f"shaclreport{self._made}")

    def add(self, subject: Node, predicate: ox.NamedNode, term: Term | None) -> None:
        if term is not None:
            self.triples.append(ox.Triple(subject, predicate, term))

    def path(self, path: Path) -> Node:
        match path:
            case ox.NamedNode():
                return path
            case Steps(paths):
                return self.members(paths)
        node = self.blank()
        if isinstance(path, Choice):
            self.add(node, sh("alternativePath"), self.members(path.paths))
        else:
            self.add(node, _WRAPPING[type(path)], self.path(path.path))
        return node

    def members(self, paths: Sequence[Path]) -> Node:
        head: Node = RDF_NIL
        for path in reversed(paths):
            node = self.blank()
            self.add(node, RDF_FIRST, self.path(path))
            self.add(node, RDF_REST, head)
            head = node
        return head

    def result(self, report: Node, result: Result) -> None:
        node = self.blank()
        self.add(report, sh("result"), node)
        self.add(node, RDF_TYPE, sh("ValidationResult"))
        for name, term in _properties(result):
            self.add(node, sh(name), term)
        if result.path is not None:
            self.add(node, sh("resultPath"), self.path(result.path))


def _properties(result: Result) -> Iterator[tuple[str, Term | None]]:
    yield "focusNode", result.focus_node
    yield "value", result.value
    yield "sourceShape", result.source_shape
    yield "sourceConstraintComponent", result.component
    yield "sourceConstraint", result.source_constraint
    yield "resultSeverity", result.severity
    for message in result.messages:
        yield "resultMessage", message


def report_graph(results: Sequence[Result]) -> tuple[ox.Triple, ...]:
    """Write results as a ``sh:ValidationReport``, ready for ``pyoxigraph.serialize``.

    >>> [str(triple.object) for triple in report_graph(())]
    ['<http://www.w3.org/ns/shacl#ValidationReport>', '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>']
    """
    writer = _Writer()
    report = writer.blank()
    writer.add(report, RDF_TYPE, sh("ValidationReport"))
    writer.add(report, sh("conforms"), FALSE if results else TRUE)
    for result in results:
        writer.result(report, result)
    return tuple(writer.triples)
