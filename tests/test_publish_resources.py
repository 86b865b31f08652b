"""What an edition publishes, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listkeeper.publish.resources import ResourceKind, resources
from published import LIST, need
from repository import BASE, edition_of

if TYPE_CHECKING:
    from pathlib import Path

SUBSET = """<list/urgentNeeds> a skos:ConceptScheme ; dct:title "Urgent"@en ;
    def:subsetOf <list/needs> ; def:segment "need" ."""
CATALOGUE = '<catalogue> a dcat:Catalog ; dct:title "Lists"@en .'


def test_everything_has_an_address_and_a_uri(tmp_path: Path) -> None:
    """Concepts, lists, subsets, the definitions and the catalogue are found by address."""
    files = {"needs/list.ttl": LIST, "needs/list-urgent.ttl": SUBSET, "needs/69.ttl": need(69)}

    found = resources(edition_of(tmp_path, files))

    assert {(r.address, r.kind, r.uri, r.name) for r in found.values()} == {
        ("need/69", ResourceKind.CONCEPT, f"{BASE}id/need/69", "69"),
        ("list/needs", ResourceKind.LIST, f"{BASE}id/list/needs", "needs"),
        ("list/urgentNeeds", ResourceKind.LIST, f"{BASE}id/list/urgentNeeds", "urgentNeeds"),
        ("def", ResourceKind.DEFINITIONS, f"{BASE}def/", "def"),
        ("catalogue", ResourceKind.CATALOGUE, f"{BASE}id/catalogue", "catalogue"),
    }
    assert all(address == resource.address for address, resource in found.items())


def test_the_catalogue_has_the_uri_it_is_given(tmp_path: Path) -> None:
    """A catalogue file names the catalogue; without one it is named all the same."""
    files = {"catalogue.ttl": CATALOGUE.replace("catalogue", "catalogue-2")}

    assert resources(edition_of(tmp_path, files))["catalogue"].uri == f"{BASE}id/catalogue-2"


def test_a_whole_vocabulary_of_another_owner_is_published_here(tmp_path: Path) -> None:
    """Its concepts keep their URIs and get addresses below the list's own segment."""
    colours = """<http://other.example/colours> a skos:ConceptScheme .
        <http://other.example/colours#red> a skos:Concept ;
            skos:inScheme <http://other.example/colours> ; skos:prefLabel "Red"@en ."""

    found = resources(edition_of(tmp_path, {"colours.ttl": colours}))

    assert found["colours/red"].uri == "http://other.example/colours#red"
    assert found["list/colours"].uri == "http://other.example/colours"
