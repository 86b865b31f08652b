"""``listkeeper changelog``: what changed between two releases, as Markdown to publish."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from listkeeper.cli.options import root_option
from listkeeper.cli.states import compared
from listkeeper.cli.tables import list_option
from listkeeper.publish.change_reports import changelog as write_changelog

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("states", nargs=-1, required=True)
@click.option("--heading", default="", help="What stands above, such as '2026.11 (2026-11-30)'.")
@list_option
@root_option
def changelog(states: tuple[str, ...], heading: str, list_name: str, root: Path) -> None:
    """Write what changed between two STATES as Markdown, list by list; see `listkeeper diff`."""
    click.echo(write_changelog(compared(states, root, list_name), heading), nl=False)
