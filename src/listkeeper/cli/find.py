"""``listkeeper find``: entries by a code, a name or words."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from listkeeper.cli.options import root_option
from listkeeper.edition import load
from listkeeper.search.filters import Filters
from listkeeper.search.found import found, has_near, with_alike
from listkeeper.search.index import MOST_FOUND, search_index
from listkeeper.search.matching import matchers
from listkeeper.store.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from listkeeper.search.found import FoundEntry


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--list", "list_name", default="", help="Only entries of this list.")
@click.option("--status", default="", help="Only entries of this status, such as retired.")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, MOST_FOUND))
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text")
@root_option
def find(
    words: tuple[str, ...], list_name: str, status: str, limit: int, format_: str, root: Path
) -> None:
    """Find entries by WORDS: a code, a name, a former name, or words of their texts.

    Ends with 1 when nothing is found.
    """
    edition = load(open_workspace(root))
    index = search_index(edition)
    filters = Filters(list_name=list_name, status=status)
    answer = found(index, " ".join(words), filters, limit=limit)
    if not answer.total and has_near(filters):
        answer = with_alike(answer, index, matchers(edition).of(list_name))
    if format_ == "json":
        click.echo(json.dumps(answer.record(), ensure_ascii=False, indent=1))
    else:
        if not answer.total:
            instead = "alike are:" if answer.alike else "listkeeper match takes columns of names"
            click.echo(f"nothing found; {instead}", err=True)
        for entry in answer.entries or answer.alike:
            click.echo("\n".join(_lines(entry)))
    sys.exit(0 if answer.total else 1)


def _lines(entry: FoundEntry) -> Iterator[str]:
    status = "" if entry.status == "current" else f", {entry.status}"
    yield f"{entry.code} {entry.label} ({entry.list_title}{status})"
    if entry.said:
        yield f"  {entry.said}"
    for replacement in entry.replaced_by:
        yield f"  replaced by {replacement.code} {replacement.label}"
