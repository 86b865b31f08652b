"""GitLab's Code Quality report, which merge requests show.

See https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format. Findings with a
fingerprint that another has are not shown.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from listkeeper.validate.formats.fingerprints import fingerprints
from listkeeper.validate.report import Severity
from listkeeper.validate.scope import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from listkeeper.validate.report import Finding, Report

SEVERITIES: Final = {
    Severity.ERROR: "critical",
    Severity.WARNING: "minor",
    Severity.INFO: "info",
}
"""Ours to GitLab's, of which there are blocker and major besides."""


def gitlab_issues(report: Report, least: Severity, *, colour: bool = False) -> str:
    """Write a report as a Code Quality report: a JSON array."""
    del colour
    findings = report.at_least(least)
    marked = zip(findings, fingerprints(findings), strict=True)
    issues = [_issue(finding, fingerprint) for finding, fingerprint in marked]
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"


def _issue(finding: Finding, fingerprint: str) -> Mapping[str, object]:
    return {
        "description": visible(f"{finding.message}. {finding.remedy}".rstrip(". ") + "."),
        "check_name": finding.code,
        "fingerprint": fingerprint,
        "severity": SEVERITIES[finding.severity],
        "location": {"path": visible(finding.path), "lines": {"begin": finding.line}},
    }
