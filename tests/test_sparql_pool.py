"""Queries over a small graph, through a pool with its worker process."""

from __future__ import annotations

import csv
import io
import json
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from listkeeper.sparql.limits import Limits
from listkeeper.sparql.pool import GRACE, Pool
from listkeeper.sparql.queries import Query, QueryError, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

BASE = "https://lists.example.org/"
CURRENT, OLD, OLDER = f"{BASE}id/catalogue", f"{BASE}release/2025.11", f"{BASE}release/2024.11"

DATA = {
    CURRENT: '<id/need/1> <p> "one" , "un"@cy . <id/need/2> <p> "two" ; <n> 01 .',
    OLD: '<id/need/1> <p> "was one" .',
    OLDER: '<id/need/1> <p> "was first" .',
}


class Few:
    """Three small graphs; every opening is noted."""

    current = CURRENT
    names = (CURRENT, OLD, OLDER)
    size = 4
    base = BASE
    language = "en"

    def __init__(self) -> None:
        """Begin with none opened."""
        self.opened: list[str] = []

    def n_triples(self, name: str) -> bytes:
        """Give a graph."""
        self.opened.append(name)
        quads = ox.parse(DATA[name], format=ox.RdfFormat.TURTLE, base_iri=BASE)
        return ox.serialize(quads, format=ox.RdfFormat.N_TRIPLES) or b""


@pytest.fixture(scope="module")
def pool() -> Pool:
    """A pool with tight limits."""
    limits = Limits(seconds=1.0, rows=100, answer_bytes=100_000, memory_bytes=128 * 2**20)
    return Pool(Few(), limits)


def rows(pool: Pool, text: str, **parameters: tuple[str, ...]) -> list[list[str]]:
    """Rows of a SELECT, without its heading."""
    found = pool.ask(Query(text=text, solutions="csv", **parameters))  # type: ignore[arg-type] # graphs alone are given
    return list(csv.reader(io.StringIO(found.body.decode())))[1:]


def refusal(pool: Pool, text: str, **parameters: object) -> QueryError:
    """The error of a query that has no results."""
    with pytest.raises(QueryError) as refused:
        pool.ask(Query(text=text, **parameters))  # type: ignore[arg-type] # any of its parts
    return refused.value


def test_a_query_is_answered_from_the_current_graph(pool: Pool) -> None:
    """Relative IRIs are relative to the base URI of the lists."""
    assert rows(pool, "SELECT ?o { <id/need/1> <p> ?o } ORDER BY ?o") == [["one"], ["un"]]


def from_json(body: bytes) -> list[str]:
    return [row["o"]["value"] for row in json.loads(body)["results"]["bindings"]]


def from_xml(body: bytes) -> list[str]:
    found = ox.parse_query_results(body, format=ox.QueryResultsFormat.XML)
    assert isinstance(found, ox.QuerySolutions)
    return [row["o"].value for row in found]


def from_tsv(body: bytes) -> list[str]:
    return [line.strip('"') for line in body.decode().splitlines()[1:]]


def from_csv(body: bytes) -> list[str]:
    return body.decode().split("\r\n")[1:-1]


SOLUTIONS = {"json": from_json, "xml": from_xml, "tsv": from_tsv, "csv": from_csv}


@pytest.mark.parametrize("name", SOLUTIONS)
def test_rows_in_each_format(pool: Pool, name: str) -> None:
    """JSON, XML, TSV and CSV say the same."""
    text = 'SELECT ?o { <id/need/1> <p> ?o FILTER(LANG(?o) = "") }'
    found = pool.ask(Query(text=text, solutions=name))

    assert found.format == name
    assert SOLUTIONS[name](found.body) == ["one"]


AWKWARD = 'a \\"quote\\", a\\ttab, a\\nline, \\u00e9\\U0001F600 and a \\\\'


@pytest.mark.parametrize("name", ["json", "xml", "tsv"])
def test_any_text_comes_through(pool: Pool, name: str) -> None:
    """Rows are counted on the way; what they hold is not touched by that."""
    found = pool.ask(Query(text=f'SELECT ("{AWKWARD}"@en-GB AS ?o) {{}}', solutions=name))
    formats = {
        "json": ox.QueryResultsFormat.JSON,
        "xml": ox.QueryResultsFormat.XML,
        "tsv": ox.QueryResultsFormat.TSV,
    }
    results = ox.parse_query_results(found.body, format=formats[name])
    assert isinstance(results, ox.QuerySolutions)
    (row,) = results

    expected = 'a "quote", a\ttab, a\nline, \u00e9\U0001f600 and a \\'
    assert row["o"] == ox.Literal(expected, language="en-gb")


GRAPHS = {
    "turtle": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


@pytest.mark.parametrize("name", GRAPHS)
def test_triples_in_each_format(pool: Pool, name: str) -> None:
    """CONSTRUCT and DESCRIBE give one graph, whatever it is written in."""
    found = pool.ask(Query(text="DESCRIBE <id/need/1>", graph=name))
    quads = ox.parse(found.body, format=GRAPHS[name])

    assert found.format == name
    assert {quad.object.value for quad in quads} == {"one", "un"}


def test_a_format_that_cannot_carry_a_graph(pool: Pool) -> None:
    """RDF/XML is refused, not emitted ill-formed."""
    error = refusal(pool, "CONSTRUCT { <a> <urn:1> 'x' } {}", graph="rdfxml")

    assert error.reason is Reason.NOT_ACCEPTABLE
    assert "RDF/XML cannot carry" in error.detail


def test_yes_and_no(pool: Pool) -> None:
    """ASK has an answer too."""
    assert json.loads(pool.ask(Query(text="ASK { <id/need/1> ?p ?o }")).body)["boolean"] is True
    assert json.loads(pool.ask(Query(text="ASK { <id/need/9> ?p ?o }")).body)["boolean"] is False


def test_the_store_rewrites_numbers(pool: Pool) -> None:
    """What is documented: SPARQL sees 01 as 1, the downloads keep it as written."""
    assert rows(pool, "SELECT ?n { <id/need/2> <n> ?n }") == [["1"]]


# Datasets


def test_a_release_by_the_protocol(pool: Pool) -> None:
    """``default-graph-uri`` puts a release in the place of the current graph."""
    text = "SELECT ?o { <id/need/1> <p> ?o }"

    assert rows(pool, text, default_graphs=(OLD,)) == [["was one"]]


def test_releases_side_by_side(pool: Pool) -> None:
    """``named-graph-uri`` lets one query compare."""
    text = "SELECT ?o { GRAPH ?g { <id/need/1> <p> ?o } } ORDER BY ?o"

    assert rows(pool, text, named_graphs=(OLD, OLDER)) == [["was first"], ["was one"]]


def test_the_dataset_of_a_query(pool: Pool) -> None:
    """FROM and FROM NAMED name known graphs, relative IRIs and prefixed names too."""
    text = """PREFIX release: <release/>
        SELECT ?now ?then FROM <id/catalogue> FROM NAMED release:2025.11 {
        <id/need/1> <p> ?now GRAPH ?g { <id/need/1> <p> ?then } } ORDER BY ?now"""

    assert rows(pool, text) == [["one", "was one"], ["un", "was one"]]


def test_the_protocol_goes_before_the_query(pool: Pool) -> None:
    """https://www.w3.org/TR/sparql11-protocol/#dataset."""
    text = "SELECT ?o FROM <release/2025.11> { <id/need/1> <p> ?o }"

    assert rows(pool, text, default_graphs=(OLDER,)) == [["was first"]]


def test_named_graphs_alone_leave_the_default_graph_empty(pool: Pool) -> None:
    """It is the request that says what is asked."""
    assert rows(pool, "SELECT ?o { ?s ?p ?o }", named_graphs=(OLD,)) == []


UNKNOWN = [
    ("SELECT * { ?s ?p ?o }", {"default_graphs": ("urn:unknown",)}),
    ("SELECT * { ?s ?p ?o }", {"named_graphs": (OLD, "http://127.0.0.1/x.ttl")}),
    ("SELECT * FROM <urn:unknown> { ?s ?p ?o }", {}),
    ("SELECT * FROM NAMED <http://127.0.0.1/x.ttl> { ?s ?p ?o }", {}),
]


@pytest.mark.parametrize(("text", "parameters"), UNKNOWN)
def test_a_graph_that_there_is_not(
    pool: Pool, text: str, parameters: dict[str, tuple[str, ...]]
) -> None:
    """Nothing is fetched; the graph is named."""
    error = refusal(pool, text, **parameters)

    assert error.reason is Reason.UNKNOWN_GRAPH
    assert "urn:unknown" in error.detail or "x.ttl" in error.detail


def test_releases_are_opened_when_asked_and_forgotten_for_others() -> None:
    """No more are held than the limit says; one that was forgotten is opened again."""
    graphs = Few()
    pool = Pool(graphs, Limits(releases=1))
    text = "SELECT ?o { <id/need/1> <p> ?o }"

    assert rows(pool, text)
    assert graphs.opened == [CURRENT]
    for name in (OLD, OLD, OLDER, OLD):
        assert rows(pool, text, default_graphs=(name,)) == [
            [DATA[name].split('"')[1]],
        ]
    assert graphs.opened == [CURRENT, OLD, OLDER, OLD]


# What is refused

REFUSED = [
    ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE"),
    ("SELECT * { { { SERVICE SILENT <http://127.0.0.1/> { ?s ?p ?o } } } }", "SERVICE"),
    ("SELECT * { FILTER EXISTS { SERVICE ?x { ?s ?p ?o } } }", "SERVICE"),
    ("SELECT * { { SELECT * { SERVICE <http://127.0.0.1/> {} } } }", "SERVICE"),
    ("SELECT * { \\u0053ERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE"),
    ("ASK { # a comment\n SERVICE\n<http://127.0.0.1/> { } }", "SERVICE"),
    ("CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE"),
    ("LOAD <http://127.0.0.1/>", "read only"),
    ("INSERT DATA { <urn:a> <urn:b> 1 }", "read only"),
    ("DELETE WHERE { ?s ?p ?o }", "read only"),
    ("DROP ALL", "read only"),
    ("SELECT * { ?s ?p ?o LATERAL { ?s ?p ?o } }", ""),
]


@pytest.mark.parametrize(("text", "why"), REFUSED)
def test_what_is_not_done_here(pool: Pool, text: str, why: str) -> None:
    """Other machines, changes, and what is beyond SPARQL 1.1: told by a parser, not a pattern."""
    error = refusal(pool, text)

    assert error.reason in {Reason.REFUSED, Reason.MALFORMED}
    assert why in error.detail


def test_the_word_alone_is_harmless(pool: Pool) -> None:
    """A text, a variable and a comment may say SERVICE."""
    text = 'SELECT ?service { VALUES ?service { "SERVICE <x> {}" } } # SERVICE <x> {}'

    assert rows(pool, text) == [["SERVICE <x> {}"]]


MALFORMED = ["", "SELEC * {}", "SELECT * {", "SELECT ?x { ?x foo:bar 1 }", "\x00", "{" * 50]


@pytest.mark.parametrize("text", MALFORMED)
def test_no_query_at_all(pool: Pool, text: str) -> None:
    """It is told in one short line."""
    error = refusal(pool, text)

    assert error.reason is Reason.MALFORMED
    assert len(error.detail) < 300


# Bounds

HOSTILE = {
    "cross product": "SELECT (COUNT(*) AS ?n) { " + " ".join(
        f"VALUES ?v{i} {{ {' '.join(map(str, range(30)))} }}" for i in range(8)
    ) + " }",
    "sorted cross product": "SELECT * { " + " ".join(
        f"VALUES ?v{i} {{ {' '.join(map(str, range(30)))} }}" for i in range(8)
    ) + " } ORDER BY ?v1 ?v5",
    "pattern that explodes": 'ASK { BIND(CONCAT("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "!") AS ?x)'
    ' FILTER(REGEX(?x, "^(a+)+$")) }',
    "pattern that is huge": 'ASK { FILTER(REGEX("a", "((a{1,100}){1,100}){1,100}")) }',
    "one text from many": "SELECT (GROUP_CONCAT(?a) AS ?all) { " + " ".join(
        f"VALUES ?{name} {{ {' '.join(map(str, range(100)))} }}" for name in "abcdef"
    ) + " }",
    "doubling text": "SELECT ?z { BIND('0123456789' AS ?a0) " + " ".join(
        f"BIND(CONCAT(?a{i}, ?a{i}, ?a{i}, ?a{i}) AS ?a{i + 1})" for i in range(20)
    ) + " BIND(STRLEN(?a20) AS ?z) }",
    "paths": "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>|^!<urn:x>)* ?b . ?c (!<urn:x>|^!<urn:x>)* ?d "
    ". ?e (!<urn:x>|^!<urn:x>)* ?f . ?g (!<urn:x>|^!<urn:x>)* ?h . ?i (!<urn:x>|^!<urn:x>)* ?j . "
    "?k (!<urn:x>|^!<urn:x>)* ?l . ?m (!<urn:x>|^!<urn:x>)* ?n0 . ?o (!<urn:x>|^!<urn:x>)* ?q }",
    "nested groups": "SELECT * " + "{" * 4000 + "}" * 4000,
    "nested brackets": "SELECT * { FILTER(" + "(" * 4000 + "1" + ")" * 4000 + ") }",
    "nested paths": "SELECT * { ?a " + "(" * 4000 + "<urn:p>" + ")*" * 4000 + " ?b }",
    "nots without end": "SELECT * { FILTER(" + "!" * 9000 + "1) }",
    "unions without end": "SELECT * { {} " + "UNION {} " * 1500 + "}",
    "one long name": "SELECT * { ?" + "a" * 15_000 + " ?p ?o }",
    "many rows": "SELECT * { VALUES ?a { 1 2 3 4 5 6 7 8 9 } VALUES ?b { 1 2 3 4 5 6 7 8 9 } "
    "VALUES ?c { 1 2 3 4 5 6 7 8 9 } }",
    "great rows": "SELECT ?a { VALUES ?n { 1 2 3 4 5 6 7 8 9 } BIND('"
    + "x" * 14_000 + "' AS ?a) }",
    "a megabyte": "SELECT * { ?s ?p '" + "x" * 2**20 + "' }",
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_queries_are_bounded(pool: Pool, text: str) -> None:
    """Each ends in its time, with results or in one line, and the next is answered at once."""
    began = time.monotonic()
    try:
        pool.ask(Query(text=text))
    except QueryError as error:
        assert len(error.detail) < 300  # noqa: PT017 - either end will do
    assert time.monotonic() - began < 4
    began = time.monotonic()
    assert rows(pool, "SELECT ?o { <id/need/2> <p> ?o }") == [["two"]]
    assert time.monotonic() - began < 1


ENDS = {
    "cross product": Reason.TOO_LONG,
    "sorted cross product": Reason.STOPPED,
    "many rows": Reason.TOO_MUCH,
    "great rows": Reason.TOO_MUCH,
    "a megabyte": Reason.REFUSED,
    "nested groups": Reason.REFUSED,
}


@pytest.mark.parametrize(("name", "reason"), ENDS.items())
def test_each_bound_is_told_by_its_name(pool: Pool, name: str, reason: Reason) -> None:
    """Time, memory, rows, bytes and length are different things to mend."""
    assert refusal(pool, HOSTILE[name]).reason is reason


def test_no_more_at_once_than_the_limit_says() -> None:
    """One more than may wait is turned away at once, one that waits too long after a while."""
    pool = Pool(Few(), Limits(seconds=2.5, at_once=1, waiting=1, patience=1.0))
    rows(pool, "SELECT * {}")
    ends: list[tuple[Reason, float]] = []

    def ask() -> None:
        began = time.monotonic()
        reason = refusal(pool, HOSTILE["cross product"]).reason
        ends.append((reason, time.monotonic() - began))

    asking = [threading.Thread(target=ask) for _ in range(3)]
    for thread in asking:
        thread.start()
        time.sleep(0.1)
    for thread in asking:
        thread.join()

    assert [reason for reason, _ in ends] == [Reason.BUSY, Reason.BUSY, Reason.TOO_LONG]
    assert ends[0][1] < 0.5 < ends[1][1] < 2


def test_the_kernel_ends_a_query() -> None:
    """At its time, and not because someone gave up waiting: nothing goes on behind."""
    before = set(workers())
    own = Pool(Few(), Limits(seconds=1.0))
    rows(own, "SELECT * {}")
    (worker,) = set(workers()) - before
    began = time.monotonic()

    assert refusal(own, HOSTILE["cross product"]).reason is Reason.TOO_LONG
    assert time.monotonic() - began < 1 + GRACE / 2
    children = Path(f"/proc/{worker}/task/{worker}/children")
    while children.read_text() and time.monotonic() - began < 1 + GRACE / 2:
        time.sleep(0.01)  # a process lets go of its connection a little before it is gone
    assert children.read_text() == ""


def test_others_are_answered_beside_a_long_one(pool: Pool) -> None:
    """One hostile client does not stop the others."""
    long = threading.Thread(target=refusal, args=(pool, HOSTILE["cross product"]))
    long.start()
    began = time.monotonic()
    for _ in range(5):
        assert rows(pool, "SELECT ?o { <id/need/2> <p> ?o }") == [["two"]]
    taken = time.monotonic() - began
    long.join()

    assert taken < 0.9


# The process


def test_a_worker_that_died_is_replaced() -> None:
    """The system may kill it when memory is short; the next query has a new one."""
    pool = Pool(Few())
    text = "SELECT ?o { <id/need/2> <p> ?o }"
    before = set(workers())
    rows(pool, text)
    (worker,) = set(workers()) - before
    os.kill(worker, 9)
    deadline = time.monotonic() + 5
    while worker in workers() and time.monotonic() < deadline:
        time.sleep(0.01)

    assert rows(pool, text) == [["two"]]
    del pool


def test_the_worker_ends_with_the_pool() -> None:
    """A new edition has a new pool, and the old one's process is gone with it."""
    before = set(workers())
    pool = Pool(Few())
    assert set(workers()) == before
    rows(pool, "SELECT * {}")
    (mine,) = set(workers()) - before
    del pool

    assert mine not in workers()


PROGRAM = """
import os, sys, time
sys.path.insert(0, {tests!r})
from test_sparql_pool import Few, rows, workers
from listkeeper.sparql.pool import Pool
pool = Pool(Few())
rows(pool, "SELECT * {{}}")
print(workers()[0], flush=True)
{end}
"""


@pytest.mark.parametrize("end", ["", "os.kill(os.getpid(), 9)", "raise SystemExit(3)"])
def test_the_worker_ends_with_the_program(end: str) -> None:
    """However that ends: nothing is left running."""
    program = PROGRAM.format(tests=str(Path(__file__).parent), end=end)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    worker = Path("/proc") / done.stdout.strip()
    deadline = time.monotonic() + 5
    while worker.exists() and time.monotonic() < deadline:
        time.sleep(0.02)

    assert done.stdout.strip()
    assert not worker.exists()


def workers() -> list[int]:
    """Worker processes of this one."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = status.read_text().rpartition(")")[2].split()
            command = (status.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if int(words[1]) == os.getpid() and words[0] != "Z" and b"sparql.worker" in command:
            found.append(int(status.parent.name))
    return found


# Nothing goes out


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A loopback listener that notes whether anyone calls."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.3)
        yield listening


def calls(listening: socket.socket) -> bool:
    """Whether anyone calls."""
    try:
        listening.accept()[0].close()
    except TimeoutError:
        return False
    return True


OUTWARD = "SELECT * {{ SERVICE {silent} <http://127.0.0.1:{port}/x> {{ ?s ?p ?o }} }}"

CHILD = """
import os, socket, sys
import pyoxigraph as ox
from listkeeper.sparql import evaluation, worker
from listkeeper.sparql.evaluation import Data
from listkeeper.sparql.inspection import Dataset
from listkeeper.sparql.limits import Limits
from listkeeper.sparql.queries import Query
from listkeeper.sparql.wire import read_all
from listkeeper.uris import Minter
text, state = sys.argv[1:]
data = Data(store=ox.Store(), current="urn:c", known=frozenset(), loaded=frozenset(),
            minter=Minter(base="https://lists.example.org/"), language="en")
worker.rehearse(data, Limits())
evaluation.inspect = lambda text, base: Dataset()  # whatever is asked is let through
if state == "free":
    worker.confine = lambda kept, most: None
ours, theirs = socket.socketpair()
if os.fork() == 0:
    ours.close()
    worker.answer(theirs, data, Limits(seconds=8))
    os._exit(0)
theirs.close()
ours.sendall(Query(text=text).packed())
ours.shutdown(socket.SHUT_WR)
print(read_all(ours).decode())
"""


PATIENCE = {"free": 10, "confined": 3}
"""Seconds to listen: a child needs one to begin."""


@pytest.mark.parametrize(("state", "called"), [("free", True), ("confined", False)])
def test_the_engine_reaches_out_unless_confined(
    listener: socket.socket,
    state: str,
    called: bool,  # noqa: FBT001 - a case of the table
) -> None:
    """Past the parser, the worker's own confinement stands: not even a socket can be made."""
    text = OUTWARD.format(silent="", port=listener.getsockname()[1])
    command = [sys.executable, "-c", CHILD, text, state]
    listener.settimeout(PATIENCE[state])
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        heard = calls(listener)
        told = child.communicate()[0]

    assert heard is called
    assert ("Too many open files" in told) is not called


@pytest.mark.parametrize("silent", ["", "SILENT"])
def test_a_query_reaches_nobody(pool: Pool, listener: socket.socket, silent: str) -> None:
    """SERVICE is refused before anything is asked."""
    error = refusal(pool, OUTWARD.format(silent=silent, port=listener.getsockname()[1]))

    assert error.reason is Reason.REFUSED
    assert not calls(listener)
