"""One cell of a sheet against the lists: merged three ways with the state it was made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from listkeeper.errors import ContentError
from listkeeper.exchange.sheets.columns import Role, SheetColumn
from listkeeper.exchange.sheets.joined import is_carried, parted, plain
from listkeeper.exchange.sheets.terms import Code, Dated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listkeeper.exchange.sheets.entry import Entry
    from listkeeper.exchange.sheets.workbook import Cell

SHOWN: Final = 60
"""Characters of a text that a message quotes."""

DAY: Final = len("2013-04-03")


@dataclass(frozen=True, kw_only=True, slots=True)
class CellEdit:
    """A cell that changes what is held."""

    place: str
    column: SheetColumn
    before: str
    after: str
    values: tuple[str, ...]
    """All values that are to be held."""


def merged(column: SheetColumn, cell: Cell, now: Entry, base: str, place: str) -> CellEdit | None:
    """Merge a cell three ways; None where it changes nothing.

    Args:
        column: its column.
        cell: as it came.
        now: the entry as it stands.
        base: the cell as it was exported.
        place: where it stands.

    Raises:
        ContentError: when it was damaged, or the entry's own cell was changed otherwise since;
            without a place.
    """
    held = now.cell(column)
    told, was, today = plain(cell.text), plain(base), plain(held)
    if told in {was, today}:
        return None
    values = now.values(column)
    if not all(map(is_carried, values)) or (len(values) > 1 and not column.several):
        raise ContentError("holds more than a cell can carry: edit the file of the entry")
    wanted = values_of(column, cell)
    if column.several:
        wanted = _merged_values(parted(was), list(wanted), values)
        if set(wanted) == set(values):
            return None
    elif today not in {was, told}:
        raise ContentError(
            f"conflict: the sheet says {_quoted(told)}, the list {_quoted(today)}; "
            f"it was {_quoted(was)}"
        )
    elif list(wanted) == values:
        return None
    return CellEdit(place=place, column=column, before=held, after=told, values=tuple(wanted))


def _quoted(text: str) -> str:
    return repr(text if len(text) <= SHOWN else f"{text[:SHOWN]}…")


def _merged_values(base: Sequence[str], told: Sequence[str], now: Sequence[str]) -> tuple[str, ...]:
    """Apply to the values of today what was put in and taken out in the sheet.

    >>> _merged_values(["1", "2"], ["2", "3"], ["1", "2", "4"])
    ('2', '4', '3')
    """
    gone = set(base) - set(told)
    come = [value for value in dict.fromkeys(told) if value not in {*base, *now}]
    return (*(value for value in now if value not in gone), *come)


def values_of(column: SheetColumn, cell: Cell) -> tuple[str, ...]:
    """Read the values of a cell.

    Raises:
        ContentError: when a spreadsheet keeps it as something else than it is to be.
    """
    text = plain(cell.text).strip()
    is_code = isinstance(column.kind, Code | Dated) or column.role is Role.SUBSETS
    if cell.was == "date" and not (isinstance(column.kind, Dated) and len(text) == DAY):
        message = f"is kept as a date ({text}): format the cell as text, and write it again"
        raise ContentError(message)
    if cell.was == "number" and not (is_code and text.isdecimal()):
        message = f"is kept as a number ({text}): format the cell as text, and write it again"
        raise ContentError(message)
    return tuple(parted(text)) if column.several else (text,) if text else ()
