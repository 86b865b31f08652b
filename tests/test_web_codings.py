"""Bodies compressed: chosen by `Accept-Encoding`, each with a tag of its own."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import anyio
import brotli  # type: ignore[import-untyped]  # it has no types of its own
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asking import TEMPLATES, Site, ask, make_site
from listkeeper.publish.publication import Publication
from listkeeper.web.app import create_app
from listkeeper.web.codings import SUFFIXES, compress, preferred_coding
from listkeeper.web.headers import http_date
from listkeeper.web.serving import Serving, Shelf

if TYPE_CHECKING:
    from asking import Reply

CHROME = "gzip, deflate, br, zstd"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample repository."""
    return make_site(tmp_path_factory.mktemp("lists"))


CHOICES = [
    # Accept-Encoding, the coding (https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3)
    ("", ""),
    (CHROME, "br"),
    ("gzip", "gzip"),
    ("x-gzip", "gzip"),
    ("GZIP", "gzip"),
    ("br;q=0.5, gzip", "gzip"),
    ("br;q=0.5, gzip;q=0.5", "br"),
    ("gzip;q=0", ""),
    ("*", "br"),
    ("*;q=0", ""),
    ("br;q=0, *", "gzip"),
    ("identity", ""),
    ("identity, gzip;q=0.5", ""),
    ("identity;q=0.5, gzip", "gzip"),
    ("identity;q=0, gzip", "gzip"),
    ("identity;q=0", ""),
    ("deflate, zstd", ""),
    ("gzip;q=nonsense", ""),
    ("gzip;level=9", ""),
    (", ,gzip", "gzip"),
]


@pytest.mark.parametrize(("accepted", "coding"), CHOICES)
def test_preferred_coding(accepted: str, coding: str) -> None:
    """Weights decide, then the server's order; what is not of the grammar is skipped."""
    assert preferred_coding(accepted) == coding


@given(st.text(max_size=200))
def test_any_header_gives_a_coding_that_there_is(accepted: str) -> None:
    """Whatever a client sends."""
    assert preferred_coding(accepted) in {"", *SUFFIXES}


@given(st.binary(max_size=4000), st.sampled_from(sorted(SUFFIXES)))
def test_a_body_comes_back_and_is_made_alike(body: bytes, coding: str) -> None:
    """Nothing is lost, and no clock is in it."""
    coded = compress(body, coding)

    assert decoded(coded, coding) == body
    assert compress(body, coding) == coded


PATHS = ["/service/559.ttl", "/service/559", "/service/559.html", "/", "/static/style.css"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("coding", sorted(SUFFIXES))
def test_a_coded_answer(site: Site, path: str, coding: str) -> None:
    """The same bytes, fewer of them, under a tag that tells them apart."""
    whole, coded = site.ask(path), encoded(site, path, coding)

    assert coded.headers["content-encoding"] == coding
    assert decoded(coded.body, coding) == whole.body
    assert coded.headers["content-length"] == str(len(coded.body))
    assert len(coded.body) < len(whole.body)
    assert coded.headers["etag"] == f'{whole.headers["etag"][:-1]}{SUFFIXES[coding]}"'
    assert coded.headers["content-type"] == whole.headers["content-type"]
    assert coded.headers.get("link") == whole.headers.get("link")
    assert "Accept-Encoding" in whole.varies
    assert coded.varies == whole.varies


def test_what_is_compressed_already_is_left(site: Site) -> None:
    """A workbook is a ZIP file."""
    reply = encoded(site, "/list/services.xlsx", CHROME)

    assert "content-encoding" not in reply.headers
    assert "vary" not in reply.headers
    assert reply.body == site.ask("/list/services.xlsx").body


@pytest.mark.parametrize("accepted", ["", *SUFFIXES])
@pytest.mark.parametrize("suffix", ["", *SUFFIXES.values()])
@pytest.mark.parametrize("path", ["/service/559.ttl", "/service/559"])
def test_any_of_the_tags_matches(site: Site, path: str, suffix: str, accepted: str) -> None:
    """Who has the bytes in any coding is not sent them again, and is told the tag it has."""
    tag = f'{site.ask(path).headers["etag"][:-1]}{suffix}"'
    reply = encoded(site, path, accepted, {"If-None-Match": f'"x", W/{tag}'})

    assert (reply.status, reply.body) == (304, b"")
    assert reply.headers["etag"] == tag
    assert "Accept-Encoding" in reply.varies
    assert "content-encoding" not in reply.headers


def test_head_tells_of_the_coded_body(site: Site) -> None:
    """As `GET` does, without it."""
    headers = {"Accept-Encoding": "gzip"}
    got = site.ask("/service/559.ttl", headers=headers)
    head = site.ask("/service/559.ttl", method="HEAD", headers=headers)

    assert (head.body, head.headers) == (b"", got.headers)


def test_a_coded_body_is_made_once_and_counted(site: Site) -> None:
    """It is kept like any other answer, within the same bound, and forgotten like it."""
    shelf = Shelf(site.publication, cache_bytes=20_000)
    documents = site.publication.documents

    async def each() -> None:
        first = await shelf.answer(documents["/service/559.ttl"], "br")
        assert await shelf.answer(documents["/service/559.ttl"], "br") is first
        assert shelf.kept(b"/service/559.ttl", "br") is first
        assert shelf.kept(b"/service/559.ttl") is None
        for number in (600, 601, 602, 603, 604, 605, 606):
            await shelf.answer(documents[f"/service/{number}.ttl"], "gzip")
        assert shelf.kept(b"/service/559.ttl", "br") is None

    anyio.run(each)


RELEASED = 1_790_000_000
SINCE = [
    # If-Modified-Since, If-None-Match, the status
    (http_date(RELEASED), None, 304),
    (http_date(RELEASED + 1), None, 304),
    (http_date(RELEASED - 1), None, 200),
    (http_date(RELEASED), '"other"', 200),
    (http_date(RELEASED - 1), "*", 304),
    ("yesterday", None, 200),
    ("", None, 200),
    ("Sat, 31 Feb 2026 25:61:00 GMT", None, 200),
]


@pytest.mark.parametrize(("since", "if_none_match", "status"), SINCE)
def test_a_release_has_a_date(
    site: Site, since: str, if_none_match: str | None, status: int
) -> None:
    """`If-None-Match` goes before the date (RFC 9110 section 13.2.2); an odd date is none."""
    edition = site.publication.edition
    released = Publication(edition, templates=TEMPLATES, modified=RELEASED)
    headers = {"If-Modified-Since": since}
    if if_none_match:
        headers["If-None-Match"] = if_none_match
    app = create_app(Serving(released))

    for _ in range(2):  # once made, once from memory
        reply = ask(app, "/service/559.ttl", headers=headers)
        assert reply.status == status
        assert reply.headers["last-modified"] == http_date(RELEASED)


def test_pages_have_no_date(site: Site) -> None:
    """A page changes with its template, of which a release's date says nothing."""
    released = Publication(site.publication.edition, templates=TEMPLATES, modified=RELEASED)
    reply = ask(create_app(Serving(released)), "/service/559")

    assert "last-modified" not in reply.headers


def encoded(site: Site, path: str, accepted: str, headers: dict[str, str] | None = None) -> Reply:
    """Ask with `Accept-Encoding`."""
    return site.ask(path, headers={"Accept-Encoding": accepted, **(headers or {})})


def decoded(body: bytes, coding: str) -> bytes:
    """Undo a coding, with the standard library or the reference library."""
    return gzip.decompress(body) if coding == "gzip" else brotli.decompress(body)
