"""``listkeeper export``: send a list out as a spreadsheet for editing."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from listkeeper.cli.options import require_aside, root_option
from listkeeper.edition import load
from listkeeper.errors import HistoryError, UsageError
from listkeeper.exchange.importing import chosen_list
from listkeeper.exchange.sheets.exporting import Origin, csv_bytes, sheet_of
from listkeeper.publish.sheet_workbook import workbook_bytes
from listkeeper.store.files import write_atomically
from listkeeper.store.history import find_repository, is_dirty
from listkeeper.store.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from listkeeper.exchange.sheets.exporting import Sheet

WRITERS: Final[Mapping[str, Callable[[Sheet], bytes]]] = {
    ".xlsx": workbook_bytes,
    ".csv": csv_bytes,
}
"""Ending of a file to what writes it."""


@click.command()
@click.argument("list_name", metavar="LIST")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write here, a workbook (.xlsx) or CSV (.csv); otherwise CSV to standard output.",
)
@root_option
def export(list_name: str, out: Path | None, root: Path) -> None:
    """Send LIST out as a spreadsheet, to be edited and brought back by `listkeeper import`."""
    workspace = open_workspace(root)
    ending = out.suffix.lower() if out else ".csv"
    if ending not in WRITERS:
        raise UsageError(f"{out}: a sheet ends in {' or '.join(WRITERS)}")
    if out is not None:
        require_aside(out, workspace.root)
    edition = load(workspace)
    origin = origin_of(workspace.root)
    sheet = sheet_of(edition, chosen_list(edition, list_name), origin)
    data = WRITERS[ending](sheet)
    if out is None:
        sys.stdout.buffer.write(data)
    else:
        write_atomically(out, data)
    if ending == ".csv" and (origin.is_dirty or not origin.commit):
        message = "made from files that are not committed: a CSV sheet can not be merged (--rebase)"
        click.echo(f"{message} once they change; a workbook can", err=True)


def origin_of(root: Path) -> Origin:
    """Tell where the lists stand, as far as Git knows."""
    repository = find_repository(root)
    if repository is None:
        return Origin()
    with repository:
        try:
            head = repository.head()
            if head is None:
                return Origin()
            named = (r.name for r in repository.releases() if r.commit == head)
            return Origin(commit=head, release=next(named, ""), is_dirty=is_dirty(repository, root))
        except HistoryError:
            return Origin()
