"""``listkeeper rebase``: the identifiers under your own domain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from listkeeper.cli.options import root_option
from listkeeper.editing.rebase import rebase as moved_files
from listkeeper.settings import FILE_NAME
from listkeeper.store.files import write_all
from listkeeper.store.workspace import open_workspace

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("base")
@click.option("--dry-run", is_flag=True, help="Change nothing; say what would change.")
@root_option
def rebase(base: str, *, dry_run: bool, root: Path) -> None:
    """Move every identifier to BASE, such as https://lists.example.gov.uk/."""
    workspace = open_workspace(root)
    text = (workspace.root / FILE_NAME).read_text(encoding="utf-8")
    contents = moved_files(workspace, text, base)
    if not dry_run:
        # The settings last: if this is interrupted, running it again finishes the move.
        settings = {path: contents[path] for path in contents if path == FILE_NAME}
        write_all(workspace.root, {p: contents[p] for p in contents if p not in settings})
        write_all(workspace.root, settings)
    verb = "would change" if dry_run else "changed"
    click.echo(f"{verb} {len(contents)} files: {workspace.settings.base_uri} -> {base}")
