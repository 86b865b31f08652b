"""``listkeeper init``: a lists repository that works at once."""

from __future__ import annotations

from pathlib import Path

import click

from listkeeper.editing.starter import require_empty, starter_files
from listkeeper.store.files import write_all


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--base-uri", help="Where identifiers begin, such as https://lists.example.gov.uk/.")
@click.option("--dry-run", is_flag=True, help="Write nothing; name the files.")
def init(folder: Path, *, base_uri: str | None, dry_run: bool) -> None:
    """Start a lists repository in FOLDER, with an example list to change."""
    require_empty(folder)
    files = starter_files(base_uri)
    if not dry_run:
        write_all(folder, files)
    click.echo(f"{'would write' if dry_run else 'wrote'} {len(files)} files in {folder}")
    click.echo(f"next: listkeeper serve -C {folder}", err=True)
