"""What a constraint is before and after it is compiled.

A constraint is *declared* by a shape, *compiled* once, and *bound* to each graph that is
validated: ``compile(declared) -> Bind``, ``Bind(run) -> Bound``, ``Bound.check(focus, values)``
gives the results. Only what depends on the data is looked up when binding, and only values are
looked at when checking.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import filterfalse
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

import pyoxigraph as ox

from listkeeper.shacl.errors import ShapesError
from listkeeper.shacl.messages import filled
from listkeeper.shacl.paths import Path, path_text
from listkeeper.shacl.results import Result
from listkeeper.shacl.terms import TRUE, XSD_INTEGER, Node, Term, local_name, sh, show

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from listkeeper.shacl.index import Index
    from listkeeper.shacl.sparql_store import QueryStore

Check: TypeAlias = "Callable[[Term, Sequence[Term]], Sequence[Result]]"
Sieve: TypeAlias = "Callable[[Collection[Term]], Iterable[Term]]"
"""Of many nodes, those that do not conform."""
Test: TypeAlias = "Callable[[Term], bool]"


class Shape(Protocol):
    """A compiled shape, as the constraints of another see it."""

    @property
    def head(self) -> Head:
        """What is said of the shape as a whole."""

    @property
    def constraints(self) -> Sequence[Bind]:
        """The compiled constraints."""


class Run(Protocol):
    """One validation of one data graph."""

    @property
    def index(self) -> Index:
        """The data."""

    @property
    def store(self) -> QueryStore:
        """The data as SPARQL sees it."""

    def results(self, shape: Shape) -> Callable[[Term], Sequence[Result]]:
        """Bind a shape: the function that gives all results of a focus node."""

    def conforms(self, shape: Shape) -> Test:
        """Bind a shape: the function that says whether a node conforms to it."""

    def failing(self, shape: Shape) -> Sieve:
        """Bind a shape: the function that gives those of many nodes that have results."""


class Bound(NamedTuple):
    """A constraint bound to data."""

    check: Check
    bad_values: Sieve | None = None
    """Where each value is judged by itself: of many values, those that are judged bad."""
    bad_count: Callable[[int], bool] | None = None
    """Where only the number of values is judged: whether a number is judged bad."""


Bind: TypeAlias = "Callable[[Run], Bound]"


@dataclass(frozen=True, slots=True)
class Head:
    """What is said of a shape as a whole."""

    term: Node
    path: Path | None
    severity: ox.NamedNode
    messages: tuple[ox.Literal, ...]


@dataclass(frozen=True, slots=True)
class Declared:
    """A constraint as a shape declares it: one parameter with one value."""

    shapes: Index
    head: Head
    component: ox.NamedNode
    parameter: ox.NamedNode
    value: Term
    nested: Callable[[Term], Shape]

    def result(
        self, focus: Term, value: Term | None, words: str, path: Path | None = None
    ) -> Result:
        """Make a result; `words` is the message where the shape has none."""
        head = self.head
        return Result(
            focus_node=focus,
            path=path or head.path,
            value=value,
            source_shape=head.term,
            component=self.component,
            severity=head.severity,
            messages=self._messages(focus, value, words),
        )

    def _messages(self, focus: Term, value: Term | None, words: str) -> tuple[ox.Literal, ...]:
        if not self.head.messages:
            return (ox.Literal(words),)
        bindings = {"this": focus, local_name(self.parameter.value): self.value}
        if value is not None:
            bindings["value"] = value
        if self.head.path is not None:
            bindings["PATH"] = ox.Literal(path_text(self.head.path).strip("<>"))
        return tuple(filled(message, bindings) for message in self.head.messages)

    def ill_formed(self, wanted: str) -> ShapesError:
        """Say that the parameter's value is not what it must be."""
        name = f"sh:{local_name(self.parameter.value)}"
        return ShapesError(f"{show(self.head.term)}: {name} {show(self.value)} is not {wanted}")

    def integer(self) -> int:
        """Read the value as a whole number; raises ShapesError."""
        value = self.value
        if isinstance(value, ox.Literal) and value.datatype == XSD_INTEGER:
            text = value.value
            if text.lstrip("+-").isdecimal() and text.isascii():
                return int(text)
        raise self.ill_formed("an xsd:integer")

    def flag(self) -> bool:
        """Read the value as true or false; only the literal ``true`` is true."""
        return self.value == TRUE

    def literal(self) -> ox.Literal:
        """Read the value as a literal; raises ShapesError."""
        if isinstance(self.value, ox.Literal):
            return self.value
        raise self.ill_formed("a literal")

    def iri(self) -> ox.NamedNode:
        """Read the value as an IRI; raises ShapesError."""
        if isinstance(self.value, ox.NamedNode):
            return self.value
        raise self.ill_formed("an IRI")

    def members(self) -> tuple[Term, ...]:
        """Read the value as a list; raises ShapesError."""
        try:
            return self.shapes.members(self.value)
        except ShapesError as error:
            raise self.ill_formed("a well-formed list") from error

    def others(self, name: str) -> Sequence[Term]:
        """Give the values of another property of the same shape."""
        return self.shapes.objects(self.head.term, sh(name))

    def other(self, name: str) -> Term | None:
        """Give the one value of another property of the same shape; raises ShapesError on two."""
        return only(self.shapes, self.head.term, sh(name))


def only(shapes: Index, node: Term, predicate: ox.NamedNode) -> Term | None:
    """Give the one value a property may have; raises ShapesError where there are more."""
    values = shapes.objects(node, predicate)
    if len(values) > 1:
        name = local_name(predicate.value)
        raise ShapesError(f"{show(node)} has {len(values)} values of {name}, may have one")
    return values[0] if values else None


def true(shapes: Index, node: Term, predicate: ox.NamedNode) -> bool:
    """Say whether a property is true; raises ShapesError where it has several values."""
    return only(shapes, node, predicate) == TRUE


def never(_run: Run) -> Bound:
    """Bind a constraint that asks for nothing."""
    return Bound(lambda _focus, _values: (), lambda _values: ())


def on_values(declared: Declared, ok: Test, words: str) -> Bind:
    """Bind a test of each value that needs no data; `words` continue "<value> ..."."""
    bound = _value_check(declared, ok, words)
    return lambda _run: bound


def on_values_in(declared: Declared, test: Callable[[Run], Test], words: str) -> Bind:
    """Bind a test of each value that looks things up in the data."""
    return lambda run: _value_check(declared, test(run), words)


def _value_check(declared: Declared, ok: Test, words: str) -> Bound:
    def check(focus: Term, values: Sequence[Term]) -> Sequence[Result]:
        return [
            declared.result(focus, value, f"{show(value)} {words}")
            for value in values
            if not ok(value)
        ]

    return Bound(check, partial(filterfalse, ok))
