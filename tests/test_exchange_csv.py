"""CSV files of the LGA and of others: rows with their lines, entries, links."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listkeeper.errors import ContentError
from listkeeper.exchange.foreign import ForeignEntry, ForeignLink, Row
from listkeeper.exchange.formats import Reading, read_foreign
from listkeeper.exchange.rows import read_table

LIST = """\
Identifier,Label,Description,Created,Modified,History notes,Type,\r
1614,"16 to 19, bursary","Two
lines",2013-04-03,2013-04-04,Added in version 4.00.,Service,\r
\r
372,Abandoned vehicles,,,,,Service,\r
"""

MAPPED = """\
Identifier,Label,Type,Parent identifiers,\
Mapping type,Mapped identifier,Mapped label,Mapped type,Theme
2,Advice,Function,1,contains,190,Benefits advice,Service,Society
3,Benefits,Function,1,,,,,Society
"""


def row(line: int, path: str = "a.csv") -> Row:
    return Row(path=path, line=line)


def test_a_row_begins_on_the_line_where_it_begins() -> None:
    """Cells of several lines and empty lines are counted; a row is known by its first line."""
    table = read_table(LIST.encode(), "a.csv")

    assert [(row.line, row.cells["Identifier"]) for row in table.rows] == [(2, "1614"), (5, "372")]
    assert table.rows[0].cells["Description"] == "Two\nlines"


def test_the_rows_of_a_list_are_entries() -> None:
    read = read_foreign(LIST.encode(), "a.csv", Reading())

    assert read.form == "list CSV"
    assert read.rows == 2
    assert not read.loose
    assert read.entries[0] == ForeignEntry(
        kind="Service",
        notation="1614",
        label="16 to 19, bursary",
        row=row(2),
        created="2013-04-03",
        modified="2013-04-04",
        history="Added in version 4.00.",
    )


def test_a_column_without_a_name_is_told() -> None:
    (note,) = read_foreign(LIST.encode(), "a.csv", Reading()).notes

    assert note.line.startswith("a.csv:1: column 8 has no name")


def test_a_mapped_row_is_an_entry_another_one_and_a_link() -> None:
    read = read_foreign(MAPPED.encode(), "a.csv", Reading())

    assert (read.form, read.loose) == ("mapped CSV", True)
    assert [(e.kind, e.notation, e.label, e.parents) for e in read.entries] == [
        ("Function", "2", "Advice", ("1",)),
        ("Service", "190", "Benefits advice", ()),
        ("Function", "3", "Benefits", ("1",)),
    ]
    assert read.links == (
        ForeignLink(
            subject_kind="Function",
            subject="2",
            relation="contains",
            object_kind="Service",
            object="190",
            row=row(2),
        ),
    )


def test_a_file_of_others_is_read_by_the_columns_named() -> None:
    """Columns that are not named are passed over; codes may repeat."""
    data = b"LGSL,Description,Tier\n1,Find out\n1,Find out,all\n"
    columns = {"code": "LGSL", "label": "Description"}
    read = read_foreign(data, "a.csv", Reading(columns=columns, unconfirmed=True))

    assert [(e.notation, e.label, e.kind, e.unconfirmed) for e in read.entries] == [
        ("1", "Find out", "", True)
    ]
    assert read.rows == 2
    assert [note.line for note in read.notes] == [
        (
            "a.csv:2: has 2 cells where the header has 3; put quotes around cells that hold commas "
            "[cells, rejected]"
        )
    ]


def test_pairs_are_links_of_the_kind_named() -> None:
    reading = Reading(columns={"from": "LGSL", "to": "LGIL"}, pairs="hasInteraction")
    read = read_foreign(b"LGSL,LGIL\n2, 8\n", "a.csv", reading)

    (link,) = read.links
    assert (link.subject, link.relation, link.object) == ("2", "hasInteraction", "8")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_cells_are_parted_as_the_header_is(delimiter: str) -> None:
    """Spreadsheets of other countries write semicolons."""
    text = "Identifier,Label\n1,Adoption\n".replace(",", delimiter)

    assert read_table(text.encode(), "a.csv").rows[0].cells == {
        "Identifier": "1",
        "Label": "Adoption",
    }


REFUSED = [
    (b"", "a.csv: is empty; a CSV file begins with the names of its columns"),
    (b"Code,Name\n1,A\n", "a.csv:1: has the columns Code, Name, which are not those of an LGA"),
    (b"Identifier,Label,Colour\n", "a.csv:1: has columns that the LGA's lists do not have: Colour"),
    (b"Identifier,Label,Label\n", "a.csv:1: has two columns named Label; rename one"),
    (
        b'Identifier,Label\n1,A\n2,"no end\n3,C\n',
        "a.csv:3: the row that begins here is not CSV (unexpected end of data); close its quotes",
    ),
    (b'Identifier,Label\n1,"A"B\n', "a.csv:2: the row that begins here is not CSV"),
]


@pytest.mark.parametrize(("data", "message"), REFUSED)
def test_what_is_no_list_is_refused_in_one_line(data: bytes, message: str) -> None:
    """The line says what is wrong and what to do."""
    with pytest.raises(ContentError) as caught:
        read_foreign(data, "a.csv", Reading())

    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


MISSING = [
    (Reading(columns={"code": "LGLS", "label": "Label"}), "has no column LGLS; did you mean LGSL?"),
    (Reading(columns={"code": "x", "label": "Label"}), "has no column x; it has LGSL, Label"),
    (Reading(columns={"from": "LGSL", "to": "y"}, pairs="link"), "has no column y; it has LGSL"),
]


@pytest.mark.parametrize(("reading", "message"), MISSING)
def test_a_column_that_is_not_there_is_told_with_those_that_are(
    reading: Reading, message: str
) -> None:
    with pytest.raises(ContentError, match=r"a\.csv:1: ") as caught:
        read_foreign(b"LGSL,Label\n1,A\n", "a.csv", reading)

    assert message in str(caught.value)


def test_another_charset_is_read_and_told() -> None:
    read = read_foreign("Identifier,Label\n742,Café\n".encode("cp1252"), "a.csv", Reading())

    assert read.entries[0].label == "Café"
    assert [note.kind for note in read.notes] == ["charset"]
    assert "is not UTF-8; read as cp1252" in read.notes[0].message


@given(st.lists(st.lists(st.text(max_size=8), min_size=2, max_size=2), max_size=8))
def test_every_row_is_read_or_told(rows: list[list[str]]) -> None:
    """No row disappears, whatever its cells hold."""
    quoted = ['"' + '","'.join(cell.replace('"', '""') for cell in row) + '"' for row in rows]
    text = "\r\n".join(["Identifier,Label", *quoted]).replace("\x00", "")
    read = read_foreign(text.encode("utf-8", "ignore"), "a.csv", Reading())

    assert len(read.entries) == len(rows) == read.rows
