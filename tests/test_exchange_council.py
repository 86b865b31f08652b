"""Reading the tables of councils as they come, and giving them back safely."""

from __future__ import annotations

import csv
import io
import time
import zipfile

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # it comes without type information
from hypothesis import given
from hypothesis import strategies as st

from listkeeper.errors import ContentError, UsageError
from listkeeper.exchange.council import MOST_ROWS, pasted, read_council_table
from listkeeper.exchange.echo import STARTS, echo_csv, safe

HEADER = ("Service", "Code")
TABLES = [
    # how it comes, the bytes
    ("plain", b"Service,Code\r\nParks,1\r\n"),
    ("utf-8 with mark", b"\xef\xbb\xbfService,Code\nParks,1\n"),
    ("utf-16", "\ufeffService\tCode\nParks\t1\n".encode("utf-16-le")),
    ("semicolons", b"Service;Code\nParks;1\n"),
    ("tabs", b"Service\tCode\nParks\t1\n"),
    ("pipes", b"Service|Code\nParks|1\n"),
    ("title rows above", b"Our services 2026,\n\nService,Code\nParks,1\n"),
    ("nameless last column", b"Service,Code,\nParks,1,\n"),
    ("old Mac line ends", b"Service,Code\rParks,1\r"),
    ("quotes", b'"Service","Code"\n"Parks","1"\n'),
]


@pytest.mark.parametrize(("form", "data"), TABLES, ids=[form for form, _ in TABLES])
def test_a_table_is_read_as_it_comes(form: str, data: bytes) -> None:
    """Charset, separator, stray rows: the rows are the same."""
    table = read_council_table(data, "a.csv", "Service")

    assert table.header == HEADER, form
    assert list(table.rows()) == [("Parks", "1")]


def test_windows_text_is_read_and_told() -> None:
    """Excel in Britain saves Windows-1252."""
    table = read_council_table("Service,Code\nCafé £ tables,1\n".encode("cp1252"), "a.csv")

    assert list(table.rows()) == [("Café £ tables", "1")]
    assert table.notes == ("is not UTF-8; read as cp1252",)


def test_cells_of_several_lines_stay_one_cell() -> None:
    """A line break within quotes ends no row."""
    table = read_council_table(b'Service,Code\n"Parks\nand gardens",1\n', "a.csv")

    assert list(table.rows()) == [("Parks\nand gardens", "1")]


def test_rows_keep_their_places() -> None:
    """Blank and short rows are rows, longer ones widen the table, blank ones at the end go."""
    table = read_council_table(b"A,B\n1,2\n\n3\n4,5,6\n\n\n", "a.csv")

    assert table.header == ("A", "B", "column 3")
    assert list(table.rows()) == [
        *(("1", "2", ""), ("", "", ""), ("3", "", ""), ("4", "5", "6")),
    ]


def test_rows_can_be_walked_again() -> None:
    """Each walk reads anew, so that a large file is never held as rows."""
    table = read_council_table(b"A,B\n1,2\n", "a.csv")

    assert list(table.rows()) == list(table.rows()) != []


def test_commas_in_a_single_column_part_nothing() -> None:
    """A list of names is no table of two columns because some have a comma."""
    table = read_council_table(b"Service\nParks, gardens\nBins\nLibraries\nPests\n", "a.csv")

    assert next(table.rows()) == ("Parks, gardens",)


def test_a_pasted_column_has_no_header() -> None:
    """The first line is a name like the others."""
    assert list(pasted("Parks, gardens\nBins\n").rows()) == [("Parks, gardens",), ("Bins",)]


COLUMNS = [("Code", 1), ("code", 1), (" CODE ", 1), ("2", 1), ("service", 0)]


@pytest.mark.parametrize(("name", "place"), COLUMNS)
def test_a_column_is_found(name: str, place: int) -> None:
    """By its name in any case, or by its number."""
    assert read_council_table(b"Service,Code\nParks,1\n", "a.csv").column(name) == place


def test_a_column_that_is_not_there_is_told() -> None:
    """With the nearest name, or all there are."""
    table = read_council_table(b"Service,Code\nParks,1\n", "a.csv")

    with pytest.raises(UsageError, match=r"a.csv: has no column Servce; did you mean Service\?"):
        table.column("Servce")
    with pytest.raises(UsageError, match="there are Service, Code"):
        table.column("9")


REFUSED = [
    (b"", "is empty"),
    (b"\n\n  \n", "is empty"),
    (b"\xff\xfe\x00\xd8x", "utf-16"),
    (b"PK\x03\x04 not a zip", "is no workbook"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 not a workbook", "is no workbook"),
    (b"A,B\n" + b"x," * 600 + b"x\n", "more than 500 columns"),
    (b"A,B\n" + b'"' + b"x" * 200_000 + b'",1\n', "cannot be read"),
    (b"A\n" + b"x\n" * (MOST_ROWS + 1), "more than 200,000 rows"),
]


@pytest.mark.parametrize(("data", "why"), REFUSED, ids=[why for _, why in REFUSED])
def test_what_cannot_be_read_is_told(data: bytes, why: str) -> None:
    """In one line that begins with the file's name."""
    with pytest.raises(ContentError, match=f"^a.csv.*{why}"):
        read_council_table(data, "a.csv")


def workbook(rows: list[list[object]]) -> bytes:
    """Write a workbook of one sheet."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return stream.getvalue()


def test_a_workbook_is_read_as_it_looks() -> None:
    """A code that is a number there has no point behind it."""
    table = read_council_table(workbook([["Service", "Code"], ["Parks", 559]]), "a.xlsx")

    assert table.header == HEADER
    assert list(table.rows()) == [("Parks", "559")]


def test_a_cell_at_the_end_of_the_sheet_is_no_trap() -> None:
    """A sheet of a million rows and 16,000 columns with one cell is refused, soon."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "Service")
        sheet.write(1_048_575, 16_383, "far")
    start = time.monotonic()

    with pytest.raises(ContentError, match=r"save the sheet as CSV|more than"):
        read_council_table(stream.getvalue(), "a.xlsx")
    assert time.monotonic() - start < 60


def test_a_workbook_that_unfolds_to_too_much_is_not_unfolded() -> None:
    """The archive says how large its parts are; more than is read is refused at once."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b"0" * 80_000_000)

    with pytest.raises(ContentError, match="unfolds to more than is read"):
        read_council_table(stream.getvalue(), "a.xlsx")


@given(cell=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40))
def test_no_cell_that_is_given_back_begins_a_formula(cell: str) -> None:
    """And a cell that begins none is given back as it is."""
    written = safe(cell)

    assert not written.lstrip(" \n").startswith(STARTS)
    assert written in {cell, "'" + cell}


def test_a_table_is_given_back_with_marks_told() -> None:
    """UTF-8 that Excel knows, and as many rows as came."""
    echo = echo_csv(["Service"], [["=HYPERLINK(1)"], ["Café"], ["a,b\nc"]])

    rows = list(csv.reader(io.StringIO(echo.data.decode("utf-8-sig"), newline="")))
    assert echo.data.startswith(b"\xef\xbb\xbf")
    assert rows == [["Service"], ["'=HYPERLINK(1)"], ["Café"], ["a,b\nc"]]
    assert echo.note == "1 cell begins like a formula: an apostrophe was put before each"


cells = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


@given(rows=st.lists(st.lists(cells, min_size=2, max_size=4), max_size=6))
def test_what_csv_writes_is_read_again(rows: list[list[str]]) -> None:
    """Any cells, written by the standard library's writer, come back in their places."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerows([["Service name", "Service code"], *rows])
    data = stream.getvalue().encode()
    table = read_council_table(b"\xef\xbb\xbf" + data, "a.csv", "Service name")

    read = [list(row) for row in table.rows()]
    if any(cell for row in rows for cell in row) and all(len(row) == 2 for row in rows):
        while rows and not any(cell for cell in rows[-1]):
            rows.pop()
        assert read == rows
