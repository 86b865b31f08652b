"""Which kind of file it is, told by its content and never by its name."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from listkeeper.errors import ContentError
from listkeeper.exchange.columns_csv import read_codes, read_pairs
from listkeeper.exchange.elements import read_elements
from listkeeper.exchange.foreign import Note, Row
from listkeeper.exchange.lga_csv import is_list, read_list
from listkeeper.exchange.lga_xml import read_xml
from listkeeper.exchange.rows import read_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from listkeeper.exchange.foreign import ForeignFile


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What the reader is told about files that do not tell it themselves."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """``code`` and ``label``, or ``from`` and ``to``, to the names of their columns."""
    pairs: str = ""
    """Kind of link that a file of pairs holds; empty when it is no such file."""
    unconfirmed: bool = False
    """Whether labels of files read by columns are another body's wording."""


def read_foreign(data: bytes, path: str, reading: Reading) -> ForeignFile:
    """Read a foreign file of any known kind.

    Raises:
        ContentError: when it is of no known kind, malformed or too large.
    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"\xff\xfe<", b"\xfe\xff\x00<")):
        root, charset = read_elements(data, path)
        read = read_xml(root, path)
        return replace(read, notes=(*read.notes, *_charset_notes(charset, path)))
    table = read_table(data, path)
    if reading.pairs:
        return read_pairs(table, reading.columns, reading.pairs)
    if is_list(table):
        return read_list(table)
    if reading.columns:
        return read_codes(table, reading.columns, unconfirmed=reading.unconfirmed)
    message = (
        f"has the columns {', '.join(table.header)}, which are not those of an LGA list; "
        "say which to read with --column code=… --column label=…"
    )
    raise ContentError(message, path=path, line=1)


def _charset_notes(charset: str, path: str) -> tuple[Note, ...]:
    if not charset:
        return ()
    message = f"is not in the charset it names; read as {charset}"
    remedy = "look at letters with accents and at quotation marks"
    row = Row(path=path, line=1)
    return (Note(kind="charset", row=row, message=message, remedy=remedy),)
