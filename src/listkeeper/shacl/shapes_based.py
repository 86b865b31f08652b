"""Shapes within shapes: sh:node, sh:property, sh:qualifiedValueShape.

https://www.w3.org/TR/shacl/#core-components-shape
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from listkeeper.shacl.constraints import Bind, Bound, Declared, never, on_values_in, true
from listkeeper.shacl.terms import sh, show

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from listkeeper.shacl.constraints import Run, Shape, Test
    from listkeeper.shacl.results import Result
    from listkeeper.shacl.terms import Term


def node(declared: Declared) -> Bind:
    """Compile sh:node."""
    shape = declared.nested(declared.value)
    if shape.head.path is not None:
        raise declared.ill_formed("a node shape: it has a sh:path")
    return on_values_in(
        declared, lambda run: run.conforms(shape), f"does not conform to {show(declared.value)}"
    )


def prop(declared: Declared) -> Bind:
    """Compile sh:property: the nested shape's results are reported as they are."""
    shape = declared.nested(declared.value)
    if shape.head.path is None:
        raise declared.ill_formed("a property shape: it has no sh:path")

    def bind(run: Run) -> Bound:
        results = run.results(shape)

        def check(_focus: Term, values: Sequence[Term]) -> Sequence[Result]:
            if len(values) == 1:
                return results(values[0])
            return [result for value in values for result in results(value)]

        return Bound(check, run.failing(shape))

    return bind


def qualified_min_count(declared: Declared) -> Bind:
    """Compile sh:qualifiedMinCount with sh:qualifiedValueShape."""
    least = declared.integer()
    return _counted(declared, lambda count: count >= least, f"at least {least} wanted")


def qualified_max_count(declared: Declared) -> Bind:
    """Compile sh:qualifiedMaxCount with sh:qualifiedValueShape."""
    most = declared.integer()
    return _counted(declared, lambda count: count <= most, f"at most {most} allowed")


def _counted(declared: Declared, enough: Callable[[int], bool], words: str) -> Bind:
    wanted = declared.other("qualifiedValueShape")
    if wanted is None or declared.head.path is None:
        # The W3C suite asks that the counts alone, or on a node shape, mean nothing.
        return never
    shape = declared.nested(wanted)
    siblings = tuple(declared.nested(each) for each in _siblings(declared, wanted))

    def bind(run: Run) -> Bound:
        counts = _qualified(run, shape, siblings)

        def check(focus: Term, values: Sequence[Term]) -> Sequence[Result]:
            count = sum(map(counts, values))
            if enough(count):
                return ()
            text = f"{count} values conform to {show(wanted)}, {words}"
            return (declared.result(focus, None, text),)

        return Bound(check)

    return bind


def _qualified(run: Run, shape: Shape, siblings: Sequence[Shape]) -> Test:
    conforms = run.conforms(shape)
    others = [run.conforms(sibling) for sibling in siblings]
    if not others:
        return conforms
    return lambda value: conforms(value) and not any(other(value) for other in others)


def _siblings(declared: Declared, wanted: Term) -> dict[Term, None]:
    """Give the sibling shapes: https://www.w3.org/TR/shacl/#dfn-sibling-shapes."""
    shapes, this = declared.shapes, declared.head.term
    if not true(shapes, this, sh("qualifiedValueShapesDisjoint")):
        return {}
    parents = shapes.inverse(sh("property")).get(this, ())
    return {
        sibling: None
        for parent in parents
        for child in shapes.objects(parent, sh("property"))
        for sibling in shapes.objects(child, sh("qualifiedValueShape"))
        if sibling != wanted
    }
