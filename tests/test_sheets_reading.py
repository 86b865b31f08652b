"""Sheets are read as spreadsheets save them, and workbooks of strangers within bounds."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # it ships no types

from listkeeper.errors import ContentError
from listkeeper.exchange.sheets.reading import letters, read_sheet
from listkeeper.exchange.sheets.workbook import MOST_BYTES, read_workbook
from sample import sample_edition
from sheets import as_csv, csv_of, planned, table, xlsx_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_any_charset_and_with_any_separator(
    tmp_path: Path, charset: str, delimiter: str
) -> None:
    """However a spreadsheet saved it, a sheet that was not edited changes nothing."""
    edition = sample_edition(tmp_path)
    data = as_csv(table(csv_of(edition, "services")), charset, delimiter)

    assert planned(edition, data).edit.contents == {}


def test_the_hint_of_excel_about_the_separator_is_read() -> None:
    incoming = read_sheet(b"sep=;\r\nIdentifier;State\r\n1;needs x\r\n", "a.csv")

    assert incoming.header == ("Identifier", "State")


def test_rows_are_numbered_as_in_the_spreadsheet() -> None:
    """A cell of several lines is one row, and an empty row is counted."""
    incoming = read_sheet(b'Label,Definition\n"a\nb",c\n\nd,e\n', "a.csv")

    assert [row.number for row in incoming.rows] == [2, 4]
    assert incoming.place(4, 1) == "a.csv: B4"
    assert letters(27) == "AB"


def workbook(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as made:
        fill(made)
    return stream.getvalue()


def far_away(made: xlsxwriter.Workbook) -> None:
    page = made.add_worksheet()
    page.write_string(0, 0, "Identifier")
    page.write_string(1_048_575, 16_383, "x")


def wrong(made: xlsxwriter.Workbook) -> None:
    page = made.add_worksheet()
    page.write_string(0, 0, "Identifier")
    page.write_formula(4, 2, "=1/0", None, "#DIV/0!")


def bomb() -> bytes:
    """Make a workbook of some kilobytes that unfolds to 60 MB."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 60_000_000)
    return stream.getvalue()


def with_part(name: str) -> bytes:
    stream = io.BytesIO(workbook(lambda made: made.add_worksheet() and None))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(name, b"x")
    return stream.getvalue()


REFUSED = (
    (workbook(far_away), "beyond row 50,000 or column 200|stopped"),
    (workbook(wrong), "C5 holds the error of a formula"),
    (bomb(), "unfolds to more than is read"),
    (with_part("xl/vbaProject.bin"), "holds a macro"),
    (with_part("xl/externalLinks/1.xml"), "holds a link to another workbook"),
    (b"PK\x03\x04 and no more", "is no workbook"),
    (b"PK\x03\x04" + b"x" * MOST_BYTES, "is larger than 10 MB"),
)


@pytest.mark.parametrize(("data", "told"), REFUSED, ids=[told for _, told in REFUSED])
def test_a_workbook_that_asks_for_too_much_is_refused(data: bytes, told: str) -> None:
    """In one line, soon, and whatever it holds."""
    with pytest.raises(ContentError, match=told):
        read_workbook(data, "a.xlsx")


def test_a_workbook_cut_anywhere_is_refused_or_read(tmp_path: Path) -> None:
    """Nothing but an error of one line ever comes of it."""
    data = xlsx_of(sample_edition(tmp_path), "needs")
    for size in range(0, len(data), len(data) // 15):
        with pytest.raises(ContentError):
            read_sheet(data[: size or 4], "a.xlsx")
