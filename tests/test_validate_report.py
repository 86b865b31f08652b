"""What a report says, in which order, and in which forms."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

import pytest

from listkeeper.store.ids import read_ids
from listkeeper.validate import Finding, Report, Severity, check
from listkeeper.validate.formats import json_text, rule_text, rules_markdown, summary, text
from listkeeper.validate.report import in_order
from listkeeper.validate.rules import every_rule
from repository import edition_of
from seeded import CLEAN, SETTINGS, Seed, report_of, sown

if TYPE_CHECKING:
    from pathlib import Path

BASE: Final = "https://lists.example.org/"


def finding(
    path: str, line: int, severity: Severity = Severity.ERROR, code: str = "LK040"
) -> Finding:
    """Make a finding that differs in what matters here."""
    return Finding(
        code=code,
        severity=severity,
        message=f"wrong at {line}",
        remedy="mend it",
        path=path,
        line=line,
        column=5,
        focus="",
        specification="docs/check.md#links",
    )


REPORT: Final = Report(
    findings=in_order(
        [
            finding("b/10.ttl", 1),
            finding("b/9.ttl", 12, Severity.WARNING, "LK047"),
            finding("b/9.ttl", 2),
            finding("b/9.ttl", 3, Severity.INFO, "LK105"),
            finding("b/9.ttl", 2),
        ]
    ),
    entries=2214,
)


def test_text_is_grouped_by_file() -> None:
    """Findings stand by file and line, numbers in order of size, the same thing told once."""
    assert text(REPORT, Severity.INFO) == (
        "b/9.ttl:2:5 error LK040 wrong at 2\n    remedy: mend it\n"
        "b/9.ttl:3:5 info LK105 wrong at 3\n    remedy: mend it\n"
        "b/9.ttl:12:5 warning LK047 wrong at 12\n    remedy: mend it\n"
        "\n"
        "b/10.ttl:1:5 error LK040 wrong at 1\n    remedy: mend it\n"
        "\n"
        "2 errors, 1 warning, 1 note in 2,214 entries\n"
    )


def test_less_severe_findings_are_counted_only() -> None:
    """What matters less than asked for is not told, and is in the sum."""
    told = text(REPORT, Severity.ERROR)

    assert "warning LK047" not in told
    assert told.endswith("2 errors, 1 warning, 1 note in 2,214 entries\n")


def test_colour_is_only_put_where_asked_for() -> None:
    """A terminal gets colours; without them the text is the same."""
    coloured = text(REPORT, Severity.INFO, colour=True)

    assert "\x1b[31merror\x1b[0m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == text(REPORT, Severity.INFO)


@pytest.mark.parametrize(
    ("findings", "entries", "words"),
    [
        ((), 0, "0 errors, 0 warnings in 0 entries"),
        ((finding("a", 1),), 1, "1 error, 0 warnings in 1 entry"),
    ],
)
def test_summary(findings: tuple[Finding, ...], entries: int, words: str) -> None:
    """The sum is a sentence."""
    assert words == summary(Report(findings=findings, entries=entries))


def test_json_has_the_documented_form() -> None:
    """Programs get every field by name, absent values as null."""
    document = json.loads(json_text(REPORT, Severity.WARNING))

    assert document["conforms"] is False
    assert document["entries"] == 2214
    assert document["counts"] == {"error": 2, "warning": 1, "info": 1}
    assert document["findings"][1] == {
        "code": "LK047",
        "severity": "warning",
        "message": "wrong at 12",
        "remedy": "mend it",
        "path": "b/9.ttl",
        "line": 12,
        "column": 5,
        "focus": None,
        "predicate": None,
        "specification": "docs/check.md#links",
    }


@pytest.mark.parametrize(("severity", "conforms"), [(s, s is not Severity.ERROR) for s in Severity])
def test_only_errors_count_against_the_lists(severity: Severity, *, conforms: bool) -> None:
    """Warnings and notes leave the lists fit to publish."""
    assert Report(findings=(finding("a", 1, severity),), entries=1).conforms is conforms


def test_every_finding_has_place_focus_and_specification(tmp_path: Path) -> None:
    """A finding says where, about what, and what asks for it."""
    files = sown(Seed("", "services/1.ttl", "<need/10002>", "<need/7>"))
    found = next(f for f in report_of(tmp_path, files, None, SETTINGS).findings)

    assert found.focus == f"{BASE}id/service/1"
    assert found.place.startswith("vocabularies/services/1.ttl:32:")
    assert found.specification.startswith("docs/check.md#")
    assert found.message == (
        'service/1 "Libraries": def:meetsNeed points to need/7, which does not exist'
    )


def test_second_file_that_describes_an_entry_is_looked_in(tmp_path: Path) -> None:
    """A defect in the second file about an entry is told there."""
    more = {"services/z.ttl": "\n<service/1> skos:altLabel ' Books'@en ."}
    report = report_of(tmp_path, {**CLEAN, **more}, None, SETTINGS)
    places = {f.place for f in report.findings if f.code == "LK111"}

    assert places == {"vocabularies/services/z.ttl:23:27"}


def test_rules_page_is_made_from_the_table(root: Path) -> None:
    """docs/rules.md holds what `listkeeper explain --all --format markdown` prints."""
    rules = every_rule(root / "shapes", BASE)

    assert (root / "docs" / "rules.md").read_text() == rules_markdown(rules)


def test_every_rule_is_explained(root: Path) -> None:
    """Each rule asks something, has a remedy, and points to what asks for it."""
    anchors = {
        f"docs/{name}#{title.lower()}"
        for name in ("check.md", "editorial-guide.md")
        for title in re.findall(r"^#+ (\w+)$", (root / "docs" / name).read_text(), re.MULTILINE)
    }
    for rule in every_rule(root / "shapes", BASE):
        assert rule.summary
        assert rule.remedy.endswith((".", "?"))
        assert rule.specification.startswith("https://") or rule.specification in anchors
        assert rule.code in rule_text(rule)


IDS: Final[tuple[tuple[str, list[tuple[str, str]], list[int]], ...]] = (
    ("7 kept", [("7", "7")], []),
    ("7-9 kept", [("7", "9")], []),
    ("Gender_Female kept", [("Gender_Female", "Gender_Female")], []),
    ("# a comment\n\n7 kept # why", [("7", "7")], []),
    ("7", [], [1]),
    ("\n9-7 kept", [], [2]),
    ("-7 kept", [], [1]),
    ("a-9 kept", [("a-9", "a-9")], []),
)


@pytest.mark.parametrize(("written", "reserved", "misread"), IDS)
def test_ids(written: str, reserved: list[tuple[str, str]], misread: list[int]) -> None:
    """A line of ids.txt is a notation or a range of numbers, and a reason."""
    lines, odd = read_ids(written)

    assert reserved == [(line.first, line.last) for line in lines]
    assert misread == [line.line for line in odd]


def test_what_is_only_counted_is_not_looked_up(tmp_path: Path) -> None:
    """Findings below the least asked for are counted with their file alone."""
    files = {"needs/1.ttl": "<need/1> a skos:Concept ; skos:prefLabel ' A'@en ."}
    edition = edition_of(tmp_path, files)
    whole = check(edition, shapes_folder=None)
    errors = check(edition, shapes_folder=None, least=Severity.ERROR)

    assert errors.counts == whole.counts
    assert errors.at_least(Severity.ERROR) == whole.at_least(Severity.ERROR)
    less = [f for f in errors.findings if f.severity is not Severity.ERROR]
    assert less
    assert {(f.line, f.column) for f in less} == {(1, 1)}
