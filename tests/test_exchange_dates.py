"""Dates of foreign files: read where they are plain, decided by facts, never guessed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listkeeper.exchange.dates import Order, decide_order, read_date

DAY, MONTH = Order.DAY_FIRST, Order.MONTH_FIRST

PLAIN = [
    ("2013-04-03", date(2013, 4, 3)),
    (" 2013-04-03 ", date(2013, 4, 3)),
    ("2013-04-03T14:05:17.270", date(2013, 4, 3)),
    ("2013-04-03T14:05:17Z", date(2013, 4, 3)),
    ("28/3/13", date(2013, 3, 28)),
    ("3/28/2013", date(2013, 3, 28)),
    ("4/4/13", date(2013, 4, 4)),
    ("1/31/99", date(1999, 1, 31)),
    ("31.12.68", date(2068, 12, 31)),
    ("31.12.69", date(1969, 12, 31)),
]


@pytest.mark.parametrize(("text", "day"), PLAIN)
def test_a_plain_date_is_read(text: str, day: date) -> None:
    """ISO 8601 with or without a time, and numbers that only one order makes a date."""
    assert read_date(text) == day


ODD = [
    ("4/3/13", "could be 2013-03-04 or 2013-04-03"),
    ("3rd of April", "is not a date such as 2013-04-03"),
    ("41367", "is not a date such as 2013-04-03"),
    ("2013-02-30", "is no day of the calendar (day is out of range for month)"),
    ("0013-04-03", "is before 1900"),
    ("31/31/13", "is no day of the calendar (month must be in 1..12)"),
]


@pytest.mark.parametrize(("text", "words"), ODD)
def test_an_odd_date_is_told_in_words(text: str, words: str) -> None:
    assert read_date(text) == words


@given(st.dates(min_value=date(1969, 1, 1), max_value=date(2068, 12, 31)))
def test_a_date_in_a_known_order_is_read_back(day: date) -> None:
    """What a spreadsheet made of a date is undone once the order is known."""
    assert read_date(f"{day.day}/{day.month}/{day:%y}", DAY) == day
    assert read_date(f"{day.month}/{day.day}/{day.year}", MONTH) == day


APRIL = date(2013, 4, 3)
DECISIONS = [
    # cells of the file, (cell, the same date from elsewhere), order
    ([], [], None),
    (["2013-04-03"], [], None),
    (["4/3/13", "5/6/13"], [], None),
    (["4/3/13", "28/3/13"], [], DAY),
    (["4/3/13", "3/28/13"], [], MONTH),
    (["28/3/13", "3/28/13"], [], None),
    (["4/3/13"], [("4/3/13", APRIL)], MONTH),
    (["3/4/13"], [("3/4/13", APRIL)], DAY),
    (["4/3/13"], [("4/3/13", APRIL), ("4/3/13", date(2013, 3, 4))], None),
    (["4/3/13"], [("2013-04-03", APRIL)], None),
    (["4/3/13"], [("4/3/13", APRIL + timedelta(days=100))], None),
]


@pytest.mark.parametrize(("cells", "known", "order"), DECISIONS)
def test_the_order_is_decided_by_facts_or_not_at_all(
    cells: list[str], known: list[tuple[str, date]], order: Order | None
) -> None:
    """A day beyond twelve or another file's date tells; contradictions tell nothing."""
    assert decide_order(cells, known) == order
