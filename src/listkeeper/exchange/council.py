"""Reading the tables of councils as they come: charsets, separators, stray rows, blank lines.

The one reader for whatever takes a column of somebody's spreadsheet. CSV is parsed again for each
walk through the rows, so that a large file is never held as rows.
"""

from __future__ import annotations

import csv
import difflib
import io
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final

from listkeeper.errors import ContentError, UsageError
from listkeeper.exchange.charset import decode
from listkeeper.exchange.council_workbook import WORKBOOK, workbook_rows
from listkeeper.search.text import normal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

DELIMITERS: Final = (",", ";", "\t", "|")
NO_DELIMITER: Final = "\x1f"
"""For text of one column, in which a comma is a comma."""

LOOKED_AT: Final = 30
"""Rows in which the header and the separator are looked for."""

AGREEING: Final = 0.6
"""Share of the rows that must have as many cells as a header, or be parted by one separator."""

MOST_BYTES: Final = 50_000_000
MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class CouncilTable:
    """A table with a header, as somebody keeps it."""

    path: str
    header: tuple[str, ...]
    """Names of the columns; one without a name is called ``column 8``."""
    notes: tuple[str, ...] = ()
    """What was noticed while reading, in words."""
    read: Callable[[], Iterable[Sequence[str]]] = field(repr=False)
    """Reads the rows below the header anew."""

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Give the rows below the header, each with a cell for every column at least.

        A blank line is a row of empty cells, so that rows keep their places.
        """
        width = len(self.header)
        for cells in self.read():
            yield (*cells[:width], *("" for _ in range(width - len(cells))))

    def column(self, name: str) -> int:
        """Find a column by its name, in any case and spacing, or by its number from 1.

        Raises:
            UsageError: when there is none, or more than one.
        """
        wanted = normal(name)
        found = [place for place, title in enumerate(self.header) if normal(title) == wanted]
        if not found and name.isdecimal() and 0 < int(name[:4]) <= len(self.header):
            return int(name) - 1
        if len(found) == 1:
            return found[0]
        if found:
            place = found[0] + 1
            raise UsageError(f"{self.path}: two columns are named {name}; give a number: {place}")
        near = difflib.get_close_matches(name, self.header, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(self.header[:20])}"
        raise UsageError(f"{self.path}: has no column {name[:60]}; {hint}")


def read_council_table(data: bytes, path: str, column: str = "") -> CouncilTable:
    """Read a table from the bytes of a CSV file or a workbook.

    Args:
        data: the file; CSV in UTF-8, UTF-16 or Windows-1252, or XLSX, XLS or ODS.
        path: its name, for errors.
        column: name of a column that its header has, if that is known.

    Raises:
        ContentError: when it is neither, is empty or too large.
    """
    if data.startswith(WORKBOOK):
        rows = workbook_rows(data, path)
        return _table(path, lambda: rows, column, ())
    text, charset = decode(data, path, MOST_BYTES)
    notes = () if charset.startswith("utf") else (f"is not UTF-8; read as {charset}",)
    delimiter = _delimiter(text, path)
    return _table(path, lambda: _csv_rows(text, delimiter, path), column, notes)


def pasted(text: str) -> CouncilTable:
    """Make a table of a pasted column: one cell a line, without a header."""
    lines = text.rstrip().splitlines()
    return CouncilTable(path="pasted text", header=("Text",), read=lambda: ([x] for x in lines))


def pasted_table(text: str, column: str = "") -> CouncilTable:
    """Read pasted cells of a spreadsheet as a table with a header.

    Raises:
        ContentError: when it is empty.
    """
    return read_council_table(text.encode(), "pasted text", column)


def _table(
    path: str,
    read: Callable[[], Iterable[Sequence[str]]],
    column: str,
    notes: tuple[str, ...],
) -> CouncilTable:
    first = list(islice(read(), LOOKED_AT))
    place = _header_place(first, column)
    if place is None:
        message = "is empty; a table begins with the names of its columns"
        raise ContentError(message, path=path)
    width = _width(lambda: islice(read(), place, None), path)
    cells = [*first[place], *("" for _ in range(width))][:width]
    header = tuple(name.strip() or f"column {n}" for n, name in enumerate(cells, start=1))
    if place:
        notes = (*notes, f"the header is taken to be row {place + 1}; rows above it are left out")
    return CouncilTable(
        path=path, header=header, notes=notes, read=lambda: islice(read(), place + 1, None)
    )


def _width(read: Callable[[], Iterable[Sequence[str]]], path: str) -> int:
    """Count the columns that have anything in them, walking through all rows once."""
    width = 0
    for number, cells in enumerate(read()):
        if number > MOST_ROWS:
            raise ContentError(f"has more than {MOST_ROWS:,} rows; split it", path=path)
        if len(cells) > width:
            width = max(width, _last_filled(cells))
    if width > MOST_COLUMNS:
        message = f"has more than {MOST_COLUMNS} columns; leave out what is not needed"
        raise ContentError(message, path=path)
    return width


def _last_filled(cells: Sequence[str]) -> int:
    return next((n for n in range(len(cells), 0, -1) if cells[n - 1].strip()), 0)


def _header_place(first: Sequence[Sequence[str]], column: str) -> int | None:
    """Find the header: the row that has the column, else the first that is as wide as the rest."""
    wanted = normal(column)
    if wanted:
        for place, cells in enumerate(first):
            if wanted in map(normal, cells):
                return place
    widths = [sum(1 for cell in cells if cell.strip()) for cells in first]
    wide = AGREEING * max(widths, default=0)
    return next((place for place, width in enumerate(widths) if width and width >= wide), None)


def _csv_rows(text: str, delimiter: str, path: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    blank = 0
    try:
        for cells in reader:
            if any(cells):
                yield from ([] for _ in range(blank))
                blank = 0
                yield cells
            else:
                blank += 1
    except csv.Error as error:
        message = f"cannot be read ({error}); look for a quotation mark that is not closed"
        raise ContentError(message, path=path, line=reader.line_num) from error


def _delimiter(text: str, path: str) -> str:
    """Find what parts the cells: what gives most rows the same number of cells, at least two."""
    return max((NO_DELIMITER, *DELIMITERS), key=lambda delimiter: _agreement(text, delimiter, path))


def _agreement(text: str, delimiter: str, path: str) -> tuple[float, float, int]:
    """Rate a separator: the share of rows that it parts, how many are as wide, and how wide."""
    if delimiter == NO_DELIMITER:
        return AGREEING, 0.0, 1
    rows = list(islice(_csv_rows(text, delimiter, path), LOOKED_AT))
    widths = Counter(len(cells) for cells in rows if cells)
    if not widths:
        return 0.0, 0.0, 0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    total = widths.total()
    return 1 - widths[1] / total, count / total, width
