"""Reading a sheet that comes back, from a workbook or from CSV, with the place of every cell."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from listkeeper.errors import ContentError
from listkeeper.exchange.charset import decode
from listkeeper.exchange.sheets.columns import CODE, STATE
from listkeeper.exchange.sheets.exporting import unmarked
from listkeeper.exchange.sheets.workbook import (
    ABOUT,
    BASE,
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    ZIP,
    Cell,
    Page,
    read_workbook,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

DELIMITERS: Final = ",;\t"
HINT: Final = "sep="
"""What Excel writes above a table to tell the separator."""

HEADER_ROWS: Final = 10
"""Rows among which the header of a workbook's sheet is looked for."""

EMPTY: Final = Cell("")


@dataclass(frozen=True, kw_only=True, slots=True)
class IncomingRow:
    """A row below the header."""

    number: int
    """As the spreadsheet numbers it, from 1."""
    cells: tuple[Cell, ...]

    def cell(self, place: int) -> Cell:
        """Give the cell of a column; rows may be short."""
        return self.cells[place] if place < len(self.cells) else EMPTY

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(cell.text.strip() for cell in self.cells)


@dataclass(frozen=True, kw_only=True, slots=True)
class Incoming:
    """A sheet as it came."""

    path: str
    page: str = ""
    """Name of the workbook's sheet; empty for CSV."""
    header: tuple[str, ...]
    header_row: int
    rows: tuple[IncomingRow, ...]
    about: Mapping[str, str] = field(default_factory=dict)
    base: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    """Code to the cells by title, as they were when the sheet was made, if it carries them."""
    notes: tuple[str, ...] = ()

    @property
    def is_sheet(self) -> bool:
        """Whether it was exported for editing: it tells what its rows were made from."""
        return STATE in self.header

    def place(self, row: int, column: int) -> str:
        """Name a cell as spreadsheets do.

        Args:
            row: from 1.
            column: from 0.
        """
        page = f"{self.page}!" if self.page else ""
        return f"{self.path}: {page}{letters(column)}{row}"


def letters(column: int) -> str:
    """Name a column by its letters.

    >>> letters(0), letters(25), letters(26), letters(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    name = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        name = chr(ord("A") + digit) + name
    return name


def read_sheet(data: bytes, path: str) -> Incoming:
    """Read a sheet from the bytes of a workbook or of CSV.

    CSV may be UTF-8 with or without its mark, UTF-16 or Windows-1252, parted by commas,
    semicolons or tabs.

    Raises:
        ContentError: when it is neither, has no header, or is too large.
    """
    return _from_workbook(data, path) if data.startswith(ZIP) else _from_csv(data, path)


def _from_workbook(data: bytes, path: str) -> Incoming:
    pages = {page.name: page for page in read_workbook(data, path)}
    about = {row[0].text: row[1].text for row in _rows(pages, ABOUT) if len(row) > 1}
    for page in pages.values():
        place = _header_place(page)
        if page.name not in {ABOUT, BASE} and place is not None:
            rows = enumerate(page.rows[place + 1 :], start=place + 2)
            return Incoming(
                path=path,
                page=page.name,
                header=tuple(cell.text.strip() for cell in page.rows[place]),
                header_row=place + 1,
                rows=tuple(IncomingRow(number=n, cells=cells) for n, cells in rows),
                about=about,
                base=_base(_rows(pages, BASE)),
            )
    raise ContentError("has no sheet with the names of columns", path=path)


def _rows(pages: Mapping[str, Page], name: str) -> Sequence[tuple[Cell, ...]]:
    return pages[name].rows if name in pages else ()


def _header_place(page: Page) -> int | None:
    """Find the header: the row with the code or the state, else the first that has anything."""
    first = page.rows[:HEADER_ROWS]
    for number, row in enumerate(first):
        if {CODE, STATE} & {cell.text.strip() for cell in row}:
            return number
    filled = (number for number, row in enumerate(first) if any(cell.text.strip() for cell in row))
    return next(filled, None)


def _base(rows: Sequence[tuple[Cell, ...]]) -> dict[str, dict[str, str]]:
    if not rows:
        return {}
    header = [cell.text for cell in rows[0]]
    found = ({t: c.text for t, c in zip(header, row, strict=False)} for row in rows[1:])
    return {cells.get(CODE, ""): cells for cells in found}


def _from_csv(data: bytes, path: str) -> Incoming:
    text, charset = decode(data, path, MOST_BYTES)
    notes = () if charset.startswith("utf") else (f"{path}: is not UTF-8; read as {charset}",)
    records = list(_records(text, path))
    if not records:
        raise ContentError("is empty; a sheet begins with the names of its columns", path=path)
    first, header = records[0]
    return Incoming(
        path=path,
        header=tuple(name.strip() for name in header),
        header_row=first,
        rows=tuple(
            IncomingRow(number=number, cells=tuple(Cell(unmarked(text)) for text in cells))
            for number, cells in records[1:]
        ),
        notes=notes,
    )


def _records(text: str, path: str) -> Iterator[tuple[int, list[str]]]:
    """Give each row with its number in a spreadsheet; empty ones are left out."""
    first, _, rest = text.partition("\n")
    delimiter = max(DELIMITERS, key=first.count)
    if first.startswith(HINT):
        delimiter = first.strip().removeprefix(HINT) or ","
        text = rest
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    try:
        for number, cells in enumerate(reader, start=1):
            if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
                message = f"has more than {MOST_ROWS:,} rows or {MOST_COLUMNS} columns"
                raise ContentError(f"{message}; split it", path=path)
            if any(cell.strip() for cell in cells):
                yield number, cells
    except (csv.Error, TypeError) as error:
        message = f"the row that ends here is not CSV ({error}); close its quotes"
        raise ContentError(message, path=path, line=reader.line_num) from error
