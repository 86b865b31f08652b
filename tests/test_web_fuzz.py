"""Requests of any path, query, headers, method and body: what holds of every answer."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import brotli  # type: ignore[import-untyped]  # it has no types of its own
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asking import Site, make_site

if TYPE_CHECKING:
    from collections.abc import Mapping

    from asking import Reply

BASE = "https://lists.gov.example/"
SETTINGS = f"""\
format = 1
base_uri = "{BASE}"
languages = ["en", "cy"]
also_answers_for = ["http://id.esd.org.uk/"]
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample repository, with texts that the checks refuse, answering for a former host."""
    folder = tmp_path_factory.mktemp("lists")
    return make_site(folder, {"../listkeeper.toml": SETTINGS}, hostile=True, base=BASE)


WORDS = (
    *("", "id", "service", "559", "559.ttl", "600", "611", "list", "services", "services.csv"),
    *("def", "meetsNeed", "table", "tree", "..", ".", "%2e%2e", "%2F", "%00", "%ff", "a-z"),
    *("\\evil.example", "evil.example", "static", "style.css", "search", "suggest", "resolve"),
    *("match", "check-codes", "changed", "downloads", "csv", "xml", "lists", "mapping", "verbose"),
    *("taxonomies", "taxonomy_terms", "reconcile", "extend", "preview", "openapi.json", "health"),
    *("catalogue.ttl", "context.jsonld", "559.linkset.json", "about", "page", "2", "9" * 50),
)
PARAMETERS = (
    *("q", "uri", "list", "status", "_profile", "_mediatype", "format", "limit", "offset", "page"),
    *("mappedToUri", "from", "to", "columns", "retired", "language", "queries", "prefix", "id"),
    *("service", "organisation-type", "x", ""),
)
VALUES = (
    *("559", "service/559", "//evil.example", "https://evil.example/", "javascript:alert(1)"),
    *("list/services", "services", "skos", "schema.org", "all", "text/turtle", "html", "-1", "%"),
    *("http://id.esd.org.uk/service/559", "http://id.esd.org.uk/service/9", "9" * 30, "%00", "*"),
    *("Libraries", '"', "'", "a\r\nX: y", "\N{RIGHT-TO-LEFT OVERRIDE}", "", "../../etc/passwd"),
)
SEGMENTS = st.one_of(st.sampled_from(WORDS), st.text(max_size=8))
PATHS = st.one_of(
    st.binary(max_size=40).map(lambda raw: b"/" + raw),
    st.lists(SEGMENTS, max_size=5).map(lambda parts: ("/" + "/".join(parts)).encode()),
)
PAIRS = st.tuples(st.sampled_from(PARAMETERS), st.one_of(st.sampled_from(VALUES), st.text()))
QUERIES = st.one_of(
    st.binary(max_size=40),
    st.lists(PAIRS, max_size=4).map(lambda pairs: "&".join(map("=".join, pairs)).encode()),
)
RANGES = st.sampled_from(
    ("text/html", "text/turtle", "*/*", "application/json", "image/png", "q=0")
)
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "Accept": st.one_of(RANGES, st.text(max_size=40)),
        "Accept-Profile": st.one_of(st.just("<https://schema.org/>"), st.text(max_size=40)),
        "Accept-Encoding": st.one_of(st.sampled_from(("br", "gzip, br;q=0")), st.text(max_size=20)),
        "Accept-Language": st.one_of(st.just("cy"), st.text(max_size=20)),
        "Accept-Datetime": st.one_of(
            st.just("Sun, 06 Nov 1994 08:49:37 GMT"), st.text(max_size=30)
        ),
        "If-None-Match": st.one_of(st.just("*"), st.text(max_size=40)),
        "If-Modified-Since": st.one_of(
            st.just("Sun, 06 Nov 1994 08:49:37 GMT"), st.text(max_size=30)
        ),
        "If-Match": st.text(max_size=20),
        "Range": st.one_of(st.just("bytes=0-1,5-9"), st.text(max_size=20)),
        "Host": st.one_of(st.sampled_from(("id.esd.org.uk", "evil.example")), st.text(max_size=20)),
        "X-Forwarded-Host": st.just("evil.example"),
        "X-Forwarded-Prefix": st.just("//evil.example"),
        "Origin": st.text(max_size=20),
        "Content-Type": st.sampled_from(
            (
                "application/x-www-form-urlencoded",
                "application/json",
                "multipart/form-data; boundary=a",
                "application/sparql-query",
                "text/csv",
                "",
            )
        ),
    },
)
METHODS = st.sampled_from(("GET", "GET", "GET", "HEAD", "OPTIONS", "POST", "PUT", "PROPFIND"))
BODIES = st.one_of(st.just(b""), st.binary(max_size=60), st.sampled_from((b"{}", b"q=a", b"[1]")))


@given(PATHS, QUERIES, HEADERS, METHODS, BODIES)
def test_what_holds_of_every_answer(
    site: Site, path: bytes, query: bytes, headers: Mapping[str, str], method: str, body: bytes
) -> None:
    """Never a failure, never a way out, and headers that are true of the body."""
    target = path.replace(b"?", b"") + b"?" + query
    reply = site.ask(target, method=method, headers=headers, body=body)

    assert reply.status < 500, (target, reply.text)
    assert reply.headers["access-control-allow-origin"] == "*"
    if "location" in reply.headers:
        assert reply.status == 303
        assert_is_ours(site, reply, headers)
    if reply.status in {303, 406}:
        assert "Accept" in reply.varies
    if reply.status == 405:
        assert method not in reply.headers["allow"].split(", ")
    if method == "HEAD" or reply.status in {204, 304}:
        assert reply.body == b""
    elif "content-length" in reply.headers:
        assert reply.headers["content-length"] == str(len(reply.body))
    if reply.status >= 400:
        assert "etag" not in reply.headers
        assert reply.headers["cache-control"] == "no-store"


def assert_is_ours(site: Site, reply: Reply, headers: Mapping[str, str]) -> None:
    """Make sure that a redirect leads to a path here, or from a former host to the base."""
    target = reply.headers["location"]
    if headers.get("Host") == "id.esd.org.uk" and target.startswith(BASE):
        target = target.removeprefix(BASE[:-1])
    split = urlsplit(target)
    assert (split.scheme, split.netloc) == ("", "")
    assert re.match(r"/(?![/\\])", target)
    led_to = site.ask(target.partition("#")[0])
    assert led_to.status in {200, 303}, target


CODINGS = {"br": brotli.decompress, "gzip": gzip.decompress}


@given(st.sampled_from(("/service/559.ttl", "/service/559", "/list/needs.csv", "/")), HEADERS)
def test_no_preference_changes_a_body(site: Site, path: str, headers: Mapping[str, str]) -> None:
    """One URL, one body: whatever comes with 200 is the same bytes once they are decoded."""
    others = {name: value for name, value in headers.items() if name != "Host"}
    reply = site.ask(path, headers=others)

    if reply.status == 200:
        decode = CODINGS.get(reply.headers.get("content-encoding", ""), bytes)
        assert decode(reply.body) == site.ask(path).body
    else:
        assert reply.status in {303, 304, 406}
