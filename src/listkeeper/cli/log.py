"""``listkeeper log``: who changed an entry, when and how, in words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from listkeeper.changes.history import EntryHistory
from listkeeper.cli.options import root_option
from listkeeper.edition import load
from listkeeper.publish.change_reports.wording import Quoted, detail_words, rendered
from listkeeper.publish.entry_history import event_record
from listkeeper.search.lookup import Lookup
from listkeeper.store.history import open_repository
from listkeeper.store.workspace import open_workspace
from listkeeper.validate.scope import visible

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from listkeeper.changes.history import Event
    from listkeeper.changes.model import Change


@click.command()
@click.argument("code")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
@root_option
def log(code: str, *, format_: str, root: Path) -> None:
    """Tell who changed CODE, when and how, the latest first, from its history in Git."""
    workspace = open_workspace(root)
    edition = load(workspace)
    concept = Lookup(edition).one(code)
    with open_repository(workspace.root) as repository:
        events = EntryHistory(repository, edition).of(concept)
        if repository.is_shallow:
            click.echo("listkeeper: the clone is shallow: earlier changes are not known", err=True)
    if format_ == "json":
        click.echo(json.dumps([event_record(event) for event in events], indent=1))
    else:
        click.echo("\n\n".join("\n".join(_lines(event)) for event in events) or "no commit has it")


def _lines(event: Event) -> Iterator[str]:
    commit = event.commit
    release = f", release {event.release}" if event.release else ""
    yield visible(f"{commit.authored:%Y-%m-%d} {commit.author} ({commit.id[:10]}{release})")
    yield f"  {visible(commit.subject)}"
    if event.moved_from:
        yield f"    Moved from {visible(event.moved_from)}"
    for change in event.changes:
        yield _told(change)
    if not (event.changes or event.moved_from):
        yield "    Only the form of the file changed"


def _told(change: Change) -> str:
    detail = rendered(detail_words(change), _plain)
    return f"    {change.kind.title}" + (f": {detail}" if detail else "")


def _plain(quoted: Quoted) -> str:
    return visible(quoted.text)
