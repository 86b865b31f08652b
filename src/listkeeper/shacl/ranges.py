"""Value ranges: sh:minInclusive, sh:minExclusive, sh:maxInclusive, sh:maxExclusive.

https://www.w3.org/TR/shacl/#core-components-range
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pyoxigraph as ox

from listkeeper.shacl.constraints import Bind, Declared, on_values
from listkeeper.shacl.ordering import Key, key_of, less, less_or_equal
from listkeeper.shacl.terms import Term, show

if TYPE_CHECKING:
    from collections.abc import Callable


def _bounded(declared: Declared, words: str, holds: Callable[[Key | None, Key], bool]) -> Bind:
    bound = key_of(declared.literal())
    if bound is None:
        raise declared.ill_formed("a literal that has an order")

    def ok(value: Term) -> bool:
        return isinstance(value, ox.Literal) and holds(key_of(value), bound)

    return on_values(declared, ok, f"is not {words} {show(declared.value)}")


def _at_least(value: Key | None, bound: Key) -> bool:
    return less_or_equal(bound, value) is True


def _more(value: Key | None, bound: Key) -> bool:
    return less(bound, value) is True


def _at_most(value: Key | None, bound: Key) -> bool:
    return less_or_equal(value, bound) is True


def _less(value: Key | None, bound: Key) -> bool:
    return less(value, bound) is True


min_inclusive = partial(_bounded, words="at least", holds=_at_least)
min_exclusive = partial(_bounded, words="more than", holds=_more)
max_inclusive = partial(_bounded, words="at most", holds=_at_most)
max_exclusive = partial(_bounded, words="less than", holds=_less)
