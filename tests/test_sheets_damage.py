"""What spreadsheets do to cells is recognised, and never guessed around."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from listkeeper.exchange.sheets.damage import letters_problem
from listkeeper.exchange.sheets.joined import joined, parted
from sample import sample_edition
from sheets import csv_of, edited, opened, planned, with_cells

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.edition import Edition

IN_CSV = (
    # column, what stands in it, place, what is told
    ("End date", "4/3/13", "Z", "could be 2013-03-04 or 2013-04-03"),
    ("End date", "28/3/13", "Z", "seems to be 2013-03-28"),
    (
        "End date",
        "41367",
        "Z",
        "is a number; a spreadsheet counts days so, and may mean 2013-04-03",
    ),
    ("End date", "2013-02-30", "Z", "no day of the calendar"),
    ("Start date", "soon", "Y", "is not a date such as 2013-04-03"),
    ("Meets need", "1.00E+03", "T", "a number that a spreadsheet rounded"),
    ("Meets need", "69.0", "T", "a number that a spreadsheet wrote in its own way"),
    ("Meets need", "69; 7-Mar", "T", "a date that a spreadsheet made of a code"),
    ("Meets need", "690", "T", "there is no need 690; did you mean 69?"),
    ("Is aimed at", "10,001", "S", "a number that a spreadsheet wrote in its own way"),
    ("Label (English)", "Librar?es", "C", "has lost a letter in 'r?e'"),
    ("Label (English)", "Libr\ufffdries", "C", "has lost a letter"),
)


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    return sample_edition(tmp_path)


@pytest.mark.parametrize(("title", "text", "letter", "told"), IN_CSV)
def test_a_damaged_cell_is_refused_at_its_place(
    edition: Edition, title: str, text: str, letter: str, told: str
) -> None:
    """The message names the cell as the spreadsheet does, and nothing is changed."""
    sheet = edited(csv_of(edition, "services"), {("559", title): text})
    plan = planned(edition, sheet)

    assert [problem.place for problem in plan.problems] == [f"sheet: {letter}2"]
    assert told in plan.problems[0].message
    assert plan.edit.contents == {}


IN_WORKBOOKS = (
    ("Label (English)", 2013.0, "is kept as a number (2013)"),
    ("Definition (English)", dt.datetime(2013, 4, 3), "is kept as a date (2013-04-03)"),  # noqa: DTZ001 - cells have no zone
    ("End date", 41367.0, "is kept as a number"),
    ("End date", dt.datetime(2013, 4, 3, 12, 30), "is kept as a date (2013-04-03T12:30:00)"),  # noqa: DTZ001 - cells have no zone
    ("Meets need", 69.5, "is kept as a number (69.5)"),
    ("Meets need", 1000.0, "there is no need 1000"),
    ("Meets need", dt.datetime(2026, 3, 7), "is kept as a date"),  # noqa: DTZ001 - cells have no zone
)


@pytest.mark.parametrize(("title", "value", "told"), IN_WORKBOOKS)
def test_a_cell_kept_as_something_else_is_refused(
    edition: Edition, title: str, value: object, told: str
) -> None:
    """A workbook says what it keeps a cell as: a text that became a number is not taken."""
    plan = planned(edition, with_cells(csv_of(edition, "services"), {("559", title): value}))

    assert len(plan.problems) == 1
    assert told in plan.problems[0].message or (
        title == "End date" and "a spreadsheet counts days" in plan.problems[0].message
    )
    assert plan.problems[0].place.startswith("sheet: List!")


def test_what_a_workbook_keeps_unmistakably_is_taken(edition: Edition) -> None:
    """A whole number is a code that is held, a cell of a date is that day."""
    cells = {("559", "Meets need"): 69, ("600", "End date"): dt.datetime(2025, 5, 1)}  # noqa: DTZ001 - cells have no zone
    plan = planned(edition, with_cells(csv_of(edition, "services"), cells))

    assert plan.problems == ()
    edits = {row.code: row.edits[0].values for row in plan.rows}
    assert edits == {"559": ("69",), "600": ("2025-05-01",)}


def test_a_code_without_its_zeros_is_known(tmp_path: Path) -> None:
    """The row of 007 comes back as 7, and is told, not taken for a new entry."""
    edition = sample_edition(tmp_path)
    text = (tmp_path / "vocabularies/needs/69.ttl").read_text(encoding="utf-8")
    (tmp_path / "vocabularies/needs/007.ttl").write_text(
        text.replace("need/69", "need/007").replace('"69"', '"007"'), encoding="utf-8"
    )
    edition = opened(tmp_path)
    plan = planned(edition, edited(csv_of(edition, "needs"), {("007", "Identifier"): "7"}))

    assert [str(p) for p in plan.problems] == ["sheet: A2: '7' has lost its zeros: 007 is held"]


LETTERS = (
    # what came, what is held, whether it is damaged
    ("Children?s homes", "Children\u2019s homes", True),
    ("Children?s home", "Children\u2019s homes", True),
    ("?yna", "Ŵyna", True),
    ("Pwy sy'n gwybod?", "Pwy a ŵyr", False),
    ("Who pays?", "Who pays", False),
    ("See https://example.org/a?b=1", "", False),
    ("A?b", "A?b", False),
    ("Children?s homes", "", True),
)


@pytest.mark.parametrize(("came", "held", "is_damaged"), LETTERS)
def test_lost_letters_are_seen(came: str, held: str, is_damaged: bool) -> None:  # noqa: FBT001 - a case of the table
    """A question mark where there was a letter is damage; one that asks is not."""
    assert bool(letters_problem(came, held)) is is_damaged


@pytest.mark.parametrize(
    "values",
    [["a", "b"], ["nuts; bolts", "c"], ['"quoted"', 'x "y"'], [" spaced "], ["a;"], ['"']],
)
def test_values_of_one_cell_come_back(values: list[str]) -> None:
    """Whatever stands in a value, the cell is read as it was written."""
    assert parted(joined(values)) == values
