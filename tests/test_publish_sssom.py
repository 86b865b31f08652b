"""The links of a list as SSSOM/TSV."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest

from listkeeper.publish.sssom import COLUMNS
from published import LIST, need, publish, published, text
from sample import sample_edition

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.publish.publication import Publication


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """The rich sample repository."""
    return publish(sample_edition(tmp_path_factory.mktemp("sample")))


def header(publication: Publication, name: str) -> dict[str, Any]:
    """Read the metadata: flat YAML behind number signs, whose strings are written as JSON's."""
    lines = text(publication, f"/list/{name}.sssom.tsv").splitlines()
    pairs = [line[1:].rsplit(": ", 1) for line in lines if line.startswith("#") and ": " in line]
    prefixes = {json.loads(key): json.loads(value) for key, value in pairs if key.startswith(" ")}
    told = [line[1:].split(": ", 1) for line in lines if line.startswith("#") and ": " in line]
    plain = {key: json.loads(value) for key, value in told if not key.startswith(" ")}
    return {**plain, "curie_map": prefixes}


def mappings(publication: Publication, name: str) -> list[dict[str, str]]:
    """Read the rows."""
    lines = text(publication, f"/list/{name}.sssom.tsv").splitlines()
    return list(csv.DictReader((s for s in lines if not s.startswith("#")), delimiter="\t"))


def test_a_link_is_a_row(sample: Publication) -> None:
    """With codes, labels, and the lists of both ends."""
    assert {
        "subject_id": "service:559",
        "subject_label": "Libraries",
        "predicate_id": "def:meetsNeed",
        "object_id": "need:69",
        "object_label": "Social inclusion",
        "mapping_justification": "semapv:ManualMappingCuration",
        "subject_source": "list:services",
        "object_source": "list:needs",
    } in mappings(sample, "services")


def test_a_match_elsewhere_is_a_row(sample: Publication) -> None:
    """With the prefix that the other owner's codes are known by."""
    found = [
        row for row in mappings(sample, "services") if row["predicate_id"] == "skos:exactMatch"
    ]

    assert [(row["object_id"], row["object_label"]) for row in found] == [
        ("esdServiceType:559", "")
    ]


def test_a_link_is_written_from_the_side_it_is_authored_on(sample: Publication) -> None:
    """The needs' own file does not repeat the services' links."""
    assert mappings(sample, "needs") == []


def test_every_prefix_is_declared(sample: Publication) -> None:
    """And stands for what makes the URI whole again."""
    prefixes = header(sample, "services")["curie_map"]

    used = {
        row[column].split(":")[0]
        for row in mappings(sample, "services")
        for column in ("subject_id", "predicate_id", "object_id", "mapping_justification")
    }
    assert used <= set(prefixes)
    assert prefixes["need"] == "https://lists.example.org/id/need/"


def test_the_header_says_what_the_set_is(sample: Publication) -> None:
    """Identifier, title, version and licence; a working copy has no version."""
    found = header(sample, "services")

    assert found["mapping_set_id"] == "https://lists.example.org/id/list/services#links"
    assert found["mapping_set_title"] == "Links of Services"
    assert found["mapping_set_version"] == "2026.11"
    assert found["license"].startswith("http://www.nationalarchives.gov.uk/")
    assert "mapping_set_version" not in header(sample, "needs")


def test_odd_titles_do_not_break_the_header(tmp_path: Path) -> None:
    """A title may have quotes, colons and number signs."""
    lists = LIST.replace('"Needs"', '"Needs: \\"all\\" # of them"')

    found = header(published(tmp_path, {}, lists=lists), "needs")

    assert found["mapping_set_title"] == 'Links of Needs: "all" # of them'


def test_what_no_prefix_covers_stays_whole(tmp_path: Path) -> None:
    """A URI of somewhere else; and a tab in a label stays in its cell."""
    turtle = need(6, "skos:closeMatch <http://other.example/1> ;", label="A\\tB")

    (row,) = mappings(published(tmp_path, {"needs/6.ttl": turtle}), "needs")

    assert (row["object_id"], row["subject_label"]) == ("http://other.example/1", "A\tB")
    assert tuple(row) == COLUMNS


def test_the_longest_prefix_is_used(tmp_path: Path) -> None:
    """One owner's space may lie inside another's."""
    former = """<list/needs> def:curiePrefix "all" ; def:formerSpace "http://other.example/" .
        <list/wants> a skos:ConceptScheme ; def:segment "want" ; def:curiePrefix "wants" ;
            def:formerSpace "http://other.example/want/" ."""
    turtle = need(6, "skos:closeMatch <http://other.example/want/1> ;")

    (row,) = mappings(published(tmp_path, {"needs/6.ttl": turtle}, lists=LIST + former), "needs")

    assert row["object_id"] == "wants:1"
