"""Other constraints: sh:closed, sh:hasValue, sh:in.

https://www.w3.org/TR/shacl/#core-components-others
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from listkeeper.shacl.constraints import Bind, Bound, Declared, never, on_values
from listkeeper.shacl.errors import ShapesError
from listkeeper.shacl.terms import sh, show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listkeeper.shacl.constraints import Run
    from listkeeper.shacl.results import Result
    from listkeeper.shacl.terms import Term


def closed(declared: Declared) -> Bind:
    """Compile sh:closed with sh:ignoredProperties."""
    if not declared.flag():
        return never
    allowed = _allowed(declared)

    def bind(run: Run) -> Bound:
        about = run.index.about

        def check(focus: Term, values: Sequence[Term]) -> Sequence[Result]:
            return [
                declared.result(focus, term, f"{show(predicate)} is not allowed here", predicate)
                for value in values
                for predicate, term in about(value)
                if predicate not in allowed
            ]

        return Bound(check)

    return bind


def _allowed(declared: Declared) -> frozenset[Term]:
    shapes = declared.shapes
    paths = {
        path
        for child in declared.others("property")
        for path in shapes.objects(child, sh("path"))
        if isinstance(path, ox.NamedNode)
    }
    ignored = declared.other("ignoredProperties")
    listed = shapes.members(ignored) if ignored is not None else ()
    if not all(isinstance(each, ox.NamedNode) for each in listed):
        raise ShapesError(f"{show(declared.head.term)}: sh:ignoredProperties lists a non-IRI")
    return frozenset(paths | set(listed))


def has_value(declared: Declared) -> Bind:
    """Compile sh:hasValue."""
    wanted = declared.value

    def check(focus: Term, values: Sequence[Term]) -> Sequence[Result]:
        if wanted in values:
            return ()
        return (declared.result(focus, None, f"the value {show(wanted)} is missing"),)

    return lambda _run: Bound(check)


def one_of(declared: Declared) -> Bind:
    """Compile sh:in."""
    members = declared.members()
    allowed = frozenset(members)
    listed = ", ".join(show(member) for member in members)
    return on_values(declared, lambda value: value in allowed, f"is not one of {listed}")
