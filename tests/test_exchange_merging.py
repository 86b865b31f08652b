"""Several files about one code: which label is kept, what becomes a former name, what is told."""

from __future__ import annotations

import pytest

from listkeeper.exchange.dating import with_dates
from listkeeper.exchange.formats import Reading, read_foreign
from listkeeper.exchange.merging import HISTORY_SOURCE, Former, MergedEntry, Merging
from listkeeper.exchange.notations import code_problem

COLUMNS = {"code": "LGSL", "label": "Title"}
HEADER = "Identifier,Label,Created,Modified,History notes,Type\n"


def merged(*files: str, **origins: str) -> tuple[dict[str, MergedEntry], Merging]:
    """Merge CSV files named a.csv, b.csv and so on."""
    reading = Reading(columns=COLUMNS, unconfirmed=True)
    read = [
        read_foreign(text.encode(), f"{name}.csv", reading)
        for name, text in zip("abc", files, strict=False)
    ]
    merging = Merging(kind="Service", origins={f"{k}.csv": v for k, v in origins.items()})
    return merging.merge(read), merging


def told(merging: Merging) -> list[tuple[str, str]]:
    return [(note.kind, note.outcome.value) for note in merging.notes]


def test_the_first_file_gives_the_label_and_a_later_one_a_former_name() -> None:
    """The source of the former name is the later file's origin; no version is known."""
    entries, merging = merged(
        HEADER + "53,Children's centres,,,,Service\n",
        HEADER + "53,Family centres,,,,Service\n",
        b="The list of 2013",
    )

    assert entries["53"].label == "Children's centres"
    assert entries["53"].former == (Former("Family centres", "", "The list of 2013"),)
    assert [note.message for note in merging.notes] == [
        (
            "label 'Family centres' differs from \"Children's centres\" of a.csv:2; kept as a "
            "former name"
        )
    ]


def test_a_label_that_differs_in_case_and_spaces_alone_is_the_same() -> None:
    entries, _ = merged(
        HEADER + "1094,Dog  waste bins,,,,Service\n", HEADER + "1094,Dog Waste bins,,,,Service\n"
    )

    assert entries["1094"].label == "Dog waste bins"
    assert entries["1094"].former == ()


def test_former_names_come_out_of_the_history_notes_once() -> None:
    """A name told by the notes and by a later file is one former name, with its version."""
    note = "Name changed from 'Events' to 'Outings' in version 3.00."
    entries, _ = merged(
        HEADER + f"468,Outings,,,{note},Service\n", HEADER + "468,Events,,,,Service\n"
    )

    assert entries["468"].former == (Former("Events", "3.00", HISTORY_SOURCE),)


def test_another_bodys_wording_is_a_label_only_where_there_is_no_other() -> None:
    """GOV.UK's titles are no former names; a code that only it has takes its wording."""
    titles = "LGSL,Title\n1,Find out about schools\n1788,Find out about speech\n"
    entries, merging = merged(titles, HEADER + "1,Schools,,,,Service\n")

    assert (entries["1"].label, entries["1"].unconfirmed, entries["1"].former) == (
        "Schools", False, ()
    )  # fmt: skip
    assert entries["1788"].unconfirmed
    assert merging.notes == []


def test_a_former_name_that_two_files_tell_is_one() -> None:
    """The first file's notes say it already; other sentences of the second are added."""
    note = "Name changed from 'Events' to 'Outings' in version 3.00."
    more = "Name changed from 'Shows' to 'Outings' in version 2.00."
    row = "468,Outings,,,{},Service\n"
    entries, _ = merged(HEADER + row.format(note), HEADER + row.format(f"{note} {more}"))

    assert [former.name for former in entries["468"].former] == ["Events", "Shows"]


def test_entries_of_other_lists_are_passed_over() -> None:
    entries, merging = merged(HEADER + "1,Advice,,,,Function\n2,Schools,,,,service\n")

    assert list(entries) == ["2"]
    assert [row.line for row in merging.rows] == [3]


ROWS = [
    # rows, codes taken, (kind, outcome) of what is told
    ("1,A,,,,Service\n1,B,,,,Service\n", ["1"], [("duplicate-code", "rejected")]),
    ("a,A,,,,Service\nA,B,,,,Service\n", ["a"], [("code", "rejected")]),
    (",A,,,,Service\n", [], [("code", "rejected")]),
    ("1-Mar,A,,,,Service\n", [], [("code", "rejected")]),
    ("1E5,A,,,,Service\n", [], [("code", "rejected")]),
    (" 1 ,A,,,,Service\n", ["1"], [("spaces", "changed")]),
    ("1,,,,,Service\n", [], [("label", "rejected")]),
    ("1,A ,,,,Service\n", ["1"], [("spaces", "changed")]),
    ("1,Children?s,,,,Service\n", ["1"], [("lost-characters", "taken")]),
    ("1,A,,,Change of name and more,Service\n", ["1"], [("history", "changed")]),
    ("1,B,,,Name changed to 'A' in version 4.00.,Service\n", ["1"], [("last-name", "taken")]),
]


@pytest.mark.parametrize(("rows", "codes", "notes"), ROWS)
def test_what_is_odd_in_a_row_is_told_with_its_outcome(
    rows: str, codes: list[str], notes: list[tuple[str, str]]
) -> None:
    entries, merging = merged(HEADER + rows)

    assert list(entries) == codes
    assert told(merging) == notes


def test_a_note_says_where_what_why_and_what_to_do() -> None:
    _, merging = merged(HEADER + "1,A,,,,Service\n1,B,,,,Service\n")

    assert merging.notes[0].line == (
        "a.csv:3: 1: the code stands already in a.csv:2; keep one of the rows "
        "[duplicate-code, rejected]"
    )


def test_a_label_missing_in_one_file_is_taken_from_another() -> None:
    entries, merging = merged(HEADER + "1,,,,,Service\n", HEADER + "1,A,,,,Service\n")

    assert entries["1"].label == "A"
    assert told(merging) == [("label", "changed")]


UNFIT = [
    ("=SUM(A1:A9)", "begins with '='"),
    ("+44 Helpline", "begins with '+'"),
    ("-Fishing", "begins with '-'"),
    ("@council", "begins with '@'"),
    ("Fish\x07ing", "holds U+0007"),
    ("Fish\u202eing", "holds U+202E"),
]


@pytest.mark.parametrize(("label", "problem"), UNFIT, ids=ascii)
def test_a_label_that_the_check_refuses_is_named_and_its_row_left_out(
    label: str, problem: str
) -> None:
    """The row is told by line and code, and goes to the file of rejects."""
    entries, merging = merged(HEADER + f"1,{label},,,,Service\n2,Sound,,,,Service\n")

    assert list(entries) == ["2"]
    assert told(merging) == [("characters", "changed"), ("label", "rejected")]
    assert problem in merging.notes[0].message
    assert (merging.notes[0].row.line, merging.notes[0].notation) == (2, "1")


def test_a_label_that_the_check_refuses_is_taken_from_another_file() -> None:
    """The entry is kept under the sound label, and the other is no former name."""
    entries, merging = merged(HEADER + "1,=Fishing,,,,Service\n", HEADER + "1,Fishing,,,,Service\n")

    assert (entries["1"].label, entries["1"].former) == ("Fishing", ())
    assert told(merging) == [("characters", "changed"), ("label", "changed")]


def test_a_former_name_that_the_check_refuses_is_left_out() -> None:
    """The entry is taken without it, and the name is told."""
    note = "Name changed from '-Events' to 'Outings' in version 3.00."
    entries, merging = merged(HEADER + f"468,Outings,,,{note},Service\n")

    assert entries["468"].former == ()
    assert told(merging) == [("characters", "changed")]


CODES = [
    ("559", None),
    ("Gender_Female", None),
    ("", "is empty"),
    ("559.0", "looks like a number that a spreadsheet reformatted"),
    ("1,076", "looks like a number that a spreadsheet reformatted"),
    ("2013-04-03", "looks like a date to a spreadsheet"),
    ("CON", "is a file name that Windows keeps for a device"),
    ("lpt1.a", "is a file name that Windows keeps for a device"),
    ("9" * 65, "has more than 64 characters"),
    ("9" * 64, None),
    ("market", None),
    ("MARCH1", "looks like a date to a spreadsheet"),
    ("../x", "may hold only letters, digits, '.', '_' and '-'"),
]


@pytest.mark.parametrize(("code", "problem"), CODES)
def test_a_code_has_to_be_fit_for_a_notation(code: str, problem: str | None) -> None:
    assert code_problem(code) == problem


def test_a_date_of_two_readings_is_decided_by_another_file() -> None:
    """One entry that both files date tells the order for the whole file."""
    entries, _ = merged(
        HEADER + "1,A,2013-04-03,,,Service\n",
        HEADER + "1,A,4/3/13,,,Service\n2,B,4/5/13,,,Service\n",
    )
    dated, notes = with_dates(entries.values(), {})

    assert [entry.created for entry in dated] == ["2013-04-03", "2013-04-05"]
    assert notes == []


def test_a_date_that_nothing_decides_is_left_out_and_told() -> None:
    entries, _ = merged(HEADER + "2,B,4/5/13,2013-13-01,,Service\n")
    (entry,), notes = with_dates(entries.values(), {})

    assert (entry.created, entry.modified) == ("", "")
    assert [(note.row.line, note.message) for note in notes] == [
        (2, "created '4/5/13' could be 2013-04-05 or 2013-05-04; left out"),
        (2, "modified '2013-13-01' is no day of the calendar (month must be in 1..12); left out"),
    ]


def test_a_change_before_the_beginning_is_told_and_left_out() -> None:
    """One of the two dates is wrong, and the file does not tell which."""
    entries, _ = merged(HEADER + "1588,A,2013-04-03,2011-10-18,,Service\n")
    (entry,), (note,) = with_dates(entries.values(), {})

    assert (entry.created, entry.modified) == ("2013-04-03", "")
    assert (note.kind, note.outcome.value) == ("date", "changed")
