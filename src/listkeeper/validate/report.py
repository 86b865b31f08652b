"""What a check has to say: findings, each with its place, and their sum."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final

from listkeeper.uris import natural_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from listkeeper.validate.rule import Rule


class Severity(Enum):
    """How much a finding matters; in the order of SHACL's severities, the worst first."""

    ERROR = "error"
    """The lists may not be published so."""
    WARNING = "warning"
    """Publishing works; someone should look."""
    INFO = "info"
    """A figure worth knowing."""

    @property
    def rank(self) -> int:
        """Count from the worst, which is 0."""
        return list(Severity).index(self)


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One place where a rule does not hold, with what to do about it."""

    code: str
    """The rule's stable code, such as ``LK040``."""
    severity: Severity
    message: str
    """What is wrong, in words, naming entries by code and label."""
    remedy: str
    """What to do."""
    path: str
    """File, from the repository's root."""
    line: int
    """Line, from 1."""
    column: int
    """Column in characters, from 1."""
    focus: str = ""
    """URI of the entry, list or part that the finding is about; empty for a file as a whole."""
    specification: str = ""
    """Address of what asks for it."""
    predicate: str = ""
    """URI of the property that the finding is about; empty where it is about none."""

    @property
    def place(self) -> str:
        """File, line and column as editors and terminals know them."""
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Silenced:
    """A finding that is not told, with the reason that its entry's file gives."""

    finding: Finding
    reason: str
    date: str
    """Day on which it was silenced."""


DEADLINES: Final = frozenset({"LK343", "LK400"})
"""Codes of the rules that are about the time a check takes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """Every finding of one check, in the order of files and lines."""

    findings: tuple[Finding, ...]
    entries: int
    """How many entries were looked at."""
    remark: str = ""
    """What to know about how the check was done; empty where it was done as asked."""
    rules: Mapping[str, Rule] = field(default_factory=dict)
    """Every rule that was applied, by its code; empty where only findings are known."""
    silenced: tuple[Silenced, ...] = ()
    """What is found and, for a written reason, not told among the findings."""
    apart: tuple[str, ...] = ()
    """What the shapes and severities that a change brings would say, a finding on each line."""

    @property
    def counts(self) -> Mapping[Severity, int]:
        """Count the findings of each severity."""
        found = Counter(finding.severity for finding in self.findings)
        return {severity: found[severity] for severity in Severity}

    @property
    def unfinished(self) -> bool:
        """Say whether a deadline ended it, so that another time may tell more."""
        return any(finding.code in DEADLINES for finding in self.findings)

    @property
    def conforms(self) -> bool:
        """Say whether there is no error; warnings and notes do not count against the lists."""
        return not self.counts[Severity.ERROR]

    def at_least(self, severity: Severity) -> tuple[Finding, ...]:
        """Return the findings that matter at least so much."""
        return tuple(f for f in self.findings if f.severity.rank <= severity.rank)


def in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """Sort findings by file, line, column and code, and drop repetitions."""
    ordered = sorted(
        findings, key=lambda f: (natural_key(f.path), f.line, f.column, f.code, f.message)
    )
    return tuple(dict.fromkeys(ordered))
