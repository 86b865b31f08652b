"""JSON for programs; the form is described in ``docs/check.md`` and only ever grows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from listkeeper.validate.scope import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from listkeeper.validate.report import Finding, Report, Severity


def json_text(report: Report, least: Severity, *, colour: bool = False) -> str:
    """Write a report as one JSON document."""
    del colour
    document = {
        "conforms": report.conforms,
        "entries": report.entries,
        "counts": {severity.value: number for severity, number in report.counts.items()},
        "findings": [_record(finding) for finding in report.at_least(least)],
        "apart": list(map(visible, report.apart)),
        "silenced": [
            {**_record(kept.finding), "reason": kept.reason, "date": kept.date}
            for kept in report.silenced
        ],
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
        "predicate": finding.predicate or None,
        "specification": finding.specification or None,
    }
