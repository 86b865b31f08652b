"""Links in long form: one row for each, both its ends told."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from published import document, publish
from sample import sample_edition

if TYPE_CHECKING:
    from listkeeper.publish.publication import Publication


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """The rich sample repository."""
    return publish(sample_edition(tmp_path_factory.mktemp("sample")))


def rows(publication: Publication, name: str) -> list[dict[str, str]]:
    data = document(publication, f"/list/{name}.links.csv").decode()
    return list(csv.DictReader(io.StringIO(data, newline="")))


def test_each_link_is_a_row(sample: Publication) -> None:
    """Those an entry has, and those that others have to it, each by its name."""
    found = [
        (row["Identifier"], row["Mapping type"], row["Mapped list"], row["Mapped identifier"])
        for row in rows(sample, "needs")
    ]

    assert sorted(found) == [
        ("69", "impliedBy", "circumstances", "10001"),
        ("69", "metBy", "services", "559"),
        ("71", "metBy", "services", "559"),
    ]


def test_a_link_and_its_inverse_say_the_same(sample: Publication) -> None:
    """What a list's file has, the other list's file has from its side."""
    ends = [
        (row["URI"], row["Mapped URI"])
        for name, scheme in sample.edition.vocabulary.schemes.items()
        if not scheme.subset_of
        for row in rows(sample, name)
    ]

    assert ends
    assert sorted(ends) == sorted((target, source) for source, target in ends)


def test_both_ends_are_told_in_full(sample: Publication) -> None:
    """No cell holds several values."""
    (row,) = [r for r in rows(sample, "functions") if r["Mapped identifier"] == "559"]

    assert row == {
        "Identifier": "112",
        "Label": "Libraries",
        "Mapping type": "contains",
        "Mapped list": "services",
        "Mapped identifier": "559",
        "Mapped label": "Libraries",
        "Mapped type": "Service",
        "Status": "current",
        "Mapped status": "current",
        "URI": "https://lists.example.org/id/function/112",
        "Mapped URI": "https://lists.example.org/id/service/559",
        "Release": "",
    }


def test_the_file_is_described(sample: Publication) -> None:
    """Its columns, and that its codes are those of the list."""
    metadata = json.loads(document(sample, "/list/needs.links.csv-metadata.json"))
    own = metadata["tables"][0]

    assert own["url"] == "needs.links.csv"
    titles = [column["titles"] for column in own["tableSchema"]["columns"]]
    assert titles == list(rows(sample, "needs")[0])
    assert own["tableSchema"]["foreignKeys"] == [
        {
            "columnReference": "identifier",
            "reference": {"resource": "needs.csv", "columnReference": "identifier"},
        }
    ]
    assert [table["url"] for table in metadata["tables"]] == ["needs.links.csv", "needs.csv"]
