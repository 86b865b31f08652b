"""VoID: what the data is made of, where it is had whole, and the versions of each list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from pyshacl import validate
from rdflib import OWL, Graph

from checkout import make_checkout
from listkeeper.namespaces import DCAT, DCT, VOID
from listkeeper.publish.publication import Publication
from listkeeper.publish.void import Version
from listkeeper.release.list_versions import list_versions
from listkeeper.store.history import open_repository
from published import DEFINITIONS, LIST, TEMPLATES, document, need, published, triples
from repository import BASE

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.graph import Triple

NODE = f"{BASE}id/list/needs"
PLACE = "/.well-known/void"


def values(found: set[Triple], subject: str, predicate: str) -> set[str]:
    """Give the values of a property."""
    return {t[2].value for t in found if (t[0].value, t[1].value) == (subject, predicate)}


def described(publication: Publication) -> set[Triple]:
    """Read the document with another parser."""
    return triples(document(publication, PLACE), ox.RdfFormat.TURTLE)


def test_a_list_says_its_size_space_and_dumps(tmp_path: Path) -> None:
    """Each dump is a document that is there."""
    publication = published(tmp_path, {"needs/6.ttl": need(6), "needs/7.ttl": need(7)})
    found = described(publication)

    assert values(found, NODE, f"{VOID}entities") == {"2"}
    assert values(found, NODE, f"{VOID}uriSpace") == {f"{BASE}id/need/"}
    dumps = values(found, NODE, f"{VOID}dataDump")
    assert dumps == {f"{BASE}list/needs{e}" for e in (".ttl", ".jsonld", ".rdf", ".nt")}
    assert all(publication.find(f"/{dump.removeprefix(BASE)}") for dump in dumps)


def test_links_of_a_kind_are_counted(tmp_path: Path) -> None:
    """Between the lists that they join, once for each direction that is authored."""
    files = {
        "circumstances/list.ttl": LIST.replace("needs", "circumstances").replace(
            '"need"', '"circumstance"'
        ),
        "circumstances/1.ttl": need(1, "def:impliesNeed <need/6> ;")
        .replace("<need/1>", "<circumstance/1>")
        .replace("<list/needs>", "<list/circumstances>"),
        "needs/6.ttl": need(6),
    }
    found = described(published(tmp_path, files))
    node = f"{BASE}.well-known/void#impliesNeed"

    assert values(found, node, f"{VOID}triples") == {"1"}
    assert values(found, node, f"{VOID}subjectsTarget") == {f"{BASE}id/list/circumstances"}
    assert values(found, node, f"{VOID}objectsTarget") == {NODE}
    assert values(found, node, f"{VOID}linkPredicate") == {f"{BASE}def/impliesNeed"}


VERSIONS = (
    Version("needs", "2026.05", "2026.05", "2026-05-02"),
    Version("needs", "2026.11", "2026.11", "2026-11-03"),
)


def versioned(folder: Path) -> Publication:
    """Publish a list with two versions behind it."""
    edition = published(folder, {"needs/6.ttl": need(6)}).edition
    return Publication(edition, templates=TEMPLATES, versions=VERSIONS)


def test_versions_lead_to_each_other(tmp_path: Path) -> None:
    """The list to all of them, the newest to the one before."""
    found = described(versioned(tmp_path))
    old, new = (f"{BASE}release/{v.release}/list/needs" for v in VERSIONS)

    assert values(found, NODE, f"{DCAT}hasVersion") == {old, new}
    assert values(found, NODE, f"{DCAT}hasCurrentVersion") == {new}
    assert values(found, new, f"{DCAT}previousVersion") == {old}
    assert values(found, old, f"{DCAT}previousVersion") == set()
    assert values(found, new, f"{DCAT}version") == {"2026.11"}
    assert values(found, old, f"{DCT}issued") == {"2026-05-02"}


@pytest.mark.shared
def test_versions_conform_to_dcat_ap(tmp_path: Path, shared: Path) -> None:
    """Together with the catalogue that they belong to."""
    publication = versioned(tmp_path)
    shapes = Graph().parse(shared / "suites" / "dcat-ap" / "shapes.ttl", format="turtle")
    shapes.remove((None, OWL.imports, None))
    data = Graph()
    for path in (PLACE, "/catalogue.ttl"):
        data.parse(data=document(publication, path), format="turtle")

    conforms, _, report = validate(data, shacl_graph=shapes)

    assert conforms, report


def test_versions_are_read_from_releases(tmp_path: Path) -> None:
    """A version that did not move counts once, for the release that brought it."""
    checkout = make_checkout(tmp_path)
    for release, version in (("2026.05", "1.1"), ("2026.08", "1.1"), ("2026.11", "1.2")):
        lists = LIST.replace('"1.2"', f'"{version}"') + f"# {release}\n"
        files = {"definitions.ttl": DEFINITIONS, "needs/list.ttl": lists, "needs/6.ttl": need(6)}
        checkout.commit(files)
        checkout.release(release)

    with open_repository(tmp_path) as repository:
        found = list_versions(repository)

    assert [(v.list_name, v.name, v.release) for v in found] == [
        ("needs", "1.1", "2026.05"),
        ("needs", "1.2", "2026.11"),
    ]
