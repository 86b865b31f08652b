"""The text for people: the findings of each file together, then the sum."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from listkeeper.validate.report import Severity
from listkeeper.validate.scope import visible

if TYPE_CHECKING:
    from listkeeper.validate.report import Finding, Report

COLOURS: Final = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
"""Severity to the number of its colour on a terminal."""

NOUNS: Final = {
    Severity.ERROR: ("error", "errors"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.INFO: ("note", "notes"),
}


def text(report: Report, least: Severity, *, colour: bool = False) -> str:
    """Write a report for people.

    Args:
        report: what to write.
        least: findings that matter less are counted only.
        colour: whether to colour severities; for terminals alone.
    """
    blocks = [
        "\n".join(_lines(finding, colour=colour) for finding in group)
        for _, group in groupby(report.at_least(least), key=lambda finding: finding.path)
    ]
    apart = ["\n".join(map(visible, report.apart))] if report.apart else []
    return "\n\n".join([*blocks, summary(report), *apart]) + "\n"


def _lines(finding: Finding, *, colour: bool) -> str:
    severity = finding.severity.value
    if colour:
        severity = f"\x1b[{COLOURS[finding.severity]}m{severity}\x1b[0m"
    first = f"{visible(finding.place)} {severity} {finding.code} {visible(finding.message)}"
    return f"{first}\n    remedy: {visible(finding.remedy)}" if finding.remedy else first


def summary(report: Report) -> str:
    """Say in one line how many findings there are.

    >>> from listkeeper.validate.report import Report
    >>> summary(Report(findings=(), entries=2214))
    '0 errors, 0 warnings in 2,214 entries'
    """
    told = [
        counted(number, severity)
        for severity, number in report.counts.items()
        if number or severity is not Severity.INFO
    ]
    kept = (silences(report),) if report.silenced else ()
    return f"{', '.join((*told, *kept))} in {report.entries:,} {_entries(report.entries)}"


def silences(report: Report) -> str:
    """Say how many findings are silenced; why, their entries' files say."""
    number = len(report.silenced)
    return f"{number:,} silenced, with {'its reason' if number == 1 else 'reasons'}"


def counted(number: int, severity: Severity) -> str:
    """Say a number of findings of a severity.

    >>> counted(1, Severity.INFO), counted(1200, Severity.ERROR)
    ('1 note', '1,200 errors')
    """
    return f"{number:,} {NOUNS[severity][number != 1]}"


def _entries(number: int) -> str:
    return "entry" if number == 1 else "entries"
