"""Workflow commands, which GitHub shows as annotations beside the lines of a pull request.

See https://docs.github.com/actions/reference/workflow-commands-for-github-actions. GitHub keeps
ten annotations of each kind from a step and drops the others without a word.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from listkeeper.validate.formats.people import counted, summary
from listkeeper.validate.formats.relevance import most_relevant
from listkeeper.validate.report import Severity
from listkeeper.validate.scope import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from listkeeper.validate.report import Finding, Report

MOST: Final = 10
"""Annotations of each kind that GitHub keeps."""

COMMANDS: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "notice",
}

DATA: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
"""How a message is escaped."""

PROPERTY: Final = DATA | str.maketrans({":": "%3A", ",": "%2C"})
"""How the value of a property is escaped."""


def github_commands(report: Report, least: Severity, *, colour: bool = False) -> str:
    """Write a report as workflow commands, then the sum.

    What keeps the lists from being served comes first. Of more than ten findings of a severity
    nine are given, and the tenth command says how many more there are and where to see them.
    """
    del colour
    found = groupby(most_relevant(report, least), key=lambda finding: finding.severity)
    lines = [line for severity, group in found for line in _commands(severity, list(group))]
    return "\n".join([*lines, summary(report)]) + "\n"


def _commands(severity: Severity, findings: Sequence[Finding]) -> Iterator[str]:
    is_cut = len(findings) > MOST
    for finding in findings[: MOST - 1] if is_cut else findings:
        yield _command(finding)
    if is_cut:
        more = counted(len(findings) - MOST + 1, severity)
        where = f"`listkeeper check --severity {severity.value}` tells them all"
        yield f"::{COMMANDS[severity]} title=listkeeper check::{more} more; {where}"


def _command(finding: Finding) -> str:
    properties = {
        "file": visible(finding.path),
        "line": str(finding.line),
        "col": str(finding.column),
        "title": finding.code,
    }
    told = ",".join(f"{name}={value.translate(PROPERTY)}" for name, value in properties.items())
    message = f"{visible(finding.message)}\n{visible(finding.remedy)}".rstrip("\n")
    return f"::{COMMANDS[finding.severity]} {told}::{message.translate(DATA)}"
