"""The metadata of a CSV file says what the file is, column by column."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest

from published import publish, text
from sample import sample_edition

if TYPE_CHECKING:
    from listkeeper.publish.publication import Publication


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """The rich sample repository."""
    return publish(sample_edition(tmp_path_factory.mktemp("sample")))


@pytest.fixture(scope="module")
def metadata(sample: Publication) -> dict[str, Any]:
    """The metadata of its services."""
    found: dict[str, Any] = json.loads(text(sample, "/list/services.csv-metadata.json"))
    return found


def test_it_names_the_file_beside_it(metadata: dict[str, Any], sample: Publication) -> None:
    """By a relative URL, so that a copy of both works too."""
    assert metadata["url"] == "services.csv"
    assert sample.find("/list/services.csv") is not None
    assert metadata["@context"][0] == "http://www.w3.org/ns/csvw"


def test_it_tells_the_columns_in_order(metadata: dict[str, Any], sample: Publication) -> None:
    """Each with the title that the file has, and a name that a URI template may hold."""
    header = next(csv.reader(text(sample, "/list/services.csv").splitlines()))
    columns = metadata["tableSchema"]["columns"]

    assert [column["titles"] for column in columns] == header
    names = [column["name"] for column in columns]
    assert all(name.isascii() and name.replace("_", "").isalnum() for name in names)
    assert len(set(names)) == len(names)


TOLD = [
    ("identifier", {"datatype": "string", "required": True}),
    ("created", {"datatype": "date"}),
    ("parent_identifiers", {"separator": "; "}),
    ("label_cy", {"titles": "Label (Welsh)"}),
    ("uri", {"datatype": "anyURI", "valueUrl": "{+uri}"}),
]


@pytest.mark.parametrize(("name", "told"), TOLD)
def test_it_tells_what_a_column_holds(
    name: str, told: dict[str, object], metadata: dict[str, Any]
) -> None:
    """Types, separators, and where a value leads."""
    column = next(c for c in metadata["tableSchema"]["columns"] if c["name"] == name)

    assert told.items() <= column.items()


def test_the_code_is_the_key_and_the_uri_the_subject(metadata: dict[str, Any]) -> None:
    """One row for each code; each row is about the concept."""
    assert metadata["tableSchema"]["primaryKey"] == "identifier"
    assert metadata["tableSchema"]["aboutUrl"] == "{+uri}"


def test_the_dialect_is_that_of_the_file(metadata: dict[str, Any]) -> None:
    """UTF-8, CRLF, one header row."""
    dialect = metadata["dialect"]

    assert (dialect["encoding"], dialect["lineTerminators"]) == ("utf-8", ["\r\n"])
    assert dialect["headerRowCount"] == 1
