"""An edited sheet becomes changes of files: what was edited, what follows from it, nothing else."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from listkeeper.cli.import_sheet import blobs_of
from listkeeper.errors import ContentError, UsageError
from listkeeper.exchange.sheets.importing import Asked, plan_sheet
from listkeeper.exchange.sheets.reading import letters, read_sheet
from listkeeper.store.history import open_repository
from sample import sample_edition
from sheets import TODAY, as_csv, csv_of, edited, files, opened, planned, table, xlsx_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from listkeeper.edition import Edition
    from listkeeper.exchange.sheets.importing import Planned


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    return sample_edition(tmp_path)


EDITS = (
    # code, column, new cell, what the file says then, what it says no more
    ("559", "Label (English)", "Public libraries",
     ('skos:prefLabel "Public libraries"@en', 'skosxl:literalForm "Libraries"@en',
      f'def:replacedOn "{TODAY}"^^xsd:date'), ('skos:altLabel "Public libraries"',)),
    ("559", "Label (Welsh)", "Llyfrgelloedd cyhoeddus",
     ('"Llyfrgelloedd cyhoeddus"@cy',), ("def:draftLabel",)),
    ("559", "Draft label (Welsh)", "Y llyfrgell",
     ('def:draftLabel "Y llyfrgell"@cy', "<service/559#label-cy>", 'dct:language "cy"'),
     ('"Llyfrgelloedd"',)),
    ("559", "Alternative labels (English)", "Public library; Book loans",
     ('"Book loans"@en', '"Public library"@en'), ('"Lending library"',)),
    ("1614", "Definition (English)", "Money for students whose means are small.",
     ('skos:definition "Money for students whose means are small."@en',
      "adms:status <status/draft>", f'dct:date "{TODAY}"^^xsd:date'), ("status/reviewed",)),
    ("559", "Definition status (English)", "reviewed", ("adms:status <status/reviewed>",), ()),
    ("1614", "Definition (Welsh)", "Arian i fyfyrwyr.",
     ("<service/1614#definition-cy>", "adms:status <status/reviewed>",
      "adms:status <status/draft>"), ()),
    ("600", "Definition (Welsh)", "Arian i fyfyrwyr.",
     ('skos:definition "Arian i fyfyrwyr."@cy', "<service/600#definition-cy>",
      'def:authorRole "Editor"'), ()),
    ("559", "Definition (English)", "", (), ("skos:definition", "#definition-en")),
    ("559", "Scope note (English)", "Not  those of schools. ",
     ('skos:scopeNote "Not  those of schools."@en',), ("School libraries",)),
    ("559", "Meets need", "71", ("def:meetsNeed <need/71>",), ("need/69",)),
    ("559", "Is open only to", "10002", ("def:eligibleIf <circumstance/10002>",),
     ("#none-eligibleIf",)),
    ("559", "Subsets", "", (), ("englishAndWelshServices",)),
    ("606", "Start date", "2026-12-31", ('def:startDate "2026-12-31"^^xsd:date',), ()),
    ("606", "Review status", "", (), ("def:reviewStatus",)),
    ("607", "Status", "current", ("adms:status <status/current>",
     f'def:reinstatedOn "{TODAY}"^^xsd:date'), ("status/retired",)),
    ("600", "Replaced by", "1614; 606", ("<service/606>",), ()),
    ("607", "Reason for retirement (English)", "No licence is needed.",
     ('def:retirementReason "No licence is needed."@en',), ("abolished",)),
)  # fmt: skip


@pytest.mark.parametrize(("code", "title", "cell", "now", "gone"), EDITS)
def test_an_edit_changes_its_entry_and_what_follows(
    edition: Edition, code: str, title: str, cell: str, now: Iterable[str], gone: Iterable[str]
) -> None:
    """One file changes, it is dated, and it says what the cell says."""
    plan = planned(edition, edited(csv_of(edition, "services"), {(code, title): cell}))
    changed = files(plan)

    assert plan.problems == ()
    assert list(changed) == [f"{code}.ttl"]
    assert f'dct:modified "{TODAY}"^^xsd:date' in changed[f"{code}.ttl"]
    assert [text for text in now if text not in changed[f"{code}.ttl"]] == []
    assert [text for text in gone if text in changed[f"{code}.ttl"]] == []


def test_a_missing_row_or_column_deletes_nothing(edition: Edition) -> None:
    """Only what is in the sheet is looked at."""
    header, *rows = table(csv_of(edition, "services"))
    kept = [header.index(title) for title in ("Identifier", "Label (English)", "State")]
    sheet = as_csv([[row[place] for place in kept] for row in (header, rows[0])])

    assert planned(edition, sheet).edit.contents == {}


def test_rows_and_columns_may_be_moved(edition: Edition) -> None:
    """A sorted sheet is the same sheet."""
    header, *rows = table(csv_of(edition, "services"))
    turned = [list(reversed(row)) for row in (header, *sorted(rows, reverse=True))]

    assert planned(edition, as_csv(turned)).edit.contents == {}


def test_an_unknown_column_is_refused_by_its_name(edition: Edition) -> None:
    """Nothing of a sheet is passed over: every column that is none of ours is told."""
    header, *rows = table(csv_of(edition, "services"))
    sheet = as_csv([[*header, "My notes", "Lable (English)"], *([*row, "x", "y"] for row in rows)])

    with pytest.raises(ContentError) as raised:
        planned(edition, sheet)

    assert "'My notes' is no column of this sheet" in str(raised.value)
    assert "'Lable (English)' is no column of this sheet (did you mean 'label (english)'?)" in str(
        raised.value
    )


def test_a_column_without_a_name_that_holds_something_is_refused(edition: Edition) -> None:
    header, *rows = table(csv_of(edition, "services"))
    empty = as_csv([[*header, ""], *([*row, ""] for row in rows)])
    full = as_csv([[*header, ""], *([*row, "x"] for row in rows)])

    assert planned(edition, empty).edit.contents == {}
    with pytest.raises(ContentError, match="has no name"):
        planned(edition, full)


def test_a_new_row_is_a_new_entry_with_the_next_code(edition: Edition) -> None:
    """It gets the next number of the list, its class, its dates and the record of its text."""
    new = {
        "Label (English)": "Seed library",
        "Definition (English)": "Seeds to borrow.",
        "Status": "proposed",
        "Meets need": "69",
        "Subsets": "englishAndWelshServices",
    }
    plan = planned(edition, edited(csv_of(edition, "services"), {}, new))
    [(name, text)] = files(plan).items()

    assert name == "200002.ttl"
    for said in (
        *("a skos:Concept, def:Service", "<list/services>", "<list/englishAndWelshServices>"),
        *('"Seed library"@en', "adms:status <status/proposed>", "def:meetsNeed <need/69>"),
        *("<service/200002#definition-en>", f'dct:created "{TODAY}"^^xsd:date'),
    ):
        assert said in text


def test_two_new_rows_get_two_codes_that_were_never_given_out(edition: Edition) -> None:
    rows = ({"Label (English)": "Seed library"}, {"Label (English)": "Toy library"})
    sheet = edited(csv_of(edition, "services"), {}, *rows)
    plan = planned(edition, sheet, given_out=lambda name: [name and "200007"])

    assert sorted(files(plan)) == ["200008.ttl", "200009.ttl"]


def test_the_subset_of_a_new_row_tells_its_class(edition: Edition) -> None:
    """A power is a power because it is in the subset of powers."""
    new = {"Label (English)": "Lend seeds", "Subsets": "powers"}
    plan = planned(edition, edited(csv_of(edition, "powers-and-duties"), {}, new))

    assert "def:Power" in "".join(files(plan).values())


ROWS = (
    # change of the row of 559, what is told of it
    ({("559", "Identifier"): ""}, "has no code: write 559 again, or clear State for a new entry"),
    ({("559", "Identifier"): "5599"}, "was 559 when it was exported: a code never changes"),
    ({("559", "State"): ""}, "559 is held, and State is empty"),
    ({("559", "Identifier"): "600"}, "was 559 when it was exported"),
    ({("559", "State"): "needs 0123456789012345678901234567890123456789"},
     "is a row of the list needs"),
)  # fmt: skip


@pytest.mark.parametrize(("cells", "told"), ROWS)
def test_a_row_that_may_be_another_entry_is_refused(
    edition: Edition, cells: Mapping[tuple[str, str], str], told: str
) -> None:
    """Codes tie rows to entries; where code and state disagree, nothing is guessed."""
    plan = planned(edition, edited(csv_of(edition, "services"), cells), name="services")

    assert told in plan.problems[0].message
    assert plan.edit.contents == {}


def test_a_row_that_stands_twice_is_refused(edition: Edition) -> None:
    header, first, *rows = table(csv_of(edition, "services"))
    plan = planned(edition, as_csv([header, first, first, *rows]))

    assert [str(p) for p in plan.problems] == [
        "sheet: A3: 559 stands in row 2 too: keep one of the two"
    ]


def test_every_problem_of_a_sheet_is_told_at_once(edition: Edition) -> None:
    """An editor is not sent back twice."""
    cells = {("559", "End date"): "4/3/13", ("600", "Meets need"): "99", ("606", "State"): ""}
    plan = planned(edition, edited(csv_of(edition, "services"), cells))

    assert len(plan.problems) == len(cells)
    assert plan.edit.contents == {}


def test_the_list_is_known_from_the_sheet(edition: Edition) -> None:
    with pytest.raises(UsageError, match="is a sheet of the list needs, not of services"):
        planned(edition, csv_of(edition, "needs"), name="services")
    with pytest.raises(UsageError, match="does not say which list"):
        planned(edition, b"Label,Definition\r\nSeeds,Seeds to borrow.\r\n")


def test_a_table_of_labels_and_definitions_makes_new_entries(edition: Edition) -> None:
    """Two columns are enough; codes are given."""
    data = "Label;Definition\r\nCafé;Seeds to borrow.\r\n".encode("cp1252")
    plan = planned(edition, data, name="services")

    assert list(files(plan)) == ["200002.ttl"]
    assert "Café" in files(plan)["200002.ttl"]
    assert plan.notes == ("sheet: is not UTF-8; read as cp1252",)


# an older sheet


def committed(root: Path) -> None:
    words = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    for call in (("init", "-q"), ("add", "-A"), (*words, "commit", "-qm", "lists")):
        subprocess.run(["git", *call], cwd=root, check=True)


def change(root: Path, path: str, old: str, new: str) -> Edition:
    file = root / "vocabularies" / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    return opened(root)


def test_an_older_sheet_says_so_and_is_not_taken(tmp_path: Path) -> None:
    """Taking it would undo what others did since."""
    edition = sample_edition(tmp_path)
    sheet = xlsx_of(edition, "services")
    later = change(tmp_path, "services/05/559.ttl", "School libraries", "Libraries of schools")

    with pytest.raises(
        ContentError, match=r"was exported from an older state .*: 559 changed since"
    ):
        planned(later, sheet)


@pytest.mark.parametrize("kind", ["in the workbook", "in Git"])
def test_an_older_sheet_is_merged_cell_by_cell(tmp_path: Path, kind: str) -> None:
    """Both changes stand: that of the list since, and that of the sheet."""
    edition = sample_edition(tmp_path)
    committed(tmp_path)
    later = change(
        tmp_path,
        "services/05/559.ttl",
        "def:meetsNeed <need/69>, <need/71>",
        "def:meetsNeed <need/71>",
    )
    later = change(tmp_path, "services/05/559.ttl", "School libraries", "Those of schools")
    cells = {("559", "Label (English)"): "Public libraries", ("559", "Meets need"): "69; 71",
             ("559", "Is aimed at"): "10001"}  # fmt: skip
    base = csv_of(edition, "services")
    if kind == "in Git":
        with open_repository(tmp_path) as repository:
            plan = planned(
                later, edited(base, cells), is_rebase=True, blobs=lambda n: blobs_of(repository, n)
            )
    else:
        plan = plan_with_base(later, base, edited(base, cells))
    text = files(plan)["559.ttl"]

    assert plan.problems == ()
    assert plan.stale == ("559",)
    assert '"Public libraries"@en' in text
    assert "Those of schools are not meant" in text
    assert "need/69" not in text


def plan_with_base(later: Edition, base: bytes, sheet: bytes) -> Planned:
    """Compare a sheet that carries the rows it was made from."""
    header, *rows = table(base)
    carried = {row[0]: dict(zip(header, row, strict=True)) for row in rows}
    incoming = replace(read_sheet(sheet, "sheet"), base=carried)
    return plan_sheet(later, incoming, Asked(today=TODAY, is_rebase=True))


def test_what_both_changed_is_a_conflict_at_its_cell(tmp_path: Path) -> None:
    edition = sample_edition(tmp_path)
    base = csv_of(edition, "services")
    later = change(tmp_path, "services/05/559.ttl", '"Libraries"@en', '"The library"@en')
    plan = plan_with_base(later, base, edited(base, {("559", "Label (English)"): "A library"}))

    [problem] = plan.problems
    assert str(problem) == (
        "sheet: C2: Label (English) conflict: the sheet says 'A library', the list 'The library'; "
        "it was 'Libraries'"
    )
    assert plan.edit.contents == {}


def test_an_edited_row_whose_entry_is_gone_is_a_conflict(tmp_path: Path) -> None:
    """An untouched one is passed over with a word."""
    edition = sample_edition(tmp_path)
    base = csv_of(edition, "services")
    (tmp_path / "vocabularies/services/2000/200001.ttl").unlink()
    later = opened(tmp_path)
    cells = {("200001", "Label (English)"): "Another"}
    touched = plan_with_base(later, base, edited(base, cells))
    untouched = plan_with_base(later, base, base)

    assert "200001 is no longer held, and Label (English) was edited" in str(touched.problems[0])
    assert untouched.problems == ()
    assert "200001 is no longer held; row passed over" in untouched.notes[0]


def test_rows_that_a_workbook_carries_are_those_of_the_state_it_names(tmp_path: Path) -> None:
    """Rows pasted from another export are not taken for the base."""
    edition = sample_edition(tmp_path)
    base = csv_of(edition, "services")
    other = edited(base, {("559", "State"): f"services {'0' * 40}"})
    later = change(tmp_path, "services/05/559.ttl", "School libraries", "Libraries of schools")
    plan = plan_with_base(later, other, edited(base, {("559", "Meets need"): "71"}))

    assert "is nowhere to be found" in str(plan.problems[0])


def test_a_state_that_nothing_knows_is_told(tmp_path: Path) -> None:
    """A CSV sheet made from files that were never committed can not be merged."""
    edition = sample_edition(tmp_path)
    sheet = csv_of(edition, "services")
    later = change(tmp_path, "services/05/559.ttl", "School libraries", "Libraries of schools")
    plan = planned(later, sheet, is_rebase=True)

    [problem] = plan.problems
    assert str(problem) == (
        f"sheet: {last_letter(sheet)}2: the state it was made from is nowhere to be found: "
        "export 559 anew"
    )


def last_letter(sheet: bytes) -> str:
    return letters(len(table(sheet)[0]) - 1)
