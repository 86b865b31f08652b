"""The forms a report is given out in: one table, one module for each form.

Whatever a file's name, a label or a text holds, no form lets it be taken for anything but text:
each escapes as its reader asks, and what can not be seen is written by its number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from listkeeper.validate.formats.github import github_commands
from listkeeper.validate.formats.gitlab import gitlab_issues
from listkeeper.validate.formats.junit import junit_suites
from listkeeper.validate.formats.machine import json_text
from listkeeper.validate.formats.markdown import markdown_comment
from listkeeper.validate.formats.people import summary, text
from listkeeper.validate.formats.rule_pages import rule_text, rules_markdown, rules_text
from listkeeper.validate.formats.sarif import sarif_log
from listkeeper.validate.formats.turtle import turtle_report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from listkeeper.validate.report import Report, Severity


class Writer(Protocol):
    """Writes a report in one form."""

    def __call__(self, report: Report, least: Severity, *, colour: bool = False) -> str:
        """Write the findings that matter at least so much; in colour where the form has any."""


FORMATS: Final[Mapping[str, Writer]] = {
    "text": text,
    "json": json_text,
    "github": github_commands,
    "gitlab": gitlab_issues,
    "sarif": sarif_log,
    "junit": junit_suites,
    "markdown": markdown_comment,
    "turtle": turtle_report,
}
"""Name of each form and what writes it."""

__all__ = [
    "FORMATS",
    "Writer",
    "github_commands",
    "gitlab_issues",
    "json_text",
    "junit_suites",
    "markdown_comment",
    "rule_text",
    "rules_markdown",
    "rules_text",
    "sarif_log",
    "summary",
    "text",
    "turtle_report",
]
