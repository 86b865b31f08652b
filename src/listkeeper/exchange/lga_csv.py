"""Reading the CSV files of the Local Government Association: a list, and a list with mappings.

The columns are those its website writes; a mapped file has one row for each link and repeats
the entry in every one of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.errors import ContentError
from listkeeper.exchange.foreign import ForeignEntry, ForeignFile, ForeignLink

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.exchange.foreign import Row
    from listkeeper.exchange.rows import Table

REQUIRED: Final = ("Identifier", "Label")
KNOWN: Final = (
    *(*REQUIRED, "Description", "Created", "Modified", "History notes", "Type"),
    *("Parent identifiers", "Parent labels"),
)
"""Columns of a list."""

MAPPING: Final = ("Mapping type", "Mapped identifier", "Mapped label", "Mapped type")
"""Columns that a list with mappings has beside them."""

BESIDE: Final = ("Theme",)
"""Columns that others added to it; not read."""

SEPARATOR: Final = "|"
"""What parts several identifiers in one cell."""


def is_list(table: Table) -> bool:
    """Say whether a table has the columns of an LGA list."""
    return table.has(*REQUIRED)


def read_list(table: Table) -> ForeignFile:
    """Read a list, with or without mappings.

    Raises:
        ContentError: when it has a column of another name.
    """
    mapped = table.has(*MAPPING)
    known = (*KNOWN, *MAPPING, *BESIDE) if mapped else KNOWN
    unknown = [name for name in table.header if name not in known and not _nameless(name)]
    if unknown:
        message = (
            f"has columns that the LGA's lists do not have: {', '.join(unknown)}; take them out, "
            "or name the columns to read with --column code=… --column label=…"
        )
        raise ContentError(message, path=table.path, line=1)
    entries = [entry for row in table.rows for entry in _entries(row)]
    return ForeignFile(
        path=table.path,
        form="mapped CSV" if mapped else "list CSV",
        rows=table.count,
        entries=tuple(entries),
        links=tuple(link for row in table.rows for link in _links(row)),
        notes=table.notes,
        loose=mapped,
    )


def _nameless(name: str) -> bool:
    return name.startswith("column ")


def _entries(row: Row) -> Iterator[ForeignEntry]:
    """Give the entry of a row, and the one it is mapped to."""
    cells = row.cells
    yield ForeignEntry(
        kind=cells.get("Type", "").strip(),
        notation=cells["Identifier"],
        label=cells["Label"],
        row=row,
        created=cells.get("Created", ""),
        modified=cells.get("Modified", ""),
        history=cells.get("History notes", ""),
        parents=_codes(cells.get("Parent identifiers", "")),
    )
    if cells.get("Mapped identifier", "").strip():
        yield ForeignEntry(
            kind=cells["Mapped type"].strip(),
            notation=cells["Mapped identifier"],
            label=cells["Mapped label"],
            row=row,
        )


def _codes(cell: str) -> tuple[str, ...]:
    return tuple(code.strip() for code in cell.split(SEPARATOR) if code.strip())


def _links(row: Row) -> Iterator[ForeignLink]:
    cells = row.cells
    if cells.get("Mapped identifier", "").strip():
        yield ForeignLink(
            subject_kind=cells.get("Type", "").strip(),
            subject=cells["Identifier"].strip(),
            relation=cells["Mapping type"].strip(),
            object_kind=cells["Mapped type"].strip(),
            object=cells["Mapped identifier"].strip(),
            row=row,
        )
