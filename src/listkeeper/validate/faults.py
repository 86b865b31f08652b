"""What has to be put right before lists can be published, told in lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listkeeper.validate.engine import load_findings
from listkeeper.validate.report import Severity

if TYPE_CHECKING:
    from listkeeper.edition import Edition


def load_faults(edition: Edition) -> tuple[str, ...]:
    """Tell each load rule that an edition breaks, in one line: where, which, what to do."""
    return tuple(
        f"{finding.place} {finding.code} {finding.message} {finding.remedy}"
        for finding in load_findings(edition)
        if finding.severity is Severity.ERROR
    )
