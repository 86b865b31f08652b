"""Sheets for editing as workbooks: text cells, a sheet about them, and the rows as they were."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import xlsxwriter  # type: ignore[import-untyped]  # it ships no types

from listkeeper.exchange.sheets.workbook import ABOUT, BASE, LIST
from listkeeper.publish.spreadsheet import MADE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from listkeeper.exchange.sheets.exporting import Sheet


def workbook_bytes(sheet: Sheet) -> bytes:
    """Write a sheet as a workbook; the same sheet gives the same bytes.

    Codes and dates are text cells; a hidden sheet keeps the rows as they are now.
    """
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        workbook.set_properties(
            {"created": MADE.replace(tzinfo=None), "title": dict(sheet.about)["Title"]}
        )
        bold = workbook.add_format({"bold": True, "num_format": "@"})
        # The format "text" keeps Excel from reading a code as a number when a cell is edited.
        plain = workbook.add_format({"num_format": "@", "valign": "top"})
        page = workbook.add_worksheet(LIST)
        for number, column in enumerate(sheet.columns):
            page.set_column(number, number, column.width, plain)
        page.freeze_panes(1, 3)
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
        _write(page, (sheet.header, *sheet.rows), bold, plain)
        about = workbook.add_worksheet(ABOUT)
        about.set_column(0, 0, 30)
        about.set_column(1, 1, 100)
        _write(about, tuple(_about(sheet)), plain, plain)
        base = workbook.add_worksheet(BASE)
        base.hide()
        _write(base, (sheet.header, *sheet.rows), plain, plain)
    return stream.getvalue()


def _about(sheet: Sheet) -> Iterator[tuple[str, str]]:
    yield from sheet.about
    yield "", ""
    yield "Column", "What it holds"
    for column in sheet.columns:
        several = " Several are parted by ';'." if column.several else ""
        yield column.title, column.about + several


def _write(page: Any, rows: Iterable[Sequence[str]], first: Any, plain: Any) -> None:  # noqa: ANN401 - the library has no types
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            if cell:
                page.write_string(number, place, cell, plain if number else first)
