"""The catalogue: a dataset for each list, a distribution for each format, valid DCAT-AP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from pyshacl import validate
from rdflib import OWL, Graph

from listkeeper.namespaces import DCAT, DCT, FOAF
from listkeeper.publish.representations import distributions
from listkeeper.publish.resources import ResourceKind
from published import LIST, document, publish, published, triples
from repository import BASE
from sample import sample_edition

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.publish.publication import Publication


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """The rich sample repository."""
    return publish(sample_edition(tmp_path_factory.mktemp("sample")))


def values(publication: Publication, subject: str, predicate: str) -> set[str]:
    """Give the values of a property in the catalogue's Turtle."""
    found = triples(document(publication, "/catalogue.ttl"), ox.RdfFormat.TURTLE)
    return {t[2].value for t in found if (t[0].value, t[1].value) == (subject, predicate)}


def test_every_list_is_a_dataset(sample: Publication) -> None:
    """Subsets too, by their own URIs."""
    lists = {r.uri for r in sample.resources.values() if r.kind is ResourceKind.LIST}

    assert values(sample, f"{BASE}id/catalogue", f"{DCAT}dataset") == lists


def test_every_format_is_a_distribution(sample: Publication) -> None:
    """As the table of representations has them, and each download is a document."""
    node = f"{BASE}id/list/services"
    listed = values(sample, node, f"{DCAT}distribution")

    found = {url for one in listed for url in values(sample, one, f"{DCAT}downloadURL")}
    extensions = {representation.extension for representation in distributions()}
    assert found == {f"{BASE}list/services{extension}" for extension in extensions}
    assert all(sample.find(f"/{url.removeprefix(BASE)}") for url in found)


def test_a_distribution_says_its_type_and_licence(sample: Publication) -> None:
    """The media type by IANA's name for it."""
    node = f"{BASE}id/list/services#turtle"

    assert values(sample, node, f"{DCAT}mediaType") == {
        "https://www.iana.org/assignments/media-types/text/turtle"
    }
    assert values(sample, node, f"{DCT}license") == {
        "http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
    }


def test_a_dataset_says_its_version_and_dates(tmp_path: Path) -> None:
    """Those of the list, where it states them."""
    dated = LIST.replace(
        "adms:status",
        'dct:created "2026-01-02"^^xsd:date ; dct:modified "2026-11-21"^^xsd:date ; adms:status',
    )
    publication = published(tmp_path, {}, lists=dated)

    node = f"{BASE}id/list/needs"
    assert values(publication, node, f"{DCAT}version") == {"1.2"}
    assert values(publication, node, f"{DCT}issued") == {"2026-01-02"}
    assert values(publication, node, f"{DCT}modified") == {"2026-11-21"}


def test_what_is_authored_about_the_catalogue_is_published(sample: Publication) -> None:
    """With its title; its plain publisher becomes an agent, its rights a statement."""
    node = f"{BASE}id/catalogue"

    assert values(sample, node, f"{DCT}title") == {"Sample lists"}
    assert values(sample, f"{node}#publisher", f"{FOAF}name") == {"The editors of the sample"}
    assert values(sample, node, f"{DCT}rights") == {f"{node}#rights"}


def test_without_a_catalogue_file_the_settings_speak(tmp_path: Path) -> None:
    """A repository that has only lists is a catalogue all the same."""
    publication = published(tmp_path, {}, 'format = 1\nsite_name = "Our lists"\n')

    assert values(publication, f"{BASE}id/catalogue", f"{DCT}title") == {"Our lists"}
    assert values(publication, f"{BASE}id/catalogue#publisher", f"{FOAF}name") == {"Our lists"}
    assert values(publication, f"{BASE}id/list/needs#csv", f"{DCT}license") == set()


def test_json_ld_says_the_same(sample: Publication) -> None:
    """The catalogue's two formats are one graph."""
    turtle = triples(document(sample, "/catalogue.ttl"), ox.RdfFormat.TURTLE)

    assert triples(document(sample, "/catalogue.jsonld"), ox.RdfFormat.JSON_LD) == turtle


@pytest.mark.shared
@pytest.mark.parametrize("has_catalogue", [True, False])
def test_the_catalogue_conforms_to_dcat_ap(
    sample: Publication, shared: Path, tmp_path: Path, *, has_catalogue: bool
) -> None:
    """By the shapes of DCAT-AP 3, without what they import from the network."""
    publication = sample if has_catalogue else published(tmp_path, {})
    shapes = Graph().parse(shared / "suites" / "dcat-ap" / "shapes.ttl", format="turtle")
    shapes.remove((None, OWL.imports, None))
    data = Graph().parse(data=document(publication, "/catalogue.ttl"), format="turtle")

    conforms, _, report = validate(data, shacl_graph=shapes)

    assert conforms, report
