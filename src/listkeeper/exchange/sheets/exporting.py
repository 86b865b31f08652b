"""Sending a list out as a sheet for editing, as CSV or as a workbook."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from codecs import BOM_UTF8
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from listkeeper.exchange.sheets.columns import SheetColumn, columns_of
from listkeeper.exchange.sheets.entry import Entry, entries_of, state_of
from listkeeper.graph import URINode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from listkeeper.edition import Edition
    from listkeeper.model import ConceptScheme

FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")
"""How a cell of CSV begins that a spreadsheet may take for a formula, marked or not."""

APOSTROPHE: Final = "'"


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """Where the lists stood when a sheet was made."""

    commit: str = ""
    """Full name of the commit; empty without Git."""
    release: str = ""
    """The release that the commit is; empty where it is none."""
    is_dirty: bool = False
    """Whether the working copy had changes that were not committed."""

    @property
    def words(self) -> str:
        """Say it in words."""
        if not self.commit:
            return "a folder without history"
        release = f"release {self.release}, " if self.release else ""
        changes = ", with changes that were not committed" if self.is_dirty else ""
        return f"{release}commit {self.commit}{changes}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A sheet for editing."""

    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    about: tuple[tuple[str, str], ...]
    """Name and text of what the sheet says about itself, without the columns."""

    @property
    def header(self) -> tuple[str, ...]:
        """The titles of the columns."""
        return tuple(column.title for column in self.columns)


def content_hash(edition: Edition, scheme: ConceptScheme) -> str:
    """Hash what a list's sheet is made from: the file of each of its entries, by their paths."""
    digest = hashlib.sha256()
    for path in sorted({concept.path for concept in entries_of(edition, scheme)}):
        digest.update(f"{path}\0{state_of(edition.files[path])}\n".encode())
    return digest.hexdigest()


def sheet_of(edition: Edition, scheme: ConceptScheme, origin: Origin) -> Sheet:
    """Make the sheet of a list.

    Args:
        edition: the lists.
        scheme: the list, not a subset.
        origin: where the lists stand.
    """
    columns = columns_of(edition, scheme)
    paths = {concept.path for concept in entries_of(edition, scheme)}
    states = {path: state_of(edition.files[path]) for path in paths}
    rows = []
    for concept in entries_of(edition, scheme):
        entry = Entry(node=URINode(concept.uri), graph=edition.authored, edition=edition)
        cells = [entry.cell(column) for column in columns[:-1]]
        rows.append((*cells, states[concept.path]))
    about = (
        ("Sheet", "for editing; bring it back with `listkeeper import`"),
        ("List", scheme.name),
        ("Title", scheme.title(edition.settings.default_language).value),
        ("Version", scheme.version or "none yet"),
        ("Made from", origin.words),
        ("Content hash", content_hash(edition, scheme)),
        ("Entries", str(len(rows))),
    )
    return Sheet(columns=columns, rows=tuple(rows), about=about)


def csv_bytes(sheet: Sheet) -> bytes:
    """Write a sheet as CSV that Excel opens rightly: UTF-8 with its mark, CRLF (RFC 4180).

    A cell that begins as formulas do gets an apostrophe, which is taken off when it is read.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(sheet.header)
    writer.writerows(map(_marked, sheet.rows))
    return BOM_UTF8 + stream.getvalue().encode()


def _marked(row: Sequence[str]) -> Iterator[str]:
    for cell in row:
        yield APOSTROPHE + cell if FORMULA.match(cell) else cell


def unmarked(cell: str) -> str:
    """Take off the apostrophe that marks a text which begins as a formula does.

    >>> unmarked("'=1"), unmarked("'tis"), unmarked("''=1")
    ('=1', "'tis", "'=1")
    """
    is_marked = cell.startswith(APOSTROPHE) and FORMULA.match(cell)
    return cell[1:] if is_marked else cell
