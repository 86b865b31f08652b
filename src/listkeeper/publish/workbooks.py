"""Reading and editing workbooks that people send: within bounds, and losing nothing of them.

:func:`survey` and :func:`edit` are tasks for :mod:`listkeeper.workers`: a workbook of some
kilobytes can ask its reader for gigabytes. What cannot be kept when the workbook is written again
is refused.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

import defusedxml  # type: ignore[import-untyped]  # noqa: F401 - by it openpyxl reads XML safely
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.utils.exceptions import InvalidFileException

from listkeeper.errors import ContentError
from listkeeper.workers import MEBIBYTE, Bounds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

BOUNDS: Final = Bounds(seconds=30.0, memory=1024 * MEBIBYTE, result=64 * MEBIBYTE)
LARGEST: Final = 8 * MEBIBYTE
"""Bytes of a workbook."""

MOST_PARTS: Final = 300
MOST_UNZIPPED: Final = 96 * MEBIBYTE
MOST_ROWS: Final = 50_000
MOST_COLUMNS: Final = 200
HEADER_ROWS: Final = 10
"""Rows among which the header is looked for."""

KEY: Final = "Identifier"
ABOUT: Final = "About"
AUTHOR: Final = "Listkeeper"

LOST: Final = {
    "xl/vbaProject.bin": "a macro",
    "xl/externalLinks/": "a link to another workbook",
    "xl/charts/": "a chart",
    "xl/chartsheets/": "a chart",
    "xl/media/": "a picture",
    "xl/diagrams/": "a drawing",
    "xl/embeddings/": "an embedded file",
    "xl/activeX/": "a control",
    "xl/ctrlProps/": "a control",
    "xl/pivotTables/": "a pivot table",
    "xl/pivotCache/": "a pivot table",
    "xl/slicers/": "a slicer",
    "xl/threadedComments/": "a threaded comment",
    "xl/dialogsheets/": "a dialog",
}
"""Parts that cannot be written again, by how their names begin."""

DRAWING: Final = "xl/drawings/drawing"
ANCHOR: Final = b"Anchor"
"""In a drawing that shows something; LibreOffice gives sheets empty ones."""

UNREADABLE: Final = (
    *(ArithmeticError, AttributeError, EOFError, InvalidFileException, LookupError, OSError),
    *(RuntimeError, SyntaxError, TypeError, ValueError, zipfile.BadZipFile, zlib.error),
)
"""What openpyxl's reading of a file that is no workbook ends in."""

WILL_BE_LOST: Final = re.compile("will be removed|not supported", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Survey:
    """What a workbook holds, as far as it is ours."""

    sheet: str
    """Name of the sheet with the list."""
    columns: Mapping[str, int]
    """Title of each column to its number, from 1."""
    rows: Sequence[tuple[int, Mapping[str, str]]]
    """Number of each row below the header, from 1, and its cells by title."""
    about: Mapping[str, str]
    """The first column of the sheet about the list to the second."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Edit:
    """A change of one cell."""

    row: int
    column: int
    value: str | None = None
    """What it then holds; None to leave it."""
    note: str = ""
    """What is added to its comment."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Edits:
    """All changes of a workbook."""

    sheet: str
    cells: Sequence[Edit]
    about: Mapping[str, str] = field(default_factory=dict)
    """Rows of the sheet about the list, put in or added."""


def survey(tell: Callable[[str], None], data: bytes, titles: frozenset[str]) -> Survey:
    """Read the sheet with the list: its header, and the cells of our columns.

    Args:
        tell: takes how far it is.
        data: the workbook.
        titles: of the columns to be read.

    Raises:
        ContentError: when it is no workbook, is out of bounds or has no such sheet.
    """
    workbook = _open(tell, data)
    sheet, header_row, columns = _list_sheet(workbook)
    last = _last_row(sheet)
    wanted = {title: number for title, number in columns.items() if title in titles}
    rows = [
        (
            number,
            {title: _text(sheet.cell(number, column).value) for title, column in wanted.items()},
        )
        for number in range(header_row + 1, last + 1)
    ]
    about: dict[str, str] = {}
    for name, text in _about(workbook):
        about.setdefault(name, text)
    return Survey(sheet=sheet.title, columns=columns, rows=rows, about=about)


def edit(tell: Callable[[str], None], data: bytes, edits: Edits) -> bytes:
    """Write a workbook again with some cells changed.

    Args:
        tell: takes how far it is.
        data: the workbook.
        edits: what is changed; everything else stays.

    Raises:
        ContentError: when it is no workbook or is out of bounds.
    """
    workbook = _open(tell, data)
    sheet = workbook[edits.sheet]
    for change in edits.cells:
        _change(sheet, change)
    if edits.about and ABOUT in workbook.sheetnames:
        _write_about(workbook[ABOUT], edits.about)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _open(tell: Callable[[str], None], data: bytes) -> Workbook:
    _refuse_parts(data)
    tell("reading")
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            workbook = load_workbook(io.BytesIO(data), rich_text=True, keep_links=False)
        except UNREADABLE as error:
            raise ContentError(f"no workbook that can be read: {_reason(error)}") from error
    lost = [str(w.message) for w in said if WILL_BE_LOST.search(str(w.message))]
    if lost:
        raise ContentError(f"would lose something: {lost[0]}; copy your columns to a new download")
    return workbook


def _refuse_parts(data: bytes) -> None:
    """Refuse a workbook that is too large when unpacked, or holds what would be lost."""
    if len(data) > LARGEST:
        raise ContentError(f"larger than {LARGEST // MEBIBYTE} MB")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            _refuse_entries(parts)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError) as error:
        raise ContentError("no workbook (.xlsx)") from error


def _refuse_entries(parts: zipfile.ZipFile) -> None:
    entries = parts.infolist()
    if len(entries) > MOST_PARTS or sum(e.file_size for e in entries) > MOST_UNZIPPED:
        raise ContentError(f"more than {MOST_UNZIPPED // MEBIBYTE} MB when unpacked")
    for entry in entries:
        name = entry.filename
        kind = next((kind for start, kind in LOST.items() if name.startswith(start)), "")
        if not kind and name.startswith(DRAWING) and ANCHOR in parts.read(entry):
            kind = "a drawing"
        if kind:
            raise ContentError(
                f"holds {kind}, which would be lost: copy your columns to a new download"
            )


def _list_sheet(workbook: Workbook) -> tuple[Worksheet, int, dict[str, int]]:
    """Find the sheet with the list, the row of its header, and its columns."""
    for sheet in (sheet for sheet in workbook.worksheets if sheet.title != ABOUT):
        width = min(sheet.max_column, MOST_COLUMNS + 1)
        for row in range(1, min(sheet.max_row, HEADER_ROWS) + 1):
            titles = [
                _text(sheet.cell(row, column).value).strip() for column in range(1, width + 1)
            ]
            if KEY in titles:
                if sheet.max_column > MOST_COLUMNS:
                    raise ContentError(f"{sheet.title}: has more than {MOST_COLUMNS} columns")
                return sheet, row, _columns(sheet.title, titles)
    raise ContentError(f"no sheet has a column {KEY}: is it a download of a list?")


def _columns(sheet: str, titles: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, title in enumerate(titles, start=1):
        if title and title in found:
            raise ContentError(f"{sheet}: two columns are called {title[:60]}; rename yours")
        if title:
            found[title] = number
    return found


def _last_row(sheet: Worksheet) -> int:
    if sheet.max_row > MOST_ROWS:
        raise ContentError(
            f"{sheet.title}: has a cell in row {sheet.max_row}; {MOST_ROWS} are read"
        )
    return int(sheet.max_row)


def _about(workbook: Workbook) -> Iterable[tuple[str, str]]:
    if ABOUT in workbook.sheetnames:
        sheet = workbook[ABOUT]
        for row in range(1, min(sheet.max_row, 100) + 1):
            yield _text(sheet.cell(row, 1).value), _text(sheet.cell(row, 2).value)


def _write_about(sheet: Worksheet, rows: Mapping[str, str]) -> None:
    last = min(sheet.max_row, 100)
    # The columns are told below, some by names that are used above: the first of a name counts.
    places = {_text(sheet.cell(row, 1).value): row for row in range(last, 0, -1)}
    for name, text in rows.items():
        row = places.get(name)
        if row is None:
            last += 1
            row = last
            sheet.cell(row, 1).value = name
        _set_text(sheet.cell(row, 2), text)


def _change(sheet: Worksheet, change: Edit) -> None:
    cell = sheet.cell(change.row, change.column)
    if change.value is not None:
        _set_text(cell, change.value)
    if change.note and not (cell.comment and change.note in cell.comment.text):
        told = f"{cell.comment.text}\n{change.note}" if cell.comment else change.note
        author = cell.comment.author if cell.comment else AUTHOR
        cell.comment = Comment(told, author, height=120, width=320)


def _set_text(cell: Any, text: str) -> None:  # noqa: ANN401 - one of openpyxl's kinds of cells
    """Put in a text, which is never a formula or a number."""
    cell.value = text or None
    if text:
        cell.data_type = "s"
        cell.number_format = "@"


def _text(value: object) -> str:
    """Say what a cell holds as the list's table would.

    >>> _text(559.0), _text(None), _text(datetime(2013, 4, 3)), _text("x")
    ('559', '', '2013-04-03', 'x')
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _reason(error: Exception) -> str:
    if isinstance(error, InvalidFileException):
        return "it is of another kind"
    return " ".join(str(error).split())[:160] or type(error).__name__
