"""Workbooks of strangers: their sheets are read within bounds, cell by cell."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from python_calamine import CalamineError, CalamineWorkbook

from listkeeper.errors import ContentError
from listkeeper.workers import MEBIBYTE, Bounds, OverrunError, run_bounded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from listkeeper.workers import Tell

LIST: Final = "List"
ABOUT: Final = "About"
BASE: Final = "Made from"
"""Hidden sheet with the rows as they were when the sheet was made."""

MOST_BYTES: Final = 10 * MEBIBYTE
MOST_UNFOLDED: Final = 100 * MEBIBYTE
MOST_RATIO: Final = 100
"""How many times its size a workbook may unfold to."""

SMALL: Final = 4 * MEBIBYTE
"""Bytes unfolded below which the ratio does not matter."""

MOST_PARTS: Final = 64
MOST_ROWS: Final = 50_000
MOST_COLUMNS: Final = 200
BOUNDS: Final = Bounds(seconds=20, memory=1024 * MEBIBYTE, result=128 * MEBIBYTE)

ZIP: Final = b"PK\x03\x04"
REFUSED: Final = {
    "xl/vbaProject.bin": "a macro",
    "xl/externalLinks/": "a link to another workbook",
    "xl/embeddings/": "an embedded file",
}
"""Parts that nobody needs in a sheet of a list, by how their names begin."""

_ERROR: Final = re.compile(rb'<c [^<>]*\bt="e"[^<>]*>')
_PLACE: Final = re.compile(rb'\br="([A-Z]{1,3}[0-9]{1,7})"')


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it was read."""

    text: str
    was: str = "text"
    """``text``, ``number``, ``date`` or ``truth``: what the spreadsheet keeps it as."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A sheet of a workbook."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]


def read_workbook(data: bytes, path: str) -> tuple[Page, ...]:
    """Read the sheets of a workbook, in a process of its own.

    Raises:
        ContentError: when it is no workbook (.xlsx), is too large, or takes too much to read.
    """
    try:
        _require_small(data)
        return run_bounded(_read, data, bounds=BOUNDS)
    except OverrunError as error:
        raise ContentError(f"{error.message}; save the sheet as CSV", path=path) from error
    except ContentError as error:
        raise ContentError(error.message, path=path) from error


def _require_small(data: bytes) -> None:
    if len(data) > MOST_BYTES:
        raise ContentError(f"is larger than {MOST_BYTES // MEBIBYTE} MB; save the sheet as CSV")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            is_small = _fits(parts, len(data))
            errors = [p for part in parts if is_small for p in _errors(archive, part)]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, OSError) as error:
        raise ContentError(f"is no workbook ({error}); save it anew") from error
    if not is_small:
        raise ContentError("unfolds to more than is read; save the sheet as CSV")
    names = [part.filename for part in parts]
    if "xl/workbook.xml" not in names:
        raise ContentError("is no workbook of Excel's kind (.xlsx); save it as one, or as CSV")
    for start, what in REFUSED.items():
        if any(name.startswith(start) for name in names):
            raise ContentError(f"holds {what}; copy your rows to a new export")
    if errors:
        message = "holds the error of a formula: write the value"
        raise ContentError(f"{', '.join(errors[:5])} {message}")


def _fits(parts: Sequence[zipfile.ZipInfo], size: int) -> bool:
    unfolded = sum(part.file_size for part in parts)
    return (
        len(parts) <= MOST_PARTS
        and unfolded <= MOST_UNFOLDED
        and unfolded <= max(SMALL, MOST_RATIO * size)
    )


def _errors(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[str]:
    """Give the places of cells that hold an error: the reader would take them for empty."""
    if not part.filename.startswith("xl/worksheets/"):
        return
    with archive.open(part) as stream:
        data = stream.read(part.file_size)
    for found in _ERROR.finditer(data):
        place = _PLACE.search(found[0])
        yield place[1].decode() if place else part.filename


def _read(tell: Tell, data: bytes) -> tuple[Page, ...]:
    """Read the sheets; this runs in the worker."""
    del tell
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return tuple(
            Page(name=name, rows=tuple(_rows(workbook, name)))
            for name in workbook.sheet_names[:MOST_PARTS]
        )
    except (CalamineError, ValueError, OSError) as error:
        raise ContentError(f"is no workbook that can be read ({error}); save it anew") from error


def _rows(workbook: CalamineWorkbook, name: str) -> Iterator[tuple[Cell, ...]]:
    sheet = workbook.get_sheet_by_name(name)
    if sheet.total_height > MOST_ROWS + 1 or sheet.total_width > MOST_COLUMNS:
        message = f"{name}: has a cell beyond row {MOST_ROWS:,} or column {MOST_COLUMNS}"
        raise ContentError(f"{message}; delete what is not needed")
    for row in sheet.to_python(skip_empty_area=False):
        yield tuple(map(_cell, row))


def _cell(value: object) -> Cell:
    """Read a cell with what the spreadsheet keeps it as.

    >>> _cell(559.0), _cell(date(2026, 11, 1))
    (Cell(text='559', was='number'), Cell(text='2026-11-01', was='date'))
    """
    if isinstance(value, bool):
        return Cell(str(value).lower(), "truth")
    if isinstance(value, int | float):
        whole = isinstance(value, int) or value.is_integer()
        return Cell(str(int(value) if whole else value), "number")
    if isinstance(value, datetime):
        is_day = value.time() == time()
        return Cell((value.date() if is_day else value).isoformat(), "date")
    if isinstance(value, date | time):
        return Cell(value.isoformat(), "date")
    if isinstance(value, timedelta):
        return Cell(str(value), "date")
    return Cell(str(value))
