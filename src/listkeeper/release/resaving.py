"""Whether a file says what was published though its bytes differ: spreadsheets save in their way.

They add or drop the byte order mark, change line ends, quotes and the sign between cells, and
write workbooks anew. What counts is every cell, or every line.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from listkeeper.characters import FORBIDDEN
from listkeeper.exchange.charset import decode
from listkeeper.exchange.council_workbook import workbook_rows
from listkeeper.exchange.rows import DELIMITERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TABLE: Final = (".csv",)
WORKBOOK: Final = (".xlsx",)
TOLD: Final = 10
SHOWN: Final = 60
"""Characters of a cell that are shown."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Differences:
    """What a file says otherwise than what was published."""

    count: int
    """Rows or lines that differ."""
    examples: tuple[str, ...] = ()
    """The first of them."""
    manner: tuple[str, ...] = ()
    """How the bytes differ where the text does not."""

    @property
    def same_text(self) -> bool:
        """Say whether it says the same, however it is saved."""
        return self.count == 0


def differences(path: str, published: bytes, found: bytes, name: str) -> Differences:
    """Tell what a file says otherwise than what was published.

    Args:
        path: what it was published as, whose ending tells how it is read.
        published: the bytes as released.
        found: the bytes at hand.
        name: what the file is called, for errors.

    Raises:
        ContentError: when the file cannot be read as what it should be.
    """
    if path.endswith(WORKBOOK):
        told = _rows(workbook_rows(published, path), workbook_rows(found, name))
        manner: tuple[str, ...] = ("the workbook was written anew",)
    elif path.endswith(TABLE):
        told = _rows(_cells(published, path), _cells(found, name))
        manner = _manner(published, found)
    else:
        told = _rows(_lines(published, path), _lines(found, name))
        manner = _manner(published, found)
    return Differences(count=len(told), examples=tuple(told[:TOLD]), manner=() if told else manner)


def _rows(published: Sequence[Sequence[str]], found: Sequence[Sequence[str]]) -> list[str]:
    """Compare rows by their first cell where that tells them apart, else by their places."""
    old, new = ([_trimmed(row) for row in rows] for rows in (published, found))
    old, new = _without_end(old), _without_end(new)
    if old == new:
        return []
    before, after = _keyed(old), _keyed(new)
    if before is None or after is None:
        pairs = zip_longest(old, new)
        return [_told(f"line {n}", a, b, old) for n, (a, b) in enumerate(pairs, 1) if a != b]
    keys = dict.fromkeys((*before, *after))
    told = [
        _told(_shown(key), before.get(key), after.get(key), old)
        for key in keys
        if before.get(key) != after.get(key)
    ]
    return told or ["the rows stand in another order"]


def _told(place: str, old: list[str] | None, new: list[str] | None, header: list[list[str]]) -> str:
    if old is None:
        return f"{place}: was not published"
    if new is None:
        return f"{place}: is missing"
    titles = header[0] if header else []
    cells = [
        f"{_title(titles, n)}{_shown(b)!r} instead of {_shown(a)!r}"
        for n, (a, b) in enumerate(zip_longest(old, new, fillvalue=""))
        if a != b
    ]
    return f"{place}: {'; '.join(cells[:3])}"


def _title(titles: list[str], number: int) -> str:
    return f"{titles[number]} is " if len(titles) > 1 and number < len(titles) else ""


def _keyed(rows: list[list[str]]) -> dict[str, list[str]] | None:
    """Give rows by their first cells; None where these do not tell them apart."""
    found = {row[0]: row for row in rows if len(row) > 1}
    return found if len(found) == len(rows) else None


def _trimmed(row: Iterable[str]) -> list[str]:
    cells = [cell.replace("\r\n", "\n").replace("\r", "\n") for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _without_end(rows: list[list[str]]) -> list[list[str]]:
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _cells(data: bytes, name: str) -> list[list[str]]:
    """Read the cells of a table, whatever parts them."""
    text = decode(data, name)[0]
    first = text.splitlines()[0] if text else ""
    delimiter = max(DELIMITERS, key=first.count)
    return list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter))


def _lines(data: bytes, name: str) -> list[list[str]]:
    return [[line] for line in decode(data, name)[0].splitlines()]


def _manner(published: bytes, found: bytes) -> tuple[str, ...]:
    """Say how two files of the same text differ."""
    mark = b"\xef\xbb\xbf"
    told = []
    if published.startswith(mark) != found.startswith(mark):
        told.append(f"a byte order mark was {'added' if found.startswith(mark) else 'dropped'}")
    if (b"\r\n" in published) != (b"\r\n" in found):
        told.append("the line ends were changed")
    return tuple(told) or ("quotes, empty cells or the character set are others",)


def _shown(text: str) -> str:
    """Give a text as a terminal may show it."""
    shown = FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
    return shown if len(shown) <= SHOWN else f"{shown[:SHOWN]}…"
