"""Reading workbooks of strangers: in a process of its own, under limits.

A file of 200 KB may unfold to hundreds of megabytes, and one cell in the last column of the last
row may take a minute; so what it unfolds to is bounded first, then the reading itself.
"""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from python_calamine import CalamineError, CalamineWorkbook

from listkeeper.errors import ContentError
from listkeeper.workers import MEBIBYTE, Bounds, OverrunError, run_bounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listkeeper.workers import Tell

ZIP: Final = b"PK\x03\x04"
WORKBOOK: Final = (ZIP, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
"""How XLSX and ODS begin, and the older XLS."""

MOST_BYTES: Final = 10 * MEBIBYTE
MOST_UNFOLDED: Final = 200 * MEBIBYTE
MOST_PARTS: Final = 1_000
MOST_ROWS: Final = 200_000
BOUNDS: Final = Bounds(seconds=20, memory=1024 * MEBIBYTE, result=128 * MEBIBYTE)


def workbook_rows(data: bytes, path: str) -> list[list[str]]:
    """Read the first sheet that has cells, each cell as the text it shows.

    Raises:
        ContentError: when it is no workbook, is too large, or takes too much to read.
    """
    if len(data) > MOST_BYTES:
        message = f"is larger than {MOST_BYTES // MEBIBYTE} MB; save the sheet as CSV"
        raise ContentError(message, path=path)
    if data.startswith(ZIP):
        _require_small(data, path)
    try:
        return run_bounded(_read, data, bounds=BOUNDS)
    except OverrunError as error:
        message = f"{error.message}; save the sheet as CSV"
        raise ContentError(message, path=path) from error
    except ContentError as error:
        raise ContentError(error.message, path=path) from error


def _require_small(data: bytes, path: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise ContentError(f"is no workbook ({error}); save it anew", path=path) from error
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNFOLDED:
        raise ContentError("unfolds to more than is read; save the sheet as CSV", path=path)


def _read(tell: Tell, data: bytes) -> list[list[str]]:
    """Read the sheet; this runs in the worker."""
    del tell
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(name).to_python(nrows=MOST_ROWS)
            if any(cell != "" for row in rows for cell in row):
                return [_texts(row) for row in rows]
    except (CalamineError, ValueError, OSError) as error:
        raise ContentError(f"is no workbook that can be read ({error}); save it anew") from error
    return []


def _texts(row: Sequence[object]) -> list[str]:
    return [_text(cell) for cell in row]


def _text(cell: object) -> str:
    """Write a cell as people see it: a whole number without a point, a date as ISO 8601 does.

    >>> _text(559.0), _text(1.5), _text(date(2026, 11, 1)), _text(True)
    ('559', '1.5', '2026-11-01', 'TRUE')
    """
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell)
