"""A rule is silenced for one entry, with a reason that is counted, and for nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pytest

from listkeeper.validate import check
from listkeeper.validate.formats import FORMATS
from listkeeper.validate.report import Severity
from repository import edition_of
from seeded import CLEAN, SETTINGS, report_of

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.validate import Report

N1, S1 = "needs/10001.ttl", "services/1.ttl"
NAMED: Final = {**CLEAN, N1: CLEAN[N1].replace('"Learning"', '"Learning & play"')}
SILENCE: Final = """
<{entry}#silence-1>
    a def:Silence ;
    def:rule "{rule}" ;
    {reason}
    dct:date "2026-11-21"^^xsd:date .
"""
REASON: Final = 'def:reason "It is the name of a body."@en ;'


def silenced(rule: str, entry: str = "need/10001", reason: str = REASON) -> dict[str, str]:
    """Return lists with an ampersand in the label of need/10001, and a silence in its file."""
    return {**NAMED, N1: NAMED[N1] + SILENCE.format(entry=entry, rule=rule, reason=reason)}


def codes(report: Report) -> list[str]:
    """Return the codes of what is told."""
    return [finding.code for finding in report.findings]


def test_a_silenced_finding_is_counted_with_its_reason(tmp_path: Path) -> None:
    """It is not told, and not lost: the report keeps it, the reason and the day."""
    report = report_of(tmp_path, silenced("LK105"), None, SETTINGS)

    assert codes(report) == []
    (kept,) = report.silenced
    assert (kept.finding.code, kept.finding.line) == ("LK105", 26)
    assert (kept.reason, kept.date) == ("It is the name of a body.", "2026-11-21")


UNSOUND: Final = (
    ("no reason", "LK105", "", ["LK105", "LK168"]),
    ("an empty reason", "LK105", 'def:reason "  "@en ;', ["LK105", "LK168"]),
    ("no such rule", "LK1055", REASON, ["LK105", "LK168"]),
    ("a rule that holds", "LK133", REASON, ["LK105", "LK169"]),
    ("a rule that serving needs", "LK040", REASON, ["LK105", "LK168"]),
    ("a rule that guards readers", "LK113", REASON, ["LK105", "LK168"]),
    ("a shape of its own", "LK204", REASON, ["LK105", "LK169"]),
)


@pytest.mark.parametrize(("why", "rule", "reason", "told"), UNSOUND, ids=[c[0] for c in UNSOUND])
def test_a_silence_that_does_not_count_is_told(
    tmp_path: Path, root: Path, why: str, rule: str, reason: str, told: list[str]
) -> None:
    """What it was to silence is told as before, and so is the silence itself."""
    report = report_of(tmp_path, silenced(rule, reason=reason), root / "shapes", SETTINGS)

    assert sorted(codes(report)) == told, why
    assert report.silenced == ()


def test_a_silence_is_for_one_entry(tmp_path: Path) -> None:
    """A silence in the file of one entry leaves the others as they are."""
    files = silenced("LK105")
    files[S1] = files[S1].replace('"Libraries"', '"Libraries & books"')
    report = report_of(tmp_path, files, None, SETTINGS)

    assert [finding.focus.rsplit("/", 1)[-1] for finding in report.findings] == ["1"]
    assert len(report.silenced) == 1


def test_a_silence_holds_for_the_parts_of_an_entry(tmp_path: Path, root: Path) -> None:
    """What is found at a record of the entry, by a shape, is silenced with it."""
    record = CLEAN[S1].replace('    def:authorRole "Editor" ;\n', "")
    files = {**CLEAN, S1: record + SILENCE.format(entry="service/1", rule="LK234", reason=REASON)}
    report = report_of(tmp_path, files, root / "shapes", SETTINGS)

    assert codes(report) == []
    assert [kept.finding.code for kept in report.silenced] == ["LK234"]


def test_a_silence_holds_for_the_file_of_an_entry(tmp_path: Path) -> None:
    """What is found of the file as a whole is about the entry in it."""
    files = {
        **CLEAN,
        N1: CLEAN[N1] + SILENCE.format(entry="need/10001", rule="LK121", reason=REASON),
    }
    files[N1] += f"# {'x' * 256 * 1024}\n"
    report = report_of(tmp_path, files, None, SETTINGS)

    assert (codes(report), len(report.silenced)) == ([], 1)


def test_a_silence_needs_a_day(tmp_path: Path, root: Path) -> None:
    """The day is asked for by a shape, at the silence."""
    files = silenced("LK105")
    files[N1] = files[N1].replace('    dct:date "2026-11-21"^^xsd:date .', "    rdfs:comment 'x' .")
    report = report_of(tmp_path, files, root / "shapes", SETTINGS)

    assert codes(report) == ["LK332"]


def test_without_shapes_their_silences_are_left_alone(tmp_path: Path) -> None:
    """Which shapes there are is not known then: a silence of one is neither wrong nor idle."""
    files = silenced("LK204")
    report = check(edition_of(tmp_path, files, SETTINGS), shapes_folder=None)

    assert codes(report) == ["LK105"]


def test_the_sum_says_how_many_are_silenced(tmp_path: Path) -> None:
    """The count stands in the sum for people and in the JSON for programs."""
    report = report_of(tmp_path, silenced("LK105"), None, SETTINGS)
    text = FORMATS["text"](report, Severity.INFO)
    document = json.loads(FORMATS["json"](report, Severity.INFO))

    assert "1 silenced, with its reason" in text
    assert document["silenced"][0]["code"] == "LK105"
    assert document["silenced"][0]["reason"] == "It is the name of a body."


def test_every_format_that_has_room_tells_what_is_silenced(tmp_path: Path) -> None:
    """All but GitLab's list of issues, which knows nothing but issues, say it."""
    report = report_of(tmp_path, silenced("LK105"), None, SETTINGS)
    written = {name: write(report, Severity.INFO) for name, write in FORMATS.items()}

    assert {name for name, text in written.items() if "silenced" not in text} <= {"gitlab", "sarif"}
    (result,) = json.loads(written["sarif"])["runs"][0]["results"]
    assert result["suppressions"][0]["justification"] == "It is the name of a body."
    assert json.loads(written["gitlab"]) == []
