"""``listkeeper check-codes``: a column of codes, and what became of each."""

from __future__ import annotations

import sys
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

import click

from listkeeper.cli.options import root_option
from listkeeper.cli.tables import (
    column_option,
    file_argument,
    give,
    list_option,
    open_table,
    out_option,
    tell,
)
from listkeeper.edition import load
from listkeeper.exchange.answered import CHECK_COLUMNS, CODES, added, checked, chosen_column
from listkeeper.search.checking import SAMPLE, CodeChecker, Verdict
from listkeeper.store.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@click.command("check-codes")
@file_argument
@column_option
@click.option(
    "--names", default="", help="Column of the names beside the codes: tells renamed ones."
)
@list_option
@out_option
@root_option
def check_codes(
    file: str, column: str, names: str, list_name: str, out: Path | None, root: Path
) -> None:
    """Check a column of codes or URIs in FILE: current, renamed, retired, unknown.

    Ends with 1 when a code needs looking at. FILE is CSV or a workbook.
    """
    table = open_table(file, column)
    place = chosen_column(table, column, CODES)
    sample = (row[place] for row in islice(table.rows(), SAMPLE))
    checker = CodeChecker(load(open_workspace(root)), list_name, sample=sample)
    if checker.list_name and not list_name:
        click.echo(f"bare codes are taken to be of the list {checker.list_name}", err=True)
    name_place = table.column(names) if names else None
    counts: Counter[str] = Counter()

    def rows() -> Iterator[tuple[str, ...]]:
        for answer in checked(table, place, checker, name_place):
            counts[answer.outcome] += 1
            yield answer.cells

    give(added(table.header, CHECK_COLUMNS), rows(), out, root)
    tell(counts)
    sys.exit(1 if any(counts[verdict.value] for verdict in Verdict if verdict.is_problem) else 0)
