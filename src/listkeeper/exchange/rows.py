"""Reading CSV into rows that know their lines, cells of several lines counted rightly."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from listkeeper.errors import ContentError
from listkeeper.exchange.charset import decode
from listkeeper.exchange.foreign import Note, Outcome, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

DELIMITERS: Final = ",;\t"
"""What parts cells: comma (RFC 4180), and what spreadsheets of other countries write."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A CSV file: its header, the rows that fit it, and notes about the others."""

    path: str
    header: tuple[str, ...]
    """Names of the columns; one without a name is called ``column 8``."""
    rows: tuple[Row, ...]
    notes: tuple[Note, ...]

    @property
    def count(self) -> int:
        """How many rows were read, those that do not fit included."""
        return len(self.rows) + sum(note.kind == "cells" for note in self.notes)

    def has(self, *columns: str) -> bool:
        """Say whether the header has all of some columns."""
        return set(columns) <= set(self.header)


def read_table(data: bytes, path: str) -> Table:
    """Read a CSV file with a header row (RFC 4180).

    Raises:
        ContentError: when it is not CSV, has no header, or names a column twice.
    """
    text, charset = decode(data, path)
    lines = list(_lines(text, path))
    if not lines:
        raise ContentError("is empty; a CSV file begins with the names of its columns", path=path)
    first_line, cells = lines[0]
    header = tuple(name.strip() or f"column {number}" for number, name in enumerate(cells, start=1))
    _refuse_twice(header, path, first_line)
    rows: list[Row] = []
    notes = [*_charset_note(charset, path), *_nameless_notes(cells, path, first_line)]
    for line, values in lines[1:]:
        row = Row(path=path, line=line, cells=_named(header, values))
        if len(values) == len(header):
            rows.append(row)
        else:
            notes.append(_misfit(row, len(values), len(header)))
    return Table(path=path, header=header, rows=tuple(rows), notes=tuple(notes))


def _lines(text: str, path: str) -> Iterator[tuple[int, list[str]]]:
    """Give each row with the line it begins on; empty lines are skipped."""
    delimiter = max(DELIMITERS, key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            if cells:
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        message = f"the row that begins here is not CSV ({error}); close its quotes"
        raise ContentError(message, path=path, line=line) from error


def _named(header: tuple[str, ...], values: list[str]) -> dict[str, str]:
    """Put cells under their columns; those beyond the last get columns of their own."""
    beyond = (f"column {number}" for number in range(len(header) + 1, len(values) + 1))
    return dict(zip((*header, *beyond), values, strict=False))


def _refuse_twice(header: tuple[str, ...], path: str, line: int) -> None:
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        message = f"has two columns named {', '.join(twice)}; rename one"
        raise ContentError(message, path=path, line=line)


def _charset_note(charset: str, path: str) -> Iterator[Note]:
    if charset != "utf-8":
        message = f"is not UTF-8; read as {charset}"
        remedy = "look at letters with accents and at quotation marks"
        yield Note(kind="charset", row=Row(path=path, line=1), message=message, remedy=remedy)


def _nameless_notes(cells: list[str], path: str, line: int) -> Iterator[Note]:
    for number, name in enumerate(cells, start=1):
        if not name.strip():
            message = f"column {number} has no name; what stands in it is not read"
            yield Note(kind="column", row=Row(path=path, line=line), message=message)


def _misfit(row: Row, found: int, expected: int) -> Note:
    return Note(
        kind="cells",
        row=row,
        message=f"has {found} cells where the header has {expected}",
        remedy="put quotes around cells that hold commas",
        outcome=Outcome.REJECTED,
    )
