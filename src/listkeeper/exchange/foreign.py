"""What a foreign file says, before it means anything here: entries, links and notes, with places.

Every reader of :mod:`listkeeper.exchange.formats` gives a :class:`ForeignFile`. Cells are kept as
they stand; what is wrong with them is told in a :class:`Note`, and a row that is not taken stays
whole for the file of rejects.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


class Outcome(Enum):
    """What became of a row."""

    TAKEN = "taken"
    CHANGED = "changed"
    REJECTED = "rejected"


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A row of a table or an element that stands for one: where it is and what it holds."""

    path: str
    line: int
    """Line on which it begins, from 1."""
    column: int = 0
    """Column on which it begins, from 1; 0 in tables."""
    cells: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    """Name of the column to the cell as it stands."""

    @property
    def place(self) -> str:
        """The place as editors expect it.

        >>> Row(path="services.csv", line=7).place
        'services.csv:7'
        """
        parts = (self.path, self.line, self.column) if self.column else (self.path, self.line)
        return ":".join(map(str, parts))


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """Something a person should know about a row: what, why, and what to do."""

    kind: str
    """One of :data:`KINDS`."""
    row: Row
    notation: str = ""
    message: str
    remedy: str = ""
    outcome: Outcome = Outcome.TAKEN

    @property
    def line(self) -> str:
        """The note on one line."""
        code = f" {self.notation[:64]}:" if self.notation else ""
        remedy = f"; {self.remedy}" if self.remedy else ""
        return f"{self.row.place}:{code} {self.message}{remedy} [{self.kind}, {self.outcome.value}]"


KINDS: Final = {
    "charset": "the bytes are not UTF-8, or the text was encoded twice",
    "column": "a column without a name",
    "cells": "a row with too many or too few cells",
    "spaces": "stray, repeated or no-break spaces",
    "lost-characters": "a question mark or a replacement character inside a word",
    "code": "no code, or one that is not fit to be a notation",
    "duplicate-code": "a code that stands in an earlier row",
    "label": "no label",
    "characters": "a name with characters that the check refuses",
    "duplicate-label": "a label that another code has too",
    "other-label": "a label that differs from the one kept",
    "date": "a date that is odd, ambiguous or differs from the one kept",
    "parent": "a parent that is not held",
    "link": "a link to or from an entry that is not held",
    "relation": "a kind of link that is not defined here",
    "history": "a change of name in the history notes that could not be read",
    "last-name": "a label that is not the last name in its history notes",
    "withdrawn": "an entry marked obsolete or not preferred",
    "file": "a file that stands in the way",
}
"""What the report tells about, by name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ForeignEntry:
    """An entry as a foreign file gives it."""

    kind: str
    """What it is in that file's words, such as ``Service``; empty where the file does not say."""
    notation: str
    label: str
    row: Row
    created: str = ""
    modified: str = ""
    history: str = ""
    other_labels: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    """Codes of the broader entries of the same kind."""
    unconfirmed: bool = False
    """The label is another body's wording."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ForeignLink:
    """A link as a foreign file gives it: subject, relation, object."""

    subject_kind: str
    subject: str
    relation: str
    """Name of a kind of link, such as ``contains``."""
    object_kind: str
    object: str
    row: Row


@dataclass(frozen=True, kw_only=True, slots=True)
class ForeignFile:
    """A foreign file as read."""

    path: str
    form: str
    """Kind of file, such as ``list CSV``."""
    rows: int
    entries: tuple[ForeignEntry, ...] = ()
    links: tuple[ForeignLink, ...] = ()
    notes: tuple[Note, ...] = ()
    loose: bool = False
    """An entry may be told several times, as in a table of links or under several parents."""
