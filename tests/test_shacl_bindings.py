"""Rewriting a query so that its variables are bound before it runs."""

from __future__ import annotations

import re

import pytest
from rdflib.plugins.sparql.parser import parseQuery

from listkeeper.shacl.sparql_text import variables, with_bindings, with_path
from listkeeper.shacl.sparql_tree import unbound_groups

REWRITTEN = [
    # a query, and how it looks with {names} where names are bound
    ("SELECT $this { ?a ?b ?c }", "SELECT $this {[this] ?a ?b ?c }"),
    ("SELECT $this { { ?a ?b ?c } }", "SELECT $this {[this] { ?a ?b ?c } }"),
    ("SELECT $this { { $this ?b ?c } }", "SELECT $this {[this] {[this] $this ?b ?c } }"),
    ("SELECT $this { OPTIONAL { ?a ?b $n } }", "SELECT $this {[n this] OPTIONAL {[n] ?a ?b $n } }"),
    ("SELECT $this { { SELECT $this { ?a ?b ?c } } }",
     "SELECT $this {[this] { SELECT $this {[this] ?a ?b ?c } } }"),
    ("SELECT $this { {# no\n select $n { ?a ?b ?c } } }",
     "SELECT $this {[n this] {# no\n select $n {[n] ?a ?b ?c } } }"),
    ("SELECT $this { ?a ?b '$n {' } # $n", "SELECT $this {[this] ?a ?b '$n {' } # $n"),
    ("SELECT $this { ?a ?b '''it's { $n''' }", "SELECT $this {[this] ?a ?b '''it's { $n''' }"),
    ("SELECT $this { ?a <urn:#b> ?c . FILTER(?a<?n) }",
     "SELECT $this {[n this] ?a <urn:#b> ?c . FILTER(?a<?n) }"),
    ("SELECT $this {} ORDER BY $n", "SELECT $this {[n this]} ORDER BY $n"),
    ("SELECT $this { ?a ex:select ?c { ex:SELECT ?b $n } }",
     "SELECT $this {[n this] ?a ex:select ?c {[n] ex:SELECT ?b $n } }"),
    ("ASK { FILTER EXISTS { ?x ?y $n { ?z ?y $n } } }",
     "ASK {[n this] FILTER EXISTS {[n] ?x ?y $n {[n] ?z ?y $n } } }"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "expected"), REWRITTEN)
def test_each_group_binds_what_it_mentions(query: str, expected: str) -> None:
    """Braces in strings, comments and IRIs are no groups; a sub-select is bound within."""
    text = re.sub(
        r" GRAPH <[^>]*> \{ <[^>]*> (.*?) \} ",
        lambda found: "[" + " ".join(re.findall(r"\?(\w+)", found[1])) + "]",
        with_bindings(query, {"this", "n", "unused"}),
    )
    assert re.sub(r"\s+", " ", text) == re.sub(r"\s+", " ", expected)


UNBOUND = [
    ("SELECT $this { $this ?p ?o }", [{"this"}]),
    ("SELECT $this { ?s ?p ?o OPTIONAL { ?s ?p $n } }", [{"n"}, {"n"}]),
    ("SELECT $this { ?s ?p ?o }", []),
]


@pytest.mark.parametrize(("query", "missing"), UNBOUND)
def test_a_real_parser_tells_the_groups_that_were_missed(
    query: str, missing: list[set[str]]
) -> None:
    """The rewriting is not trusted: each group that mentions a variable has to bind it."""
    names = frozenset({"this", "n"})
    assert list(unbound_groups(parseQuery(query)[1], names)) == missing
    assert list(unbound_groups(parseQuery(with_bindings(query, names))[1], names)) == []


def test_variables_are_those_of_the_text() -> None:
    """Names in strings, IRIs and comments are not variables."""
    assert variables("SELECT ?a { ?a <urn:?b> '?c' } # ?d") == {"a"}


def test_a_path_is_put_where_the_variable_is() -> None:
    """$PATH and ?PATH are one variable; $PATHS is another."""
    assert with_path("$this $PATH ?PATH $PATHS '$PATH'", "<urn:p>") == (
        "$this <urn:p> <urn:p> $PATHS '$PATH'"
    )
