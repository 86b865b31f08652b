"""JSON for applications: one stable shape, every key always there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from published import document, need, publish, published
from repository import BASE
from sample import sample_edition

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.publish.publication import Publication

ID = f"{BASE}id/"

CONCEPT_KEYS = [
    *("uri", "code", "list", "label", "version", "labelUnconfirmed", "draftLabel", "altLabels"),
    *("formerLabels", "definition", "scopeNote", "historyNotes", "types", "lists", "broader"),
    *("narrower", "links", "noneKnown", "exactMatch", "closeMatch", "broadMatch", "narrowMatch"),
    *("relatedMatch", "status", "standing", "review", "created", "modified", "startDate"),
    *(
        "endDate",
        "reinstatedOn",
        "retirementReason",
        "replacedBy",
        "nations",
        "legislation",
        "provisions",
        "appliesIn",
    ),
    *("inForce", "general"),
]
LIST_KEYS = [
    *("uri", "name", "otherNames", "subsetOf", "title", "description", "purpose", "use", "notes"),
    *("owner", "licence", "attribution", "status", "version", "created", "modified"),
    *("nextRelease", "submissionsDeadline", "quality", "concepts"),
]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """The rich sample repository."""
    return publish(sample_edition(tmp_path_factory.mktemp("sample")))


def record(publication: Publication, address: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(document(publication, f"/{address}.json"))
    return found


@pytest.mark.parametrize("address", ["service/559", "service/600", "legislation/10001"])
def test_every_concept_has_every_key(address: str, sample: Publication) -> None:
    """A program never has to ask whether a key is there. New keys come at the end of this list."""
    assert sorted(record(sample, address)) == sorted(CONCEPT_KEYS)


@pytest.mark.parametrize("address", ["list/services", "list/englishAndWelshServices"])
def test_every_list_has_every_key(address: str, sample: Publication) -> None:
    """Subsets too; their concepts are in full."""
    found = record(sample, address)

    assert list(found) == LIST_KEYS
    assert all(sorted(concept) == sorted(CONCEPT_KEYS) for concept in found["concepts"])


def test_a_service_tells_its_names_texts_and_links(sample: Publication) -> None:
    """Links are grouped by kind; each names the other's code, list and label."""
    found = record(sample, "service/559")

    assert found["label"] == {"en": "Libraries"}
    assert found["draftLabel"] == {"cy": "Llyfrgelloedd"}
    assert found["altLabels"] == {"en": ["Public library", "Lending library"]}
    assert found["formerLabels"] == [
        {
            "label": "Library services",
            "language": "en",
            "replacedIn": "4.00",
            "replacedOn": "2013-04-01",
        }
    ]
    assert found["definition"]["en"]["status"] == "draft"
    assert (found["version"], found["types"]) == ("2026.11", ["Service"])
    assert found["lists"] == ["services", "englishAndWelshServices"]
    assert found["exactMatch"] == ["http://id.esd.org.uk/service/559"]
    assert found["links"]["partOfFunction"] == [
        {
            "uri": f"{ID}function/112",
            "code": "112",
            "list": "functions",
            "label": {"en": "Libraries"},
        }
    ]
    assert found["noneKnown"] == [
        {
            "link": "eligibleIf",
            "date": "2026-11-21",
            "lookedAt": "the council pages of three libraries",
        }
    ]


def test_a_link_is_told_on_both_sides(sample: Publication) -> None:
    """The other direction under the name of the inverse."""
    back = record(sample, "need/69")["links"]["metBy"]

    assert [link["code"] for link in back] == ["559"]


def test_a_retired_concept_tells_what_to_use_instead(sample: Publication) -> None:
    """Status, date, reason, replacements."""
    found = record(sample, "service/601")

    assert (found["status"], found["endDate"]) == ("retired", "2025-04-01")
    assert found["retirementReason"] == {"en": "Two services were under one code."}
    assert [instead["code"] for instead in found["replacedBy"]] == ["602", "603"]


def test_a_duty_tells_its_provisions(sample: Publication) -> None:
    """Citation and address are generated; the record of the reading comes with them."""
    first = record(sample, "power-or-duty/10001")["provisions"][0]

    assert first == {
        "uri": "http://www.legislation.gov.uk/id/ukpga/1964/75/section/7",
        "citation": "Public Libraries and Museums Act 1964, section 7",
        "legislation": {
            "uri": f"{ID}legislation/10001",
            "code": "10001",
            "list": "legislation",
            "label": {"en": "Public Libraries and Museums Act 1964"},
        },
        "kind": "section",
        "number": "7",
        "role": "primary",
        "heading": "General duty of library authorities",
        "readAt": "https://www.legislation.gov.uk/ukpga/1964/75/section/7",
        "readOn": "2026-11-21",
        "versionRead": "revised",
        "pointInTime": "",
    }


def test_legislation_tells_its_address(sample: Publication) -> None:
    """Type, year and number, and the identifier made of them; null for other entries."""
    assert record(sample, "legislation/10001")["legislation"] == {
        "uri": "http://www.legislation.gov.uk/id/ukpga/1964/75",
        "type": "ukpga",
        "year": "1964",
        "number": "75",
        "extent": ["England", "Wales"],
    }
    assert record(sample, "service/559")["legislation"] is None


def test_the_first_text_of_a_language_counts_and_none_is_undetermined(tmp_path: Path) -> None:
    """Tags in the case that RFC 5646 recommends; a link to what is not held has its URI alone."""
    more = """skos:definition "First"@en, "Second"@en, "British"@en-gb, "None" ;
        dct:isReplacedBy <need/404> ;"""

    found = record(published(tmp_path, {"needs/6.ttl": need(6, more)}), "need/6")

    texts = {language: text["text"] for language, text in found["definition"].items()}
    assert texts == {"en": "First", "en-GB": "British", "und": "None"}
    assert found["replacedBy"] == [{"uri": f"{ID}need/404", "code": "", "list": "", "label": {}}]


def test_an_entry_that_came_back_tells_when(tmp_path: Path) -> None:
    """Each day on which a retired entry came back into use is told, as data and on its page."""
    days = ("2026-04-01", "2028-04-01")
    more = "".join(f'def:reinstatedOn "{day}"^^xsd:date ; ' for day in days)
    publication = published(tmp_path, {"needs/6.ttl": need(6, more)})
    page = document(publication, "/need/6").decode()

    assert record(publication, "need/6")["reinstatedOn"] == list(days)
    assert "In use again from" in page
    assert "1 April 2026" in page
    assert "1 April 2028" in page


def test_the_definitions_tell_the_kinds_of_links(sample: Publication) -> None:
    """With both directions, the lists they join, and the label of every term."""
    found = record(sample, "def")

    meets = next(kind for kind in found["linkTypes"] if kind["name"] == "meetsNeed")
    assert meets == {
        "uri": f"{BASE}def/meetsNeed",
        "name": "meetsNeed",
        "label": {"en": "meets need"},
        "heading": {"en": "Needs met"},
        "inverse": "metBy",
        "inverseHeading": {"en": "Services that meet this need"},
        "from": "services",
        "to": "needs",
        "dormant": False,
    }
    assert {"uri": f"{BASE}def/Need", "name": "Need", "label": {"en": "Need"}} in found["terms"]


def test_the_documentation_names_every_key(root: Path) -> None:
    """What is not described cannot be relied on."""
    described = (root / "docs" / "json.md").read_text("utf-8")

    missing = [key for key in (*CONCEPT_KEYS, *LIST_KEYS) if f"`{key}`" not in described]
    assert missing == []
