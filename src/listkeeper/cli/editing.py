"""What commands that edit the lists have in common: open, draft, check, show, write."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import click

from listkeeper.cli.options import root_option
from listkeeper.editing.draft import Draft
from listkeeper.editing.given_out import committed, given_out, standing
from listkeeper.editing.numbers import list_of, next_number, provisional
from listkeeper.editing.patches import patch
from listkeeper.editing.renumbering import Standing
from listkeeper.edition import load, reload
from listkeeper.errors import FindingsError, UsageError
from listkeeper.search.lookup import Lookup
from listkeeper.store.assets import find_assets
from listkeeper.store.changing import JOURNAL, change_files, locked, recover
from listkeeper.store.history import find_repository
from listkeeper.store.workspace import Workspace, find_root, open_workspace
from listkeeper.validate.caused import errors_caused
from listkeeper.validate.scope import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from listkeeper.editing.draft import Edit
    from listkeeper.editing.pointers import Links
    from listkeeper.edition import Edition
    from listkeeper.errors import TurtleSyntaxError
    from listkeeper.model import Concept, ConceptScheme
    from listkeeper.store.history import Repository
    from listkeeper.store.workspace import Sources

SHOWN: Final = 20
"""Findings that are told one by one."""

SHALLOW: Final = (
    "the clone is shallow: numbers given out before are not known; "
    "`git fetch --unshallow --tags` brings them"
)


class Day(click.ParamType[str]):
    """A date such as 2026-11-22."""

    name = "YYYY-MM-DD"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Make sure that there is such a day."""
        try:
            return dt.datetime.strptime(value, "%Y-%m-%d").astimezone().date().isoformat()
        except (ValueError, OverflowError):
            self.fail(f"{value!r} is no date such as 2026-11-22", param, ctx)


class LinksChoice(click.Choice[str]):
    """What becomes of links."""

    def __init__(self, *kinds: Links) -> None:
        """Offer some kinds."""
        super().__init__([kind.value for kind in kinds])


@dataclass(frozen=True, kw_only=True, slots=True)
class Output:
    """How an edit is carried out and told."""

    dry_run: bool
    format_: str


def edit_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of every command that edits."""
    options = (
        click.option(
            "--date", "today", type=Day(), help="The date of the edit; today unless told."
        ),
        click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing."),
        click.option(
            "--format",
            "format_",
            type=click.Choice(["diff", "json"]),
            default="diff",
            help="For people or programs.",
        ),
        root_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


class Desk:
    """The lists on which a command works, and the draft of its edit."""

    def __init__(self, workspace: Workspace, repository: Repository | None, today: str) -> None:
        """Read the lists, and start a draft."""
        self.workspace = workspace
        self.repository = repository
        self.edition = load(workspace)
        self.draft = Draft(
            self.edition,
            today,
            committed(repository) if repository and repository.head() else None,
        )
        self._lookup = Lookup(self.edition)

    def entry(self, code: str, list_name: str = "") -> Concept:
        """Find the entry that is named, as :meth:`Lookup.one` does.

        Raises:
            UsageError: when there is none or there are several, or its file can not be read.
        """
        try:
            return self._lookup.one(code, list_name)
        except UsageError as error:
            for unread in self._unread(code):
                raise UsageError(str(unread)) from error
            raise

    def _unread(self, code: str) -> Iterator[TurtleSyntaxError]:
        """Find the files that would hold an entry of a code, and can not be read."""
        *named, notation = re.split(r"[/ :]+", code.strip())
        schemes = self.edition.vocabulary.schemes.values()
        lists = {s.name for s in schemes if not named or named[-1] in {s.name, s.segment}}
        for error in self.edition.unreadable:
            parts = error.path.split("/")
            if parts[-1] == f"{notation}.ttl" and not lists.isdisjoint(parts):
                yield error

    def entries(self, codes: tuple[str, ...], list_name: str = "") -> list[Concept]:
        """Find the entries that are named, each once."""
        found = (self.entry(code, list_name) for code in codes)
        return list({concept.uri: concept for concept in found}.values())

    def list_of(self, code: str) -> str:
        """Name the list that a code names an entry of; empty where it is of several."""
        names = {concept.list_name for concept in self._lookup.all(code)}
        return names.pop() if len(names) == 1 else ""

    def number(self, scheme: ConceptScheme) -> str:
        """Give the number of the next entry of a list."""
        if self.repository and self.repository.is_shallow:
            click.echo(f"listkeeper: {SHALLOW}", err=True)
        home = list_of(self.draft, scheme)
        before = given_out(self.repository, home.name) if self.repository else ()
        return next_number(self.draft, scheme, before)

    def code(self, scheme: ConceptScheme, label: str, given: str, *, unnumbered: bool) -> str:
        """Give the code of a new entry: the one given, a provisional one, or the next number."""
        if given:
            return given
        if unnumbered:
            return provisional(self.draft, scheme, label)
        return self.number(scheme)

    def standing(self, concept: Concept, against: str | None) -> Standing:
        """Say how far the code of an entry has spread; nowhere, without Git."""
        if self.repository is None:
            return Standing()
        return standing(self.repository, concept, against)


@contextmanager
def desk(root: Path, today: str | None) -> Iterator[Desk]:
    """Open the lists for an edit; one that was interrupted before is undone first."""
    top = find_root(root)
    undo_interrupted(top)
    workspace = open_workspace(top)
    repository = find_repository(top)
    try:
        yield Desk(workspace, repository, today_of(today))
    finally:
        if repository:
            repository.close()


def undo_interrupted(top: Path) -> None:
    """Undo a change of the lists that was interrupted, and tell which files it was.

    Args:
        top: the root of the lists repository.
    """
    if (top / JOURNAL).exists():
        with locked(top):
            for path in recover(top):
                click.echo(f"undid an interrupted change of {visible(path)}", err=True)


def today_of(date: str | None) -> str:
    """Give the date of an edit: the one that was told, or today."""
    return date or dt.datetime.now().astimezone().date().isoformat()


def carry_out(at: Desk, output: Output, hint: str = "") -> None:
    """Check what was drafted, show it, and write it unless it is a dry run.

    Args:
        at: the lists and the draft.
        output: how it is told.
        hint: what may help where the check refuses it.

    Raises:
        FindingsError: when the check would find errors that were not there before.
        ListkeeperError: when the files can not be changed; none of them is then.
    """
    edit = at.draft.edit()
    refuse_errors(at.edition, edit.applied(at.workspace), at.workspace.root, hint)
    changes = patch({p: d for p, d in edit.before.items() if d is not None}, edit.contents)
    if not output.dry_run:
        change_files(at.workspace.root, edit.contents, edit.before)
    FORMS[output.format_](edit, changes, dry_run=output.dry_run)


def refuse_errors(before: Edition, sources: Sources, root: Path, hint: str = "") -> None:
    """Refuse an edit that the check would refuse.

    Args:
        before: the lists before it.
        sources: the lists after it.
        root: the lists repository, whose shapes count.
        hint: what may help.

    Raises:
        FindingsError: when there would be errors that were not there before; they are told.
    """
    found = errors_caused(before, reload(sources, before), find_assets("shapes", root))
    for finding in found[:SHOWN]:
        click.echo(f"{finding.place} {finding.code} {finding.message} {finding.remedy}", err=True)
    if found:
        count = f"{len(found)} error" + "s" * (len(found) > 1)
        more = f"; {hint}" if hint else ""
        raise FindingsError(f"nothing was changed: the check would then find {count}{more}")


def show_patch(changes: bytes) -> None:
    """Print a patch: to the letter, or, on a terminal, so that nothing in it is obeyed."""
    if os.isatty(sys.stdout.fileno()):
        lines = changes.decode(errors="replace").split("\n")
        click.echo("\n".join(map(visible, lines)), nl=False)
    else:
        click.echo(changes, nl=False)


def _as_diff(edit: Edit, changes: bytes, *, dry_run: bool) -> None:
    show_patch(changes)
    for words in edit.told:
        click.echo(f"{'dry run: ' if dry_run else ''}{visible(words)}", err=True)


def _as_json(edit: Edit, changes: bytes, *, dry_run: bool) -> None:
    files = [
        {"path": path, "change": _word(edit.before[path], edit.contents[path])}
        for path in sorted(edit.contents)
    ]
    told = {"dry_run": dry_run, "told": list(edit.told), "files": files}
    whole = {**told, "diff": changes.decode(errors="replace")}
    click.echo(json.dumps(whole, ensure_ascii=True, indent=2))


def _word(before: bytes | None, after: bytes | None) -> str:
    if before is None:
        return "added"
    return "removed" if after is None else "changed"


FORMS: Final = {"diff": _as_diff, "json": _as_json}
