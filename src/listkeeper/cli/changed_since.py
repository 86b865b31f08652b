"""``listkeeper changed-since``: what changed since a file was downloaded."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from listkeeper.changes.since_download import IDENTIFIER
from listkeeper.cli.options import root_option
from listkeeper.cli.tables import file_argument, give, list_option, open_table, out_option, tell
from listkeeper.edition import load
from listkeeper.exchange.changed_table import (
    CHANGE_COLUMNS,
    change_records,
    change_rows,
    compare_table,
)
from listkeeper.store.workspace import open_workspace

if TYPE_CHECKING:
    from pathlib import Path


@click.command("changed-since")
@file_argument
@list_option
@click.option("--format", "format_", type=click.Choice(["csv", "json"]), default="csv")
@out_option
@root_option
def changed_since(file: str, list_name: str, format_: str, out: Path | None, root: Path) -> None:
    """Compare FILE, a list you once downloaded, with the list as it is now.

    Ends with 1 when something changed.
    """
    table = open_table(file, IDENTIFIER)
    comparison = compare_table(table, load(open_workspace(root)), list_name)
    released = comparison.released or "it says no release"
    now = comparison.version or "without a version"
    click.echo(f"{file}: {comparison.list_name}, {released}; now {now}", err=True)
    if format_ == "json":
        click.echo(json.dumps(change_records(comparison), ensure_ascii=False, indent=1))
    else:
        give(CHANGE_COLUMNS, change_rows(comparison), out, root)
    tell(comparison.counts)
    sys.exit(1 if comparison.changes else 0)
