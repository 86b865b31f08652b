"""``listkeeper refresh``: bring a workbook that was downloaded here up to date."""

from __future__ import annotations

from pathlib import Path

import click

from listkeeper.cli.options import require_aside, root_option
from listkeeper.edition import load
from listkeeper.errors import ContentError, UsageError
from listkeeper.publish.refreshing import refresh as refresh_workbook
from listkeeper.publish.workbooks import LARGEST
from listkeeper.store.files import write_atomically
from listkeeper.store.workspace import open_workspace


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write it; FILE-refreshed.xlsx beside it unless told.",
)
@click.option("--dry-run", is_flag=True, help="Write nothing; say what would change.")
@root_option
def refresh(file: Path, *, out: Path | None, dry_run: bool, root: Path) -> None:
    """Bring FILE, a downloaded workbook with columns of your own, up to date.

    Renamed, retired and replaced entries are updated and commented; your columns stay as they are.
    """
    workspace = open_workspace(root)
    target = out or file.with_name(f"{file.stem}-refreshed.xlsx")
    require_aside(target, workspace.root)
    try:
        refreshed = refresh_workbook(load(workspace), _read(file))
    except ContentError as error:
        raise ContentError(error.message, path=str(file)) from error
    if not dry_run:
        write_atomically(target, refreshed.data)
    click.echo(f"{'would write' if dry_run else 'wrote'} {target}: {refreshed.summary}", err=True)


def _read(file: Path) -> bytes:
    if not file.is_file():
        raise UsageError(f"{file}: is no regular file")
    with file.open("rb") as stream:
        return stream.read(LARGEST + 1)
