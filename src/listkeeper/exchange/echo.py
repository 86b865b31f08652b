"""Giving back somebody's table with columns of ours, safe to open in a spreadsheet.

A cell that a spreadsheet would take for a formula gets an apostrophe before it, and that is said:
the text is theirs, so refusing it would help no one (https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
"""Signs with which a formula begins, or what hides one."""

MARK: Final = "'"


@dataclass(frozen=True, kw_only=True, slots=True)
class Echo:
    """A table to be sent back."""

    data: bytes
    """CSV: UTF-8, with byte order mark for Excel, lines ended by CR LF (RFC 4180)."""
    marked: int
    """Cells that had an apostrophe put before them."""

    @property
    def note(self) -> str:
        """Say how many cells were marked; empty for none."""
        if not self.marked:
            return ""
        cells = "1 cell begins" if self.marked == 1 else f"{self.marked:,} cells begin"
        return f"{cells} like a formula: an apostrophe was put before each"


def echo_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Echo:
    """Write a table that holds text of strangers.

    Args:
        header: names of the columns.
        rows: the cells below them.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    marked = 0
    writer.writerow([safe(cell) for cell in header])
    for cells in rows:
        written = [safe(cell) for cell in cells]
        marked += sum(1 for old, new in zip(cells, written, strict=True) if old is not new)
        writer.writerow(written)
    return Echo(data=stream.getvalue().encode("utf-8-sig", "replace"), marked=marked)


def safe(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula.

    >>> safe("=1+1"), safe("Parks")
    ("'=1+1", 'Parks')
    """
    return MARK + cell if cell.lstrip(" \n").startswith(STARTS) else cell
