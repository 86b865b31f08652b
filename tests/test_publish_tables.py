"""Lists as CSV: the columns that software already reads, then ours."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listkeeper.errors import UnsupportedError
from listkeeper.model import Concept, Text
from listkeeper.publish.tables import BYTE_ORDER_MARK, FORMULA_STARTS, Table, csv_bytes, lines_of
from listkeeper.uris import URI
from published import LIST, document, need, publish, published
from repository import edition_of
from sample import sample_edition

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.edition import Edition
    from listkeeper.publish.publication import Publication

HEADER = (
    "Identifier,Label,Description,Created,Modified,History notes,Type,Parent identifiers,"
    "Parent labels,Label (English),Label (Welsh),Definition status,Status,Start date,End date,"
    "Replaced by,Replaced by label,URI,Release"
)
"""The first nine are the Local Government Association's."""

CELLS = [
    # Turtle, column, cell
    ("", "Identifier", "6"),
    ("", "Label", "Company"),
    ('skos:definition "Angen"@cy, "To be with others."@en ;', "Description", "To be with others."),
    ('skos:definition "Angen"@cy ;', "Description", ""),
    ('dct:created "2013-04-03"^^xsd:date ;', "Created", "2013-04-03"),
    ('dct:modified "2013-04-04"^^xsd:date ;', "Modified", "2013-04-04"),
    ('skos:historyNote "Added."@en, "Renamed."@en ;', "History notes", "Added. Renamed."),
    ("", "Type", "Need"),
    ("skos:broader <need/7>, <need/10> ;", "Parent identifiers", "7; 10"),
    ("skos:broader <need/7>, <need/10> ;", "Parent labels", "Seven; Ten"),
    ("skos:broader <need/404> ;", "Parent identifiers", ""),
    ('skos:prefLabel "Cwmni"@cy ;', "Label (English)", "Company"),
    ('skos:prefLabel "Cwmni"@cy ;', "Label (Welsh)", "Cwmni"),
    ('def:draftLabel "Cwmni"@cy ;', "Label (Welsh)", ""),
    ("def:textRecord <need/6#t> ;", "Definition status", "draft"),
    ("", "Definition status", ""),
    ("def:textRecord <need/6#u> ;", "Definition status", ""),
    ("", "Status", "current"),
    ('def:startDate "2020-01-01"^^xsd:date ;', "Start date", "2020-01-01"),
    ('def:endDate "2025-04-01"^^xsd:date ;', "End date", "2025-04-01"),
    ("dct:isReplacedBy <need/7>, <need/10> ;", "Replaced by", "7; 10"),
    ("dct:isReplacedBy <need/7>, <need/10> ;", "Replaced by label", "Seven; Ten"),
    ("dct:isReplacedBy <http://other.example/1> ;", "Replaced by", "http://other.example/1"),
    ("", "URI", "https://lists.example.org/id/need/6"),
    ("", "Release", "1.2"),
]

RECORD = """<need/6#t> a def:TextRecord ; def:aboutProperty skos:definition ;
    dct:language "en" ; adms:status <status/draft> .
    <need/6#u> a def:TextRecord ; def:aboutProperty skos:scopeNote ;
    dct:language "en" ; adms:status <status/reviewed> ."""

OTHERS = {"needs/7.ttl": need(7, label="Seven"), "needs/10.ttl": need(10, label="Ten")}


def rows(publication: Publication, path: str) -> list[dict[str, str]]:
    """Read a CSV document as any program would."""
    return list(csv.DictReader(io.StringIO(document(publication, path).decode(), newline="")))


@pytest.mark.parametrize(("turtle", "column", "cell"), CELLS)
def test_cells(turtle: str, column: str, cell: str, tmp_path: Path) -> None:
    """What each column holds."""
    publication = published(tmp_path, {"needs/6.ttl": need(6, turtle) + RECORD, **OTHERS})

    assert rows(publication, "/list/needs.csv")[0][column] == cell


def test_the_header_is_that_of_the_former_downloads_and_ours(tmp_path: Path) -> None:
    """In this order for ever; new columns only at the end, and none without a name."""
    data = document(published(tmp_path, {"needs/6.ttl": need(6)}), "/list/needs.csv")

    assert data.decode().split("\r\n")[0] == HEADER


def test_a_column_is_there_for_each_further_language(tmp_path: Path) -> None:
    """Named in English; a tag's case does not matter."""
    settings = 'format = 1\nlanguages = ["en", "ga", "sr-Latn"]\n'
    turtle = need(6, 'skos:prefLabel "Comhluadar"@ga, "Drustvo"@sr-latn ;')

    (row,) = rows(published(tmp_path, {"needs/6.ttl": turtle}, settings), "/list/needs.csv")

    assert row["Label (Irish)"] == "Comhluadar"
    assert row["Label (Serbian (Latin))"] == "Drustvo"


def test_lines_end_as_rfc_4180_says(tmp_path: Path) -> None:
    """CRLF at the end of every line, no byte order mark, quotes doubled."""
    label = 'A \\"quoted\\" label, with a comma'
    data = document(published(tmp_path, {"needs/6.ttl": need(6, label=label)}), "/list/needs.csv")

    assert not data.startswith(BYTE_ORDER_MARK)
    assert data.count(b"\n") == data.count(b"\r\n") == 2
    assert b'6,"A ""quoted"" label, with a comma",' in data


def test_retired_entries_are_included_and_codes_are_in_natural_order(tmp_path: Path) -> None:
    """A code that is no longer to be used can still be looked up."""
    publication = publish(sample_edition(tmp_path))

    found = rows(publication, "/list/services.csv")

    codes = [row["Identifier"] for row in found]
    assert codes == sorted(codes, key=int)
    retired = next(row for row in found if row["Identifier"] == "601")
    assert (retired["Status"], retired["Replaced by"]) == ("retired", "602; 603")


def test_a_subset_has_its_members_and_the_version_of_its_list(tmp_path: Path) -> None:
    """Unless it states a version of its own."""
    found = rows(publish(sample_edition(tmp_path)), "/list/englishAndWelshServices.csv")

    assert [(row["Identifier"], row["Release"]) for row in found] == [("559", "2026.11")]


def test_a_concept_has_a_table_of_one_row(tmp_path: Path) -> None:
    """With the same header as its list."""
    publication = published(tmp_path, {"needs/6.ttl": need(6), **OTHERS})

    assert rows(publication, "/need/7.csv") == [rows(publication, "/list/needs.csv")[1]]


def test_the_csv_for_excel_has_a_byte_order_mark(tmp_path: Path) -> None:
    """And is otherwise the same where no cell begins like a formula."""
    publication = published(tmp_path, {"needs/6.ttl": need(6)})

    plain = document(publication, "/list/needs.csv")
    assert document(publication, "/list/needs.excel.csv") == BYTE_ORDER_MARK + plain


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_in_the_csv_for_excel_nothing_is_a_formula(start: str, tmp_path: Path) -> None:
    """An apostrophe before the cell makes it text; people read this file, programs the other."""
    label = start.replace("\t", "\\t").replace("\r", "\\r") + "SUM(A1)"
    publication = published(tmp_path, {"needs/6.ttl": need(6, label=label)})

    data = document(publication, "/list/needs.excel.csv").decode("utf-8-sig")

    (row,) = csv.DictReader(io.StringIO(data, newline=""))
    assert (row["Label"], row["Identifier"]) == (f"'{start}SUM(A1)", "6")


@pytest.mark.parametrize("start", FORMULA_STARTS)
@pytest.mark.parametrize("path", ["/list/needs.csv", "/need/6.csv"])
def test_a_cell_that_begins_like_a_formula_is_refused(
    path: str, start: str, tmp_path: Path
) -> None:
    """By the concept's name; nothing is altered to make it safe."""
    label = start.replace("\t", "\\t").replace("\r", "\\r") + "SUM(A1)"
    publication = published(tmp_path, {"needs/6.ttl": need(6, label=label)})

    with pytest.raises(UnsupportedError, match="need/6: Label begins with") as refused:
        document(publication, path)
    assert refused.value.path == "vocabularies/needs/6.ttl"


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """An edition with one list."""
    return edition_of(tmp_path_factory.mktemp("list"), {"needs/list.ttl": LIST})


@given(texts=st.lists(st.text(max_size=20).filter(lambda text: text[:1] not in FORMULA_STARTS)))
def test_every_text_comes_back_from_csv(edition: Edition, texts: list[str]) -> None:
    """Quotes, commas, line ends of every kind, any character."""
    concepts = [
        Concept(
            uri=URI(f"urn:x:{number}"),
            list_name="needs",
            notation=str(number),
            pref_labels=(Text(value=text, language="en"),),
            definitions=(Text(value=text, language="en"),),
        )
        for number, text in enumerate(texts)
    ]

    written = csv_bytes(Table(edition, None, lines_of(concepts))).decode()

    read = list(csv.DictReader(io.StringIO(written, newline="")))
    assert [row["Description"] for row in read] == texts
