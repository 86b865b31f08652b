"""``listkeeper match``: a column of names, and the code that each may mean."""

from __future__ import annotations

from collections import Counter
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
from listkeeper.exchange.answered import MATCH_COLUMNS, NAMES, added, chosen_column, matched
from listkeeper.search.matching import Matcher
from listkeeper.store.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@click.command()
@file_argument
@column_option
@list_option
@out_option
@root_option
def match(file: str, column: str, list_name: str, out: Path | None, root: Path) -> None:
    """Match a column of names in FILE to codes; the same rows come back, with columns added.

    A code is only proposed: look at each row before you take it over. FILE is CSV or a workbook.
    """
    table = open_table(file, column)
    place = chosen_column(table, column, NAMES)
    matcher = Matcher(load(open_workspace(root)), list_name)
    counts: Counter[str] = Counter()

    def rows() -> Iterator[tuple[str, ...]]:
        for answer in matched(table, place, matcher):
            counts[answer.outcome] += 1
            yield answer.cells

    give(added(table.header, MATCH_COLUMNS), rows(), out, root)
    tell(counts)
