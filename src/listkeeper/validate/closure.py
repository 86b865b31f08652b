"""What follows from edges over and over: reaching, being the same, going in a circle.

All of it is iterative and takes time in proportion to the edges looked at, so that a hostile
hierarchy ten thousand levels deep is checked like any other.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    Edges = Iterable[tuple[Any, Any]]


class Closure:
    """The transitive closure of some edges, looked up node by node.

    >>> above = Closure([("c", "b"), ("b", "a")])
    >>> above.leads("c", "a"), above.leads("a", "c")
    (True, False)
    """

    def __init__(self, edges: Edges) -> None:
        """Take the edges, each from a node to the next."""
        self._next = _following(edges)
        self._reached: dict[Hashable, frozenset[Hashable]] = {}

    def leads(self, start: Hashable, end: Hashable) -> bool:
        """Say whether one or more edges lead from a node to another."""
        if start not in self._reached:
            self._reached[start] = frozenset(self._walk(start))
        return end in self._reached[start]

    def _walk(self, start: Hashable) -> set[Hashable]:
        seen: set[Hashable] = set()
        ahead = list(self._next.get(start, ()))
        while ahead:
            node = ahead.pop()
            if node not in seen:
                seen.add(node)
                ahead.extend(self._next.get(node, ()))
        return seen


def classes_of(edges: Edges) -> Mapping[Any, Any]:
    """Give each node one node that stands for all it is the same as.

    The edges are read as symmetric and transitive.

    >>> same = classes_of([("a", "b"), ("c", "b"), ("d", "e")])
    >>> same["a"] == same["c"], same["a"] == same["d"]
    (True, False)
    """
    beside = _following(pair for start, end in edges for pair in ((start, end), (end, start)))
    standing: dict[Any, Any] = {}
    for node in beside:
        ahead = [] if node in standing else [node]
        while ahead:
            other = ahead.pop()
            if other not in standing:
                standing[other] = node
                ahead.extend(beside[other])
    return standing


def cycles(edges: Edges) -> Iterator[tuple[Any, ...]]:
    """Give circles among the edges: at least one for each group of nodes that has any.

    Each begins and ends with the same node.

    >>> list(cycles([("a", "b"), ("b", "a"), ("b", "c")]))
    [('a', 'b', 'a')]
    """
    following = _following(edges)
    done: set[Any] = set()
    for start in following:
        if start not in done:
            yield from _circles_from(start, following, done)


def _circles_from(
    start: Any,  # noqa: ANN401 - any node will do
    following: Mapping[Any, Sequence[Any]],
    done: set[Any],
) -> Iterator[tuple[Any, ...]]:
    """Walk in depth, keeping the way; an edge back to a node on the way closes a circle."""
    way: dict[Any, Iterator[Any]] = {start: iter(following[start])}
    while way:
        node, ahead = next(reversed(way.items()))
        step = next((n for n in ahead if n in way or n not in done), None)
        if step is None:
            del way[node]
            done.add(node)
        elif step in way:
            nodes = list(way)
            yield (*nodes[nodes.index(step) :], step)
        else:
            way[step] = iter(following.get(step, ()))


def _following(edges: Edges) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for start, end in edges:
        found[start].append(end)
    return dict(found)
