"""Labels of a language go out in a table, are reviewed, and come back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from listkeeper.edition import Edition, load
from listkeeper.errors import ContentError, UsageError
from listkeeper.exchange.reviewing import Review, take_labels
from listkeeper.exchange.translations import LabelRow, label_rows, read_labels, write_labels
from listkeeper.store.files import write_all
from listkeeper.store.workspace import open_workspace
from listkeeper.uris import URI
from repository import edition_of

if TYPE_CHECKING:
    from pathlib import Path

ID = "https://lists.example.org/id/"
TODAY = "2026-11-22"

FILES = {
    "definitions.ttl": 'def:meetsNeed a def:LinkType ; rdfs:label "meets need"@en .',
    "needs/list.ttl": '<list/needs> a skos:ConceptScheme ; dct:title "Needs"@en .',
    "needs/2.ttl": """# a comment of the file
        <need/2> a skos:Concept ; skos:notation "2" ; skos:prefLabel "Warmth"@en ;
        def:draftLabel "Cynhesrwydd"@cy ; # by a machine
        dct:modified "2020-01-01"^^xsd:date .""",
    "needs/10.ttl": """<need/10> a skos:Concept ; skos:notation "10" ;
        skos:prefLabel "Food"@en, "Bwyd"@cy .""",
    "needs/11.ttl": """<need/11> a skos:Concept ; skos:notation "11" ;
        skos:prefLabel "Rest"@en .""",
}


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    """Three needs: one with a draft, one reviewed, one without a Welsh label."""
    return edition_of(tmp_path, FILES)


def rows(edition: Edition) -> dict[str, LabelRow]:
    """The labels file as it goes out, by code."""
    data = write_labels(label_rows(edition, "cy"))
    return {row.code: row for row in read_labels(data, "labels.csv")}


def take(edition: Edition, *given: LabelRow) -> Review:
    return take_labels(edition, "cy", given, TODAY)


def after(edition: Edition, folder: Path, *given: LabelRow) -> Edition:
    """The lists after taking rows."""
    review = take(edition, *given)
    assert review.refused == []
    write_all(folder, review.contents)
    return load(open_workspace(folder))


def test_everything_with_a_label_goes_out(edition: Edition) -> None:
    """Entries in the order of their codes, then lists and kinds of link."""
    out = rows(edition)

    assert list(out) == ["2", "10", "11", "needs", "meetsNeed"]
    assert (out["2"].label, out["2"].draft, out["2"].reviewed) == ("Warmth", "Cynhesrwydd", "")
    assert (out["10"].draft, out["10"].reviewed) == ("", "Bwyd")
    assert (out["needs"].label, out["meetsNeed"].label) == ("Needs", "meets need")


def test_one_list_alone_goes_out(edition: Edition) -> None:
    """A list that does not exist is refused by name."""
    assert [row.code for row in label_rows(edition, "cy", "needs")] == ["2", "10", "11"]
    with pytest.raises(UsageError, match="wants: no such list; there are needs"):
        list(label_rows(edition, "cy", "wants"))


def test_nothing_filled_in_changes_nothing(edition: Edition) -> None:
    """What goes out and comes straight back is no change."""
    review = take(edition, *rows(edition).values())

    assert (review.contents, review.taken, review.refused) == ({}, 0, [])


def test_a_reviewed_label_takes_the_place_of_the_draft(edition: Edition, tmp_path: Path) -> None:
    """It becomes the preferred label, with its record; the file's comments stay."""
    row = replace(rows(edition)["2"], reviewed="Gwres", source="https://www.gov.wales/x")

    new = after(edition, tmp_path, row)

    concept = new.vocabulary.concepts[URI(f"{ID}need/2")]
    (record,) = concept.text_records
    assert concept.label("cy").value == "Gwres"
    assert concept.draft_labels == ()
    assert concept.modified == TODAY
    assert (record.status, record.date, record.language) == ("reviewed", TODAY, "cy")
    assert (record.about.rpartition("#")[2], record.source) == ("prefLabel", row.source)
    text = new.files["vocabularies/needs/2.ttl"].data.decode()
    assert "# a comment of the file" in text
    assert "# by a machine" in text


def test_a_draft_may_be_added_or_changed(edition: Edition, tmp_path: Path) -> None:
    """It stays a draft: it is no preferred label until it is reviewed."""
    new = after(edition, tmp_path, replace(rows(edition)["11"], draft="Gorffwys"))

    concept = new.vocabulary.concepts[URI(f"{ID}need/11")]
    assert [text.value for text in concept.draft_labels] == ["Gorffwys"]
    assert concept.label("cy").language == "en"
    assert [record.status for record in concept.text_records] == ["draft"]


def test_lists_and_kinds_of_link_are_translated_too(edition: Edition, tmp_path: Path) -> None:
    """A reviewed title is a title, a reviewed link label a label."""
    out = rows(edition)
    given = (
        replace(out["needs"], reviewed="Anghenion"),
        replace(out["meetsNeed"], reviewed="yn diwallu angen"),
    )

    vocabulary = after(edition, tmp_path, *given).vocabulary

    assert vocabulary.schemes["needs"].title("cy").value == "Anghenion"
    assert "yn diwallu angen" in [text.value for text in vocabulary.link_types[0].labels]


def test_taking_a_file_twice_is_taking_it_once(edition: Edition, tmp_path: Path) -> None:
    """The second time nothing is left to do."""
    row = replace(rows(edition)["2"], reviewed="Gwres")
    new = after(edition, tmp_path, row)

    assert take(new, row).contents == {}


REFUSED = [
    ({"uri": URI(f"{ID}need/404"), "reviewed": "x"}, "is no entry, list or kind of link here"),
    ({"label": "Heat", "reviewed": "x"}, "the label is now 'Warmth'; export again"),
    ({"reviewed": "bwyd"}, "need/10 too; labels are unique within a list"),
]


@pytest.mark.parametrize(("changes", "reason"), REFUSED)
def test_a_row_that_cannot_be_taken_is_refused(
    edition: Edition, changes: dict[str, str], reason: str
) -> None:
    """It is told with its line; the other rows are taken all the same."""
    out = rows(edition)
    wrong = replace(out["2"], **changes)  # type: ignore[arg-type]  # the table's values are texts
    right = replace(out["11"], draft="Gorffwys")

    review = take(edition, wrong, right)

    (refused,) = review.refused
    assert reason in refused.reason
    assert refused.line == 2
    assert list(review.contents) == ["vocabularies/needs/11.ttl"]


def test_a_language_that_is_not_kept_is_refused(edition: Edition) -> None:
    """The settings say which languages there are; the default one is not translated."""
    for language in ("ga", "en"):
        with pytest.raises(UsageError, match=f"{language}: labels are not translated into it"):
            take_labels(edition, language, (), TODAY)


NO_LABELS_FILE = [
    (b"Code,Label\r\n1,x\r\n", "is no labels file: its columns are not URI, Code"),
    (b"", "is no labels file"),
    (b"URI,Code,List,Label,Draft label,Reviewed label,Source\r\nx,1\r\n", "has 2 cells where 7"),
    (b'URI,Code,List,Label,Draft label,Reviewed label,Source\r\n"x,1\r\n', "is not CSV"),
]


@pytest.mark.parametrize(("data", "message"), NO_LABELS_FILE)
def test_what_is_no_labels_file_is_refused(data: bytes, message: str) -> None:
    """A file of another kind is not half-read."""
    with pytest.raises(ContentError, match=message):
        read_labels(data, "labels.csv")


def test_what_spreadsheets_do_is_undone() -> None:
    """Semicolons, a mark, spaces and decomposed letters come from programs, not people."""
    header = "\ufeffURI;Code;List;Label;Draft label;Reviewed label;Source\r\n"
    text = header + "urn:x;1;needs;Warmth;; Gw\u0302yl  hir ;\r\n;;;;;;\r\n"

    (row,) = read_labels(text.encode(), "labels.csv")

    assert (row.reviewed, row.line) == ("G\u0175yl hir", 2)


def test_a_cell_of_two_lines_counts_as_two(edition: Edition) -> None:
    """The line told is that of the file."""
    data = write_labels([replace(row, source="a\nb") for row in label_rows(edition, "cy", "needs")])

    assert [row.line for row in read_labels(data, "labels.csv")] == [2, 4, 6]
