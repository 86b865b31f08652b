"""Reading ``ids.txt``: the numbers of a list that are never to be given out.

One number or range on a line, then the reason; ``#`` begins a comment. A line says only that
a number is not to be used, never that it was withdrawn, unless its reason gives the evidence::

    # codes of the list that this one goes back to
    200005          tried out in a branch that was published by mistake
    3000-3999       used by another register under the same prefix
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

LINE: Final = re.compile(
    r"(?:(?P<first>\d+)-(?P<last>\d+)|(?P<one>[A-Za-z0-9][\w.-]*))(?:\s+(?P<reason>\S.*))?"
)
"""A notation or a range of numbers, then white space and the reason."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reserved:
    """A line of ``ids.txt``: a notation, or a range of numbers, and why it is not given out."""

    first: str
    last: str
    """Equal to `first` where the line names one notation."""
    reason: str
    line: int

    def holds(self, notation: str) -> bool:
        """Say whether a notation is among those of the line.

        >>> Reserved(first="10", last="20", reason="", line=1).holds("15")
        True
        """
        if self.first.isdecimal() and self.last.isdecimal() and notation.isdecimal():
            return size(self.first) <= size(notation) <= size(self.last)
        return notation.lower() == self.first.lower()


@dataclass(frozen=True, kw_only=True, slots=True)
class Misread:
    """A line of ``ids.txt`` that says nothing we understand."""

    line: int
    message: str


def size(number: str) -> tuple[int, str]:
    """Give what orders numbers in digits: Python reads none of thousands of digits.

    >>> size("9") < size("010") < size("11")
    True
    """
    digits = number.lstrip("0")
    return len(digits), digits


def read_ids(text: str) -> tuple[tuple[Reserved, ...], tuple[Misread, ...]]:
    """Read the lines of ``ids.txt``.

    >>> read_ids("7 used elsewhere")[0][0].reason
    'used elsewhere'

    Returns:
        the lines understood, and the others with what is wrong with each.
    """
    lines = enumerate(text.split("\n"), start=1)
    stripped = ((number, line.split("#", 1)[0].strip()) for number, line in lines)
    found = [_read_line(number, line) for number, line in stripped if line]
    reserved = tuple(line for line in found if isinstance(line, Reserved))
    return reserved, tuple(line for line in found if isinstance(line, Misread))


def _read_line(number: int, line: str) -> Reserved | Misread:
    match = LINE.fullmatch(line)
    if match is None:
        return Misread(line=number, message="is no number or range of numbers with a reason")
    first, last = match["first"] or match["one"], match["last"] or match["one"]
    if not match["reason"]:
        return Misread(line=number, message="gives no reason")
    if match["last"] and size(first) > size(last):
        return Misread(line=number, message="is a range that does not go upwards")
    return Reserved(first=first, last=last, reason=match["reason"], line=number)
