"""Queries answered in process: what is counted, what is written, what any words do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listkeeper.sparql.evaluation import Data, evaluate
from listkeeper.sparql.inspection import Dataset, inspect
from listkeeper.sparql.limits import Limits, read_limits
from listkeeper.sparql.queries import (
    Query,
    QueryError,
    Reason,
    Results,
    packed_error,
    read_query,
    read_results,
)
from listkeeper.sparql.worker import REHEARSALS, rehearse
from listkeeper.uris import Minter

if TYPE_CHECKING:
    from collections.abc import Iterable

BASE = "https://lists.example.org/"
GRAPH = f"{BASE}id/catalogue"


def data_of(turtle: str = "") -> Data:
    """Data of one graph."""
    store = ox.Store()
    store.load(turtle, format=ox.RdfFormat.TURTLE, base_iri=BASE, to_graph=ox.NamedNode(GRAPH))
    return Data(
        store=store,
        current=GRAPH,
        known=frozenset({GRAPH, "urn:release"}),
        loaded=frozenset({GRAPH}),
        minter=Minter(base=BASE),
        language="en",
    )


NOTHING = data_of()
TEN = " ".join(map(str, range(10)))


def asked(text: str, limits: Limits | None = None, **parts: str) -> bytes:
    return evaluate(Query(text=text, **parts), NOTHING, limits or Limits()).body  # type: ignore[arg-type] # formats alone are given


def reason(text: str, limits: Limits | None = None, **parts: str) -> Reason:
    with pytest.raises(QueryError) as refused:
        asked(text, limits, **parts)
    return refused.value.reason


# Counting

FORMS = {
    "rows": f"SELECT ?n {{ VALUES ?n {{ {TEN} }} }}",
    "rows without a variable": f"SELECT (1 AS ?one) {{ VALUES ?n {{ {TEN} }} }}",
    "rows of several lines": f"SELECT ('a\\nb' AS ?x) {{ VALUES ?n {{ {TEN} }} }}",
    "triples": f"CONSTRUCT {{ <urn:s> <urn:p> ?n }} {{ VALUES ?n {{ {TEN} }} }}",
}


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_just_as_many_as_are_given(text: str) -> None:
    """Ten pass a limit of ten; nine do not let ten through."""
    assert asked(text, Limits(rows=10))
    assert reason(text, Limits(rows=9)) is Reason.TOO_MUCH


@pytest.mark.parametrize("text", [FORMS["rows"], FORMS["triples"]])
def test_just_as_many_bytes(text: str) -> None:
    """A small answer passes, one that is larger than the limit does not."""
    assert asked(text, Limits(answer_bytes=2000))
    assert reason(text, Limits(answer_bytes=10)) is Reason.TOO_MUCH


def test_a_triple_is_given_once() -> None:
    """A graph is a set, however often a query makes the same triple."""
    text = f"CONSTRUCT {{ <urn:s> <urn:p> 1 }} {{ VALUES ?n {{ {TEN} }} }}"

    assert asked(text, graph="nt").count(b"\n") == 1


# Writing

WRITTEN = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
XML_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")))
TERMS = st.one_of(
    st.builds(ox.Literal, XML_TEXT),
    st.builds(ox.Literal, XML_TEXT, language=st.sampled_from(["en", "cy", "sr-latn"])),
    st.builds(ox.Literal, XML_TEXT, datatype=st.just(ox.NamedNode("http://example.org/a%20type"))),
    st.builds(ox.Literal, st.integers(-(10**12), 10**12)),
    st.builds(ox.Literal, st.booleans()),
    st.sampled_from([ox.NamedNode("urn:a"), ox.NamedNode(f"{BASE}id/é")]),
)


@given(rows=st.lists(st.tuples(TERMS, TERMS), max_size=5), name=st.sampled_from(list(WRITTEN)))
def test_results_are_what_the_engine_writes_itself(
    rows: list[tuple[ox.NamedNode | ox.Literal, ox.NamedNode | ox.Literal]], name: str
) -> None:
    """Counting rows on the way changes no byte, whatever values they hold."""
    text = f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {_values(rows)} }} }}"
    direct = ox.Store().query(text)
    assert isinstance(direct, ox.QuerySolutions)

    assert asked(text, solutions=name) == direct.serialize(format=WRITTEN[name])


def _values(rows: Iterable[tuple[object, object]]) -> str:
    return " ".join(f"({a} {b})" for a, b in rows)


def test_a_format_that_was_not_acceptable() -> None:
    """It matters only for the form of query that is asked."""
    assert reason("ASK {}", solutions="") is Reason.NOT_ACCEPTABLE
    assert reason("CONSTRUCT WHERE { ?s ?p ?o }", graph="") is Reason.NOT_ACCEPTABLE
    assert asked("ASK {}", graph="") == b'{"head":{},"boolean":true}'


# Datasets


def test_a_release_that_is_not_in_memory() -> None:
    """The pool is told which; it loads it and asks again."""
    query = Query(text="ASK FROM <urn:release> { ?s ?p ?o }")
    with pytest.raises(QueryError) as refused:
        evaluate(query, NOTHING, Limits())

    assert refused.value.reason is Reason.NOT_LOADED
    assert refused.value.graphs == ("urn:release",)
    loaded = replace(NOTHING, loaded=NOTHING.known)
    assert evaluate(query, loaded, Limits()).body == b'{"head":{},"boolean":false}'


CLAUSES = [
    ("ASK {}", Dataset()),
    ("ASK FROM <a> {}", Dataset(default=(f"{BASE}a",))),
    ("ASK FROM NAMED <urn:b> FROM <urn:a> {}", Dataset(default=("urn:a",), named=("urn:b",))),
    ("BASE <http://x/y/> ASK FROM <b> {}", Dataset(default=("http://x/y/b",))),
    ("PREFIX x: <urn:x:> ASK FROM NAMED x:b {}", Dataset(named=("urn:x:b",))),
]


@pytest.mark.parametrize(("text", "dataset"), CLAUSES)
def test_the_graphs_that_a_query_names(text: str, dataset: Dataset) -> None:
    """As its prologue resolves them."""
    assert inspect(text, BASE) == dataset


# Any words

WORDS = (
    *("SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "WHERE", "FROM", "NAMED", "GRAPH", "SERVICE"),
    *("SILENT", "OPTIONAL", "UNION", "MINUS", "FILTER", "BIND", "VALUES", "GROUP BY", "HAVING"),
    *("ORDER BY", "LIMIT", "OFFSET", "INSERT", "DELETE", "LOAD", "DROP", "DATA", "ALL", "AS"),
    *("*", "?a", "?b", "$c", "{", "}", "(", ")", "[", "]", ".", ";", ",", "<urn:x>", "<x>"),
    *("'x'", '"""y"""', "@en", "^^", "1", "1e9", "_:b", "a", "x:y", "PREFIX x: <urn:>", "BASE"),
    *("COUNT(*)", "REGEX(?a, '(a+)+')", "EXISTS", "NOT", "!", "|", "/", "+", "# x\n", "\\u0041"),
    *(
        "<<",
        ">>",
        "~",
        "\x00",
        "\ud83d",
        "é",
        "IN",
        "'\\ud83d'",
        "\\U00110000",
        "&&",
        "||",
        "=",
        "STR(?a)",
        "RAND()",
    ),
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(words=st.lists(st.sampled_from(WORDS), max_size=20))
def test_any_words_give_results_or_a_reason(words: list[str]) -> None:
    """Nothing else comes out, and a service is never asked."""
    text = " ".join(words)
    try:
        evaluate(Query(text=text), NOTHING, Limits())
    except QueryError as error:
        assert len(error.detail) < 400  # noqa: PT017 - either end will do


# What goes between the processes

TEXTS = st.text(st.characters(codec="utf-8"))


@given(text=TEXTS, graphs=st.lists(TEXTS, max_size=3), name=TEXTS)
def test_a_query_comes_through(text: str, graphs: list[str], name: str) -> None:
    """Read is what was written."""
    query = Query(text=text, default_graphs=tuple(graphs), solutions=name, graph="")

    assert read_query(query.packed()) == query


@given(body=st.binary(max_size=50), cut=st.integers(0, 200))
def test_results_come_through_whole_or_not_at_all(body: bytes, cut: int) -> None:
    """A worker that is ended while it writes has given no results."""
    results = Results(format="json", body=body)
    packed = results.packed()

    assert read_results(packed) == results
    if cut < len(packed):
        assert read_results(packed[:cut]) is None or body == b""


def test_an_error_comes_through() -> None:
    """With its reason and the graphs that it is about."""
    told = QueryError(Reason.NOT_LOADED, "why", ["urn:a"])
    with pytest.raises(QueryError, match="why") as read:
        read_results(packed_error(told))

    assert (read.value.reason, read.value.graphs) == (Reason.NOT_LOADED, ("urn:a",))


def test_limits_come_through() -> None:
    """All of them."""
    limits = Limits(seconds=0.5, rows=3, memory_bytes=5)

    assert read_limits(limits.packed()) == limits


def test_the_rehearsal_uses_every_form_and_format() -> None:
    """So that a child, which can open no file, finds everything imported."""
    rehearse(NOTHING, Limits())
    words = " ".join(REHEARSALS)

    assert all(form in words for form in ("SELECT", "ASK", "CONSTRUCT", "INSERT"))
