"""Which methods an address answers, and that it says so."""

from __future__ import annotations

import pytest

from asking import Site, make_site

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample repository."""
    return make_site(tmp_path_factory.mktemp("lists"))


READ = {"GET", "HEAD", "OPTIONS"}
BOTH = {*READ, "POST"}
SENT = {"OPTIONS", "POST"}
ADDRESSES = [
    # path, what it answers
    ("/service/559", READ),
    ("/service/559.ttl", READ),
    ("/id/service/559", READ),
    ("/", READ),
    ("/static/style.css", READ),
    ("/health", READ),
    ("/nothing", READ),
    ("/search", READ),
    ("/sparql", BOTH),
    ("/refresh", BOTH),
    ("/match", BOTH),
    ("/check-codes", BOTH),
    ("/reconcile", BOTH),
    ("/reconcile/match", SENT),
    ("/reconcile/extend", SENT),
]


@pytest.mark.parametrize(("path", "allowed"), ADDRESSES)
def test_what_is_allowed_is_said(site: Site, path: str, allowed: set[str]) -> None:
    """`OPTIONS` and 405 agree (RFC 9110 section 10.2.1), and nothing else is answered."""
    asked = site.ask(path, method="OPTIONS")

    assert asked.status == 204
    assert set(asked.headers["allow"].split(", ")) == allowed
    assert asked.headers["access-control-allow-methods"] == asked.headers["allow"]
    for method in METHODS:
        reply = site.ask(path, method=method)
        assert (method, reply.status == 405) == (method, method not in allowed)
        if reply.status == 405:
            assert reply.headers["allow"] == asked.headers["allow"]
