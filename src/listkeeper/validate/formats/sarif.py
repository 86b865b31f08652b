"""SARIF 2.1.0, the form in which forges and editors take the results of analyses.

See https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html; the sections named here are
of that text.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from listkeeper import __version__
from listkeeper.validate.formats.fingerprints import fingerprints
from listkeeper.validate.formats.people import counted
from listkeeper.validate.formats.relevance import most_relevant
from listkeeper.validate.formats.rule_pages import sentence
from listkeeper.validate.report import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from listkeeper.validate.report import Finding, Report
    from listkeeper.validate.rule import Rule

SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
ROOT: Final = "SRCROOT"
"""Name of what artifacts' addresses are relative to: the root of the lists repository."""

FINGERPRINT: Final = "listkeeperFinding/v1"

MOST: Final = 25_000
"""Results in a run that GitHub takes; a file with more is refused as a whole."""

LEVELS: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
}
"""Section 3.27.10."""

BRACES: Final = str.maketrans({"{": "{{", "}": "}}"})
"""How a message writes what would begin a placeholder (section 3.11.5)."""


def sarif_log(report: Report, least: Severity, *, colour: bool = False) -> str:
    """Write a report as one SARIF log with one run: every rule, and the findings.

    The most relevant findings come first, and those beyond what GitHub takes are counted in a
    notification.
    """
    del colour
    findings = most_relevant(report, least)
    run = {
        "tool": {"driver": _driver(report.rules)},
        "originalUriBaseIds": {ROOT: {"description": {"text": "The lists repository."}}},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {"executionSuccessful": True, "toolExecutionNotifications": _cut(findings[MOST:])}
        ],
        "results": [*_results(report, findings), *_suppressed(report)][:MOST],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=True, indent=2) + "\n"


def _driver(rules: Mapping[str, Rule]) -> Mapping[str, Any]:
    return {
        "name": "Listkeeper",
        "version": __version__,
        "rules": [_rule(rule) for rule in rules.values()],
    }


def _rule(rule: Rule) -> Mapping[str, Any]:
    """Describe a rule (section 3.49)."""
    asked = sentence(rule)
    described = {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": asked},
        "help": {"text": f"{asked} {rule.remedy}".strip()},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }
    is_address = rule.specification.startswith(("https://", "http://"))
    return {**described, "helpUri": rule.specification} if is_address else described


def _results(report: Report, findings: Sequence[Finding]) -> list[Mapping[str, Any]]:
    places = {code: index for index, code in enumerate(report.rules)}
    marked = zip(findings, fingerprints(findings), strict=True)
    return [_result(finding, mark, places.get(finding.code)) for finding, mark in marked]


def _suppressed(report: Report) -> list[Mapping[str, Any]]:
    """Describe what is silenced, with why (section 3.35)."""
    results = _results(report, [kept.finding for kept in report.silenced])
    return [
        {**result, "suppressions": [{"kind": "inSource", "justification": kept.reason}]}
        for result, kept in zip(results, report.silenced, strict=True)
    ]


def _result(finding: Finding, fingerprint: str, rule_index: int | None) -> Mapping[str, Any]:
    """Describe a finding (section 3.27)."""
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": _address(finding.path), "uriBaseId": ROOT},
            "region": {"startLine": finding.line, "startColumn": finding.column},
        }
    }
    if finding.focus:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.focus}]
    return {
        "ruleId": finding.code,
        **({} if rule_index is None else {"ruleIndex": rule_index}),
        "level": LEVELS[finding.severity],
        "message": {"text": _plain(f"{finding.message}\n{finding.remedy}".rstrip())},
        "locations": [location],
        "partialFingerprints": {FINGERPRINT: fingerprint},
    }


def _address(path: str) -> str:
    """Write a path as a relative reference; the bytes of a name that is not UTF-8 too."""
    return quote(path, errors="surrogateescape")


def _plain(text: str) -> str:
    """Write a text so that nothing in it is a placeholder or a link (section 3.11)."""
    return text.translate(BRACES).replace("](", "] (")


def _cut(findings: Sequence[Finding]) -> list[Mapping[str, Any]]:
    """Tell, as notifications (section 3.58), how many findings there was no room for."""
    return [
        {"level": "warning", "message": {"text": f"{counted(number, severity)} more"}}
        for severity in Severity
        if (number := sum(finding.severity is severity for finding in findings))
    ]
