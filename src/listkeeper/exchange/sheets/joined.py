"""Several values in one cell, parted by semicolons; and what no cell can carry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

SEPARATOR: Final = "; "
"""Between the values of a cell that holds several."""

LONGEST_CELL: Final = 32_767
"""Characters (UTF-16 units) that a cell of Excel holds."""

_VALUE: Final = re.compile(r'\s*(?:"((?:[^"]|"")*)"\s*(?=;|\Z)|([^;]*))(;|\Z)')
_NOT_CARRIED: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\r]")
"""Characters that workbooks, or the programs that save them, do not keep."""


def joined(values: Iterable[str]) -> str:
    """Write values into one cell; one that holds a semicolon or begins with a quote is quoted.

    >>> joined(["benches", "nuts; bolts"])
    'benches; "nuts; bolts"'
    """
    return SEPARATOR.join(map(_quoted, values))


def _quoted(value: str) -> str:
    if ";" not in value and not value.startswith('"') and value == value.strip() and value:
        return value
    doubled = value.replace('"', '""')
    return f'"{doubled}"'


def parted(cell: str) -> list[str]:
    """Read the values of a cell; what :func:`joined` wrote comes back the same.

    >>> parted('benches;"nuts; bolts" ; ')
    ['benches', 'nuts; bolts']
    """
    found = []
    position = 0
    while position < len(cell):
        match = _VALUE.match(cell, position)
        if match is None:  # the pattern takes any text: an end is always reached
            break
        quoted, plain, _ = match.groups()
        value = quoted.replace('""', '"') if quoted is not None else plain.strip()
        if value or quoted is not None:
            found.append(value)
        position = match.end()
    return found


def is_carried(text: str) -> bool:
    """Say whether a cell keeps a text as it is."""
    fits = len(text) * 2 <= LONGEST_CELL or len(text.encode("utf-16-le")) // 2 <= LONGEST_CELL
    return fits and not _NOT_CARRIED.search(text)


def carried(text: str) -> str:
    """Give what a cell shows of a text that it does not keep."""
    if is_carried(text):
        return text
    return _NOT_CARRIED.sub("\ufffd", text.replace("\r\n", "\n"))[: LONGEST_CELL // 2]


def plain(cell: str) -> str:
    """Give what counts of a cell when two are compared: programs write ends of lines anew."""
    return cell.replace("\r\n", "\n").replace("\r", "\n")
