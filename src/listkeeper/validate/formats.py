"""The forms a report is given out in: text for people, JSON for programs, tables of rules."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Final

from listkeeper.validate.report import Severity
from listkeeper.validate.scope import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from listkeeper.validate.report import Finding, Report
    from listkeeper.validate.rule import Rule

COLOURS: Final = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
"""Severity to the number of its colour on a terminal."""

NOUNS: Final = {
    Severity.ERROR: ("error", "errors"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.INFO: ("note", "notes"),
}


def text(report: Report, least: Severity, *, colour: bool = False) -> str:
    """Write a report for people: the findings of each file together, then the sum.

    Args:
        report: what to write.
        least: findings that matter less are counted only.
        colour: whether to colour severities; for terminals alone.
    """
    blocks = [
        "\n".join(_lines(finding, colour=colour) for finding in group)
        for _, group in groupby(report.at_least(least), key=lambda finding: finding.path)
    ]
    return "\n\n".join([*blocks, summary(report)]) + "\n"


def _lines(finding: Finding, *, colour: bool) -> str:
    severity = finding.severity.value
    if colour:
        severity = f"\x1b[{COLOURS[finding.severity]}m{severity}\x1b[0m"
    first = f"{visible(finding.place)} {severity} {finding.code} {finding.message}"
    return f"{first}\n    remedy: {finding.remedy}" if finding.remedy else first


def summary(report: Report) -> str:
    """Say in one line how many findings there are.

    >>> from listkeeper.validate.report import Report
    >>> summary(Report(findings=(), entries=2214))
    '0 errors, 0 warnings in 2,214 entries'
    """
    told = [
        f"{number:,} {NOUNS[severity][number != 1]}"
        for severity, number in report.counts.items()
        if number or severity is not Severity.INFO
    ]
    return f"{', '.join(told)} in {report.entries:,} {_entries(report.entries)}"


def _entries(number: int) -> str:
    return "entry" if number == 1 else "entries"


def json_text(report: Report, least: Severity, *, colour: bool = False) -> str:
    """Write a report as JSON; the form is described in ``docs/check.md`` and only ever grows."""
    del colour
    document = {
        "conforms": report.conforms,
        "entries": report.entries,
        "counts": {severity.value: number for severity, number in report.counts.items()},
        "findings": [_record(finding) for finding in report.at_least(least)],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _record(finding: Finding) -> Mapping[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "remedy": finding.remedy,
        "path": visible(finding.path),
        "line": finding.line,
        "column": finding.column,
        "focus": finding.focus or None,
        "specification": finding.specification or None,
    }


FORMATS: Final[Mapping[str, Callable[..., str]]] = {"text": text, "json": json_text}
"""Name of each form and what writes it."""


def rule_text(rule: Rule) -> str:
    """Explain one rule to people."""
    rows = (
        f"{rule.code} {rule.name} ({rule.severity.value})",
        f"  asks:   {sentence(rule)}",
        f"  remedy: {rule.remedy}",
        f"  see:    {rule.specification}",
        *(("  The lists are not served while it is broken.",) if rule.load else ()),
    )
    return "\n".join(rows) + "\n"


def rules_text(rules: Iterable[Rule]) -> str:
    """Explain rules one below the other."""
    return "\n".join(map(rule_text, rules))


def rules_markdown(rules: Iterable[Rule]) -> str:
    """Write the table of rules as ``docs/rules.md`` holds it."""
    head = (
        "# The rules",
        "",
        "Made by `listkeeper explain --all --format markdown`; do not edit.",
        "Rules marked \\* have to hold before the lists can be served.",
        "",
        "| Code | Severity | What is asked | What to do |",
        "|---|---|---|---|",
    )
    return "\n".join((*head, *map(_row, rules))) + "\n"


def _row(rule: Rule) -> str:
    mark = " \\*" if rule.load else ""
    code = f"[{rule.code}]({_link(rule.specification)}){mark}"
    return f"| {code} | {rule.severity.value} | {sentence(rule)} | {rule.remedy} |"


def _link(specification: str) -> str:
    """Point to our own pages from beside them."""
    return specification.removeprefix("docs/")


def sentence(rule: Rule) -> str:
    """Say what a rule asks; a shape's message says what is wrong instead.

    A shape is known by having no check of its own.
    """
    return rule.summary if rule.check else f"Reported of what {rule.summary}."
