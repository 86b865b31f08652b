"""Logic: sh:not, sh:and, sh:or, sh:xone.

https://www.w3.org/TR/shacl/#core-components-logical
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from listkeeper.shacl.constraints import Bind, Declared, on_values_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from listkeeper.shacl.constraints import Run, Test


def negated(declared: Declared) -> Bind:
    """Compile sh:not."""
    shape = declared.nested(declared.value)

    def test(run: Run) -> Test:
        conforms = run.conforms(shape)
        return lambda value: not conforms(value)

    return on_values_in(declared, test, "conforms to a shape that it must not conform to")


def _listed(declared: Declared, words: str, holds: Callable[[Iterable[bool]], bool]) -> Bind:
    shapes = tuple(declared.nested(member) for member in declared.members())

    def test(run: Run) -> Test:
        tests = [run.conforms(shape) for shape in shapes]
        return lambda value: holds(conforms(value) for conforms in tests)

    return on_values_in(declared, test, f"does not conform to {words} of {len(shapes)} shapes")


def _one(answers: Iterable[bool]) -> bool:
    return sum(answers) == 1


conjunction = partial(_listed, words="all", holds=all)
disjunction = partial(_listed, words="any", holds=any)
exclusive = partial(_listed, words="exactly one", holds=_one)
