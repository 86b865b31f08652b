"""What spreadsheets do to codes, dates and letters: recognised, and never guessed around."""

from __future__ import annotations

import difflib
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from listkeeper.exchange.dates import NUMBERS, read_date

if TYPE_CHECKING:
    from collections.abc import Collection

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_SERIAL: Final = re.compile(r"\d{5}(?:[.,]\d+)?\Z")
_ZERO: Final = date(1899, 12, 30)
"""Day 0 of the count that Excel keeps dates in."""

_DECIMAL: Final = re.compile(r"\d+[.,]0+\Z")
_THOUSANDS: Final = re.compile(r"\d{1,3}(?:[,.\u00a0\u202f' ]\d{3})+\Z")
_EXPONENT: Final = re.compile(r"\d+(?:[.,]\d+)?[Ee][+-]?\d+\Z")
_MONTH: Final = re.compile(
    r"(?:\d{1,2}[- /])?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"(?:[- /]\d{1,4})?\Z",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"https?://\S+")
_LOST: Final = re.compile(r"\w\?\w|\ufffd")
_MARK: Final = re.compile(r"[?\ufffd]+")
_ERROR: Final = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!)\Z")


def error_problem(cell: str) -> str:
    """Say that a cell holds the error of a formula; empty where it does not."""
    return "holds the error of a formula: write the value" if _ERROR.match(cell.strip()) else ""


def date_problem(text: str) -> str:
    """Say in words why a text is no date that can be taken; empty where it is one.

    >>> date_problem("2013-04-03")
    ''
    >>> date_problem("4/3/13")
    'could be 2013-03-04 or 2013-04-03: write the day as YYYY-MM-DD'
    """
    if _DAY.match(text):
        found = read_date(text)
        return found if isinstance(found, str) else ""
    if NUMBERS.match(text):
        found = read_date(text)
        told = f"seems to be {found}" if isinstance(found, date) else found
        return f"{told}: write the day as YYYY-MM-DD"
    if _SERIAL.match(text):
        day = _ZERO + timedelta(days=int(text[:5]))
        return f"is a number; a spreadsheet counts days so, and may mean {day}: write the date"
    return "is not a date such as 2013-04-03"


def code_problem(text: str, held: Collection[str]) -> str:
    """Say in words what was done to a code; empty where nothing is seen.

    Args:
        text: what stands in the cell.
        held: the codes of the list it is from.

    >>> code_problem("1.00E+03", ())
    'is a number that a spreadsheet rounded: write the code, the cell formatted as text'
    >>> code_problem("559", {"0559"})
    'has lost its zeros: 0559 is held'
    """
    if text in held:
        return ""
    if _EXPONENT.match(text):
        return "is a number that a spreadsheet rounded: write the code, the cell formatted as text"
    if _DECIMAL.match(text) or _THOUSANDS.match(text):
        return "is a number that a spreadsheet wrote in its own way: write the code alone"
    if NUMBERS.match(text) or _MONTH.match(text) or _DAY.match(text):
        return "is a date that a spreadsheet made of a code: write the code, formatted as text"
    bare = text.lstrip("0")
    same = [code for code in held if code.isdecimal() and code.lstrip("0") == bare]
    if text.isdecimal() and same:
        return f"has lost its zeros: {', '.join(sorted(same))} is held"
    return ""


def letters_problem(text: str, now: str) -> str:
    """Say in words which letters a text lost on its way; empty where none is seen.

    Args:
        text: what stands in the cell.
        now: what is held, empty for a new text.

    >>> letters_problem("Children?s homes", "Children\u2019s homes")
    "has lost letters: 'Children\u2019s homes' is held; save the sheet as UTF-8 or as a workbook"
    """
    if _MARK.search(text) and _is_worn(text, now):
        return f"has lost letters: {now[:60]!r} is held; save the sheet as UTF-8 or as a workbook"
    lost = _LOST.search(_ADDRESS.sub("", text))
    if lost and lost[0] not in now:
        return f"has lost a letter in {lost[0]!r}: write the letter that belongs there"
    return ""


def _is_worn(text: str, now: str) -> bool:
    """Say whether a mark stands where there is a letter that is not ASCII."""
    steps = difflib.SequenceMatcher(None, now, text, autojunk=False).get_opcodes()
    return any(
        step == "replace" and _MARK.fullmatch(text[start:end]) and not now[first:last].isascii()
        for step, first, last, start, end in steps
    )
