"""Whatever a query says, the answer is quick, clear and the server's own choice."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from asking import Site, make_site

if TYPE_CHECKING:
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
    "/taxonomies": ("search", "page", "per_page"),
    "/taxonomy_terms": ("search", "taxonomy_id", "parent_id", "top_only", "page", "per_page"),
}
"""Addresses and the parameters that they know."""

HOSTILE: Final = (
    "' OR '1'='1",
    '"; DROP TABLE lists; --',
    "list/../../etc/passwd",
    "list/services\x00.csv",
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "=cmd|' /C calc'!A0",
    "(a+)+$",
    "%00%ff%2e%2e",
    "services\r\nSet-Cookie: x=1",
    "list/" + "a" * 7_000,
    "," * 900,
    "-1",
    "99999999999999999999",
    "²",
    "NaN",
    "\u202e\u200b",
    "http://169.254.169.254/latest/",
    "file:///etc/passwd",
)

CLEAR: Final = frozenset({200, 400, 404, 406})


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample repository."""
    return make_site(tmp_path_factory.mktemp("lists"))


def assert_clear(reply: Reply, target: str) -> None:
    """Make sure that an answer is one of ours, and gives nothing back that could be run."""
    assert reply.status in CLEAR, target[:200]
    assert not any("\n" in value or "\r" in value for value in reply.headers.values())
    if reply.status != 200:
        assert reply.headers["content-type"] == "application/problem+json"
        assert len(json.loads(reply.body)["detail"]) < 2_000


@pytest.mark.parametrize("path", ENDPOINTS)
def test_hostile_values_get_a_clear_answer(path: str, site: Site) -> None:
    """Each of them in each parameter, within a moment."""
    begun = time.monotonic()
    asked = 0
    for name in ENDPOINTS[path]:
        for value in HOSTILE:
            target = f"{path}?{name}={quote(value, safe='')}"
            assert_clear(site.ask(target), target)
            asked += 1

    assert (time.monotonic() - begun) / asked < 0.5


@pytest.mark.parametrize("path", ENDPOINTS)
def test_a_query_of_a_megabyte_is_refused(path: str, site: Site) -> None:
    """Unread."""
    name = ENDPOINTS[path][0]
    begun = time.monotonic()

    reply = site.ask(f"{path}?{name}={'x' * 2**20}")

    assert reply.status in {400, 404}
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
