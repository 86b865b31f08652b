"""Markdown for a comment on a pull request.

Everything that comes from the lists stands in code spans
(https://spec.commonmark.org/0.31.2/#code-spans), where it is neither markup, nor a mention, nor
a reference. Forges refuse a comment that is too long, so it is cut, the least relevant first.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from listkeeper.validate.formats.people import counted, summary
from listkeeper.validate.formats.relevance import most_relevant
from listkeeper.validate.report import Severity
from listkeeper.validate.scope import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from listkeeper.validate.report import Finding, Report

MARKER: Final = "<!-- listkeeper check -->"
"""First line of the comment, by which the next run finds it and writes it anew."""

MOST: Final = 64_000
"""Bytes of a comment; GitHub takes 65,536 characters."""

LONGEST: Final = 600
"""Characters of one message or remedy."""

TITLES: Final = {Severity.ERROR: "Errors", Severity.WARNING: "Warnings", Severity.INFO: "Notes"}
HINT: Final = "`listkeeper explain CODE` tells more about a rule."


def markdown_comment(
    report: Report, least: Severity, *, colour: bool = False, most: int = MOST
) -> str:
    """Write a report as Markdown of at most so many bytes, its first line :data:`MARKER`."""
    del colour
    found = most_relevant(report, least)
    head = f"{MARKER}\n## Check of the lists: {summary(report)}\n"
    tail = _apart(report) + (f"\n{HINT}\n" if found else "")
    room = most - len(head.encode()) - len(tail.encode()) - len(_rest(found).encode())
    shown, body = 0, ""
    for block, number in _blocks(found):
        room -= len(block.encode())
        if room < 0:
            break
        body += block
        shown += number
    return f"{head}{body}{_rest(found[shown:])}{tail}"


def _apart(report: Report) -> str:
    """Tell what the change's own shapes and severities would say; empty where they are the same."""
    lines = "".join(f"* {code(line)}\n" for line in report.apart)
    return f"\n### What the change asks otherwise\n\n{lines}" if lines else ""


def _blocks(findings: Sequence[Finding]) -> Iterator[tuple[str, int]]:
    """Give the pieces of the body, and how many findings each tells.

    A heading goes with the first finding below it, so that none is left without one.
    """
    for severity, same in groupby(findings, key=lambda finding: finding.severity):
        title = f"\n### {TITLES[severity]}\n"
        for path, group in groupby(same, key=lambda finding: finding.path):
            above = f"{title}\n{code(path)}\n\n"
            for finding in group:
                yield above + _item(finding), 1
                above = title = ""


def _item(finding: Finding) -> str:
    place = f"line {finding.line}, column {finding.column}"
    first = f"* **{finding.code}** {place}: {code(finding.message)}"
    return f"{first}\\\n  {code(finding.remedy)}\n" if finding.remedy else f"{first}\n"


def _rest(findings: Sequence[Finding]) -> str:
    """Say how many findings there is no room for; empty where there is none."""
    numbers = [sum(f.severity is severity for f in findings) for severity in Severity]
    told = [counted(n, severity) for n, severity in zip(numbers, Severity, strict=True) if n]
    return f"\n{' and '.join(told)} more: run `listkeeper check`.\n" if told else ""


def code(text: str) -> str:
    """Put a text into a code span, in which it is nothing but text.

    >>> code("a `b` @c")
    '``a `b` @c``'
    """
    shown = visible(text)
    shown = shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"
    fence = "`" * (max(map(len, re.findall("`+", shown)), default=0) + 1)
    edge = " " if not shown.strip(" ") or "`" in (shown[:1], shown[-1:]) else ""
    return f"{fence}{edge}{shown}{edge}{fence}"
