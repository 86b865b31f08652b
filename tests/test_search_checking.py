"""Checking codes: what became of each, however it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from listkeeper.search.checking import MOST_LOOKED_NEAR, CodeChecker, Verdict
from searched import searched

if TYPE_CHECKING:
    from listkeeper.edition import Edition

VERDICTS = [
    # what is written, what became of it, the code now
    ("559", "current", "559"),
    (" 559 ", "current", "559"),
    ("559.0", "current", "559"),
    ("559.00", "current", "559"),
    ("0559", "current", "559"),
    ("#559", "current", "559"),
    ("esdServiceType:559", "current", "559"),
    ("esdServiceTypes:559", "current", "559"),
    ("LGSL559", "current", "559"),
    ("service/559", "current", "559"),
    ("services/559", "current", "559"),
    ("http://id.esd.org.uk/service/559", "current", "559"),
    ("https://id.esd.org.uk/service/559/", "current", "559"),
    ("https://lists.example.org/id/service/559", "current", "559"),
    ("https://lists.example.org/service/559.html", "current", "559"),
    ("600", "retired", "600"),
    ("http://id.esd.org.uk/service/600", "retired", "600"),
    ("1827", "not held here", None),
    ("http://id.esd.org.uk/service/1827", "not held here", None),
    ("555", "not held here", None),
    ("300000", "unknown", None),
    ("abc", "unknown", None),
    ("Street furniture", "unknown", None),
    ("http://id.esd.org.uk.evil.example/service/559", "unknown", None),
    ("", "empty", None),
    ("  ", "empty", None),
    ("5" * 5000, "unknown", None),
    ("5.59E+02", "unknown", None),
]


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """A few services and functions."""
    return searched(tmp_path_factory.mktemp("checking"))


@pytest.mark.parametrize(("written", "verdict", "code"), VERDICTS)
def test_a_code_is_checked(written: str, verdict: str, code: str | None, edition: Edition) -> None:
    """Bare, as a spreadsheet mangles it, as a CURIE, at every address it ever had."""
    checked = CodeChecker(edition, "services").check(written)

    assert checked.verdict.value == verdict
    assert (checked.concept.notation if checked.concept else None) == code


def test_a_retired_code_says_what_replaces_it(edition: Edition) -> None:
    """And since when it is retired."""
    checked = CodeChecker(edition, "services").check("600")

    assert [c.notation for c in checked.replacements] == ["524"]
    assert checked.note == "retired on 2026-04-01"


def test_a_typo_is_told_with_near_codes(edition: Edition) -> None:
    """The code with two digits swapped comes first."""
    checked = CodeChecker(edition, "services").check("5590")

    assert checked.near[0].notation == "559"


NAMED = [
    ("524", "Household waste collection", Verdict.CURRENT, ""),
    ("524", "Refuse - household waste", Verdict.RENAMED, "was called Refuse - household waste"),
    ("524", "Refuse, household waste", Verdict.RENAMED, "was called Refuse - household waste"),
    ("524", "Our bins", Verdict.CURRENT, "the list calls it Household waste collection"),
]


@pytest.mark.parametrize(("code", "name", "verdict", "note"), NAMED)
def test_the_name_beside_a_code_tells_whether_it_was_renamed(
    code: str, name: str, verdict: Verdict, note: str, edition: Edition
) -> None:
    """A former name is told; a council's own name for a service is none of our business."""
    checked = CodeChecker(edition, "services").check(code, name)

    assert checked.verdict is verdict
    assert checked.note.startswith(note)


def test_a_code_of_two_lists_needs_the_list(edition: Edition) -> None:
    """Without a list both are told; with one it is that list's."""
    checked = CodeChecker(edition).check("9")

    assert checked.verdict is Verdict.SEVERAL
    assert [c.address for c in checked.near] == ["service/9", "function/9"]
    assert CodeChecker(edition, "functions").check("9").verdict is Verdict.CURRENT


def test_a_sample_tells_the_list(edition: Edition) -> None:
    """The list that holds most of the codes is meant."""
    checker = CodeChecker(edition, sample=["9", "524", "559", "nonsense"])

    assert checker.list_name == "services"
    assert checker.check("9").concept is edition.vocabulary.concepts[checker.check("9").concept.uri]  # type: ignore[union-attr]  # it is current


def test_an_address_goes_before_the_list(edition: Edition) -> None:
    """What names its list is that list's, whatever list bare codes are of."""
    concept = CodeChecker(edition, "services").check("function/9").concept

    assert concept
    assert concept.list_name == "functions"


def test_near_codes_are_not_looked_for_without_end(edition: Edition) -> None:
    """A column of other numbers is told quickly; the first hundreds have near codes."""
    checker = CodeChecker(edition, "services")
    found = [checker.check(str(300000 + n)) for n in range(MOST_LOOKED_NEAR + 10)]

    assert found[0].near
    assert not found[-1].near
    assert {checked.verdict for checked in found} == {Verdict.UNKNOWN}
