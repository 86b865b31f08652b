"""Property paths: https://www.w3.org/TR/shacl/#property-paths.

A path is a predicate or one of the records below. It is read from the shapes graph once, and
then followed over data, written as RDF in a report, and written as SPARQL for ``$PATH``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from listkeeper.shacl.errors import Refused, ShapesError
from listkeeper.shacl.index import Index, Objects, reachable
from listkeeper.shacl.terms import RDF_FIRST, RDF_REST, Term, sh, show

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True)
class Inverse:
    """A path followed from object to subject."""

    path: Path


@dataclass(frozen=True, slots=True)
class Steps:
    """Paths followed one after the other."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Paths of which any one is followed."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class ZeroOrMore:
    """A path followed any number of times."""

    path: Path


@dataclass(frozen=True, slots=True)
class OneOrMore:
    """A path followed at least once."""

    path: Path


@dataclass(frozen=True, slots=True)
class ZeroOrOne:
    """A path followed once or not at all."""

    path: Path


Path: TypeAlias = ox.NamedNode | Inverse | Steps | Choice | ZeroOrMore | OneOrMore | ZeroOrOne
Values: TypeAlias = "Callable[[Term], Sequence[Term]]"

_WRAPPERS = (
    (sh("inversePath"), Inverse),
    (sh("zeroOrMorePath"), ZeroOrMore),
    (sh("oneOrMorePath"), OneOrMore),
    (sh("zeroOrOnePath"), ZeroOrOne),
)
_FEWEST = 2
_DEEPEST = 30


def read_path(shapes: Index, node: Term, within: tuple[Term, ...] = ()) -> Path:
    """Read the path a node stands for; raises ShapesError where it is ill-formed.

    A node that is a list is a sequence, whatever else is said of it (the W3C suite asks so).
    """
    if isinstance(node, ox.NamedNode):
        return node
    if node in within:
        raise ShapesError(f"the path {show(node)} contains itself")
    if len(within) == _DEEPEST:
        raise Refused(f"the path {show(within[0])} is nested more than {_DEEPEST} deep")
    inner = (*within, node)
    if shapes.objects(node, RDF_REST) or shapes.objects(node, RDF_FIRST):
        return Steps(_read_members(shapes, node, inner))
    for head in shapes.objects(node, sh("alternativePath")):
        return Choice(_read_members(shapes, head, inner))
    for predicate, wrapper in _WRAPPERS:
        for part in shapes.objects(node, predicate):
            return wrapper(read_path(shapes, part, inner))
    raise ShapesError(f"{show(node)} is not a property path")


def _read_members(shapes: Index, head: Term, within: tuple[Term, ...]) -> tuple[Path, ...]:
    members = tuple(read_path(shapes, member, within) for member in shapes.members(head))
    if len(members) < _FEWEST:
        raise ShapesError(f"the path {show(head)} needs at least two members")
    return members


def values_of(path: Path, index: Index) -> Values:
    """Make the function from a focus node to its value nodes, each once."""
    match path:
        case ox.NamedNode():
            return _lookup(index.forward(path))
        case Inverse(ox.NamedNode() as predicate):
            return _lookup(index.inverse(predicate))
        case Inverse(inner):
            return values_of(_reversed(inner), index)
        case Steps(paths) | Choice(paths):
            join = _in_turn if isinstance(path, Steps) else _any_of
            return join([values_of(each, index) for each in paths])
    return _REPEATING[type(path)](values_of(path.path, index))


def _lookup(objects: Objects) -> Values:
    find = objects.get
    return lambda node: find(node, ())


def _in_turn(steps: Sequence[Values]) -> Values:
    def follow(node: Term) -> Sequence[Term]:
        nodes: Sequence[Term] = (node,)
        for step in steps:
            nodes = tuple(dict.fromkeys(found for each in nodes for found in step(each)))
        return nodes

    return follow


def _any_of(steps: Sequence[Values]) -> Values:
    return lambda node: tuple(dict.fromkeys(found for step in steps for found in step(node)))


def _zero_or_more(step: Values) -> Values:
    return lambda node: tuple(reachable(node, step))


def _zero_or_one(step: Values) -> Values:
    return lambda node: tuple(dict.fromkeys((node, *step(node))))


def _one_or_more(step: Values) -> Values:
    def follow(node: Term) -> Sequence[Term]:
        firsts = step(node)
        return tuple(dict.fromkeys(found for first in firsts for found in reachable(first, step)))

    return follow


_REPEATING = {ZeroOrMore: _zero_or_more, OneOrMore: _one_or_more, ZeroOrOne: _zero_or_one}


def _reversed(path: Path) -> Path:
    match path:
        case ox.NamedNode():
            return Inverse(path)
        case Inverse(inner):
            return inner
        case Steps(paths):
            return Steps(tuple(_reversed(each) for each in reversed(paths)))
        case Choice(paths):
            return Choice(tuple(_reversed(each) for each in paths))
    return type(path)(_reversed(path.path))


_SPARQL = {Inverse: "^({})", ZeroOrMore: "({})*", OneOrMore: "({})+", ZeroOrOne: "({})?"}


def path_text(path: Path) -> str:
    """Write a path as SPARQL does.

    >>> path_text(Steps((ox.NamedNode("urn:p"), Inverse(ox.NamedNode("urn:q")))))
    '(<urn:p>)/(^(<urn:q>))'
    """
    match path:
        case ox.NamedNode():
            return str(path)
        case Steps(paths):
            return "/".join(f"({path_text(each)})" for each in paths)
        case Choice(paths):
            return "|".join(f"({path_text(each)})" for each in paths)
    return _SPARQL[type(path)].format(path_text(path.path))
