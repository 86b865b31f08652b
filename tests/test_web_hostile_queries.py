"""Whatever a query says, the answer is quick, clear and the server's own choice."""

from __future__ import annotations

import json
import statistics
import time
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asking import Site, make_site
from hostile import QUERIES
from hostile import TEXTS as HOSTILE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from asking import Reply

ENDPOINTS: Final = {
    "/csv": ("uri", "mappedToUri"),
    "/csv/mappings": ("uri",),
    "/xml": ("uri", "mappedToUri", "form"),
    "/lists/mapping": ("from", "to", "toTag"),
    "/lists.json": ("tag",),
    "/list/services.csv": ("retired", "language", "columns", "mapped-to", "function"),
    "/list/services.xlsx": ("columns", "organisation-type"),
    "/list/services.csv-metadata.json": ("columns", "mapped-to"),
    "/downloads": ("list", "format", "columns", "mapped-to", "need"),
    "/search": ("q", "list", "status", "function", "limit", "offset", "format"),
    "/suggest": ("q", "list", "limit"),
    "/resolve": ("uri",),
    "/reconcile": ("queries", "extend", "query"),
    "/reconcile/extend/propose": ("type", "limit"),
    "/reconcile/suggest/entity": ("prefix", "type", "cursor"),
    "/reconcile/suggest/type": ("prefix", "cursor"),
    "/reconcile/suggest/property": ("prefix", "cursor"),
    "/reconcile/preview": ("id",),
    "/reconcile/view": ("id",),
    "/match": ("list", "column"),
    "/check-codes": ("list", "column"),
    "/changed": ("list",),
    "/refresh": ("file",),
    "/sparql": ("default-graph-uri", "format", "x"),
    "/taxonomies": ("search", "page", "per_page"),
    "/taxonomy_terms": ("search", "taxonomy_id", "parent_id", "top_only", "page", "per_page"),
}
"""Addresses and the parameters that they know."""

PATHS: Final = (
    "/lists/",
    "/lists/services/",
    "/lists/services/559/",
    "/taxonomies/",
    "/taxonomy_terms/",
)
"""Addresses with a part that anyone may choose."""

CLEAR: Final = frozenset({200, 303, 400, 404, 406, 413, 414, 415, 422})

RESULTS: Final = "application/sparql-results+json"
FORM: Final = "application/x-www-form-urlencoded"
JSON: Final = "application/json"
TABLES: Final[dict[str, Callable[[str], bytes]]] = {
    FORM: lambda text: urlencode({"text": text, "list": "services"}).encode(),
    JSON: lambda text: json.dumps({"names": [text] * 20, "codes": [text]}).encode(),
    "text/csv": lambda text: f"Code,Label\r\n1,{text}\r\n{text},1\r\n".encode(),
    "multipart/form-data; boundary=x": lambda text: f"--x\r\n{text}\r\n--x--".encode(),
}
BODIES: Final[dict[str, dict[str, Callable[[str], bytes]]]] = {
    **dict.fromkeys(("/match", "/check-codes", "/changed"), TABLES),
    "/refresh": {
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": str.encode,
        "multipart/form-data; boundary=x": lambda text: f"--x\r\n{text}\r\n--x--".encode(),
    },
    "/reconcile": {
        FORM: lambda text: urlencode(
            {"queries": json.dumps({"q": {"query": text, "type": text, "limit": 3}})}
        ).encode(),
        f"{FORM}; charset=x": lambda text: urlencode({"extend": text}).encode(),
    },
    "/reconcile/match": {
        JSON: lambda text: json.dumps(
            {"queries": [{"conditions": [{"matchType": "name", "propertyValue": text}]}]}
        ).encode(),
        "text/plain": str.encode,
    },
    "/reconcile/extend": {
        JSON: lambda text: json.dumps({"ids": [text], "properties": [{"id": text}]}).encode(),
        "text/plain": str.encode,
    },
}
"""Bodies of requests: content type, and what makes one of a text."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample repository."""
    return make_site(tmp_path_factory.mktemp("lists"))


def assert_clear(reply: Reply, target: str, also: Sequence[int] = ()) -> None:
    """Make sure that an answer is one of ours, and gives nothing back that could be run."""
    assert reply.status in {*CLEAR, *also}, (reply.status, target[:200])
    assert not any("\n" in value or "\r" in value for value in reply.headers.values())
    if reply.headers.get("content-type", "").startswith("text/html"):
        assert "<script>alert" not in reply.text
    elif reply.status not in {200, 303}:
        assert reply.headers["content-type"] == "application/problem+json"
        assert len(json.loads(reply.body)["detail"]) < 2_000


def soon(site: Site, send: Callable[[str], Reply], texts: Sequence[str]) -> None:
    """Send a hundred texts: each is answered within a moment, and others after it at speed."""
    assert len(texts) >= 100
    before = typical(site)
    for text in texts:
        begun = time.monotonic()
        assert_clear(send(text), text)
        assert time.monotonic() - begun < 2, text[:200]
    assert typical(site) < 10 * before + 0.02


def typical(site: Site) -> float:
    """Median of the seconds that a description takes."""

    def timed() -> float:
        begun = time.perf_counter()
        assert site.ask("/service/559.ttl").status == 200
        return time.perf_counter() - begun

    return statistics.median(timed() for _ in range(20))


@pytest.mark.parametrize(
    ("path", "name"), [(path, name) for path, names in ENDPOINTS.items() for name in names]
)
def test_hostile_values_get_a_clear_answer(path: str, name: str, site: Site) -> None:
    """A hundred of them in each parameter."""
    soon(site, lambda text: site.ask(f"{path}?{name}={quoted(text)}"), HOSTILE)


@pytest.mark.parametrize("path", PATHS)
def test_hostile_addresses_get_a_clear_answer(path: str, site: Site) -> None:
    """A part of a path may hold anything too."""
    soon(site, lambda text: site.ask(path + quoted(text)), HOSTILE)


@pytest.mark.parametrize(
    ("path", "kind"), [(path, kind) for path, kinds in BODIES.items() for kind in kinds]
)
def test_hostile_bodies_get_a_clear_answer(path: str, kind: str, site: Site) -> None:
    """A hundred of them in each kind of body."""
    make = BODIES[path][kind]
    soon(
        site,
        lambda text: site.ask(path, method="POST", headers={"Content-Type": kind}, body=make(text)),
        HOSTILE,
    )


@pytest.mark.parametrize("path", BODIES)
def test_a_field_of_a_megabyte_gets_a_clear_answer(path: str, site: Site) -> None:
    """In each kind of body: of one sign, of words, of brackets."""
    for kind, make in BODIES[path].items():
        for text in ("x" * 2**20, "waste " * 180_000, "[" * 2**20):
            begun = time.monotonic()
            reply = site.ask(path, method="POST", headers={"Content-Type": kind}, body=make(text))

            assert_clear(reply, kind)
            assert time.monotonic() - begun < 5


def test_hostile_queries_in_sparql_get_a_clear_answer(site: Site) -> None:
    """A hundred: each with results, or in one line why there are none; nothing is written."""
    assert len(QUERIES) >= 100
    kinds = ("application/sparql-query", "application/sparql-update", FORM)
    before = typical(site)
    stopped = 0
    for number, text in enumerate(QUERIES):
        kind = kinds[2 * (number % 2)]
        body = urlencode({"query": text}).encode() if kind == FORM else text.encode()
        begun = time.monotonic()
        reply = site.ask("/sparql", method="POST", headers={"Content-Type": kind}, body=body)
        assert_clear(reply, text, also=(503,))
        assert time.monotonic() - begun < 8, text[:200]
        stopped += reply.status == 503

    assert stopped <= 3
    assert typical(site) < 10 * before + 0.02
    asked = site.ask(f"/sparql?query={quote('ASK { <a> <b> <c> }')}", RESULTS)
    assert (asked.status, json.loads(asked.body).get("boolean")) == (200, False)


def quoted(text: str) -> str:
    """Write a text for an address."""
    return quote(text, safe="", errors="replace")


@pytest.mark.parametrize("path", ENDPOINTS)
def test_a_query_of_a_megabyte_gets_a_clear_answer(path: str, site: Site) -> None:
    """Where parameters choose nothing, it is passed over."""
    name = ENDPOINTS[path][0]
    begun = time.monotonic()

    assert_clear(site.ask(f"{path}?{name}={'x' * 2**20}"), path)

    assert time.monotonic() - begun < 1


TEXTS = st.text(max_size=30) | st.sampled_from(["services", "list/services", "csv", "yes", "1"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    path=st.sampled_from(sorted(ENDPOINTS)),
    pairs=st.lists(st.tuples(st.text(max_size=12) | st.sampled_from(["uri", "list"]), TEXTS)),
)
def test_any_query_gets_a_clear_answer(path: str, pairs: list[tuple[str, str]], site: Site) -> None:
    """Names and values of any kind, in any number."""
    target = f"{path}?{urlencode(pairs, errors='replace')}"

    assert_clear(site.ask(target), target)
