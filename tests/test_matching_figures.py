"""Matching keeps what it can do: on GOV.UK's titles, and on former names it has not seen."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from listkeeper.edition import load
from listkeeper.search.matching import Matcher
from listkeeper.search.names import Kind, names_of
from listkeeper.search.text import normal
from listkeeper.store.workspace import open_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.edition import Edition


@pytest.fixture(scope="module")
def lists(root: Path) -> Edition:
    """The lists of this repository."""
    return load(open_workspace(root))


def shares(matcher: Matcher, pairs: list[tuple[str, str]]) -> tuple[float, float]:
    """Give the shares that are right first, and among five."""
    matches = matcher.match_all(name for name, _ in pairs)
    found = [[c.concept.notation for c in match.candidates] for match in matches]
    codes = [code for _, code in pairs]
    first = sum(given[:1] == [code] for given, code in zip(found, codes, strict=True))
    five = sum(code in given for given, code in zip(found, codes, strict=True))
    return first / len(pairs), five / len(pairs)


@pytest.mark.shared
def test_titles_of_govuk_find_their_codes(lists: Edition, shared: Path) -> None:
    """Seven in nine first, nineteen in twenty among five; no name equal to a title is seen."""
    file = shared / "data" / "lists" / "govuk_local_services.csv"
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["LGSL"] != "1788"]
    titles = {normal(row["Description"]) for row in rows}
    left_out = frozenset(
        f"{concept.notation}\t{name.folded}"
        for concept in lists.vocabulary.members("services")
        for name in names_of(concept, 0)
        if name.folded in titles
    )
    matcher = Matcher(lists, "services", left_out=left_out)
    first, five = shares(matcher, [(row["Description"], row["LGSL"]) for row in rows])

    assert first >= 0.78
    assert five >= 0.95


def test_former_names_that_were_never_seen_find_their_codes(lists: Edition) -> None:
    """Eight in ten first, though no entry's former name is known to the matcher."""
    members = lists.vocabulary.members("services")
    former = [
        (name, concept.notation)
        for concept in members
        if not concept.is_retired
        for name in names_of(concept, 0)
        if name.kind is Kind.FORMER
    ]
    unseen = frozenset(f"{code}\t{name.folded}" for name, code in former)
    matcher = Matcher(lists, "services", left_out=unseen)
    first, five = shares(matcher, [(name.text.value, code) for name, code in former])

    assert first >= 0.79
    assert five >= 0.93
