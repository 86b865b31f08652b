"""Codes as foreign files write them: which can be notations here, and which stand twice."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from listkeeper.exchange.foreign import ForeignEntry, Note, Outcome
from listkeeper.uris import LONGEST_NOTATION, notation_problem

if TYPE_CHECKING:
    from listkeeper.exchange.foreign import ForeignFile, Row

_SPREADSHEET_NUMBER: Final = re.compile(r"\d+\.0+\Z|\d{1,3}(,\d{3})+\Z")


def code_problem(code: str) -> str | None:
    """Say in words why a code cannot be taken, None if it can.

    >>> code_problem("559")
    >>> code_problem("559.0")
    'looks like a number that a spreadsheet reformatted'
    >>> code_problem("1E5")
    'looks like a number with an exponent to a spreadsheet'
    """
    if not code:
        return "is empty"
    if _SPREADSHEET_NUMBER.match(code):
        return "looks like a number that a spreadsheet reformatted"
    return notation_problem(code)


class CodeBook:
    """The codes met so far, in one file and in all."""

    def __init__(self) -> None:
        """Begin empty."""
        self._spelling: dict[str, str] = {}
        self._rows: dict[str, Row] = {}
        self._loose = False

    def open(self, file: ForeignFile) -> None:
        """Begin another file: a code may stand in it again."""
        self._rows = {}
        self._loose = file.loose

    def enter(self, entry: ForeignEntry) -> tuple[ForeignEntry | None, tuple[Note, ...]]:
        """Take an entry under its trimmed code, or say why not."""
        code = entry.notation.strip()
        problem = code_problem(code) or self._case_problem(code)
        if problem:
            message = f"code {_shown(code)} {problem}" if code else "has no code"
            return None, (_rejection(entry, "code", message, "correct it in the file"),)
        earlier = self._rows.setdefault(code, entry.row)
        if earlier != entry.row and not self._loose:
            message = f"the code stands already in {earlier.place}"
            return None, (_rejection(entry, "duplicate-code", message, "keep one of the rows"),)
        self._spelling.setdefault(code.casefold(), code)
        return replace(entry, notation=code), _spaces(entry, code)

    def _case_problem(self, code: str) -> str | None:
        other = self._spelling.get(code.casefold(), code)
        return None if other == code else f"differs only in letter case from {other}"


def _shown(code: str) -> str:
    """Quote a code, cut where it is long."""
    return repr(code) if len(code) <= LONGEST_NOTATION else f"{code[:LONGEST_NOTATION]!r}…"


def _spaces(entry: ForeignEntry, code: str) -> tuple[Note, ...]:
    if code == entry.notation:
        return ()
    note = Note(
        kind="spaces",
        row=entry.row,
        notation=code,
        message="spaces around the code",
        outcome=Outcome.CHANGED,
    )
    return (note,)


def _rejection(entry: ForeignEntry, kind: str, message: str, remedy: str) -> Note:
    return Note(
        kind=kind,
        row=entry.row,
        notation=entry.notation.strip(),
        message=message,
        remedy=remedy,
        outcome=Outcome.REJECTED,
    )
