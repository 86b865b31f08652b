"""Which column of a sheet is which; one that is none of ours is refused by its name."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

from listkeeper.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from listkeeper.exchange.sheets.columns import SheetColumn
    from listkeeper.exchange.sheets.reading import Incoming

SHOWN: Final = 60
"""Characters of a title that a message quotes."""


def placed_columns(
    incoming: Incoming, columns: Sequence[SheetColumn], aliases: Mapping[str, str]
) -> dict[int, SheetColumn]:
    """Find which column is which.

    Args:
        incoming: the sheet.
        columns: those that a sheet of the list has.
        aliases: other titles, in lower case, to the titles they stand for.

    Raises:
        ContentError: naming every column that is none of ours, has no name, or stands twice.
    """
    known = {_folded(column.title): column for column in columns}
    known |= {name: known[_folded(title)] for name, title in aliases.items()}
    found: dict[int, SheetColumn] = {}
    wrong = []
    for place, title in enumerate(incoming.header):
        where = incoming.place(incoming.header_row, place).removeprefix(f"{incoming.path}: ")
        column = known.get(_folded(title))
        if column is None and (title or _has_cells(incoming, place)):
            wrong.append(f"{where} {_unknown(title, known)}")
        elif column is not None and column in found.values():
            wrong.append(f"{where} {title!r} stands twice")
        elif column is not None:
            found[place] = column
    if wrong:
        message = f"{'; '.join(wrong)}. Take such columns out: what is in them would be lost"
        raise ContentError(message, path=incoming.path)
    return found


def _unknown(title: str, known: Iterable[str]) -> str:
    if not title:
        return "has no name"
    near = difflib.get_close_matches(_folded(title), known, n=1)
    hint = f" (did you mean {near[0]!r}?)" if near else ""
    return f"{title[:SHOWN]!r} is no column of this sheet{hint}"


def _folded(title: str) -> str:
    return " ".join(title.split()).casefold()


def _has_cells(incoming: Incoming, place: int) -> bool:
    return any(row.cell(place).text.strip() for row in incoming.rows)
