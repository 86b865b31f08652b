"""The report of a proposed change: what a reviewer needs, on a laptop and at a forge alike.

It says whether the check passes, what the change means, what it causes elsewhere and who uses
what it touches. A forge refuses a comment of more than 65,536 characters, so it is shorter.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from listkeeper.changes.compare import compare
from listkeeper.changes.kinds import Impact
from listkeeper.editions import Editions
from listkeeper.publish.change_reports import json_report, markdown_report
from listkeeper.validate.against import Manner, check_against
from listkeeper.validate.formats import json_text, markdown_comment
from listkeeper.validate.formats.people import counted
from listkeeper.validate.report import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from listkeeper.changes.model import Changes
    from listkeeper.edition import Edition
    from listkeeper.validate.against import Against
    from listkeeper.validate.report import Report

MARKER: Final = "<!-- listkeeper report -->"
"""First line of the comment, by which the next run finds it and writes it anew."""

MOST: Final = 58_000
"""Bytes of a report: room is left for what the step that comments adds."""

MOST_FINDINGS: Final = 24_000
"""Bytes for findings; the changes get what these leave."""

LEAST: Final = Severity.WARNING


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeReport:
    """A change, compared and checked."""

    changes: Changes
    checked: Report
    """What the change causes, by the rules of the revision it is held against."""
    tip: str
    """That revision's commit."""

    @property
    def passes(self) -> bool:
        """Say whether the change may be merged as far as the check can tell."""
        return self.checked.conforms

    @property
    def verdict(self) -> str:
        """Say in one line how the change stands."""
        errors = counted(self.checked.counts[Severity.ERROR], Severity.ERROR)
        told = "The check passes" if self.passes else f"The change causes {errors}"
        numbers = self.changes.impacts
        impacts = [f"{numbers[impact]:,} {impact.value}" for impact in Impact if numbers[impact]]
        return f"{told}; changes: {', '.join(impacts) or 'none'}"


def report_change(edition: Edition, against: Against, root: Path) -> ChangeReport:
    """Compare and check the lists at hand with a revision.

    Args:
        edition: the lists at hand.
        against: the revision.
        root: the lists repository.

    Raises:
        HistoryError: when the revision can not be read.
        ContentError: when shapes can not be used.
    """
    before = Editions(against.repository, kept=1).open(against.base)
    checked = check_against(edition, against, root, Manner(least=LEAST), only_changed=True)
    return ChangeReport(changes=compare(before, edition), checked=checked, tip=against.tip)


def markdown(report: ChangeReport) -> str:
    """Write a report as Markdown; whatever comes from the lists stands in code spans."""
    head = f"{MARKER}\n**{report.verdict}.**\n\n"
    findings = _body(markdown_comment(report.checked, LEAST, most=MOST_FINDINGS))
    tail = _reproduce(report.tip)
    room = MOST - sum(len(part.encode()) for part in (head, findings, tail))
    return "\n".join((head + _body(markdown_report(report.changes, room)), findings, tail))


def machine(report: ChangeReport) -> str:
    """Write a report as JSON: the verdict, the changes as ``diff`` and findings as ``check``."""
    told: Mapping[str, Any] = {
        "passes": report.passes,
        "verdict": report.verdict,
        "against": report.tip,
        "changes": json.loads(json_report(report.changes)),
        "check": json.loads(json_text(report.checked, LEAST)),
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


FORMATS: Final[Mapping[str, Callable[[ChangeReport], str]]] = {
    "markdown": markdown,
    "json": machine,
}
"""Name of a form and what writes it."""


def _body(comment: str) -> str:
    """Leave out the first line, by which the comment would be found if it stood alone."""
    return comment.partition("\n")[2]


def _reproduce(tip: str) -> str:
    commands = f"git fetch origin\nlistkeeper pr-report --base {tip}\n"
    return f"The same on your own machine, with the change checked out:\n\n```\n{commands}```\n"
