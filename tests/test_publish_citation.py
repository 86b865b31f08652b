"""Citations and addresses of provisions are generated from what is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from listkeeper.publish.citation import cite, place, place_path, provision_uri
from repository import edition_of

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.edition import Edition

PLACES = [
    ("section", "7", "section 7", "section/7"),
    ("section", "8(2)", "section 8(2)", "section/8/2"),
    ("section", "41(1A)(b)", "section 41(1A)(b)", "section/41/1A/b"),
    ("section", "512ZB", "section 512ZB", "section/512ZB"),
    ("regulation", "3(1)", "regulation 3(1)", "regulation/3/1"),
    ("article", "2", "article 2", "article/2"),
    ("schedule", "4", "Schedule 4", "schedule/4"),
    ("schedule", "", "Schedule", "schedule"),
    ("schedule-paragraph", "26/11", "Schedule 26, paragraph 11", "schedule/26/paragraph/11"),
    ("schedule-paragraph", "4/3(5)", "Schedule 4, paragraph 3(5)", "schedule/4/paragraph/3/5"),
    ("part-chapter", "2/1", "Part 2, Chapter 1", "part/2/chapter/1"),
    ("annex", "1", "annex 1", "annex/1"),
    ("", "", "", ""),
]

ACT = """<legislation/1> a skos:Concept, def:Legislation ; skos:notation "1" ;
    skos:prefLabel "Public Libraries and Museums Act 1964"@en ;
    def:legislationType "ukpga" ; def:legislationYear "1964" ; def:legislationNumber "75" ."""
DUTY = """<d/1> a skos:Concept, def:Duty ; skos:notation "1" ; def:provision <d/1#provision-1> .
    <d/1#provision-1> def:legislation <legislation/1> ; def:provisionKind "section" ;
        def:provisionNumber "7" ; def:provisionRole "primary" ."""


@pytest.mark.parametrize(("kind", "number", "words", "path"), PLACES)
def test_places_in_legislation(kind: str, number: str, words: str, path: str) -> None:
    """In words as lawyers cite, in addresses as legislation.gov.uk has them."""
    assert place(kind, number) == words
    assert place_path(kind, number) == path


def cited(edition: Edition) -> tuple[str, str]:
    concepts = edition.vocabulary.concepts
    (rule,) = (concept.rule for concept in concepts.values() if concept.rule)
    (provision,) = rule.provisions
    return cite(provision, concepts), provision_uri(provision, concepts)


def test_a_citation_names_the_act_and_the_place(tmp_path: Path) -> None:
    """The title comes from the legislation list, the address from its type, year and number."""
    edition = edition_of(tmp_path, {"legislation/1.ttl": ACT, "duties/1.ttl": DUTY})

    assert cited(edition) == (
        "Public Libraries and Museums Act 1964, section 7",
        "http://www.legislation.gov.uk/id/ukpga/1964/75/section/7",
    )


def test_legislation_that_is_not_held_is_cited_by_its_uri(tmp_path: Path) -> None:
    """There is then no address to generate."""
    edition = edition_of(tmp_path, {"duties/1.ttl": DUTY})

    assert cited(edition) == ("https://lists.example.org/id/legislation/1, section 7", "")
