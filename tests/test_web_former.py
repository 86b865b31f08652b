"""Addresses that entries once had: through `/resolve`, and at their own host where configured."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asking import Reply, Site, make_site

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NEW = "https://lists.gov.example/"
ANSWERED = 'also_answers_for = ["http://id.esd.org.uk/", "https://old.example/lists/"]\n'


def site_at(folder: Path, base: str, more: str = "") -> Site:
    """The sample repository at a base of its own, with more settings."""
    return make_site(folder, {"../listkeeper.toml": settings(base) + more}, base=base)


def settings(base: str) -> str:
    return f'format = 1\nbase_uri = "{base}"\nlanguages = ["en", "cy"]\n'


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample repository, which answers for two former addresses."""
    return site_at(tmp_path_factory.mktemp("lists"), NEW, ANSWERED)


RESOLVED = [
    # what is asked for, where it leads
    ("http://id.esd.org.uk/service/559", "/id/service/559"),
    ("https://id.esd.org.uk/service/559", "/id/service/559"),
    ("http://id.esd.org.uk/service/559/", "/id/service/559"),
    ("esdServiceType:559", "/id/service/559"),
    ("https://old.example/lists/id/service/559", "/id/service/559"),
    (f"{NEW}id/service/559", "/id/service/559"),
    (f"{NEW}service/559", "/id/service/559"),
    ("service/559", "/id/service/559"),
]


@pytest.mark.parametrize(("uri", "target"), RESOLVED)
def test_resolve(moved: Site, uri: str, target: str) -> None:
    """Whatever an entry was called leads to what it is called now."""
    reply = moved.ask(f"/resolve?uri={quote(uri, safe='')}")

    assert (reply.status, reply.headers["location"]) == (303, target)


HOSTS = [
    # host, path, where it leads; nothing where it is answered as at any other host
    ("id.esd.org.uk", "/service/559", f"{NEW}id/service/559"),
    ("ID.ESD.ORG.UK", "/service/559", f"{NEW}id/service/559"),
    ("id.esd.org.uk", "/service/600", f"{NEW}id/service/600"),
    ("old.example", "/lists/id/service/559", f"{NEW}id/service/559"),
    ("id.esd.org.uk", "/service/559.ttl", ""),
    ("id.esd.org.uk", "/lists", ""),
    ("id.esd.org.uk", "/static/style.css", ""),
    ("other.example", "/service/559", ""),
    ("id.esd.org.uk.evil.example", "/service/559", ""),
    ("lists.gov.example", "/service/559", ""),
    ("", "/service/559", ""),
]


@pytest.mark.parametrize(("host", "path", "target"), HOSTS)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_former_host(moved: Site, host: str, path: str, target: str, method: str) -> None:
    """Only a configured one means anything, and only for identifiers."""
    reply = moved.ask(path, headers={"Host": host}, method=method)

    if target:
        assert (reply.status, reply.headers["location"]) == (303, target)
        assert reply.headers["cache-control"] == "no-store"
    else:
        assert reply.status == 200
        assert (reply.headers, reply.body) == same(moved, path, method)


def same(site: Site, path: str, method: str) -> tuple[Mapping[str, str], bytes]:
    reply = site.ask(path, method=method)
    return reply.headers, reply.body


def test_a_code_that_a_former_host_had_and_we_have_not(moved: Site) -> None:
    """It is told whose it is, there as here."""
    reply = moved.ask("/service/9", headers={"Host": "id.esd.org.uk"})

    assert reply.status == 404
    assert "http://id.esd.org.uk/service/9" in reply.text


NOWHERE = [
    # base, settings: no host leads anywhere
    (NEW, ""),
    ("https://lists.example.org/", ANSWERED),
    ("https://id.esd.org.uk/", ANSWERED),
]


@pytest.mark.parametrize(("base", "more"), NOWHERE)
def test_no_host_leads_in_a_circle_or_to_a_placeholder(
    tmp_path: Path, base: str, more: str
) -> None:
    """Without settings, while the base is the one shipped, and at the base's own host."""
    site = site_at(tmp_path, base, more)

    assert site.ask("/service/559", headers={"Host": "id.esd.org.uk"}).status == 200


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_host_header_leads_anywhere_else(moved: Site, host: str, path: str) -> None:
    """Whatever is sent, the way leads to the base or stays on the path."""
    for named in (host, "id.esd.org.uk", f"id.esd.org.uk{host}"):
        for target in (f"/{quote(path)}", f"/service/{quote(path)}", "/service/559"):
            reply: Reply = moved.ask(target, headers={"Host": named})
            assert reply.status < 500
            location = reply.headers.get("location", "/")
            assert location.startswith((NEW, "/"))
            assert not location.startswith("//")
