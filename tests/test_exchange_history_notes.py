"""History notes: names and the versions that replaced them, read out of prose."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listkeeper.exchange.history_notes import (
    FormerName,
    NameChange,
    folded,
    former_names,
    read_history,
    unexplained_name,
)

SENTENCES = [
    # what a note says, and (old, new, version) of each change it tells
    ("Added scope notes in version 2.02.", []),
    ("Scope notes updated in version 3.06 to include Scottish legislation.", []),
    ("Added in version 3.05. Name changed to 'Nurseries' in version 4.00.",
     [("", "Nurseries", "4.00")]),
    ("Term name changed from 'Verges' to 'Roads - verges' in version 3.00.",
     [("Verges", "Roads - verges", "3.00")]),
    (("Term name changed from'A' to 'B' and scope notes added in version 2.02, updated in "
     "version 3.06."), [("A", "B", "2.02")]),
    (("Term name changed from' Events' to 'Events (countryside)' and scope notes added in "
     "version 2.02."), [("Events", "Events (countryside)", "2.02")]),
    ("Name changed to 'Dog waste bins' and scope notes revised in version 4.00.",
     [("", "Dog waste bins", "4.00")]),
    ("Term name changed from 'A' to 'B' in version 3.00, and to 'C' in version 3.06.",
     [("A", "B", "3.00"), ("", "C", "3.06")]),
    ("Term name changed back to 'Information management' in version 3.05.",
     [("", "Information management", "3.05")]),
    ("Change of name from 'A' to 'B' in version 3.07.", [("A", "B", "3.07")]),
    ("Changed name from version 'A' to 'B' in version 3.07.", [("A", "B", "3.07")]),
    ("Name used to 'A' in version 4.00.", [("", "A", "4.00")]),
    # names with quotes, full stops and words of the notes in them
    ("Term name changed from 'Export forums' to 'Business - exporters' forums' in version 3.00.",
     [("Export forums", "Business - exporters' forums", "3.00")]),
    (("Term name changed from 'Licence - butchers' shop' to 'Licences - butchers shops' in "
     "version 3.00."), [("Licence - butchers' shop", "Licences - butchers shops", "3.00")]),
    ("Name changed to 'Air travel organiser's (ATOL) licence' in version 4.00.",
     [("", "Air travel organiser's (ATOL) licence", "4.00")]),
    ("Term name changed from 'Halls (advice, grants etc.)' to 'Halls' in version 3.00.",
     [("Halls (advice, grants etc.)", "Halls", "3.00")]),
    ("Name changed to 'Change of name' and scope notes updated in version 4.00.",
     [("", "Change of name", "4.00")]),
    (("Term name changed from 'Signage - street name plates' to 'Roads - street name plates' in "
     "version 3.00."), [("Signage - street name plates", "Roads - street name plates", "3.00")]),
    # slips of many hands
    ("Name changed to 'Change of paternity in version 4.00.",
     [("", "Change of paternity", "4.00")]),
    ("name changed to MOT testing' in version 4.00.", [("", "MOT testing", "4.00")]),
    ("Name changed to @child maintenance payments' in version 4.00.",
     [("", "child maintenance payments", "4.00")]),
    ("Name changwed to 'A' in verison 4.00.", [("", "A", "4.00")]),
    ("Name chANGED TO 'A' IN VERSION 4.00", [("", "A", "4.00")]),
    ("Name changed too 'A' in veriosn 4..00.", [("", "A", "4.00")]),
    ("Name changed in 'A' in version 4.00.", [("", "A", "4.00")]),
    ("Name changed to 'Parental custody'in version 4.00.", [("", "Parental custody", "4.00")]),
    ("Name changed to 'A' in version 4.00.@en", [("", "A", "4.00")]),
    ("Name changed to 'A'.", [("", "A", "")]),
    # changes that name no name
    ("Name/scope notes changed in version 4.0.1.", [("", "", "4.0.1")]),
    ("Name and scope notes updated in version 3.09.", [("", "", "3.09")]),
    ("Changed SSL name and scope notes in version 3.07.", [("", "", "3.07")]),
    ("Scope notes and name changed in version 4.0.1.", [("", "", "4.0.1")]),
    ("Name changed in version 3.06 to cover all piercing.", [("", "", "3.06")]),
    ("Name changed to include meeting rooms to make scope clearer in version 3.00.",
     [("", "", "3.00")]),
]  # fmt: skip


@pytest.mark.parametrize(("note", "changes"), SENTENCES)
def test_a_change_of_name_is_read_as_it_was_typed(
    note: str, changes: list[tuple[str, str, str]]
) -> None:
    """Old name, new name, version; what is not told is empty; other sentences are passed over."""
    history = read_history(note, "MOT testing")

    assert [(c.old, c.new, c.version) for c in history.changes] == changes
    assert history.unread == ()


UNREAD = [
    "name changed from 'A' to 'B' for England and 'C' for Scotland in version 3.04.",
    "Change of name and add to LGSL",
]


@pytest.mark.parametrize("sentence", UNREAD)
def test_what_speaks_of_a_name_and_cannot_be_read_is_given_back(sentence: str) -> None:
    history = read_history(f"Added in version 2.00. {sentence} Term name changed to 'D' in 4.00.")

    assert history.unread == (sentence,)
    assert history.changes == (NameChange("", "D", "4.00"),)


def test_a_name_without_quotes_is_known_by_the_label() -> None:
    """Without quotes a name and a reason look alike: only the label can tell."""
    note = "Name changed to HIV/AIDS support in version 4.00."

    assert read_history(note, "HIV/AIDS support").changes[0].new == "HIV/AIDS support"
    assert read_history(note, "Another label").changes[0].new == ""


TELLINGS = [
    # note, label, former names with the version in which each was replaced
    ("Name changed from 'A' to 'B' in version 3.00. Name changed to 'C' in version 4.00.", "C",
     [("A", "3.00"), ("B", "4.00")]),
    # renamed back: the label is no former name
    ("Name changed from 'A' to 'B' in version 3.00. Name changed to 'A' in version 4.00.", "A",
     [("B", "4.00")]),
    # letter case and spaces make no other name
    ("Name changed from 'Dog  bins' to 'Dog Bins' in version 3.00.", "Dog bins", []),
    ("Name changed to 'A' in version 4.00.", "A", []),
    # a change nobody noted lies between B and C
    ("Name changed from 'A' to 'B' in version 3.00. Name changed from 'C' to 'D' in version 4.00.",
     "D", [("A", "3.00"), ("B", ""), ("C", "4.00")]),
    # a change that names no name ends the last one told
    ("Name changed from 'A' to 'B' in version 3.00. Name/scope notes changed in version 4.0.1.",
     "C", [("A", "3.00"), ("B", "4.0.1")]),
    # told twice, once with names
    ("Name changed in version 3.00. Name changed from 'A' to 'B' in version 3.00.", "B",
     [("A", "3.00")]),
    (("Name changed from 'A' to 'B' in version 3.00. Name changed in version 3.06. "
     "Name changed to 'C' in version 4.00."), "C", [("A", "3.00"), ("B", "3.06")]),
    # the last name told whole counts though nobody noted its end; told by half it does not
    ("Name changed from 'A' to 'B' in version 3.00.", "C", [("A", "3.00"), ("B", "")]),
    ("Name changed to 'B' in version 4.00.", "C", []),
    # A twice: the later end counts
    (("Name changed from 'A' to 'B' in version 2.00. Name changed from 'B' to 'A' in version 3.00. "
     "Name changed to 'C' in version 4.00."), "C", [("B", "3.00"), ("A", "4.00")]),
]  # fmt: skip


@pytest.mark.parametrize(("note", "label", "expected"), TELLINGS)
def test_former_names_end_in_the_version_of_the_next_name(
    note: str, label: str, expected: list[tuple[str, str]]
) -> None:
    names = former_names(read_history(note, label), label)

    assert list(names) == [FormerName(name, version) for name, version in expected]


LAST_NAMES = [
    ("Name changed to 'Civic meetins' in version 4.00.", "Civic meetings", "Civic meetins"),
    ("Name changed to 'civic  Meetings' in version 4.00.", "Civic meetings", ""),
    ("Name changed to 'A' in version 4.00. Name changed in version 4.0.1.", "B", ""),
    ("Added in version 3.05.", "B", ""),
]


@pytest.mark.parametrize(("note", "label", "name"), LAST_NAMES)
def test_a_last_name_that_is_not_the_label_is_told(note: str, label: str, name: str) -> None:
    assert unexplained_name(read_history(note, label), label) == name


@given(st.text(max_size=400))
def test_any_text_is_read_without_an_error(note: str) -> None:
    history = read_history(note, "label")

    assert all(change.version or change.new for change in history.changes)


NAMES = st.text(st.characters(categories=("Lu", "Ll", "Nd")), min_size=1, max_size=30)


@given(st.lists(NAMES, min_size=2, max_size=6, unique_by=folded))
def test_a_chain_of_names_is_read_whole(names: list[str]) -> None:
    """Every name but the last is a former one, and ends where the next begins."""
    note = " ".join(
        f"Term name changed from '{old}' to '{new}' in version {number}.00."
        for number, (old, new) in enumerate(itertools.pairwise(names), start=1)
    )
    former = former_names(read_history(note, names[-1]), names[-1])

    assert [(f.name, f.replaced_in) for f in former] == [
        (name, f"{number}.00") for number, name in enumerate(names[:-1], start=1)
    ]
