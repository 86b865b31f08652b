"""Lists as Excel workbooks: one table of text cells, and a sheet about it."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import xlsxwriter  # type: ignore[import-untyped]  # it ships no types

from listkeeper.errors import UnsupportedError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xlsxwriter.format import Format  # type: ignore[import-untyped]  # see above
    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]  # see above

    from listkeeper.model import Concept, ConceptScheme
    from listkeeper.publish.tables import Table

MADE: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""The creation date of every workbook: a true one would change the bytes with the clock."""

SELECTION: Final = "Selection"
"""Row of the sheet about a list that says how its rows and columns were chosen."""

LONGEST_CELL: Final = 32_767
"""Characters (UTF-16 units) that a cell of Excel holds."""

NOT_A_CELL: Final = re.compile("[\ufffe\uffff]")
"""Characters that neither XML nor the escapes of workbooks can say."""


def xlsx_bytes(table: Table) -> bytes:
    """Write a list's table as a workbook; the same table gives the same bytes.

    Raises:
        UnsupportedError: when a cell is too long or has a character that a workbook cannot hold.
    """
    for line, row in zip(table.lines, table.rows(), strict=True):
        for title, cell in zip(table.header, row, strict=True):
            _refuse(line.concept, title, cell)
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        workbook.set_properties({"created": MADE.replace(tzinfo=None), "title": _title(table)})
        bold = workbook.add_format({"bold": True, "num_format": "@"})
        # The format "text" keeps Excel from reading a code as a number when a cell is edited.
        plain = workbook.add_format({"num_format": "@"})
        _write_list(workbook, table, bold, plain)
        _write_about(workbook, table, bold)
    return stream.getvalue()


def _write_list(workbook: Workbook, table: Table, bold: Format, plain: Format) -> None:
    sheet = workbook.add_worksheet("List")
    for number, column in enumerate(table.columns):
        sheet.set_column(number, number, column.width, plain)
        sheet.write_string(0, number, column.title, bold)
    last = 0
    for last, row in enumerate(table.rows(), start=1):
        for number, cell in enumerate(row):
            if cell:
                sheet.write_string(last, number, cell, plain)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, last, len(table.columns) - 1)


def _write_about(workbook: Workbook, table: Table, bold: Format) -> None:
    sheet = workbook.add_worksheet("About")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    for number, (name, text) in enumerate(about(table)):
        sheet.write_string(number, 0, name, bold)
        sheet.write_string(number, 1, text)


def about(table: Table) -> Iterable[tuple[str, str]]:
    """Say what a table is: the list, its version, licence and attribution, and each column."""
    scheme = table.scheme
    if scheme:
        yield from _about_list(table, scheme)
    if table.selection:
        yield SELECTION, table.selection
    yield "Entries", str(len({line.concept.uri for line in table.lines}))
    yield "", ""
    yield "Column", "What it holds"
    for column in table.columns:
        several = (
            f" Several are parted by '{column.separator.strip()}'." if column.separator else ""
        )
        yield column.title, column.description + several


def _about_list(table: Table, scheme: ConceptScheme) -> Iterable[tuple[str, str]]:
    yield "List", _title(table)
    yield "Description", table.text(scheme.descriptions)
    yield "Version", scheme.version or "none yet: a working copy"
    yield "Licence", scheme.licence
    yield "Attribution", table.text(scheme.attribution)
    yield "URI", scheme.uri


def _title(table: Table) -> str:
    return table.scheme.title(table.language).value if table.scheme else ""


def _refuse(concept: Concept, title: str, cell: str) -> None:
    if len(cell.encode("utf-16-le")) // 2 > LONGEST_CELL:
        problem = f"is longer than the {LONGEST_CELL} characters a cell holds"
    elif NOT_A_CELL.search(cell):
        problem = "has a character that no workbook can hold"
    else:
        return
    raise UnsupportedError(f"{concept.address}: {title} {problem}", path=concept.path)
