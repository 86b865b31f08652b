"""Property pairs: sh:equals, sh:disjoint, sh:lessThan, sh:lessThanOrEquals.

https://www.w3.org/TR/shacl/#core-components-property-pairs
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pyoxigraph as ox

from listkeeper.shacl.constraints import Bind, Bound, Declared
from listkeeper.shacl.ordering import Key, key_of, less, less_or_equal
from listkeeper.shacl.terms import show

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from listkeeper.shacl.constraints import Run
    from listkeeper.shacl.results import Result
    from listkeeper.shacl.terms import Term


def equals(declared: Declared) -> Bind:
    """Compile sh:equals: a result for each value on one side alone."""
    predicate = declared.iri()

    def bind(run: Run) -> Bound:
        others = run.index.forward(predicate).get

        def check(focus: Term, values: Sequence[Term]) -> Sequence[Result]:
            wanted = others(focus, ())
            odd = [v for v in values if v not in wanted] + [v for v in wanted if v not in values]
            words = f"{{}} is not the value of both this and {show(predicate)}"
            return [declared.result(focus, value, words.format(show(value))) for value in odd]

        return Bound(check)

    return bind


def disjoint(declared: Declared) -> Bind:
    """Compile sh:disjoint: a result for each value on both sides."""
    predicate = declared.iri()

    def bind(run: Run) -> Bound:
        others = run.index.forward(predicate).get

        def check(focus: Term, values: Sequence[Term]) -> Sequence[Result]:
            banned = others(focus, ())
            words = f"is also a value of {show(predicate)}"
            return [
                declared.result(focus, value, f"{show(value)} {words}")
                for value in values
                if value in banned
            ]

        return Bound(check)

    return bind


def _ordered(
    declared: Declared, words: str, holds: Callable[[Key | None, Key | None], bool | None]
) -> Bind:
    predicate = declared.iri()

    def bind(run: Run) -> Bound:
        others = run.index.forward(predicate).get

        def check(focus: Term, values: Sequence[Term]) -> Sequence[Result]:
            bounds = others(focus, ())
            if not bounds:
                return ()
            return [
                declared.result(focus, value, f"{show(value)} is not {words} {show(bound)}")
                for value in values
                for bound in bounds
                if holds(_key(value), _key(bound)) is not True
            ]

        return Bound(check)

    return bind


def _key(term: Term) -> Key | None:
    return key_of(term) if isinstance(term, ox.Literal) else None


less_than = partial(_ordered, words="less than", holds=less)
less_than_or_equals = partial(_ordered, words="less than or equal to", holds=less_or_equal)
