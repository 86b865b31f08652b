"""``listkeeper fmt``: the lists' Turtle in its one canonical form."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from listkeeper.cli.options import root_option
from listkeeper.errors import UsageError
from listkeeper.store.changing import change_lists
from listkeeper.store.formatting import reformat
from listkeeper.store.workspace import SourceFile, Workspace, open_workspace


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option("--check", is_flag=True, help="Change nothing; name the files that would change.")
@root_option
def fmt(paths: tuple[Path, ...], *, check: bool, root: Path) -> None:
    """Write Turtle files canonically: fixed order, one value per line, comments kept.

    Without PATHS every file of the lists is looked at. Ends with 1 when a file cannot be
    formatted or, with --check, when one would change.
    """
    workspace = open_workspace(root)
    changed, refused = reformat(_chosen(workspace, paths), workspace.settings)
    if not check:
        change_lists(workspace, changed)
    for path in changed:
        click.echo(f"{'would change' if check else 'formatted'} {path}")
    unread = [f"{path}: {why}" for path, why in workspace.unreadable]
    for message in (*map(str, refused), *unread):
        click.echo(message, err=True)
    sys.exit(1 if refused or unread or (check and changed) else 0)


def _chosen(workspace: Workspace, paths: tuple[Path, ...]) -> list[SourceFile]:
    """Pick the files that lie at or below the paths given."""
    if not paths:
        return list(workspace.files)
    wanted = [path.resolve() for path in paths]
    chosen = [
        file
        for file in workspace.files
        if any((workspace.root / file.path).is_relative_to(path) for path in wanted)
    ]
    if not chosen:
        raise UsageError(f"{paths[0]}: no file of the lists in {workspace.root} lies there")
    return chosen
