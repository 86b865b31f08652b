"""Every document of an edition: where it is, what it is, and its bytes."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from listkeeper.publish.publication import Publication
from listkeeper.publish.representations import offers
from published import TEMPLATES, document, need, publish, published
from sample import sample_edition

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.edition import Edition


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The rich sample repository, with a list of several pages."""
    return sample_edition(tmp_path_factory.mktemp("sample"), more=250)


@pytest.fixture(scope="module")
def sample(edition: Edition) -> Publication:
    """Its publication."""
    return publish(edition)


FOUND = [
    # path, kind, file of the static site, Content-Type
    ("/service/559", "plain", "service/559.html", "text/html; charset=utf-8"),
    ("/service/559.html", "format", "service/559.html", "text/html; charset=utf-8"),
    ("/service/559.ttl", "format", "service/559.ttl", "text/turtle; charset=utf-8"),
    ("/list/services", "plain", "list/services.html", "text/html; charset=utf-8"),
    ("/list/englishAndWelshServices.csv", "format", "list/englishAndWelshServices.csv", None),
    ("/list/services.csv-metadata.json", "format", "list/services.csv-metadata.json", None),
    ("/list/services/page/2", "page", "list/services/page/2.html", "text/html; charset=utf-8"),
    ("/def", "plain", "def.html", "text/html; charset=utf-8"),
    ("/def.ttl", "format", "def.ttl", "text/turtle; charset=utf-8"),
    ("/catalogue.ttl", "format", "catalogue.ttl", "text/turtle; charset=utf-8"),
    ("/context.jsonld", "page", "context.jsonld", "application/ld+json"),
    ("/", "page", "index.html", "text/html; charset=utf-8"),
    ("/lists", "plain", "lists.html", "text/html; charset=utf-8"),
    ("/about", "page", "about.html", "text/html; charset=utf-8"),
    ("/static/style.css", "static", "static/style.css", "text/css; charset=utf-8"),
]

NOT_FOUND = [
    *("", "service/559", "/service/559.", "/service/559.exe", "/service/559/", "/service"),
    *("/list/services/page/1", "/list/services/page/99", "/catalogue", "/service/559.xlsx"),
    *("/id/service/559", "/static", "/static/../listkeeper.toml"),
]


@pytest.mark.parametrize(("path", "kind", "file", "content_type"), FOUND)
def test_documents(
    path: str, kind: str, file: str, content_type: str | None, sample: Publication
) -> None:
    """Each is found by its whole path."""
    found = sample.find(path)

    assert found is not None
    assert (found.path, found.kind, found.file) == (path, kind, file)
    assert content_type in {None, found.content_type}


@pytest.mark.parametrize("path", NOT_FOUND)
def test_what_is_no_document(path: str, sample: Publication) -> None:
    """Nothing is guessed from a part of a path."""
    assert sample.find(path) is None


def test_a_code_with_a_dot_in_it_is_found(tmp_path: Path) -> None:
    """Paths are looked up whole, so 6.1 and its Turtle are two documents."""
    dotted = need(6).replace("need/6", "need/6.1").replace('"6"', '"6.1"')
    publication = published(tmp_path, {"needs/6.1.ttl": dotted, "needs/6.ttl": need(6)})

    assert b'"6.1"' in document(publication, "/need/6.1.ttl")
    assert publication.find("/need/6.1") is not None


def test_every_resource_has_every_format_of_its_kind(sample: Publication) -> None:
    """At its address and the format's ending."""
    expected = {
        f"/{resource.address}{representation.extension}"
        for resource in sample.resources.values()
        for representation in offers(resource.kind)
    }

    assert {d.path for d in sample.documents.values() if d.kind == "format"} == expected


def test_the_plain_url_and_the_page_have_the_same_bytes(sample: Publication) -> None:
    """They share one file of the static site."""
    plain = document(sample, "/service/559")

    assert plain == document(sample, "/service/559.html")
    assert b"Libraries" in plain


def test_two_publications_of_one_edition_are_the_same(
    edition: Edition, sample: Publication
) -> None:
    """Rendered in another order, too: no document depends on another or on the clock."""
    other = publish(edition)
    paths = [path for path in sample.documents if "30000" not in path]

    first = {path: document(sample, path) for path in paths}
    second = {path: document(other, path) for path in reversed(paths)}

    assert first == second


def test_documents_are_kept_within_a_bound(edition: Edition) -> None:
    """Of three documents of one size two are kept: the least recently used is forgotten."""
    paths = [f"/service/30000{number}.ttl" for number in range(3)]
    size = len(document(publish(edition), paths[0]))
    small = Publication(edition, templates=TEMPLATES, cache_bytes=2 * size)
    first, second = document(small, paths[0]), document(small, paths[1])

    assert document(small, paths[0]) is first
    document(small, paths[2])

    assert document(small, paths[0]) is first
    assert document(small, paths[1]) is not second
    assert document(small, paths[1]) == second


def test_a_document_too_large_to_keep_drives_no_other_out(edition: Edition) -> None:
    """It is rendered each time; what is kept stays."""
    small = Publication(edition, templates=TEMPLATES, cache_bytes=10_000)
    kept = document(small, "/need/69.ttl")

    assert document(small, "/list/services.nt") is not document(small, "/list/services.nt")
    assert document(small, "/need/69.ttl") is kept


def test_static_files_are_found_in_folders_too(edition: Edition, tmp_path: Path) -> None:
    """Each with the type that its ending tells; one that tells none is plain bytes."""
    folder = tmp_path / "site_templates"
    shutil.copytree(TEMPLATES, folder)
    (folder / "static" / "icons").mkdir()
    (folder / "static" / "icons" / "a.svg").write_bytes(b"<svg/>")
    (folder / "static" / "icons" / "a.odd").write_bytes(b"?")
    publication = Publication(edition, templates=folder)

    found = [publication.find(f"/static/icons/a.{ending}") for ending in ("svg", "odd")]

    types = [one and one.content_type for one in found]
    assert types == ["image/svg+xml", "application/octet-stream"]
    assert document(publication, "/static/icons/a.svg") == b"<svg/>"
