"""Reading Turtle into the model: one act, a few lines of Turtle, the concept that comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from listkeeper.legislation import Enactment, Evidence, Provision, Rule
from listkeeper.model import (
    Catalogue,
    Collection,
    Concept,
    FormerLabel,
    LinkType,
    NoneKnown,
    Text,
    TextRecord,
    Use,
)
from listkeeper.uris import URI
from repository import edition_of

if TYPE_CHECKING:
    from pathlib import Path

ID = "https://lists.example.org/id/"
DEF = "https://lists.example.org/def/"


def read(tmp_path: Path, turtle: str, path: str = "services/05/559.ttl") -> Concept:
    """Read one concept."""
    (concept,) = edition_of(tmp_path, {path: turtle}).vocabulary.concepts.values()
    return concept


def test_labels_are_read_with_their_languages(tmp_path: Path) -> None:
    """Preferred, alternative and draft labels keep their language tags."""
    concept = read(
        tmp_path,
        """<service/437> a skos:Concept ; skos:notation "437" ;
        skos:prefLabel "Libraries"@en, "Llyfrgelloedd"@cy ;
        skos:altLabel "Book loans"@en ; def:draftLabel "Leabharlanna"@ga .""",
    )

    assert concept.label("cy") == Text(value="Llyfrgelloedd", language="cy")
    assert concept.label("fr") == Text(value="Libraries", language="en")
    assert concept.alt_labels == (Text(value="Book loans", language="en"),)
    assert concept.draft_labels == (Text(value="Leabharlanna", language="ga"),)


def test_a_concept_without_a_label_is_called_by_its_notation(tmp_path: Path) -> None:
    """A page can always say something."""
    assert read(tmp_path, '<a/1> a skos:Concept ; skos:notation "1" .').label() == Text(value="1")


def test_a_concept_knows_its_file_list_and_address(tmp_path: Path) -> None:
    """The folder names the list, the URI the address."""
    concept = read(tmp_path, '<service/437> a skos:Concept ; skos:notation "437" .')

    assert concept.path == "vocabularies/services/05/559.ttl"
    assert (concept.list_name, concept.address) == ("services", "service/437")


def test_a_former_label_is_read_with_the_version_that_replaced_it(tmp_path: Path) -> None:
    """Former names are SKOS-XL labels on hash IRIs, read in the order of their numbers."""
    concept = read(
        tmp_path,
        """<s/1> a skos:Concept ; skosxl:hiddenLabel <s/1#former-10>, <s/1#former-2> .
        <s/1#former-2> skosxl:literalForm "Trees"@en ; def:replacedIn "3.00" ; dct:source "Notes" .
        <s/1#former-10> skosxl:literalForm "Wood"@en ; def:replacedOn "2013-04-03"^^xsd:date .""",
    )

    assert concept.former_labels == (
        FormerLabel(
            uri=URI(f"{ID}s/1#former-2"),
            label=Text(value="Trees", language="en"),
            replaced_in="3.00",
            source="Notes",
        ),
        FormerLabel(
            uri=URI(f"{ID}s/1#former-10"),
            label=Text(value="Wood", language="en"),
            replaced_on="2013-04-03",
        ),
    )


def test_a_retired_concept_says_when_why_and_what_instead(tmp_path: Path) -> None:
    """Status is stated by an entry of the list of statuses."""
    concept = read(
        tmp_path,
        """<s/1> a skos:Concept ; adms:status <status/retired> ; dct:isReplacedBy <s/2>, <s/3> ;
        def:endDate "2025-04-01"^^xsd:date ; def:retirementReason "Split in two."@en .""",
    )

    assert concept.is_retired
    assert concept.end_date == "2025-04-01"
    assert concept.replaced_by == (f"{ID}s/2", f"{ID}s/3")
    assert concept.retirement_reason == (Text(value="Split in two.", language="en"),)


def test_records_about_texts_and_absent_links_are_read(tmp_path: Path) -> None:
    """A definition's status and a 'none known' sit on hash IRIs."""
    concept = read(
        tmp_path,
        """<s/1> a skos:Concept ; def:textRecord <s/1#d> ; def:noneKnown <s/1#n> .
        <s/1#d> def:aboutProperty skos:definition ; dct:language "en" ; adms:status <status/draft> ;
            dct:date "2026-11-21"^^xsd:date ; def:authorRole "Editor" .
        <s/1#n> def:linkType def:aimedAt, def:meetsNeed ; dct:date "2026-11-21"^^xsd:date ;
            def:lookedAt "The label"@en .""",
    )

    assert concept.text_records == (
        TextRecord(
            uri=URI(f"{ID}s/1#d"),
            about=URI("http://www.w3.org/2004/02/skos/core#definition"),
            language="en",
            status="draft",
            date="2026-11-21",
            author_role="Editor",
        ),
    )
    assert concept.none_known == tuple(
        NoneKnown(
            uri=URI(f"{ID}s/1#n"),
            link_type=URI(f"{DEF}{kind}"),
            date="2026-11-21",
            looked_at="The label",
        )
        for kind in ("aimedAt", "meetsNeed")
    )


def test_a_duty_is_read_with_its_provisions_and_evidence(tmp_path: Path) -> None:
    """A provision names legislation, kind, number and the page that was read."""
    concept = read(
        tmp_path,
        """<d/1> a skos:Concept, def:Duty ; def:appliesIn def:England, def:Wales ;
            def:inForce "in-force" ; def:general true ; def:provision <d/1#provision-1> .
        <d/1#provision-1> def:legislation <legislation/5> ; def:provisionKind "section" ;
            def:provisionNumber "7" ; def:provisionRole "primary" ;
            def:evidenceAddress <https://www.legislation.gov.uk/ukpga/1964/75/section/7> ;
            def:evidenceDate "2026-11-21"^^xsd:date ; def:evidenceHeading "General duty" ;
            def:evidenceVersion "revised" ; def:evidencePointInTime "2020-03-31"^^xsd:date .""",
    )

    evidence = Evidence(
        address="https://www.legislation.gov.uk/ukpga/1964/75/section/7",
        date="2026-11-21",
        heading="General duty",
        version="revised",
        point_in_time="2020-03-31",
    )
    provision = Provision(
        uri=URI(f"{ID}d/1#provision-1"),
        legislation=URI(f"{ID}legislation/5"),
        kind="section",
        number="7",
        role="primary",
        evidence=evidence,
    )
    assert concept.rule == Rule(
        provisions=(provision,), applies_in=("England", "Wales"), in_force="in-force", general=True
    )


def test_an_enactment_makes_its_own_identifier(tmp_path: Path) -> None:
    """Type, year and number give the URI at legislation.gov.uk."""
    concept = read(
        tmp_path,
        """<l/1> a skos:Concept, def:Legislation ; def:legislationType "ukpga" ;
        def:legislationYear "Edw7/8" ; def:legislationNumber "36" ; def:extent def:England .""",
    )

    assert concept.enactment == Enactment(
        type="ukpga", year="Edw7/8", number="36", extent=("England",)
    )
    assert concept.enactment.uri == "http://www.legislation.gov.uk/id/ukpga/Edw7/8/36"


LINKED = {
    "definitions.ttl": """def:meetsNeed a def:LinkType ; owl:inverseOf def:metBy ;
        rdfs:label "meets need"@en ; def:domainList <list/services> ; def:rangeList <list/needs> ;
        def:heading "Needs met"@en ; sh:order 2 ; def:minimumCoverage 0.5 .
        def:partOf a def:LinkType ; sh:order 1 .""",
    "services/2.ttl": "<service/2> a skos:Concept ; def:meetsNeed <need/1>, <need/404> .",
    "services/10.ttl": "<service/10> a skos:Concept ; def:meetsNeed <need/1> .",
    "needs/1.ttl": "<need/1> a skos:Concept ; skos:broader <need/3> .",
    "needs/3.ttl": "<need/3> a skos:Concept .",
}


def test_a_link_is_seen_from_both_sides(tmp_path: Path) -> None:
    """It is authored once; the other side is derived, in the order of codes."""
    concepts = edition_of(tmp_path, LINKED).vocabulary.concepts

    assert concepts[URI(f"{ID}service/2")].links == {
        f"{DEF}meetsNeed": (f"{ID}need/1", f"{ID}need/404")
    }
    assert concepts[URI(f"{ID}need/1")].links == {
        f"{DEF}metBy": (f"{ID}service/2", f"{ID}service/10")
    }
    assert concepts[URI(f"{ID}need/3")].narrower == (f"{ID}need/1",)


def test_link_types_are_data_in_their_order(tmp_path: Path) -> None:
    """A new kind of link needs no Python."""
    first, second = edition_of(tmp_path, LINKED).vocabulary.link_types

    assert first.name == "partOf"
    assert second == LinkType(
        uri=URI(f"{DEF}meetsNeed"),
        name="meetsNeed",
        inverse=URI(f"{DEF}metBy"),
        domain_list="services",
        range_list="needs",
        labels=(Text(value="meets need", language="en"),),
        headings=(Text(value="Needs met", language="en"),),
        order=2,
        minimum_coverage=0.5,
    )


def test_a_list_and_its_subset_are_read(tmp_path: Path) -> None:
    """Both are concept schemes; members are those that say so."""
    vocabulary = edition_of(
        tmp_path,
        {
            "services/list.ttl": """<list/services> a skos:ConceptScheme ; dct:title "Services"@en ;
            def:segment "service" ; adms:status <status/live> ; def:firstMinted 200001 ;
            def:otherName "LGSL" ; def:accuracy "Good"@en ; sh:order 10 .""",
            "services/list-internal.ttl": """<list/internal> a skos:ConceptScheme ;
            def:subsetOf <list/services> ; def:segment "service" .""",
            "services/2.ttl": "<service/2> a skos:Concept ; skos:inScheme <list/services> .",
            "services/10.ttl": """<service/10> a skos:Concept ;
            skos:inScheme <list/services>, <list/internal> .""",
        },
    ).vocabulary

    services = vocabulary.schemes["services"]
    assert (services.title(), services.status) == (Text(value="Services", language="en"), "live")
    assert (services.first_minted, services.other_names) == (200001, ("LGSL",))
    assert services.order == 10
    assert services.quality == {"accuracy": Text(value="Good", language="en")}
    assert vocabulary.schemes["internal"].subset_of == "services"
    assert [c.notation for c in vocabulary.members("services")] == ["2", "10"]
    assert [c.notation for c in vocabulary.members("internal")] == ["10"]


def test_the_catalogue_groups_and_uses_are_read(tmp_path: Path) -> None:
    """What is about lists rather than entries is read too."""
    vocabulary = edition_of(
        tmp_path,
        {
            "catalogue.ttl": """<catalogue> a dcat:Catalog ; dct:title "Lists"@en ;
            def:publisherName "Us"@en ; dct:license <http://example.org/l> .""",
            "services/groups.ttl": """<list/services#group-a> a skos:Collection ;
            skos:prefLabel "A"@en ; skos:member <service/10>, <service/2> .""",
            "services/uses.ttl": """<list/services#use-x> a def:Use ; rdfs:label "X"@en ;
            dct:source "a file" ; dct:date "2026-11-21"^^xsd:date ;
            def:usesConcept <service/2> .""",
        },
    ).vocabulary

    assert vocabulary.catalogue == Catalogue(
        uri=URI(f"{ID}catalogue"),
        titles=(Text(value="Lists", language="en"),),
        publisher=Text(value="Us", language="en"),
        licence="http://example.org/l",
    )
    assert tuple(vocabulary.collections.values()) == (
        Collection(
            uri=URI(f"{ID}list/services#group-a"),
            pref_labels=(Text(value="A", language="en"),),
            members=(URI(f"{ID}service/2"), URI(f"{ID}service/10")),
        ),
    )
    assert vocabulary.uses == (
        Use(
            uri=URI(f"{ID}list/services#use-x"),
            user=Text(value="X", language="en"),
            source="a file",
            date="2026-11-21",
            concepts=(URI(f"{ID}service/2"),),
        ),
    )


def test_a_vocabulary_of_others_in_one_file_is_read(tmp_path: Path) -> None:
    """Its concepts keep their own URIs and get an address by file and notation."""
    vocabulary = edition_of(
        tmp_path,
        {
            "rocks.ttl": """<http://rocks.example/s> a skos:ConceptScheme .
            <http://rocks.example/granite> a skos:Concept ; skos:inScheme <http://rocks.example/s> .
            <http://rocks.example/x#chalk> a skos:Concept ; skos:notation "C1" .""",
        },
    ).vocabulary

    assert {c.uri: c.address for c in vocabulary.concepts.values()} == {
        "http://rocks.example/granite": "rocks/granite",
        "http://rocks.example/x#chalk": "rocks/C1",
    }
    assert vocabulary.schemes["rocks"].uri == "http://rocks.example/s"


ODD = [
    "skos:prefLabel <service/2>",
    'skos:broader "3"',
    'adms:status "current"',
    'def:textRecord "x" ; skosxl:hiddenLabel "y" ; def:noneKnown "z"',
    'a def:Duty ; def:provision "7"',
    "def:textRecord <nowhere#1> ; skosxl:hiddenLabel <nowhere#2> ; def:noneKnown <nowhere#3>",
    "a def:Duty ; def:provision <nowhere#4>",
]


@pytest.mark.parametrize("odd", ODD)
def test_odd_content_never_stops_the_reading(odd: str, tmp_path: Path) -> None:
    """What does not fit is left to the checks; the concept is there all the same."""
    concept = read(tmp_path, f"<service/1> a skos:Concept ; {odd} .")

    assert concept.uri == f"{ID}service/1"
