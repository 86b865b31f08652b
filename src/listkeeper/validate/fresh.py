"""What a change would make wrong: errors that the lists have with it, and have not without."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from listkeeper.validate import engine
from listkeeper.validate.report import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.edition import Edition
    from listkeeper.validate.report import Finding, Report


def fresh_errors(
    before: Edition, after: Edition, *, shapes_folder: Path | None
) -> tuple[Finding, ...]:
    """Give the errors that a change brings; what was wrong before stays as it was.

    Args:
        before: the lists without the change.
        after: the lists with it.
        shapes_folder: where the shapes lie; None leaves them out.
    """
    errors = _errors(engine.check(after, shapes_folder=shapes_folder, least=Severity.ERROR))
    if not errors:
        return ()
    known = Counter(
        map(_key, _errors(engine.check(before, shapes_folder=shapes_folder, least=Severity.ERROR)))
    )
    fresh = []
    for finding in errors:
        if known[_key(finding)]:
            known[_key(finding)] -= 1
        else:
            fresh.append(finding)
    return tuple(fresh)


def _errors(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.severity is Severity.ERROR]


def _key(finding: Finding) -> tuple[str, str, str]:
    """Give what tells a finding from another, wherever it stands in its file."""
    return finding.code, finding.focus or finding.path, finding.message
