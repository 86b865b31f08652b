"""Results: their messages, their order, and the report graph."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from listkeeper.shacl import Index, compile_shapes, report_graph
from listkeeper.shacl.terms import RDF_TYPE, sh
from shacl_cases import index, validate

WORDS = [
    ("sh:class :C", '"v" is not a <urn:t:C>'),
    ("sh:datatype :D", '"v" is not a well-formed literal of datatype <urn:t:D>'),
    ("sh:nodeKind sh:IRI", '"v" is not of kind IRI'),
    ("sh:minCount 2", "1 values, at least 2 wanted"),
    ("sh:minInclusive 3", '"v" is not at least "3"^^<http://www.w3.org/2001/XMLSchema#integer>'),
    ("sh:minLength 2", '"v" is shorter than 2 characters'),
    ("sh:pattern '^x'", '"v" does not match ^x'),
    ("sh:languageIn ( 'en' 'cy' )", '"v" is in none of the languages en, cy'),
    ("sh:equals :q", '"v" is not the value of both this and <urn:t:q>'),
    ("sh:disjoint :p", '"v" is also a value of <urn:t:p>'),
    ("sh:lessThan :p", '"v" is not less than "v"'),
    ("sh:not [ ]", '"v" conforms to a shape that it must not conform to'),
    ("sh:or ( [ sh:class :C ] )", '"v" does not conform to any of 1 shapes'),
    ("sh:node :N . :N sh:class :C", '"v" does not conform to <urn:t:N>'),
    ("sh:qualifiedMaxCount 0 ; sh:qualifiedValueShape :N",
     "1 values conform to <urn:t:N>, at most 0 allowed"),
    ("sh:hasValue 'w'", 'the value "w" is missing'),
    ("sh:in ( 'a' 'b' )", '"v" is not one of "a", "b"'),
    ("sh:sparql :R . :R sh:select 'SELECT $this { }'", "<urn:t:x> breaks the rule of <urn:t:R>"),
]  # fmt: skip


@pytest.mark.parametrize(("constraint", "words"), WORDS)
def test_each_component_says_what_is_wrong(constraint: str, words: str) -> None:
    """Without a message of the shape, ours is a statement of the fact in words."""
    (result,) = validate(f":shape sh:targetNode :x ; sh:path :p ; {constraint} .", ":x :p 'v' .")
    assert [message.value for message in result.messages] == [words]


def test_the_shapes_messages_replace_ours() -> None:
    """All sh:message values are given, in their languages, with what is known filled in."""
    shapes = """
    :shape sh:targetNode :x ; sh:path :p ; sh:maxLength 2 ;
        sh:message "{$value} of {$this} exceeds {$maxLength} at {?PATH} {$other}"@en, "rhy hir"@cy .
    """
    (result,) = validate(shapes, ":x :p 'long' .")
    assert [str(message) for message in result.messages] == [
        '"long of urn:t:x exceeds 2 at urn:t:p {$other}"@en',
        '"rhy hir"@cy',
    ]


def test_results_come_in_a_stable_order() -> None:
    """The same graphs give the same results in the same order, every time."""
    shapes = compile_shapes(index("""
    :b sh:targetSubjectsOf :p ; sh:property [ sh:path :p ; sh:maxLength 1 ; sh:in ( ) ] ;
       sh:sparql [ sh:select "SELECT $this ?value { $this <urn:t:p> ?value }" ] .
    :a sh:targetNode :z ; sh:in ( ) .
    """))  # fmt: skip
    data = index(":y :p 'two', 'one' . :x :p 'three' .")
    first = shapes.validate(data)
    short = [f"{r.focus_node} {r.value}".replace("urn:t:", "") for r in first]
    assert short[:3] == ["<z> <z>", '<y> "two"', '<y> "one"']
    assert [line.split()[0] for line in short] == ["<z>"] + ["<y>"] * 6 + ["<x>"] * 3
    assert shapes.validate(data) == first


def test_the_report_is_standard() -> None:
    """A report graph reads back as a sh:ValidationReport with every property of the results."""
    shapes = """
    :shape sh:targetNode :x ; sh:path :p ; sh:maxLength 2 ; sh:severity sh:Info ;
        sh:message "m"@en .
    :other sh:targetNode :x ; sh:sparql :rule . :rule sh:select "SELECT $this { }" .
    """
    text = ox.serialize(
        report_graph(validate(shapes, ":x :p 'long' .")), format=ox.RdfFormat.TURTLE
    )
    assert text is not None
    report = Index.parse(text)
    ((conforms,),) = report.forward(sh("conforms")).values()
    assert str(conforms).startswith('"false"')
    second, first = report.instances(sh("ValidationResult"))
    told = {
        predicate.value.rpartition("#")[2]: str(term) for predicate, term in report.about(first)
    }
    assert told == {
        "type": str(sh("ValidationResult")),
        "focusNode": "<urn:t:x>",
        "resultPath": "<urn:t:p>",
        "value": '"long"',
        "sourceShape": "<urn:t:shape>",
        "sourceConstraintComponent": str(sh("MaxLengthConstraintComponent")),
        "resultSeverity": str(sh("Info")),
        "resultMessage": '"m"@en',
    }
    assert [str(t) for t in report.objects(second, sh("sourceConstraint"))] == ["<urn:t:rule>"]


def test_no_results_conform() -> None:
    """An empty report says that the data conform."""
    report = {(str(t.predicate), str(t.object)) for t in report_graph(())}
    assert (str(RDF_TYPE), str(sh("ValidationReport"))) in report
    assert any("conforms" in predicate and "true" in term for predicate, term in report)
