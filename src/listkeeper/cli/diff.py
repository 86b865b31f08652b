"""``listkeeper diff``: what a change means, rather than how the text moved."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from listkeeper.changes.kinds import Impact
from listkeeper.cli.options import root_option
from listkeeper.cli.states import compared
from listkeeper.cli.tables import list_option
from listkeeper.publish.change_reports import FORMATS
from listkeeper.validate.scope import visible

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("states", nargs=-1)
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), default="text")
@list_option
@click.option(
    "--fail-on",
    type=click.Choice([impact.value for impact in Impact]),
    help="End with 1 when a change is as grave as this, or graver.",
)
@root_option
def diff(
    states: tuple[str, ...], format_: str, list_name: str, fail_on: str | None, root: Path
) -> None:
    """Tell what changed between two STATES of the lists, in words.

    STATES are A..B, or A...B from where both come, or two revisions; A alone compares it with
    the working tree, nothing the last commit. Two folders are compared without Git.
    """
    changes = compared(states, root, list_name)
    click.echo(FORMATS[format_](changes), nl=False)
    for unread in changes.unread if format_ == "csv" else ():  # a table has no place for it
        place = visible(f"{unread.path}: {unread.reason}")
        click.echo(f"not compared, {unread.state}: {place}", err=True)
    gravest = changes.impact
    sys.exit(bool(fail_on and gravest and gravest.rank <= Impact(fail_on).rank))
