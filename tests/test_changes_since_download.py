"""What changed since a download, by the download's own rows."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from listkeeper.changes.since_download import Comparison, since_download
from listkeeper.errors import ContentError
from published import document, publish
from searched import former, searched, service

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.edition import Edition


def rows(data: bytes) -> list[dict[str, str]]:
    """Read a download as its own columns name the cells."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def download(edition: Edition, path: str = "/list/services.csv") -> list[dict[str, str]]:
    """Download a list of an edition, as an officer did last year."""
    return rows(document(publish(edition), path))


def told(comparison: Comparison) -> list[tuple[str, str, str, str]]:
    """Give each change in short."""
    return [(c.change.value, c.code, c.before, c.now) for c in comparison.changes]


LATER = {
    "services/524.ttl": service(
        524, "Bin collection", "skos:broader <service/855> ; def:partOfFunction <function/9> ;"
    )
    + former(524, "Household waste collection"),
    "services/559.ttl": service(
        559,
        "Street furniture",
        'dct:isReplacedBy <service/564> ; def:endDate "2027-01-01"^^xsd:date ;',
        "retired",
    ),
    "services/600.ttl": service(600, "Dustbins"),
    "services/777.ttl": service(777, "Something new"),
}


@pytest.fixture
def before(tmp_path: Path) -> Edition:
    """The lists as they were."""
    return searched(tmp_path / "before")


@pytest.fixture
def after(tmp_path: Path) -> Edition:
    """The lists a year later."""
    return searched(tmp_path / "after", LATER)


def test_nothing_changed_since_today(before: Edition) -> None:
    """A download compared with the very lists it is of has no change."""
    comparison = since_download(download(before), before)

    assert told(comparison) == []
    assert (comparison.list_name, comparison.released, comparison.version) == (
        *("services", "1.2", "1.2"),
    )


def test_every_kind_of_change_is_told(before: Edition, after: Edition) -> None:
    """Retired first, with its replacement, then renamed, moved, added, back in use."""
    comparison = since_download(download(before), after)

    assert told(comparison) == [
        ("retired", "559", "current", "retired 2027-01-01"),
        ("renamed", "524", "Household waste collection", "Bin collection"),
        ("moved", "524", "", "855"),
        ("added", "777", "", "Something new"),
        ("reinstated", "600", "retired", "current"),
    ]
    assert [c.notation for c in comparison.changes[0].replacements] == ["564"]
    assert comparison.counts["moved"] == 1


def test_a_code_that_is_held_no_more_is_told(before: Edition) -> None:
    """Its row says what it was called."""
    old = [*download(before), {"Identifier": "9999", "Label": "Gone"}]

    assert told(since_download(old, before)) == [("not held here", "9999", "Gone", "")]


def test_a_file_of_the_former_owner_is_compared_by_what_it_has(before: Edition) -> None:
    """Without columns for status and parents nothing is said of them."""
    old = [{"Identifier": "559", "Label": "Roads - benches", "": ""}]
    comparison = since_download(old, before, "services")

    assert comparison.counts["renamed"] == 1
    assert comparison.counts["moved"] == 0
    assert comparison.counts["added"] > 1
    assert comparison.released == ""


def test_repeated_rows_count_once(before: Edition, after: Edition) -> None:
    """A file of links has a row for each link of an entry."""
    old = download(before)

    assert told(since_download([*old, *old], after)) == told(since_download(old, after))


def test_the_list_is_told_by_the_addresses(before: Edition) -> None:
    """Code 9 is a service and a function; the file's own addresses decide."""
    comparison = since_download(download(before, "/list/functions.csv"), before)

    assert (comparison.list_name, told(comparison)) == ("functions", [])


@pytest.mark.parametrize(
    ("old", "why"),
    [
        ([], "no column Identifier"),
        ([{"Code": "559"}], "no column Identifier"),
        ([{"Identifier": "nonsense"}], "codes of no list"),
    ],
)
def test_another_file_is_refused(old: list[dict[str, str]], why: str, before: Edition) -> None:
    """With what to give instead."""
    with pytest.raises(ContentError, match=why):
        since_download(old, before)
