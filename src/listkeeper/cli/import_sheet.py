"""What ``listkeeper import`` does with a sheet for editing: compare, merge, check, write."""

from __future__ import annotations

import datetime as dt
import json
import sys
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import click

from listkeeper.cli.editing import undo_interrupted
from listkeeper.editing.given_out import committed, given_out
from listkeeper.editing.patches import patch
from listkeeper.edition import load, reload
from listkeeper.errors import FindingsError, HistoryError
from listkeeper.exchange.sheets.importing import Asked, plan_sheet
from listkeeper.store.assets import find_assets
from listkeeper.store.changing import change_files
from listkeeper.store.history import find_repository
from listkeeper.store.workspace import find_root, open_workspace
from listkeeper.validate.fresh import fresh_errors
from listkeeper.validate.scope import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from listkeeper.edition import Edition
    from listkeeper.exchange.sheets.importing import Planned
    from listkeeper.exchange.sheets.reading import Incoming
    from listkeeper.store.history import Repository
    from listkeeper.store.workspace import Workspace

TOLD: Final = 20
"""Problems that are told one by one."""


def import_sheet(
    incoming: Incoming,
    root: Path,
    *,
    list_name: str,
    is_rebase: bool,
    dry_run: bool,
    form: str,
) -> None:
    """Bring a sheet back, or show what that would change.

    Args:
        incoming: the sheet.
        root: the lists repository, or a folder inside it.
        list_name: the list, where the sheet does not say.
        is_rebase: whether to merge it with what was changed since it was made.
        dry_run: whether to write nothing.
        form: ``text`` or ``json``.

    Raises:
        FindingsError: when it is refused, for its cells or for what the check finds.
        ListkeeperError: when a file was changed meanwhile, or cannot be written; none is then.
    """
    undo_interrupted(find_root(root))
    workspace = open_workspace(root)
    edition = load(workspace)
    with ExitStack() as stack:
        repository = find_repository(workspace.root)
        if repository is not None:
            stack.enter_context(repository)
        asked = _asked(repository, list_name, is_rebase=is_rebase)
        planned = plan_sheet(edition, incoming, asked)
    for note in planned.notes:
        click.echo(visible(note), err=True)
    _refuse(planned)
    _refuse_errors(workspace, edition, planned)
    if planned.edit.contents and not dry_run:
        change_files(workspace.root, planned.edit.contents, planned.edit.before)
    _tell(planned, edition, form)


def _asked(repository: Repository | None, list_name: str, *, is_rebase: bool) -> Asked:
    today = dt.datetime.now().astimezone().date().isoformat()
    plain = Asked(list_name=list_name, is_rebase=is_rebase, today=today)
    if repository is None:
        return plain
    return replace(
        plain,
        blobs=lambda names: blobs_of(repository, names),
        committed=committed(repository),
        given_out=lambda name: given_out(repository, name),
    )


def blobs_of(repository: Repository, names: Iterable[str]) -> Mapping[str, bytes]:
    """Give the blobs that the history has."""
    wanted = sorted(names)
    try:
        found = repository.objects.read_many(wanted)
    except HistoryError:
        return {}
    return {
        name: blob.data
        for name, blob in zip(wanted, found, strict=True)
        if blob.kind == "blob" and not blob.problem
    }


def _refuse(planned: Planned) -> None:
    """Refuse a sheet with cells that can not be taken: all of it, so that nothing is half done."""
    if not planned.problems:
        return
    for problem in planned.problems[:TOLD]:
        click.echo(visible(str(problem)), err=True)
    count = len(planned.problems)
    more = f" (the first {TOLD} are told)" if count > TOLD else ""
    what = "cell or row" if count == 1 else "cells or rows"
    raise FindingsError(f"{count} {what} can not be taken{more}; nothing was changed")


def _refuse_errors(workspace: Workspace, edition: Edition, planned: Planned) -> None:
    """Refuse what the check would refuse."""
    if not planned.edit.contents:
        return
    after = reload(planned.edit.applied(workspace), edition)
    errors = fresh_errors(edition, after, shapes_folder=find_assets("shapes", workspace.root))
    for finding in errors[:TOLD]:
        words = f"{finding.place}: {finding.code} {finding.message}; {finding.remedy}"
        click.echo(visible(words), err=True)
    if errors:
        count = f"{len(errors)} new error" + "s" * (len(errors) > 1)
        raise FindingsError(f"the check finds {count}; nothing was changed")


def _tell(planned: Planned, edition: Edition, form: str) -> None:
    if form == "json":
        click.echo(json.dumps(_document(planned), ensure_ascii=False, indent=2))
        return
    files = {path: file.data for path, file in edition.files.items()}
    sys.stdout.buffer.write(patch(files, planned.edit.contents))
    sys.stdout.buffer.flush()
    for line in _lines(planned):
        click.echo(visible(line), err=True)


def _lines(planned: Planned) -> Iterable[str]:
    """Say what changes, a cell on each line."""
    for row in planned.rows:
        code = row.code or planned.new.get(row.place, "")
        if row.concept is None:
            yield f"{code}: new"
        for edit in row.edits if row.concept else ():
            yield f"{code}: {edit.column.title}: {_short(edit.before)} -> {_short(edit.after)}"
    entries = len(planned.edit.contents)
    cells = sum(len(row.edits) for row in planned.rows)
    new = sum(row.concept is None for row in planned.rows)
    yield f"{planned.scheme.name}: {cells} cells edited, {new} new entries, {entries} files change"


def _short(text: str) -> str:
    one = " ".join(text.split())
    return (one if len(one) <= 60 else f"{one[:59]}…") or "(empty)"  # noqa: PLR2004 - a line's worth


def _document(planned: Planned) -> dict[str, Any]:
    """Make the report for programs."""
    return {
        "list": planned.scheme.name,
        "cells": [
            {
                "place": edit.place,
                "code": row.code or planned.new.get(row.place, ""),
                "new": row.concept is None,
                "column": edit.column.title,
                "before": edit.before,
                "after": edit.after,
            }
            for row in planned.rows
            for edit in row.edits
        ],
        "changed_since": list(planned.stale),
        "written": sorted(planned.edit.contents),
    }
