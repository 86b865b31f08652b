"""Which nodes a shape looks at."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from listkeeper.shacl import compile_shapes
from shacl_cases import found, index

DATA = """
:a a :C ; :p :b, 'text' . :d a :Sub . :e :p :f . :Sub rdfs:subClassOf :C .
"""
TARGETS = [
    ("sh:targetNode :a, :nowhere, 'text'", ["a", "nowhere", "text"]),
    ("sh:targetClass :C", ["a", "d"]),
    ("sh:targetClass :Sub", ["d"]),
    ("sh:targetSubjectsOf :p", ["a", "e"]),
    ("sh:targetObjectsOf :p", ["b", "text", "f"]),
    ("sh:targetNode :a ; sh:targetClass :C", ["a", "d"]),
    ("sh:targetClass :Unused", []),
]


@pytest.mark.parametrize(("target", "nodes"), TARGETS)
def test_targets(target: str, nodes: list[str]) -> None:
    """Each kind of target gives its nodes, each once however many targets name it."""
    shapes = f":shape {target} ; sh:in ( ) ."
    assert [focus for focus, _, _, _ in found(shapes, DATA)] == nodes


def test_a_shape_that_is_a_class_targets_its_instances() -> None:
    """An rdfs:Class that is a shape has an implicit target; an rdfs:Class alone has none."""
    shapes = ":C a rdfs:Class, sh:NodeShape ; sh:in ( ) . :Sub a rdfs:Class ; sh:in ( ) ."
    assert [focus for focus, _, _, _ in found(shapes, DATA)] == ["a", "d"]


def test_a_subclass_of_a_shape_class_counts_as_one() -> None:
    """The classes are looked up in the shapes graph, with its subclasses."""
    shapes = """
    :C a :Meta ; sh:in ( ) .
    :Meta rdfs:subClassOf rdfs:Class, sh:NodeShape .
    """
    assert [focus for focus, _, _, _ in found(shapes, DATA)] == ["a", "d"]


def test_only_some_focus_nodes() -> None:
    """`only` limits the focus nodes of targeted shapes, never those of nested shapes."""
    shapes = compile_shapes(
        index(":shape sh:targetClass :C ; sh:property [ sh:path :p ; sh:property :n ] ."
              ":n sh:path :q ; sh:minCount 1 .")
    )  # fmt: skip
    data = index(DATA)
    everything = shapes.validate(data)
    assert [str(r.focus_node) for r in everything] == ["<urn:t:b>", '"text"']
    assert shapes.validate(data, only={ox.NamedNode("urn:t:a")}) == everything
    assert shapes.validate(data, only={ox.NamedNode("urn:t:d")}) == ()


def test_shapes_are_compiled_once_for_many_graphs() -> None:
    """One compiled shapes graph validates graph after graph, triples or an index."""
    shapes = compile_shapes(index(":shape sh:targetSubjectsOf :p ; sh:in ( ) ."))
    for text, count in ((DATA, 2), (":z :p 1 .", 1), ("", 0)):
        assert len(shapes.validate(index(text))) == count
        assert len(shapes.validate(list(index(text)))) == count


def test_imports_are_told_never_fetched() -> None:
    """What owl:imports names is left to the caller."""
    shapes = compile_shapes(index("<urn:s> owl:imports <http://example.org/more> ."))
    assert shapes.imports == ("<http://example.org/more>",)
