"""What commands that publish have in common: they refuse lists that break the load rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from listkeeper.errors import FindingsError
from listkeeper.validate import Severity, load_findings

if TYPE_CHECKING:
    from listkeeper.edition import Edition

SHOWN: Final = 20
"""Findings that are told one by one."""


def require_loadable(edition: Edition, *, allow: bool, refusal: str) -> int:
    """Tell each load rule that is broken in one line; give their number.

    Args:
        edition: the lists.
        allow: go on all the same.
        refusal: what the command says it did not do, such as "not started".

    Raises:
        FindingsError: when there are findings and they are not allowed.
    """
    findings = [f for f in load_findings(edition) if f.severity is Severity.ERROR]
    for finding in findings[:SHOWN]:
        click.echo(f"{finding.place} {finding.code} {finding.message} {finding.remedy}", err=True)
    if len(findings) > SHOWN:
        rest = f"and {len(findings) - SHOWN} more; `listkeeper check` tells them all"
        click.echo(rest, err=True)
    if findings and not allow:
        count = f"{len(findings)} finding" + "s" * (len(findings) > 1)
        raise FindingsError(f"{refusal} for {count}: correct the files, or add --allow-findings")
    return len(findings)
