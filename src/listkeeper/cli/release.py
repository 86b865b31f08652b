"""``listkeeper release``: a release in one step, or none."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import click

from listkeeper.cli.options import root_option
from listkeeper.release.making import draft, make, start
from listkeeper.release.turn import finish_interrupted, turn
from listkeeper.store.history import Writer, current_branch, identity, open_repository
from listkeeper.store.workspace import find_root

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.release.making import Draft
    from listkeeper.store.history import Repository


@click.command()
@click.argument("name")
@click.option("--date", help="Date of the release, as 2026-11-30; today if it is not given.")
@click.option("--dry-run", is_flag=True, help="Work everything out, write nothing.")
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text")
@root_option
def release(name: str, date: str | None, format_: str, root: Path, *, dry_run: bool) -> None:
    """Release the lists as they are committed, as NAME: year and month, such as 2026.11.

    Checks them, sets versions of the lists that changed, writes changelog and manifest, and makes
    one commit and one annotated tag, in one step. Nothing is pushed.
    """
    top = find_root(root)
    with open_repository(top) as repository, turn(repository):
        writer = Writer(repository, identity(repository))
        _finish(writer, top)
        work = draft(start(repository, top, name, date or _today()), top, name, date or _today())
        left = () if dry_run else make(work, writer, top)
        click.echo(_told(work) if format_ == "text" else _json(work), nl=False)
        _say(work, repository, left, dry_run=dry_run)


def _today() -> str:
    return dt.datetime.now().astimezone().date().isoformat()


def _finish(writer: Writer, root: Path) -> None:
    """Finish what an interrupted release left to be done."""
    branch = current_branch(writer.repository)
    brought = finish_interrupted(writer, root, branch) if branch else ()
    if brought:
        click.echo(f"finished an interrupted release: wrote {', '.join(brought)}", err=True)


def _told(work: Draft) -> str:
    lists = ", ".join(work.lists) or "none"
    return (
        f"release:   {work.name} ({work.date})\n"
        f"lists:     {lists}\n"
        f"files:     {len(work.manifest.files):,} of data\n"
        f"manifest:  {work.manifest.sha256}\n\n"
        f"{work.section}"
    )


def _json(work: Draft) -> str:
    told = {
        "release": work.name,
        "date": work.date,
        "lists": list(work.lists),
        "dataFiles": len(work.manifest.files),
        "manifest": work.manifest.sha256,
        "graph": work.manifest.published,
        "changed": sorted(work.files),
    }
    return json.dumps(told, indent=1) + "\n"


def _say(work: Draft, repository: Repository, left: tuple[str, ...], *, dry_run: bool) -> None:
    """Say what was done and what comes next."""
    if dry_run:
        click.echo(f"would change {', '.join(sorted(work.files))}; nothing was written", err=True)
        return
    if left:
        kept = ", ".join(left)
        click.echo(f"changed while the release was made, and left as they are: {kept}", err=True)
    branch = work.start.branch.removeprefix("refs/heads/")
    del repository
    click.echo(f"next: git push --atomic origin {branch} {work.name}", err=True)
