"""From a shapes graph to compiled shapes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from listkeeper.shacl.constraints import Bind, Declared, Head, only, true
from listkeeper.shacl.core import COMPONENTS, KNOWN, Component
from listkeeper.shacl.errors import Recursive, Refused, ShapesError
from listkeeper.shacl.paths import read_path
from listkeeper.shacl.terms import SH, Node, Term, sh, show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from listkeeper.shacl.index import Index
    from listkeeper.shacl.sparql_store import Question

    Extension = Callable[["Compiler", Head], "Iterator[Bind]"]

_DEEPEST: Final = 60
"""Shapes within shapes: more is a mistake or an attack, and would exhaust the stack."""


@dataclass(frozen=True, slots=True, eq=False)
class CompiledShape:
    """A shape whose constraints wait to be bound to data."""

    head: Head
    constraints: tuple[Bind, ...] = ()
    at_focus: tuple[Question, ...] = ()
    """The queries that will be asked of the shape's own focus nodes, its own and nested ones."""


@dataclass(slots=True)
class Compiler:
    """Compiles each shape once, however many others name it."""

    shapes: Index
    extensions: tuple[Extension, ...] = ()
    """What adds constraints beyond SHACL Core's: SHACL-SPARQL."""
    questions: list[Question] = field(default_factory=list)
    """Every query met so far."""
    _compiled: dict[Term, CompiledShape] = field(default_factory=dict)
    _open: list[tuple[Term, list[Question]]] = field(default_factory=list)
    """The shapes being compiled, outermost first, each with the queries at its focus nodes."""

    def shape(self, term: Term) -> CompiledShape:
        """Compile a shape; raises ShapesError, Failure, Refused."""
        made = self._compiled.get(term)
        if made is None:
            made = self._compiled[term] = self._compile(term)
        if self._open:
            self._open[-1][1].extend(made.at_focus)
        return made

    def ask(self, question: Question) -> None:
        """Note a query of the shape being compiled."""
        self.questions.append(question)
        self._open[-1][1].append(question)

    def _compile(self, term: Term) -> CompiledShape:
        if isinstance(term, ox.Literal):
            raise ShapesError(f"{show(term)} is used as a shape")
        names = [each for each, _ in self._open]
        if term in names:
            raise Recursive(f"recursive shapes: {' > '.join(map(show, (*names, term)))}")
        if len(names) == _DEEPEST:
            raise Refused(f"{show(names[0])} nests shapes more than {_DEEPEST} deep")
        head = self._head(term)
        if true(self.shapes, term, sh("deactivated")):
            return CompiledShape(head)
        refuse_unknown(self.shapes, term)
        at_focus: list[Question] = []
        self._open.append((term, at_focus))
        constraints = tuple(self._constraints(head))
        self._open.pop()
        return CompiledShape(head, constraints, tuple(at_focus))

    def _head(self, term: Node) -> Head:
        path = only(self.shapes, term, sh("path"))
        severity = only(self.shapes, term, sh("severity")) or sh("Violation")
        if not isinstance(severity, ox.NamedNode):
            raise ShapesError(f"{show(term)}: sh:severity {show(severity)} is not an IRI")
        return Head(
            term=term,
            path=None if path is None else read_path(self.shapes, path),
            severity=severity,
            messages=messages_of(self.shapes, term),
        )

    def _constraints(self, head: Head) -> Iterator[Bind]:
        for component in COMPONENTS:
            yield from self._declared(component, head)
        for extension in self.extensions:
            yield from extension(self, head)

    def _declared(self, component: Component, head: Head) -> Iterator[Bind]:
        parameter = sh(component.parameter)
        values = self.shapes.objects(head.term, parameter)
        if values and component.on_property and head.path is None:
            raise ShapesError(f"{show(head.term)}: sh:{component.parameter} on a node shape")
        if len(values) > 1 and component.single:
            raise ShapesError(f"{show(head.term)} has several values of sh:{component.parameter}")
        name = sh(f"{component.name}ConstraintComponent")
        for value in values:
            yield component.compile(Declared(self.shapes, head, name, parameter, value, self.shape))


def messages_of(shapes: Index, node: Term) -> tuple[ox.Literal, ...]:
    """Give the sh:message values of a shape, a constraint or a validator."""
    messages = shapes.objects(node, sh("message"))
    for message in messages:
        if not isinstance(message, ox.Literal):
            raise ShapesError(f"{show(node)}: sh:message {show(message)} is not a literal")
    return tuple(each for each in messages if isinstance(each, ox.Literal))


def refuse_unknown(shapes: Index, node: Term) -> None:
    """Raise Refused where a node has a property of SHACL that this engine does not know."""
    for predicate, _ in shapes.about(node):
        if predicate.value.startswith(SH) and predicate not in KNOWN:
            name = predicate.value.removeprefix(SH)
            raise Refused(f"{show(node)}: sh:{name} is not of SHACL Core or SHACL-SPARQL 1.0")
