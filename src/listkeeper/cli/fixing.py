"""What ``check --fix`` and ``check --diff`` do before they check: put right what can be."""

from __future__ import annotations

import datetime as dt
import sys
from itertools import groupby
from typing import TYPE_CHECKING

import click

from listkeeper.cli.editing import show_patch
from listkeeper.editing.mending import mend
from listkeeper.editing.patches import patch
from listkeeper.edition import load
from listkeeper.errors import HistoryError
from listkeeper.store.changing import change_lists
from listkeeper.store.history import find_repository, open_repository, open_revision
from listkeeper.store.workspace import Workspace, open_workspace
from listkeeper.validate.scope import visible

if TYPE_CHECKING:
    from listkeeper.editing.mending import Mending
    from listkeeper.edition import Edition


def fixed(workspace: Workspace, against: str | None, *, diff: bool) -> Workspace:
    """Put the files of a workspace right and read them again, or show how they would change.

    With `diff` the process ends: with 1 where a file would change, else with 0.

    Args:
        workspace: the lists.
        against: the revision before the change at hand; None takes the last commit.
        diff: whether to show only.

    Raises:
        HistoryError: when a revision is named that cannot be read.
    """
    today = dt.datetime.now().astimezone().date().isoformat()
    mending = mend(load(workspace), before=_before(workspace, against), today=today)
    if diff:
        show_patch(patch({file.path: file.data for file in workspace.files}, mending.contents))
        sys.exit(1 if mending.contents else 0)
    change_lists(workspace, mending.contents)
    _tell(mending)
    return open_workspace(workspace.root)


def _before(workspace: Workspace, against: str | None) -> Edition | None:
    """Load the lists before the change; None without Git, or before the first commit."""
    if against is not None:
        with open_repository(workspace.root) as repository:
            return load(open_revision(repository, against))
    found = find_repository(workspace.root)
    if found is None:
        return None
    with found as repository:
        try:
            return load(open_revision(repository, "HEAD"))
        except HistoryError:
            return None


def _tell(mending: Mending) -> None:
    for path, repairs in groupby(mending.repairs, key=lambda repair: repair.path):
        click.echo(f"mended {visible(path)}", err=True)
        for repair in repairs:
            click.echo(f"    {visible(f'{repair.code} {repair.words}'.strip())}", err=True)
    for refused in mending.refused:
        click.echo(f"left as it is: {visible(str(refused))}", err=True)
