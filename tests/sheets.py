"""Editing sheets in tests as people do: a cell by code and title, rows put in and taken out."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import xlsxwriter  # type: ignore[import-untyped]  # it ships no types

from listkeeper.edition import load
from listkeeper.exchange.sheets.exporting import Origin, csv_bytes, sheet_of
from listkeeper.exchange.sheets.importing import Asked, Planned, plan_sheet
from listkeeper.exchange.sheets.reading import read_sheet
from listkeeper.publish.sheet_workbook import workbook_bytes
from listkeeper.store.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from listkeeper.edition import Edition

TODAY = "2026-12-01"


def csv_of(edition: Edition, name: str) -> bytes:
    return csv_bytes(sheet_of(edition, edition.vocabulary.schemes[name], Origin()))


def xlsx_of(edition: Edition, name: str) -> bytes:
    return workbook_bytes(sheet_of(edition, edition.vocabulary.schemes[name], Origin()))


def table(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def as_csv(
    rows: Sequence[Sequence[str]], charset: str = "utf-8-sig", delimiter: str = ","
) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue().encode(charset)


def edited(data: bytes, cells: Mapping[tuple[str, str], str], *new: Mapping[str, str]) -> bytes:
    """Change cells of a CSV sheet, each named by code and title, and add rows at its end."""
    header, *rows = table(data)
    for row in rows:
        for (code, title), text in cells.items():
            if row[0] == code:
                row[header.index(title)] = text
    more = [[row.get(title, "") for title in header] for row in new]
    return as_csv([header, *rows, *more])


def with_cells(data: bytes, cells: Mapping[tuple[str, str], object]) -> bytes:
    """Make a workbook of a CSV sheet, some cells kept as something else than text."""
    stream = io.BytesIO()
    header, *rows = table(data)
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as workbook:
        page = workbook.add_worksheet("List")
        dated = workbook.add_format({"num_format": "dd/mm/yyyy"})
        for place, title in enumerate(header):
            page.write_string(0, place, title)
        for number, row in enumerate(rows, start=1):
            for place, text in enumerate(row):
                value = cells.get((row[0], header[place]), text)
                if isinstance(value, str):
                    page.write_string(number, place, value)
                elif isinstance(value, int | float):
                    page.write_number(number, place, value)
                else:
                    page.write_datetime(number, place, value, dated)
    return stream.getvalue()


def planned(edition: Edition, data: bytes, name: str = "", **words: object) -> Planned:
    """Compare a sheet with the lists."""
    asked = Asked(today=TODAY, list_name=name, **words)  # type: ignore[arg-type]  # as the test says
    return plan_sheet(edition, read_sheet(data, "sheet"), asked)


def files(plan: Planned) -> dict[str, str]:
    """Give the files that would be written, by the names of their ends."""
    return {
        path.rsplit("/", 1)[-1]: (data or b"").decode() for path, data in plan.edit.contents.items()
    }


def opened(root: Path) -> Edition:
    return load(open_workspace(root))
