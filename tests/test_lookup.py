"""People write codes in many ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from listkeeper.search.lookup import find
from repository import edition_of

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.edition import Edition

FILES = {
    "needs/list.ttl": '<list/needs> a skos:ConceptScheme ; def:segment "need" ; sh:order 2 .',
    "services/list.ttl": """<list/services> a skos:ConceptScheme ; def:segment "service" ;
        def:formerSpace "http://id.esd.org.uk/service/" ; def:curiePrefix "esdServiceType" ;
        def:otherName "LGSL" ; sh:order 1 .""",
    "needs/69.ttl": '<need/69> a skos:Concept ; skos:notation "69" .',
    "services/0/69.ttl": """<service/69> a skos:Concept ; skos:notation "69" ;
        skos:exactMatch <http://id.esd.org.uk/service/69> .""",
    "statuses/retired.ttl": '<status/retired> a skos:Concept ; skos:notation "retired" .',
}

CASES = [
    ("69", ["service/69", "need/69"]),
    (" 69 ", ["service/69", "need/69"]),
    ("need/69", ["need/69"]),
    ("Need/69", ["need/69"]),
    ("https://lists.example.org/id/service/69", ["service/69"]),
    ("http://id.esd.org.uk/service/69", ["service/69"]),
    ("https://id.esd.org.uk/service/69/", ["service/69"]),
    ("https://standards.esd.org.uk/?uri=service%2F69&tab=details", ["service/69"]),
    ("esdServiceType:69", ["service/69"]),
    ("esdServiceTypes:69", ["service/69"]),
    ("LGSL 69", ["service/69"]),
    ("lgsl69", ["service/69"]),
    ("69.0", ["service/69", "need/69"]),
    ("0069", ["service/69", "need/69"]),
    ("http://lists.example.org/service/69.html", ["service/69"]),
    ("http://evil.example/service/69", []),
    ("Retired", ["status/retired"]),
    ("6", []),
    ("", []),
]


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Two lists that share a code, and one with words for codes."""
    folder: Path = tmp_path_factory.mktemp("lookup")
    return edition_of(folder, FILES)


@pytest.mark.parametrize(("words", "expected"), CASES)
def test_what_people_write_is_found(words: str, expected: list[str], edition: Edition) -> None:
    """A code, an address, our URI or the owner's; the lists come in their order."""
    assert [concept.address for concept in find(edition, words)] == expected
