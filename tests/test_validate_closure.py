"""Reaching, being the same and going in a circle, against the plainest way to work them out."""

from __future__ import annotations

from itertools import pairwise, product
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from listkeeper.validate.closure import Closure, classes_of, cycles

NODES: Final = st.integers(0, 6)
EDGES: Final = st.lists(st.tuples(NODES, NODES), max_size=14)


def reached(edges: list[tuple[int, int]]) -> set[tuple[int, int]]:
    """Add what follows from two pairs until nothing is added."""
    found = set(edges)
    while True:
        more = {(a, d) for (a, b), (c, d) in product(found, found) if b == c} | found
        if more == found:
            return found
        found = more


@given(EDGES)
def test_closure_is_the_transitive_closure(edges: list[tuple[int, int]]) -> None:
    """A node leads to another just when a chain of edges does."""
    closure, expected = Closure(edges), reached(edges)

    for pair in product(range(7), range(7)):
        assert closure.leads(*pair) == (pair in expected)


@given(EDGES)
def test_classes_are_those_of_the_equivalence(edges: list[tuple[int, int]]) -> None:
    """Two nodes have one representative just when edges of either direction join them."""
    same = classes_of(edges)
    expected = reached([*edges, *((b, a) for a, b in edges)])

    for a, b in product(same, same):
        assert (same[a] == same[b]) == (a == b or (a, b) in expected)


@given(EDGES)
def test_circles_are_circles_and_none_is_missed(edges: list[tuple[int, int]]) -> None:
    """Each circle given is one; where any node reaches itself, some circle is given."""
    found = list(cycles(edges))

    assert all(way[0] == way[-1] and set(pairwise(way)) <= set(edges) for way in found)
    assert bool(found) == any(a == b for a, b in reached(edges))


def test_depth_is_no_limit() -> None:
    """A hierarchy of a hundred thousand levels is walked like any other."""
    chain = [(n, n + 1) for n in range(100_000)]

    assert Closure(chain).leads(0, 100_000)
    assert list(cycles(chain)) == []
    assert len(next(cycles([*chain, (100_000, 0)]))) == 100_002
