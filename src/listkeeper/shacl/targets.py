"""Targets, which say what nodes a shape is about: https://www.w3.org/TR/shacl/#targets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import pyoxigraph as ox

from listkeeper.shacl.core import PARAMETERS
from listkeeper.shacl.errors import ShapesError
from listkeeper.shacl.terms import RDF_TYPE, RDFS_CLASS, Node, Term, sh, show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from listkeeper.shacl.index import Index

Target: TypeAlias = "Callable[[Index], Iterable[Term]]"


def _node(term: Term) -> Target:
    return lambda _index: (term,)


def _instances(term: Term) -> Target:
    return lambda index: index.instances(term)


def _subjects(term: Term) -> Target:
    predicate = _predicate(term)
    return lambda index: index.forward(predicate)


def _objects(term: Term) -> Target:
    predicate = _predicate(term)
    return lambda index: index.inverse(predicate)


def _predicate(term: Term) -> ox.NamedNode:
    if isinstance(term, ox.NamedNode):
        return term
    raise ShapesError(f"a target {show(term)} is not a predicate's IRI")


_KINDS: Final = (
    (sh("targetNode"), _node),
    (sh("targetClass"), _instances),
    (sh("targetSubjectsOf"), _subjects),
    (sh("targetObjectsOf"), _objects),
)
_SHAPE_CLASSES: Final = (sh("NodeShape"), sh("PropertyShape"))


def shapes_with_targets(shapes: Index) -> tuple[Node, ...]:
    """Give the shapes that have targets: by IRI, then the blank nodes as they came."""
    found = dict.fromkeys(shapes.forward(RDF_TYPE))
    for predicate, _ in _KINDS:
        found.update(dict.fromkeys(shapes.forward(predicate)))
    named: list[Node] = [node for node in found if isinstance(node, ox.NamedNode)]
    blank: list[Node] = [node for node in found if isinstance(node, ox.BlankNode)]
    return tuple(shape for shape in (*sorted(named, key=str), *blank) if targets(shapes, shape))


def targets(shapes: Index, shape: Node) -> tuple[Target, ...]:
    """Read a shape's targets; a shape that is a class also targets its instances."""
    declared = [
        make(term) for predicate, make in _KINDS for term in shapes.objects(shape, predicate)
    ]
    if _is_class_and_shape(shapes, shape):
        declared.append(_instances(shape))
    return tuple(declared)


def _is_class_and_shape(shapes: Index, shape: Node) -> bool:
    return _is_any(shapes, shape, _SHAPE_CLASSES) and _is_any(shapes, shape, (RDFS_CLASS,))


def _is_any(shapes: Index, node: Term, classes: Iterable[Term]) -> bool:
    types = shapes.objects(node, RDF_TYPE)
    return any(not shapes.subclasses(cls).isdisjoint(types) for cls in classes)


def looks_like_a_shape(shapes: Index, node: Term) -> bool:
    """Say whether a node is meant as a shape: by its class, its targets or its parameters.

    https://www.w3.org/TR/shacl/#shapes
    """
    if _is_any(shapes, node, _SHAPE_CLASSES):
        return True
    marks = (
        *(predicate for predicate, _ in _KINDS),
        sh("path"),
        sh("sparql"),
        *map(sh, PARAMETERS),
    )
    return any(node in shapes.forward(mark) for mark in marks)


def focus_nodes(declared: Iterable[Target], index: Index) -> dict[Term, None]:
    """Give the focus nodes of some targets in a data graph, each once."""
    return {node: None for target in declared for node in target(index)}
