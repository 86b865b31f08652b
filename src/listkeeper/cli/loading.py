"""What commands that publish have in common: they refuse lists that break the load rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from listkeeper.errors import FindingsError
from listkeeper.validate.faults import load_faults

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listkeeper.edition import Edition

SHOWN: Final = 20
"""Findings that are told one by one."""


def require_loadable(edition: Edition, *, allow: bool, refusal: str) -> None:
    """Tell each load rule that is broken in one line.

    Args:
        edition: the lists.
        allow: go on all the same.
        refusal: what the command says it did not do, such as "not built".

    Raises:
        FindingsError: when there are findings and they are not allowed.
    """
    refuse_findings(load_faults(edition), allow=allow, refusal=refusal)


def refuse_findings(findings: Sequence[str], *, allow: bool, refusal: str) -> None:
    """Tell findings that are at hand, as :func:`require_loadable` does.

    Raises:
        FindingsError: when there are findings and they are not allowed.
    """
    for finding in findings[:SHOWN]:
        click.echo(finding, err=True)
    if len(findings) > SHOWN:
        rest = f"and {len(findings) - SHOWN} more; `listkeeper check` tells them all"
        click.echo(rest, err=True)
    if findings and not allow:
        count = f"{len(findings)} finding" + "s" * (len(findings) > 1)
        raise FindingsError(f"{refusal} for {count}: correct the files, or add --allow-findings")
