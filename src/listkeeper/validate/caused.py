"""What a change causes: the findings after it that were not there before."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from listkeeper.validate import engine
from listkeeper.validate.report import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.edition import Edition
    from listkeeper.validate.report import Finding, Report


def caused(report: Report, before: Report, bases: tuple[str, str]) -> Report:
    """Leave out what was found before: the same rule, focus and message, wherever it stands.

    Args:
        report: what is found now.
        before: what was found before.
        bases: the base URI now and before.
    """
    counted = Counter(_key(finding, bases[1]) for finding in before.findings)
    kept = []
    for finding in report.findings:
        key = _key(finding, bases[0])
        if counted[key]:
            counted[key] -= 1
        else:
            kept.append(finding)
    return replace(report, findings=tuple(kept))


def errors_caused(
    before: Edition, after: Edition, shapes_folder: Path | None
) -> tuple[Finding, ...]:
    """Give the errors that lists have after an edit and had not before it.

    What a message calls an entry is not looked at: an edit may have renamed it.

    Args:
        before: the lists before the edit.
        after: the lists after it.
        shapes_folder: where the shapes lie; None leaves them out.
    """
    report = engine.check(after, shapes_folder=shapes_folder, least=Severity.ERROR)
    if report.conforms:
        return ()
    held = engine.check(before, shapes_folder=shapes_folder, least=Severity.ERROR)
    counted = Counter(map(_about, held.at_least(Severity.ERROR)))
    found = []
    for finding in report.at_least(Severity.ERROR):
        if counted[_about(finding)]:
            counted[_about(finding)] -= 1
        else:
            found.append(finding)
    return tuple(found)


def _about(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.focus or finding.path, finding.predicate


def _key(finding: Finding, base: str) -> tuple[str, str, str]:
    """Give what tells a finding from another, wherever it stands; the base URI apart."""
    about = finding.focus.removeprefix(base) or finding.path
    return finding.code, about, finding.message.replace(base, "")
