"""Compiled shapes bound to one data graph."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, compress
from operator import not_
from typing import TYPE_CHECKING

from listkeeper.shacl.paths import values_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from listkeeper.shacl.constraints import Bound, Shape, Sieve, Test
    from listkeeper.shacl.index import Index
    from listkeeper.shacl.paths import Values
    from listkeeper.shacl.results import Result
    from listkeeper.shacl.sparql_store import QueryStore
    from listkeeper.shacl.terms import Term


@dataclass(frozen=True, slots=True)
class BoundShape:
    """One shape and one data graph."""

    find: Values
    """From a focus node to its value nodes."""
    constraints: tuple[Bound, ...]

    def results(self, node: Term) -> Sequence[Result]:
        """Give all results of a focus node."""
        values = self.find(node)
        return [
            result for constraint in self.constraints for result in constraint.check(node, values)
        ]

    def conforms(self, node: Term) -> bool:
        """Say whether a node conforms, stopping at the first result."""
        values = self.find(node)
        return not any(_breaks(constraint, node, values) for constraint in self.constraints)

    def failing(self, nodes: Collection[Term]) -> set[Term]:
        """Give those of many nodes that have results.

        Most nodes of most graphs conform. Each distinct value is judged once for all nodes, and
        only the nodes that have a bad one need to be looked at one by one.
        """
        columns = list(map(self.find, nodes))
        distinct = dict.fromkeys(chain.from_iterable(columns))
        counts = set(map(len, columns))
        bad: set[Term] = set()
        bad_counts: set[int] = set()
        found: set[Term] = set()
        for constraint in self.constraints:
            if constraint.bad_values is not None:
                bad.update(constraint.bad_values(distinct))
            elif constraint.bad_count is not None:
                bad_counts.update(filter(constraint.bad_count, counts))
            else:
                found.update(compress(nodes, map(constraint.check, nodes, columns)))
        if bad:
            found.update(compress(nodes, map(not_, map(bad.isdisjoint, columns))))
        if bad_counts:
            found.update(compress(nodes, map(bad_counts.__contains__, map(len, columns))))
        return found


def _breaks(constraint: Bound, node: Term, values: Sequence[Term]) -> bool:
    if constraint.bad_values is not None:
        return any(True for _ in constraint.bad_values(values))
    if constraint.bad_count is not None:
        return constraint.bad_count(len(values))
    return bool(constraint.check(node, values))


class BoundShapes:
    """One validation: each shape is bound once, when first needed."""

    def __init__(self, index: Index, store: QueryStore) -> None:
        """Start with no shape bound."""
        self.index = index
        self.store = store
        self._bound: dict[Shape, BoundShape] = {}

    def results(self, shape: Shape) -> Callable[[Term], Sequence[Result]]:
        """Give the function from a focus node to its results."""
        return self._shape(shape).results

    def conforms(self, shape: Shape) -> Test:
        """Give the function that says whether a node conforms."""
        return self._shape(shape).conforms

    def failing(self, shape: Shape) -> Sieve:
        """Give the function that gives those of many nodes that have results."""
        return self._shape(shape).failing

    def _shape(self, shape: Shape) -> BoundShape:
        made = self._bound.get(shape)
        if made is None:
            path = shape.head.path
            made = self._bound[shape] = BoundShape(
                _itself if path is None else values_of(path, self.index),
                tuple(bind(self) for bind in shape.constraints),
            )
        return made


def _itself(node: Term) -> Sequence[Term]:
    return (node,)
