"""``listkeeper labels``: the labels of a language, out for review and back."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from listkeeper.cli.options import require_aside, root_option
from listkeeper.edition import load
from listkeeper.errors import ListkeeperError, UsageError
from listkeeper.exchange.reviewing import require_language, take_labels
from listkeeper.exchange.translations import label_rows, read_labels, write_labels
from listkeeper.store.changing import change_lists
from listkeeper.store.files import write_atomically
from listkeeper.store.workspace import open_workspace

language_option = click.option(
    "--language", required=True, help="The language, such as cy for Welsh."
)


@click.group()
def labels() -> None:
    """Send the labels of a language out for review, and take them back."""


@labels.command("export")
@language_option
@click.option("--list", "list_name", default="", help="One list alone.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
@root_option
def export(*, language: str, list_name: str, out: Path, root: Path) -> None:
    """Write a labels file for a fluent reader to fill in."""
    workspace = open_workspace(root)
    edition = load(workspace)
    require_language(edition, language)
    require_aside(out, workspace.root)
    rows = list(label_rows(edition, language, list_name))
    write_atomically(out, write_labels(rows))
    done = sum(bool(row.reviewed) for row in rows)
    drafts = sum(bool(row.draft) for row in rows)
    click.echo(f"wrote {len(rows)} labels to {out}: {done} reviewed, {drafts} drafts")


@labels.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@language_option
@click.option("--dry-run", is_flag=True, help="Write nothing; say what would change.")
@root_option
def import_(file: Path, *, language: str, dry_run: bool, root: Path) -> None:
    """Take a labels file back; ends with 1 when a row was not taken."""
    workspace = open_workspace(root)
    rows = read_labels(_read(file), str(file))
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    review = take_labels(load(workspace), language, rows, today)
    if not dry_run:
        change_lists(workspace, review.contents)
    for row in review.refused:
        click.echo(f"{file}:{row.line}: {row.uri}: {row.reason}")
    verb = "would take" if dry_run else "took"
    click.echo(f"{verb} {review.taken} of {len(rows)} rows; {len(review.refused)} refused")
    sys.exit(1 if review.refused else 0)


def _read(file: Path) -> bytes:
    if not file.is_file():
        raise UsageError(f"{file}: is no regular file")
    try:
        return file.read_bytes()
    except OSError as error:
        raise ListkeeperError(f"{file}: cannot be read: {error.strerror}") from error
