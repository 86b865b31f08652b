"""The law of running a query once for all focus nodes: it changes nothing."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listkeeper.shacl import Index, compile_shapes
from listkeeper.shacl.sparql_store import QueryStore
from shacl_cases import index

AT_ONCE = (
    "SELECT $this ?v { $this :p ?v }",
    "SELECT $this { FILTER($this = :n0) }",
    "SELECT DISTINCT $this ?v { $this :p|:q ?v }",
    "SELECT $this ?v { $this :p ?v FILTER NOT EXISTS { ?v :q $this } }",
    "SELECT $this ?v { $this :p ?v FILTER NOT EXISTS { ?x :q ?v FILTER(?x = $this) } }",
    "SELECT $this ?v { OPTIONAL { ?v :q $this } }",
    "SELECT $this ?v { ?v :q ?w OPTIONAL { ?v :p ?u FILTER(?u = $this) } FILTER(!bound(?u)) }",
    "SELECT $this ?v { { $this :p ?v } UNION { ?v :q ?w FILTER(?w != $this) } }",
    "SELECT $this ?v { ?v :p ?w . { SELECT DISTINCT $this { $this :q ?x } } }",
    "SELECT $this ?v { { SELECT $this ?v { ?v :p ?x FILTER(?x = $this) } } ?v :q ?y }",
    "SELECT $this ?v { $this :p+ ?v . BIND(?v = $this AS ?same) FILTER(?same) }",
    "SELECT $this ?v { $this :p* ?v . FILTER EXISTS { ?v :q ?w { $this ^:p ?w } } }",
    "SELECT $this ?v { { { { ?v :p $this } } } FILTER($this != ?v) } ORDER BY $this",
)
PER_NODE = (
    "SELECT $this ?v { $this :p ?v } LIMIT 1",
    "SELECT $this ?v { $this :p ?v } OFFSET 1",
    "SELECT $this (COUNT(?v) AS ?n) { $this :p ?v } GROUP BY $this",
    "SELECT $this { $this :p ?v } GROUP BY $this HAVING(COUNT(?v) > 1)",
    "SELECT $this ?n { { SELECT $this (MIN(?v) AS ?n) { $this :p ?v } GROUP BY $this } }",
    "SELECT $this { FILTER EXISTS { SELECT $this { $this :p ?v } LIMIT 1 } }",
    "SELECT $this ?v { $this :p ?v FILTER NOT EXISTS { { SELECT $this { ?x :q ?v } LIMIT 3 } } }",
)


def shapes(query: str) -> Index:
    """Write a shape with a query on every node that has :p."""
    return index(
        f':shape sh:targetSubjectsOf :p ; sh:sparql [ sh:prefixes <urn:t> ; sh:select "{query}" ] .'
        "<urn:t> sh:declare [ sh:prefix '' ; sh:namespace 'urn:t:' ] ."
    )


@pytest.mark.parametrize(
    ("query", "at_once"), [*((q, True) for q in AT_ONCE), *((q, False) for q in PER_NODE)]
)
def test_which_queries_run_once(query: str, *, at_once: bool) -> None:
    """LIMIT, OFFSET and aggregates, wherever they stand, make a query run node by node."""
    (question,) = compile_shapes(shapes(query)).questions
    assert question.query.at_once is at_once


nodes = st.integers(0, 4).map(lambda number: ox.NamedNode(f"urn:t:n{number}"))
triples = st.lists(
    st.tuples(nodes, st.sampled_from([ox.NamedNode("urn:t:p"), ox.NamedNode("urn:t:q")]), nodes),
    max_size=12,
)


@pytest.mark.parametrize("query", AT_ONCE)
@settings(max_examples=25, deadline=None)
@given(data=triples)
def test_running_once_gives_what_running_node_by_node_gives(
    query: str, data: list[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode]]
) -> None:
    """For any graph, all focus nodes at once have the solutions each has alone."""
    graph = Index(data)
    compiled = compile_shapes(shapes(query))
    focus = list(graph.forward(ox.NamedNode("urn:t:p")))
    (question,) = compiled.questions
    together = QueryStore(graph, compiled.graph, compiled.questions)
    together.prepare(question, focus)
    alone = QueryStore(graph, compiled.graph, compiled.questions)
    assert [together.rows(question, n) for n in focus] == [alone.rows(question, n) for n in focus]
