"""SPARQL-based constraints: what they report, and what is bound before they run."""

from __future__ import annotations

import pytest

from listkeeper.shacl import Failure
from shacl_cases import found, validate

QUERIES = [
    # the query, the results expected over DATA for the focus nodes :a, :b, :none and 'text'
    ("SELECT $this ?value { $this :p ?value }", ["a 1", "a 2", "b 2"]),
    ("SELECT ?this { ?this :p 2 }", ["a a", "b b"]),
    ("SELECT * { $this :p ?value }", ["a 1", "a 2", "b 2"]),
    ("SELECT $this { FILTER($this = :a) }", ["a a"]),
    ("SELECT $this { FILTER(isLiteral($this)) }", ["text text"]),
    ("SELECT $this { FILTER bound($this) }", ["a a", "b b", "none none", "text text"]),
    ("SELECT $this { BIND($this AS ?that) FILTER(?that = :b) }", ["b b"]),
    ("SELECT $this ?value { { FILTER($this = :a) BIND(7 AS ?value) } UNION { $this :q ?value } }",
     ["a 7", "b 9"]),
    ("SELECT $this { OPTIONAL { $this :p ?v } FILTER(!bound(?v)) }", ["none none", "text text"]),
    ("SELECT $this { { FILTER($this = :a) } FILTER(true) }", ["a a"]),
    ("SELECT $this { { { SELECT $this { FILTER($this = :b) } } } }", ["b b"]),
    ("SELECT $this { $this :p ?v FILTER NOT EXISTS { ?x :q ?y FILTER(?x = $this) } }",
     ["a a", "a a"]),
    ("SELECT $this ?value { $this :p ?value . OPTIONAL { ?value :q $this } FILTER(?value > 1) }",
     ["a 2", "b 2"]),
    ("SELECT $this ?value { $this :p/^:p ?value FILTER(?value != $this) }", ["a b", "b a"]),
    ("SELECT $this ?value { $this :p ?value } ORDER BY ?value LIMIT 1", ["a 1", "b 2"]),
    ("SELECT $this (COUNT(?v) AS ?value) { $this :p ?v } GROUP BY $this HAVING(COUNT(?v) > 1)",
     ["a 2"]),
    ("SELECT $this ?value { { SELECT $this (MAX(?v) AS ?value) { $this :p ?v } GROUP BY $this } }",
     ["a 2", "b 2"]),
    ("SELECT $this ?value { ?x :q ?value FILTER(?x != $this && $this = :a) }", ["a 9"]),
    ("SELECT $this { { SELECT $this (SUM(?v) AS ?n) { $this :p ?v } GROUP BY $this LIMIT 1 } }",
     ["a a", "b b"]),
    ("SELECT $this { { SELECT * { $this :p ?v FILTER(?v < 2) } } }", ["a a"]),
    ("SELECT $this ?value { ?x :none* ?value FILTER($this = :a && isIRI(?value)) }",
     ["a a", "a b"]),
    ("SELECT $this { { SELECT * { { $this :q ?v } UNION { $this :p 1 } } } }", ["a a", "b b"]),
    ("SELECT $this { { SELECT * { OPTIONAL { $this :q ?v } FILTER(bound(?v)) } } }", ["b b"]),
    ("SELECT $this { { SELECT * { { SELECT $this { $this :q ?v } } BIND(1 AS ?one) } } }",
     ["b b"]),
    ("select $this { $this :p ?v . # a comment with { and $this\n FILTER(?v < 2) }", ["a a"]),
    ("SELECT $this { $this :p ?v FILTER('{ $this' != '}' && ?v = 1) }", ["a a"]),
]  # fmt: skip
DATA = ":a :p 1, 2 . :b :p 2 ; :q 9 ."
PREFIX = "<urn:t> sh:declare [ sh:prefix '' ; sh:namespace 'urn:t:' ] ."


def constraint(query: str, more: str = "") -> str:
    """Write a shape with one SPARQL constraint on four focus nodes."""
    return f'''
    :shape sh:targetNode :a, :b, :none, "text" ; sh:sparql :rule {more} .
    :rule sh:prefixes <urn:t> ; sh:select """{query}""" .
    {PREFIX}
    '''


@pytest.mark.parametrize(("query", "expected"), QUERIES)
def test_each_solution_is_a_result(query: str, expected: list[str]) -> None:
    """$this has the focus node's value in every group, however the query is run."""
    results = found(constraint(query), DATA)
    assert [f"{focus} {value}" for focus, _, value, _ in results] == expected
    assert {component for _, _, _, component in results} == {"SPARQL"}


@pytest.mark.parametrize(("query", "expected"), QUERIES)
def test_nested_shapes_ask_node_by_node(query: str, expected: list[str]) -> None:
    """Where the focus nodes are not known beforehand, each is asked for: the results agree."""
    shapes = constraint(query).replace(
        ":shape sh:targetNode", ":outer sh:path :has ; sh:property :inner ; sh:targetNode"
    )
    shapes = shapes.replace("sh:sparql :rule", "").replace(':a, :b, :none, "text"', ":top")
    shapes = shapes.replace("sh:property :inner", "sh:node :mid") + ":mid sh:sparql :rule ."
    results = found(shapes, DATA + ':top :has :a, :b, :none, "text" .')
    assert [value for _, _, value, _ in results] == list(
        dict.fromkeys(line.split()[0] for line in expected)
    )


def test_values_of_the_solution_make_the_result() -> None:
    """?value, ?path and ?message of a solution are the result's."""
    query = "SELECT $this ?value ?path ('odd'@en AS ?message) { $this ?path ?value }"
    (first, *_) = validate(constraint(query, "; sh:message 'not this'"), DATA)
    assert str(first.path) == "<urn:t:p>"
    assert str(first.value).startswith('"1"')
    assert [str(message) for message in first.messages] == ['"odd"@en']
    assert str(first.source_constraint) == "<urn:t:rule>"


def test_messages_are_filled_in_from_the_solution() -> None:
    """{$this} and {?other} become the values of a solution, whatever the number of languages."""
    shapes = constraint("SELECT $this ?n { $this :q ?n }", "; sh:message 'the shape says'")
    shapes += ":rule sh:message '{$this} has {?n}, {?unknown}'@en, '{?n}'@cy ."
    (result,) = validate(shapes, DATA)
    assert [str(m) for m in result.messages] == ['"urn:t:b has 9, {?unknown}"@en', '"9"@cy']


def test_the_shapes_message_stands_in() -> None:
    """Where the constraint has no message, the shape's is used."""
    (result,) = validate(
        constraint("SELECT $this { $this :q 9 }", "; sh:message '{$this} is bad'"), DATA
    )
    assert [m.value for m in result.messages] == ["urn:t:b is bad"]


PATHS = [(":p", ["1", "2"]), ("( :to :p )", ["2"]), ("[ sh:inversePath :to ]", ["c"])]


@pytest.mark.parametrize(("path", "expected"), PATHS)
def test_path_stands_for_the_shapes_path(path: str, expected: list[str]) -> None:
    """$PATH is replaced by the path of the property shape, simple or not."""
    shapes = f"""
    :shape sh:targetNode :a ; sh:path {path} ;
        sh:sparql [ sh:select "SELECT $this ?value {{ $this $PATH ?value }}" ] .
    """
    results = found(shapes, DATA + ":a :to :b . :c :to :a .")
    assert [value for _, _, value, _ in results] == expected
    assert None not in {written for _, written, _, _ in results}


def test_the_shapes_graph_can_be_asked() -> None:
    """$shapesGraph and $currentShape give access to the shape, apart from the data."""
    query = """SELECT $this ?value {
        GRAPH $shapesGraph { $currentShape :limit ?value } $this :p ?v FILTER(?v > ?value) }"""
    shapes = constraint(query, "; :limit 1")
    assert [(f, v) for f, _, v, _ in found(shapes, DATA)] == [("a", "1"), ("b", "1")]


def test_blank_nodes_are_asked_for_as_well() -> None:
    """A blank node of the data is the same node in a query."""
    shapes = ":shape sh:targetSubjectsOf :p ; sh:sparql [ sh:select 'SELECT $this {$this ?p 5}' ] ."
    assert found(shapes, "[ :p 5 ] . [ :p 6 ] .") == [("[]", None, "[]", "SPARQL")]


def test_lexical_forms_survive() -> None:
    """Values come back as the data have them, not as the SPARQL engine rewrites them."""
    shapes = constraint("SELECT $this ?value { $this :p ?value }")
    data = ":a :p '01'^^xsd:integer, '1.50'^^xsd:decimal, '5'^^xsd:byte ."
    results = validate(shapes, data)
    values = {
        str(result.value).replace("http://www.w3.org/2001/XMLSchema", "") for result in results
    }
    assert values == {
        '"01"^^<#integer>',
        '"1.50"^^<#decimal>',
        '"5"^^<#byte>',
    }  # fmt: skip


def test_literal_focus_nodes_keep_their_form() -> None:
    """A literal that is a focus node is reported as it is."""
    shapes = """
    :shape sh:targetObjectsOf :p ; sh:sparql [ sh:select 'SELECT $this {FILTER($this = 1)}' ] .
    """
    results = found(shapes, ":a :p 01, 1.0, 2 .")
    assert [(focus, value) for focus, _, value, _ in results] == [("01", "01"), ("1.0", "1.0")]


def test_a_query_may_report_a_failure() -> None:
    """?failure true ends the validation: https://www.w3.org/TR/shacl/#failures."""
    with pytest.raises(Failure, match="reports a failure for <urn:t:b>"):
        validate(constraint("SELECT $this (true AS ?failure) { $this :q ?v }"), DATA)


def test_deactivated_constraints_are_not_asked() -> None:
    """A SPARQL constraint can be deactivated, broken as its query may be."""
    assert found(constraint("no SPARQL") + ":rule sh:deactivated true .", DATA) == []


def test_prefixes_come_from_all_declarations_and_their_imports() -> None:
    """sh:prefixes names where declarations are; what those import counts."""
    shapes = """
    :shape sh:targetNode :a ; sh:sparql [ sh:prefixes :one, :two ;
        sh:select "SELECT $this { $this t:p u:1 , 1 }" ] .
    :one owl:imports :far . :far sh:declare [ sh:prefix "t" ; sh:namespace "urn:t:" ] .
    :two sh:declare [ sh:prefix "u" ; sh:namespace "urn:t:u" ] .
    """
    assert found(shapes, ":a :p :u1, 1 .") == [("a", None, "a", "SPARQL")]
