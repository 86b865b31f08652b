"""The SPARQL 1.1 Protocol over HTTP: https://www.w3.org/TR/sparql11-protocol/."""

from __future__ import annotations

import html
import json
import re
import time
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest

from asking import Reply, Site, make_site
from listkeeper.sparql.limits import Limits
from test_sparql_pool import workers

if TYPE_CHECKING:
    from pathlib import Path

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
LABEL = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?label { <id/service/559> skos:prefLabel ?label }"""
SD = "http://www.w3.org/ns/sparql-service-description#"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample repository."""
    return make_site(tmp_path_factory.mktemp("lists"))


def get(site: Site, query: str, accept: str | None = None, **more: str) -> Reply:
    """Ask by GET."""
    return site.ask(f"/sparql?{urlencode({'query': query, **more})}", accept)


def post(site: Site, body: str, kind: str, accept: str | None = None, query: str = "") -> Reply:
    """Ask by POST."""
    headers = {"Content-Type": kind}
    return site.ask(f"/sparql{query}", accept, method="POST", headers=headers, body=body.encode())


FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"


def test_the_three_ways_to_ask_agree(site: Site) -> None:
    """GET, POST of a form and POST of the query itself have one answer."""
    replies = [
        get(site, LABEL, "text/csv"),
        post(site, urlencode({"query": LABEL}), FORM, "text/csv"),
        post(site, LABEL, DIRECT, "text/csv"),
        post(site, LABEL, f"{DIRECT}; charset=utf-8", "text/csv"),
    ]

    assert [reply.status for reply in replies] == [200] * 4
    assert {reply.body for reply in replies} == {b"label\r\nLibraries\r\n"}
    assert replies[0].headers["vary"] == "Accept"
    assert replies[0].headers["access-control-allow-origin"] == "*"


ACCEPTED = [
    # Accept, content type of a SELECT, content type of a CONSTRUCT
    (None, "application/sparql-results+json", "text/turtle; charset=utf-8"),
    ("*/*", "application/sparql-results+json", "text/turtle; charset=utf-8"),
    ("application/sparql-results+xml", "application/sparql-results+xml", None),
    ("text/csv", "text/csv; charset=utf-8", None),
    ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", None),
    ("application/n-triples", None, "application/n-triples"),
    ("application/ld+json", None, "application/ld+json"),
    ("application/rdf+xml;q=0.5, text/turtle;q=0.4", None, "application/rdf+xml"),
    ("application/sparql-results+json, application/rdf+xml",
     "application/sparql-results+json", "application/rdf+xml"),
    (BROWSER, "text/html; charset=utf-8", "text/html; charset=utf-8"),
    ("image/png", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("accept", "rows", "graph"), ACCEPTED)
def test_formats_are_negotiated(
    site: Site, accept: str | None, rows: str | None, graph: str | None
) -> None:
    """Rows and graphs have formats of their own; 406 says that none fits."""
    for query, expected in ((LABEL, rows), ("CONSTRUCT WHERE { ?s a ?o }", graph)):
        reply = get(site, query, accept)

        assert reply.status == (200 if expected else 406)
        assert reply.headers["content-type"] == (expected or "application/problem+json")


@pytest.mark.parametrize(("name", "kind"), [("csv", "text/csv"), ("xml", "application/sparql-")])
def test_a_format_by_its_name(site: Site, name: str, kind: str) -> None:
    """A link in a spreadsheet or a browser cannot send Accept."""
    reply = get(site, LABEL, BROWSER, format=name)

    assert reply.headers["content-type"].startswith(kind)
    assert b"Libraries" in reply.body


def test_parameters_of_other_endpoints_do_no_harm(site: Site) -> None:
    """Client libraries send them unasked."""
    reply = get(site, LABEL, "text/csv", output="json", results="json", timeout="1")

    assert reply.status == 200


def test_the_service_description(site: Site) -> None:
    """Without a query the endpoint says what it is, also to who accepts anything."""
    for accept in (None, "*/*", "text/turtle"):
        reply = site.ask("/sparql", accept)
        quads = list(ox.parse(reply.body, format=ox.RdfFormat.TURTLE))
        endpoint = [q.object.value for q in quads if q.predicate.value == f"{SD}endpoint"]
        names = [q.object.value for q in quads if q.predicate.value == f"{SD}name"]

        assert reply.headers["content-type"] == "text/turtle; charset=utf-8"
        assert endpoint == ["https://lists.example.org/sparql"]
        assert names == ["https://lists.example.org/id/catalogue"]


@pytest.mark.parametrize(
    ("accept", "format_"),
    [
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    ],
)
def test_the_service_description_in_each_format(
    site: Site, accept: str, format_: ox.RdfFormat
) -> None:
    """All say the same."""
    turtle = set(ox.parse(site.ask("/sparql").body, format=ox.RdfFormat.TURTLE))

    assert set(ox.parse(site.ask("/sparql", accept).body, format=format_)) == turtle


def test_its_named_graph_can_be_asked(site: Site) -> None:
    """What the description names works as default-graph-uri."""
    graph = "https://lists.example.org/id/catalogue"
    reply = get(site, LABEL, "text/csv", **{"default-graph-uri": graph})

    assert reply.body == b"label\r\nLibraries\r\n"


def test_an_unknown_graph(site: Site) -> None:
    """It is a mistake of the client's, told by name."""
    reply = get(site, LABEL, **{"named-graph-uri": "https://lists.example.org/release/1"})

    assert reply.status == 400
    assert json.loads(reply.body)["reason"] == "unknown graph"
    assert "release/1" in reply.text


WRONG = [
    # what is sent, status, what is said
    (("GET", "?query=SELEC", "", ""), 400, "Not a SPARQL query"),
    (("GET", "?query=ASK{}&query=ASK{}", "", ""), 400, "exactly one query"),
    (("GET", "?update=DROP+ALL", "", ""), 400, "read only"),
    (("GET", "?query=DROP+ALL", "", ""), 400, "read only"),
    (("GET", "?query=%FF", "", ""), 400, "no UTF-8"),
    (("GET", "?query=ASK{}" + "&x=1" * 200, "", ""), 400, "more than 100 fields"),
    (("GET", "?query=" + quote("SELECT*{SERVICE<http://127.0.0.1/>{}}"), "", ""), 400, "SERVICE"),
    (("POST", "", "update=DROP+ALL", FORM), 400, "read only"),
    (("POST", "", "DROP ALL", "application/sparql-update"), 400, "read only"),
    (("POST", "", "", FORM), 400, "exactly one query"),
    (("POST", "", "ASK {}", "text/plain"), 415, "application/sparql-query"),
    (("POST", "", "ASK {}", ""), 415, "application/sparql-query"),
    (("POST", "", "ASK { ?s ?p '" + "x" * 2**20 + "' }", DIRECT), 413, "64 KiB"),
    (("POST", "", "ASK { ?s ?p '" + "x" * 20_000 + "' }", DIRECT), 400, "16 KiB"),
]


@pytest.mark.parametrize(("sent", "status", "said"), WRONG)
def test_what_cannot_be_met_is_told(
    site: Site, sent: tuple[str, str, str, str], status: int, said: str
) -> None:
    """One clear line, as a problem document."""
    method, query, body, kind = sent
    headers = {"Content-Type": kind} if kind else None
    reply = site.ask(f"/sparql{query}", method=method, headers=headers, body=body.encode())

    assert reply.status == status
    assert reply.headers["content-type"] == "application/problem+json"
    assert said in json.loads(reply.body)["detail"]
    assert len(reply.body) < 1000


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods(site: Site, method: str) -> None:
    """There is nothing to change."""
    assert site.ask("/sparql", method=method).status == 405


def test_head(site: Site) -> None:
    """HEAD is GET without its body."""
    reply = site.ask(f"/sparql?{urlencode({'query': LABEL})}", method="HEAD")

    assert reply.status == 200
    assert reply.body == b""
    assert int(reply.headers["content-length"]) > 0


# The page


def test_the_page_has_a_form_and_examples(site: Site) -> None:
    """A browser gets a page; each example's link runs it, below any folder."""
    page = site.ask("/sparql", BROWSER).text
    links = re.findall(r'<a href="(sparql\?[^"]+)">Run this query', page)

    assert '<textarea id="query" name="query"' in page
    assert len(links) >= 8
    for link in links:
        assert site.ask(f"/{html.unescape(link)}", BROWSER).status == 200


def test_results_on_the_page(site: Site) -> None:
    """Rows with links to the entries, and the same query as CSV."""
    query = "SELECT ?s { ?s <http://www.w3.org/2004/02/skos/core#notation> '559' }"
    page = get(site, query, BROWSER).text

    assert '<a href="./service/559">' in page
    assert "1 row." in page
    (as_csv,) = re.findall(r'href="(sparql\?[^"]+format=csv)"', page)
    assert (
        site.ask(f"/{html.unescape(as_csv)}", BROWSER)
        .headers["content-type"]
        .startswith("text/csv")
    )


def test_other_results_on_the_page(site: Site) -> None:
    """Yes or no, a graph, and nothing at all."""
    assert "<strong>Yes</strong>" in get(site, "ASK {}", BROWSER).text
    assert "skos:notation &#34;559&#34;" in get(site, "DESCRIBE <id/service/559>", BROWSER).text
    assert "0 rows." in get(site, "SELECT * { <urn:none> ?p ?o }", BROWSER).text


def test_a_mistake_on_the_page(site: Site) -> None:
    """The query stays in the form beside what is wrong with it."""
    reply = get(site, "SELECT * { ?s ?p", BROWSER)

    assert reply.status == 400
    assert "SELECT * { ?s ?p</textarea>" in reply.text
    assert "not a SPARQL query" in reply.text


def test_nothing_in_results_becomes_markup(site: Site) -> None:
    """Whatever a query makes up is shown as text."""
    query = 'SELECT ("<script>x</script>" AS ?a) (<javascript:x> AS ?b) {}'
    page = get(site, query, BROWSER).text

    assert "<script>" not in page
    assert 'href="javascript:' not in page
    assert "&lt;script&gt;" in page


# Editions


def test_a_new_edition_is_asked_anew(tmp_path: Path) -> None:
    """After a swap the next query sees the new lists, and the old ones' worker is gone."""
    site = make_site(tmp_path / "first")
    other = make_site(
        tmp_path / "second",
        {
            "needs/70.ttl": """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
            <https://lists.example.org/id/need/70> a skos:Concept ; skos:notation "70" ."""
        },
    )
    query = "ASK { <id/need/70> ?p ?o }"
    before = set(workers())
    assert json.loads(get(site, query).body)["boolean"] is False
    (worker,) = set(workers()) - before
    site.serving.swap(other.publication)

    assert json.loads(get(site, query).body)["boolean"] is True
    assert worker not in workers()


def test_the_limits_are_those_that_are_told(site: Site) -> None:
    """The page says them; the documentation names the same."""
    page = site.ask("/sparql", BROWSER).text

    assert Limits() == Limits(seconds=5, rows=10_000, query_bytes=16 * 1024)
    assert "take 5 seconds, give 10,000 rows and be 16 KiB long" in page


def test_a_hostile_query_over_http(site: Site) -> None:
    """It ends in its time with a clear 503, and other addresses are answered meanwhile."""
    values = " ".join(f"VALUES ?v{i} {{ {' '.join(map(str, range(30)))} }}" for i in range(8))
    began = time.monotonic()
    reply = get(site, f"SELECT (COUNT(*) AS ?n) {{ {values} }}")

    assert reply.status == 503
    assert "ended after 5 s" in reply.text
    assert time.monotonic() - began < 8
    assert get(site, LABEL, "text/csv").status == 200
