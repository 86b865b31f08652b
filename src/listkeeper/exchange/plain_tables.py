"""Which tables are sheets for editing, and in which the names of columns tell enough."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from listkeeper.errors import ContentError
from listkeeper.exchange.rows import read_table
from listkeeper.exchange.sheets.columns import CODE
from listkeeper.exchange.sheets.importing import ALIASES, is_plain_table
from listkeeper.exchange.sheets.reading import Incoming, read_sheet
from listkeeper.exchange.sheets.workbook import ZIP

if TYPE_CHECKING:
    from collections.abc import Mapping


def sheet_in_bytes(data: bytes, path: str) -> Incoming | None:
    """Read a sheet for editing, or a plain table of labels and definitions; None for others.

    Raises:
        ContentError: when it is a workbook that can not be read.
    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return None
    if not data.startswith(ZIP):
        try:
            incoming = read_sheet(data, path)
        except ContentError:
            return None  # the reader of other tables tells what is wrong
    else:
        incoming = read_sheet(data, path)
    defines = any(ALIASES.get(title.casefold()) == "Definition" for title in incoming.header)
    return incoming if incoming.is_sheet or (defines and is_plain_table(incoming)) else None


def as_csv(data: bytes, path: str) -> bytes:
    """Write the sheet of a workbook that has a header as CSV; other files stay as they are.

    Raises:
        ContentError: when it is a workbook that can not be read.
    """
    if not data.startswith(ZIP):
        return data
    incoming = read_sheet(data, path)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    width = len(incoming.header)
    writer.writerow(incoming.header)
    writer.writerows([row.cell(n).text for n in range(width)] for row in incoming.rows)
    return stream.getvalue().encode()


def plain_columns(data: bytes, path: str) -> Mapping[str, str]:
    """Tell the columns of a table of codes and labels alone; empty for any other file."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n\xff\xfe\x00").startswith(b"<"):
        return {}
    header = read_table(data, path).header
    named = {ALIASES.get(title.casefold(), ""): title for title in header}
    if len(header) != 2 or named.keys() != {CODE, "Label"}:  # noqa: PLR2004 - codes and labels
        return {}
    return {"code": named[CODE], "label": named["Label"]}
