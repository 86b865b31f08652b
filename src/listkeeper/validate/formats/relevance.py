"""Which findings come first where there is not room for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listkeeper.validate.report import Finding, Report, Severity


def most_relevant(report: Report, least: Severity) -> Sequence[Finding]:
    """Give the findings that matter so much or more, the most relevant first.

    The worst severity comes first; in it, what keeps the lists from being served; then files
    and lines in order.
    """

    def key(finding: Finding) -> tuple[int, bool]:
        rule = report.rules.get(finding.code)
        return finding.severity.rank, not (rule and rule.load)

    return sorted(report.at_least(least), key=key)
