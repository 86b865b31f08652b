"""What cannot be validated is said by name: ill-formed, forbidden, or beyond the engine."""

from __future__ import annotations

import pytest

from listkeeper.shacl import (
    Failure,
    Recursive,
    Refused,
    ShaclError,
    ShapesError,
    compile_shapes,
)
from shacl_cases import index, validate

PROPERTY = ":shape sh:targetNode :x ; sh:path :p ; "
ILL_FORMED = [
    (PROPERTY + "sh:minCount 'one'", 'sh:minCount "one" is not an xsd:integer'),
    (PROPERTY + "sh:minCount 1, 2", "several values of sh:minCount"),
    (PROPERTY + "sh:datatype 'date'", 'sh:datatype "date" is not an IRI'),
    (PROPERTY + "sh:nodeKind sh:Iri", "one of the six node kinds"),
    (PROPERTY + "sh:pattern :p", "sh:pattern .* is not a literal"),
    (PROPERTY + "sh:in :p", "sh:in .* is not a well-formed list"),
    (PROPERTY + "sh:in _:l . _:l rdf:first 1 ; rdf:rest _:l", "not a well-formed list"),
    (PROPERTY + "sh:languageIn ( :en )", "a list of language ranges"),
    (PROPERTY + "sh:minInclusive 'a'@en", "a literal that has an order"),
    (PROPERTY + "sh:minInclusive :a", "is not a literal"),
    (PROPERTY + "sh:message :text", "sh:message .* is not a literal"),
    (PROPERTY + "sh:severity 'bad'", "sh:severity .* is not an IRI"),
    (PROPERTY + "sh:deactivated true, false", "2 values of deactivated"),
    (PROPERTY + "sh:node 'text'", "is used as a shape"),
    (PROPERTY + "sh:property :other", "it has no sh:path"),
    (PROPERTY + "sh:node [ sh:path :q ]", "it has a sh:path"),
    (PROPERTY + "sh:property [ sh:path :q ; sh:closed true ; sh:ignoredProperties ( 'a' ) ]",
     "lists a non-IRI"),
    (PROPERTY + "sh:sparql 'SELECT'", "is not a constraint"),
    (PROPERTY + "sh:sparql :rule", "is missing or no string"),
    (PROPERTY + "sh:sparql [ sh:select 'SELECT $this {' ]", "is not SPARQL"),
    (PROPERTY + "sh:sparql [ sh:select 'SELECT $this { $this t:p 1 }' ]", "is not SPARQL"),
    (PROPERTY + "sh:sparql [ sh:select 'ASK { }' ]", "is not a SELECT"),
    (PROPERTY + "sh:sparql [ sh:select 'SELECT ?x { ?x ?y $this }' ]", r"does not return \$this"),
    (PROPERTY + "sh:sparql [ sh:select 'SELECT * {}' ]", r"does not return \$this"),
    (PROPERTY + "sh:sparql [ sh:prefixes :a, :b ; sh:select 'SELECT $this {}' ] ."
     ":a sh:declare [ sh:prefix 'p' ; sh:namespace 'urn:1' ] ."
     ":b sh:declare [ sh:prefix 'p' ; sh:namespace 'urn:2' ]", "declares the prefix p once more"),
    (PROPERTY + "sh:sparql [ sh:prefixes :a ; sh:select 'SELECT $this {}' ] ."
     ":a sh:declare [ sh:prefix 'p' ]", "declares no prefix and namespace"),
    (":shape sh:targetNode :x ; sh:minCount 1", "sh:minCount on a node shape"),
    (":shape sh:targetNode :x ; sh:lessThan :p", "sh:lessThan on a node shape"),
    (":shape sh:targetSubjectsOf 'p'", "is not a predicate's IRI"),
    (":C a sh:ConstraintComponent ; sh:parameter [ sh:path 'p' ] . :shape sh:targetNode :x",
     "has no IRI as path"),
    (":C a sh:ConstraintComponent ; sh:parameter [ sh:path :value ] . :shape sh:targetNode :x",
     "'value' cannot name a parameter"),
    (":C a sh:ConstraintComponent . :shape sh:targetNode :x", "no parameter that is not optional"),
    ((":C a sh:ConstraintComponent ; sh:parameter [ sh:path :a ] , [ sh:path :b ] ."
     ":shape sh:targetNode :x ; :a 1, 2 ; :b 3"), "several values of a"),
]  # fmt: skip

SPARQL = PROPERTY + 'sh:sparql [ sh:select """%s""" ]'
FAILURES = [
    (SPARQL % "SELECT $this { $this ?p ?o MINUS { $this ?p 1 } }", "MINUS"),
    (SPARQL % "SELECT $this { VALUES ?a { 1 } }", "VALUES"),
    (SPARQL % "SELECT $this { } VALUES ?a { 1 }", "VALUES"),
    (SPARQL % "SELECT $this { FILTER EXISTS { VALUES ?a { 1 } } }", "VALUES"),
    (SPARQL % "SELECT $this { SERVICE <urn:s> { ?a ?b ?c } }", "SERVICE"),
    (SPARQL % "SELECT $this { BIND(1 AS $this) }", r"assigns the pre-bound variable \?this"),
    (SPARQL % "SELECT (1 AS $this) { }", r"assigns the pre-bound variable \?this"),
    (SPARQL % "SELECT $this { { SELECT (1 AS ?currentShape) $this { $this ?p ?o } } }",
     r"assigns the pre-bound variable \?currentShape"),
    (SPARQL % "SELECT $this { { SELECT ?a { ?a ?b ?c } } }", r"does not return \?this"),
    (SPARQL % "SELECT $this { { SELECT * { FILTER($this = 1) } } }", r"does not return \?this"),
    (SPARQL % "SELECT $this { FILTER EXISTS { SELECT ?a { ?a ?b ?c } } }", r"return \?this"),
    (":shape sh:targetNode :x . <urn:g> sh:entailment <urn:rdfs>", "entailment regime <urn:rdfs>"),
    ((":C a sh:ConstraintComponent ; sh:parameter [ sh:path :a ] ; sh:validator ["
     " sh:ask 'ASK { { SELECT $this $value { FILTER($value = $a && $value = $this) } } }' ] ."
     ":shape sh:targetNode :x ; :a 1"), r"does not return \?a"),
]  # fmt: skip

RECURSIVE = [
    (PROPERTY + "sh:node :shape", "recursive shapes: <urn:t:shape> > <urn:t:shape>"),
    (PROPERTY + "sh:not [ sh:or ( [ sh:node :shape ] ) ]", "recursive shapes"),
]

REFUSALS = [
    (":shape sh:targetNode :x ; sh:target [ sh:ask 'ASK {}' ]", "sh:target is not of SHACL Core"),
    (":shape a sh:NodeShape ; sh:rule [ ]", "sh:rule is not of"),
    (PROPERTY + "sh:js [ ]", "sh:js is not of"),
    (PROPERTY + "sh:node [ sh:minimumCount 1 ]", "sh:minimumCount is not of"),
    (PROPERTY + "sh:property [ sh:path :q ; sh:minimumCount 1 ]", "sh:minimumCount is not of"),
    (PROPERTY + "sh:sparql [ sh:select 'SELECT $this {}' ; sh:resultAnnotation [] ]",
     "sh:resultAnnotation is not of"),
    (PROPERTY + r"sh:pattern '\\w+'", r"<urn:t:shape>: pattern"),
    (PROPERTY + "sh:pattern 'a' ; sh:flags 'g'", "flag 'g'"),
    (SPARQL % "SELECT $this FROM <urn:g> { $this ?p ?o }", "uses FROM"),
    (SPARQL % "SELECT $this { GRAPH ?g { $this ?p ?o } }", "GRAPH with other than"),
    (SPARQL % "SELECT $this { GRAPH <urn:g> { $this ?p ?o } }", "GRAPH with other than"),
    (SPARQL % "SELECT $this { FILTER(<urn:own>($this)) }", "custom function <urn:own> is not"),
    (SPARQL % "SELECT $this { FILTER NOT EXISTS { ?a ?b ?c FILTER(<urn:own>(?c)) } }",
     "custom function <urn:own> is not"),
    (":shape sh:targetNode :x ; sh:sparql [ sh:select 'SELECT $this { $this $PATH ?v }' ]",
     "PATH on a node shape"),
    ((":C a sh:ConstraintComponent ; sh:parameter [ sh:path :a ] ; sh:propertyValidator [ ] ."
     ":shape sh:targetNode :x ; :a 1"), "has no validator for"),
    ((":C a sh:ConstraintComponent ; sh:parameter [ sh:path :a ] ; sh:validator ["
     " sh:jsFunctionName 'f' ] . :shape sh:targetNode :x ; :a 1"), "sh:jsFunctionName is not of"),
]  # fmt: skip

DEEP = "".join(f":s{n} sh:not :s{n + 1} ." for n in range(5000))
DEEP_PATH = "".join(f"_:p{n} sh:inversePath _:p{n + 1} ." for n in range(5000))
HOSTILE = [
    (DEEP + ":s0 sh:targetNode :x", "more than 60 deep"),
    (DEEP_PATH + ":s sh:targetNode :x ; sh:path _:p0", "more than 30 deep"),
    (SPARQL % ("SELECT $this { " + "{" * 100 + "$this ?p 1" + "}" * 100 + "}"), "its parser says"),
]
TABLE = [
    *((shapes, Refused, reason) for shapes, reason in HOSTILE),
    *((shapes, ShapesError, reason) for shapes, reason in ILL_FORMED),
    *((shapes, Failure, reason) for shapes, reason in FAILURES),
    *((shapes, Refused, reason) for shapes, reason in REFUSALS),
    *((shapes, Recursive, reason) for shapes, reason in RECURSIVE),
]


@pytest.mark.parametrize(("shapes", "kind", "reason"), TABLE)
def test_said_by_name_when_compiled(shapes: str, kind: type[ShaclError], reason: str) -> None:
    """Compiling ends with an error that names the shape and the reason."""
    with pytest.raises(kind, match=reason) as raised:
        compile_shapes(index(shapes + " ."))
    assert type(raised.value) is kind


LEXICAL = [
    "SELECT $this { $this :p ?v FILTER(STR(?v) = '1') }",
    "SELECT $this { $this :p ?v FILTER(xsd:string(?v) = '1') }",
    "SELECT $this { $this :p ?v FILTER(DATATYPE(?v) = xsd:integer) }",
    "SELECT $this { $this :p ?v . ?other :q ?v }",
    "SELECT $this { $this :p 1 }",
    "SELECT $this (SAMPLE(?v) AS ?s) { $this :p ?v } GROUP BY $this",
]


@pytest.mark.parametrize("query", LEXICAL)
@pytest.mark.parametrize(("value", "refused"), [("01", True), ("1", False), ("'01'", False)])
def test_queries_about_forms_are_refused_over_rewritten_literals(
    query: str, value: str, *, refused: bool
) -> None:
    """The SPARQL engine turns 01 into 1: where that could show, there is no answer."""
    shapes = f"""
    :shape sh:targetNode :x ; sh:sparql [ sh:prefixes <urn:t> ; sh:select "{query}" ] .
    <urn:t> sh:declare [ sh:prefix '' ; sh:namespace 'urn:t:' ] ,
        [ sh:prefix 'xsd' ; sh:namespace 'http://www.w3.org/2001/XMLSchema#' ] .
    """
    if refused:
        with pytest.raises(Refused, match='the SPARQL engine rewrites "01"'):
            validate(shapes, f":x :p {value} .")
    else:
        validate(shapes, f":x :p {value} .")


def test_deactivated_shapes_are_not_looked_into() -> None:
    """Nothing is refused in a shape that is switched off."""
    validate(PROPERTY + "sh:deactivated true ; sh:pattern '(' .", "")


def test_unknown_terms_away_from_shapes_do_not_matter() -> None:
    """Data may use SHACL's namespace as they like."""
    assert validate(":data sh:nodeShape :a . :shape sh:targetNode :x .", "") == ()
