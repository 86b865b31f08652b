"""Lists as workbooks, read back with another library."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from listkeeper.errors import UnsupportedError
from listkeeper.model import Concept, Text
from listkeeper.publish.spreadsheet import NOT_A_CELL, xlsx_bytes
from listkeeper.publish.tables import Table, lines_of
from listkeeper.uris import URI
from published import LIST, document, need, publish, published
from repository import edition_of
from sample import sample_edition

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.edition import Edition
    from listkeeper.publish.publication import Publication


def cells(data: bytes, sheet: str = "List") -> list[list[object]]:
    """Read a sheet."""
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [list(row) for row in workbook.get_sheet_by_name(sheet).to_python()]


def part(data: bytes, name: str) -> str:
    """Read a part of a workbook as XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return parts.read(name).decode()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """The rich sample repository."""
    return publish(sample_edition(tmp_path_factory.mktemp("sample")))


@pytest.fixture(scope="module")
def services(sample: Publication) -> bytes:
    """The workbook of its services."""
    return document(sample, "/list/services.xlsx")


def test_the_workbook_holds_the_table(services: bytes, sample: Publication) -> None:
    """Cell for cell what the CSV has, every one of them text: codes and dates too."""
    table = sample.table(sample.resources["list/services"])

    assert cells(services) == [table.header, *table.rows()]


def test_the_first_row_and_the_codes_stay_in_view(services: bytes) -> None:
    """The header is frozen and filters the table."""
    sheet = part(services, "xl/worksheets/sheet1.xml")

    assert '<pane xSplit="2" ySplit="1" topLeftCell="C2"' in sheet
    assert '<autoFilter ref="A1:S14"/>' in sheet


def test_there_are_no_formulas(tmp_path: Path) -> None:
    """A label that looks like one is text here."""
    publication = published(tmp_path, {"needs/6.ttl": need(6, label="=1+1")})

    data = document(publication, "/list/needs.xlsx")

    assert cells(data)[1][:2] == ["6", "=1+1"]
    assert "<f>" not in part(data, "xl/worksheets/sheet1.xml")


def test_a_sheet_says_what_the_table_is(services: bytes) -> None:
    """List, version, licence, and every column in words."""
    about = {row[0]: str(row[1]) for row in cells(services, "About")}

    assert about["List"] == "Services"
    assert about["Version"] == "2026.11"
    assert about["Licence"].startswith("http://www.nationalarchives.gov.uk/")
    assert about["Entries"] == "13"
    assert about["Parent identifiers"].endswith("Several are parted by ';'.")
    assert set(cells(services)[0]) <= set(about)


def test_the_same_list_gives_the_same_bytes(services: bytes, tmp_path: Path) -> None:
    """No clock: made again from another folder it is the same file."""
    again = document(publish(sample_edition(tmp_path)), "/list/services.xlsx")

    assert again == services
    assert "2000-01-01T00:00:00Z" in part(services, "docProps/core.xml")


def test_an_empty_list_has_its_header(tmp_path: Path) -> None:
    """A list without entries is a workbook all the same."""
    data = document(published(tmp_path, {}), "/list/needs.xlsx")

    assert [row[0] for row in cells(data)] == ["Identifier"]


REFUSED = [
    ("x" * 32_768, "longer than the 32767 characters"),
    ("😀" * 16_384, "longer than the 32767 characters"),
    ("\\uFFFE", "character that no workbook can hold"),
]


@pytest.mark.parametrize(("definition", "reason"), REFUSED)
def test_what_a_cell_cannot_hold_is_refused(definition: str, reason: str, tmp_path: Path) -> None:
    """Excel would cut it off or not open the file at all; the entry is named."""
    turtle = need(6, f'skos:definition "{definition}"@en ;')

    with pytest.raises(UnsupportedError, match=f"need/6: Description .*{reason}"):
        document(published(tmp_path, {"needs/6.ttl": turtle}), "/list/needs.xlsx")


def test_the_longest_text_that_fits_is_written(tmp_path: Path) -> None:
    """32,767 characters."""
    turtle = need(6, f'skos:definition "{"x" * 32_767}"@en ;')

    data = document(published(tmp_path, {"needs/6.ttl": turtle}), "/list/needs.xlsx")

    assert cells(data)[1][2] == "x" * 32_767


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """An edition with one list."""
    return edition_of(tmp_path_factory.mktemp("list"), {"needs/list.ttl": LIST})


@given(text=st.text(max_size=20).filter(lambda text: not NOT_A_CELL.search(text)))
def test_every_text_comes_back_from_a_workbook(edition: Edition, text: str) -> None:
    """Also what looks like one of the workbook's own escapes, and spaces at the ends."""
    concept = Concept(
        uri=URI("urn:x:1"),
        list_name="needs",
        notation="1",
        pref_labels=(Text(value=f"_x000D_{text}", language="en"),),
    )

    data = xlsx_bytes(Table(edition, edition.vocabulary.schemes["needs"], lines_of([concept])))

    assert cells(data)[1][1] == f"_x000D_{text}"
