"""Dates as spreadsheets leave them; a date that could be two days is never guessed."""

from __future__ import annotations

import re
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?.*)?\Z")
"""A date, or a date and time (ISO 8601); the time is not kept."""

NUMBERS: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\Z")
"""Day and month in either order, then the year, as spreadsheets write dates."""

CENTURY_BREAK: Final = 69
"""Two-digit years from here on are of the twentieth century (POSIX, strptime)."""

FIRST_YEAR: Final = 1900


class Order(Enum):
    """Which number of a date such as 4/3/13 comes first."""

    DAY_FIRST = "day/month/year"
    MONTH_FIRST = "month/day/year"


def read_date(text: str, order: Order | None = None) -> date | str:
    """Read a date; a text in its place says in words why it is none.

    >>> read_date("2013-04-03T14:05:17.270")
    datetime.date(2013, 4, 3)
    >>> read_date("4/3/13", Order.MONTH_FIRST)
    datetime.date(2013, 4, 3)
    >>> read_date("4/3/13")
    'could be 2013-03-04 or 2013-04-03'
    """
    text = text.strip()
    if found := ISO.match(text):
        return _date(*map(int, found.groups()))
    if not (found := NUMBERS.match(text)):
        return "is not a date such as 2013-04-03"
    readings = [_read_as(found, each) for each in ([order] if order else Order)]
    dates = sorted({each for each in readings if isinstance(each, date)})
    if len(dates) > 1:
        return f"could be {dates[0]} or {dates[1]}"
    return dates[0] if dates else readings[0]


def _read_as(found: re.Match[str], order: Order) -> date | str:
    first, second, year = map(int, found.groups())
    if year < 100:  # noqa: PLR2004 - a year of two digits
        year += 1900 if year >= CENTURY_BREAK else 2000
    day, month = (first, second) if order is Order.DAY_FIRST else (second, first)
    return _date(year, month, day)


def _date(year: int, month: int, day: int) -> date | str:
    if year < FIRST_YEAR:
        return f"is before {FIRST_YEAR}"
    try:
        return date(year, month, day)
    except ValueError as error:
        return f"is no day of the calendar ({error})"


def decide_order(cells: Iterable[str], known: Iterable[tuple[str, date]] = ()) -> Order | None:
    """Tell the order of a file's dates from facts; None where they do not tell or contradict.

    Args:
        cells: every date of the file.
        known: dates of the file beside the same date as another file gives it unmistakably.

    >>> decide_order(["4/3/13", "28/3/13"])
    <Order.DAY_FIRST: 'day/month/year'>
    >>> decide_order(["4/3/13"], [("4/3/13", date(2013, 4, 3))])
    <Order.MONTH_FIRST: 'month/day/year'>
    """
    mangled = {cell for cell in cells if NUMBERS.match(cell.strip())}
    possible = [order for order in Order if all(_fits(cell, order) for cell in mangled)]
    for cell, right in known:
        if NUMBERS.match(cell.strip()):
            possible = [order for order in possible if read_date(cell, order) == right]
    return possible[0] if len(possible) == 1 else None


def _fits(cell: str, order: Order) -> bool:
    return isinstance(read_date(cell, order), date)
