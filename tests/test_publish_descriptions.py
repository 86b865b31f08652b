"""Which triples describe a concept, a list, the definitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listkeeper.graph import BlankNode, URINode
from published import LIST, need, published
from repository import BASE

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.publish.publication import Publication

SUBSET = """<list/urgentNeeds> a skos:ConceptScheme ; def:subsetOf <list/needs> ;
    def:segment "need" ."""


def subjects(publication: Publication, address: str) -> list[str]:
    """Name the subjects of a description in order, below the identifiers."""
    found = publication.descriptions.triples(publication.resources[address])
    return list(dict.fromkeys(str(t[0].value).removeprefix(f"{BASE}id/") for t in found))


def test_a_concept_is_described_with_its_hash_iris(tmp_path: Path) -> None:
    """In natural order, and without those of a concept whose code begins alike."""
    parts = '<need/6#a-10> rdfs:label "x" . <need/6#a-2> rdfs:label "x" .'
    other = '<need/69#a-1> rdfs:label "x" .'
    files = {"needs/6.ttl": need(6) + parts, "needs/69.ttl": need(69) + other}

    assert subjects(published(tmp_path, files), "need/6") == ["need/6", "need/6#a-2", "need/6#a-10"]


def test_a_description_has_what_is_derived(tmp_path: Path) -> None:
    """Narrower concepts and top concepts are published with what is authored."""
    files = {"needs/6.ttl": need(6), "needs/7.ttl": need(7, "skos:broader <need/6> ;")}
    publication = published(tmp_path, files)

    found = publication.descriptions.triples(publication.resources["need/6"])

    predicates = {triple[1].value.rsplit("#", 1)[-1] for triple in found}
    assert {"narrower", "topConceptOf", "prefLabel"} <= predicates


def test_an_unknown_property_is_never_lost(tmp_path: Path) -> None:
    """What the model does not read is published as it was written."""
    publication = published(tmp_path, {"needs/6.ttl": need(6, '<urn:x:odd> "01"^^xsd:integer ;')})

    found = publication.descriptions.triples(publication.resources["need/6"])

    assert [(t[1].value, t[2].value) for t in found if t[1].value == "urn:x:odd"] == [
        ("urn:x:odd", "01")
    ]


def test_a_list_is_described_with_its_groups_and_members(tmp_path: Path) -> None:
    """Also with whatever else its files describe, which has no page of its own."""
    files = {
        "needs/6.ttl": need(6) + '<need/6#part> rdfs:label "x" .',
        "needs/10.ttl": need(10),
        "needs/groups.ttl": "<need-group/a> a skos:Collection ; skos:member <need/6> .",
        "needs/uses.ttl": "<use/1> a def:Use ; def:usesConcept <need/6> .",
    }

    assert subjects(published(tmp_path, files), "list/needs") == [
        *("list/needs", "need-group/a", "need/6", "need/6#part", "need/10", "use/1"),
    ]


def test_a_subset_is_described_with_its_members_only(tmp_path: Path) -> None:
    """Neither the other concepts nor the groups of its list are in it."""
    files = {
        "needs/list-urgent.ttl": SUBSET,
        "needs/6.ttl": need(6, "skos:inScheme <list/urgentNeeds> ;"),
        "needs/7.ttl": need(7),
        "needs/groups.ttl": "<need-group/a> a skos:Collection ; skos:member <need/6> .",
    }

    assert subjects(published(tmp_path, files), "list/urgentNeeds") == [
        "list/urgentNeeds",
        "need/6",
    ]


def test_a_group_may_say_that_it_is_of_a_subset(tmp_path: Path) -> None:
    """By skos:inScheme, as concepts do."""
    group = "<need-group/a> a skos:Collection ; skos:inScheme <list/urgentNeeds> ."
    publication = published(tmp_path, {"needs/list-urgent.ttl": SUBSET, "needs/groups.ttl": group})

    assert [c.uri for c in publication.descriptions.collections("urgentNeeds")] == [
        f"{BASE}id/need-group/a"
    ]


def test_the_definitions_are_described_with_every_term(tmp_path: Path) -> None:
    """The ontology first, as it stands first in the file."""
    found = subjects(published(tmp_path, {}), "def")

    assert found[0] == f"{BASE}def/"
    assert {f"{BASE}def/meetsNeed", f"{BASE}def/Service"} <= set(found)


def test_blank_nodes_come_along_with_stable_names(tmp_path: Path) -> None:
    """The parser names them anew each time; a description names them by their place."""
    note = 'skos:note [ rdfs:label "outer" ; rdfs:seeAlso [ rdfs:label "inner" ] ] ;'
    files = {"needs/6.ttl": need(6, note)}

    first, second = (
        publication.descriptions.triples(publication.resources["need/6"])
        for publication in (published(tmp_path, files), published(tmp_path, files))
    )

    assert first == second
    nested = {t[0].value: t[2].value for t in first if isinstance(t[0], BlankNode)}
    assert [t[2].value for t in first if t[2].value in {"outer", "inner"}] == ["outer", "inner"]
    assert set(nested) == {"b1", "b2"}


def test_blank_nodes_in_a_circle_end(tmp_path: Path) -> None:
    """Two blank nodes that lead to each other are described once each."""
    circle = need(6, "skos:note _:x ;") + "_:x rdfs:seeAlso _:y . _:y rdfs:seeAlso _:x ."
    publication = published(tmp_path, {"needs/6.ttl": circle})

    found = publication.descriptions.triples(publication.resources["need/6"])

    assert len(found) == len(set(found))
    assert sum(1 for t in found if isinstance(t[0], BlankNode)) == 2


def test_the_order_is_that_of_canonical_turtle(tmp_path: Path) -> None:
    """Predicates in their fixed order, languages with the default first."""
    label = 'skos:prefLabel "Cwmni"@cy ; dct:created "2026-01-01"^^xsd:date ;'
    publication = published(tmp_path, {"needs/6.ttl": need(6, label)}, lists=LIST)

    found = publication.descriptions.triples(publication.resources["need/6"])

    node = URINode(f"{BASE}id/need/6")
    names = [t[1].value.rsplit("#", 1)[-1] for t in found if t[0] == node]
    assert names.index("type") < names.index("notation") < names.index("prefLabel")
    assert [t[2].value for t in found if t[1].value.endswith("prefLabel")] == ["Company", "Cwmni"]
