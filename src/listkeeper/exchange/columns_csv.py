"""Reading CSV files of anybody, by the columns that the reader is told."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

from listkeeper.errors import ContentError
from listkeeper.exchange.foreign import ForeignEntry, ForeignFile, ForeignLink

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from listkeeper.exchange.rows import Table

ENTRY_COLUMNS: Final = ("code", "label")
"""What has to be told of a file of codes and labels."""

LINK_COLUMNS: Final = ("from", "to")
"""What has to be told of a file of links."""


def read_codes(table: Table, columns: Mapping[str, str], *, unconfirmed: bool) -> ForeignFile:
    """Read codes and labels; a code may stand in many rows.

    Args:
        table: the file.
        columns: ``code`` and ``label`` to the names of their columns.
        unconfirmed: whether the labels are another body's wording.

    Raises:
        ContentError: when it has no such column.
    """
    _refuse_missing(table, (columns[key] for key in ENTRY_COLUMNS))
    entries = (
        ForeignEntry(
            kind="",
            notation=row.cells[columns["code"]],
            label=row.cells[columns["label"]],
            row=row,
            unconfirmed=unconfirmed,
        )
        for row in table.rows
    )
    return ForeignFile(
        path=table.path,
        form="codes and labels",
        rows=table.count,
        entries=tuple(entries),
        notes=table.notes,
        loose=True,
    )


def read_pairs(table: Table, columns: Mapping[str, str], relation: str) -> ForeignFile:
    """Read pairs of codes that a link of one kind joins.

    Args:
        table: the file.
        columns: ``from`` and ``to`` to the names of their columns.
        relation: name of the kind of link.

    Raises:
        ContentError: when it has no such column.
    """
    _refuse_missing(table, (columns[key] for key in LINK_COLUMNS))
    links = (
        ForeignLink(
            subject_kind="",
            subject=row.cells[columns["from"]].strip(),
            relation=relation,
            object_kind="",
            object=row.cells[columns["to"]].strip(),
            row=row,
        )
        for row in table.rows
    )
    return ForeignFile(
        path=table.path,
        form="pairs of codes",
        rows=table.count,
        links=tuple(links),
        notes=table.notes,
        loose=True,
    )


def _refuse_missing(table: Table, names: Iterable[str]) -> None:
    for name in names:
        if name not in table.header:
            near = difflib.get_close_matches(name, table.header, n=1)
            hint = f"did you mean {near[0]}?" if near else f"it has {', '.join(table.header)}"
            raise ContentError(f"has no column {name}; {hint}", path=table.path, line=1)
