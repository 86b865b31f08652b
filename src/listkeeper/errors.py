"""The errors people are meant to see: one line that says where, what and what to do.

::

    ListkeeperError                 exit code 3: the environment
    ├── UsageError                  exit code 2: the command's words
    │   ├── SettingsError           listkeeper.toml
    │   └── UnknownParametersError  names in a query that choose nothing
    ├── HistoryError                Git: no repository, an incomplete clone, a broken object
    │   └── RevisionError           exit code 2: no such revision, or one without lists
    ├── FindingsError               exit code 1: the lists have findings
    └── ContentError                exit code 1: a file's content
        ├── TurtleSyntaxError       at a line and a column
        ├── OutsideProfileError     Turtle that ``fmt`` will not rewrite
        └── UnsupportedError        a graph that a format cannot carry

Any other exception is a defect of the program and keeps its traceback.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_NAMED: Final = 10
"""Unknown names of a query that are told."""

LONGEST_NAME: Final = 100
"""Characters of each that are told."""


class ListkeeperError(Exception):
    """An expected failure, told in one line."""

    exit_code = 3
    """Exit code of a command that ends with this error: 1 findings, 2 usage, 3 environment."""


class UsageError(ListkeeperError):
    """The words of a command or a setting are off."""

    exit_code = 2


class UnknownParametersError(UsageError):
    """Names in a query that choose nothing: caches would keep a copy for each."""

    def __init__(self, names: tuple[str, ...], known: tuple[str, ...]) -> None:
        """Keep the names that there are not, and those that there are."""
        super().__init__(names, known)
        self.names = names
        self.known = known

    def __str__(self) -> str:
        """Tell them in one line."""
        there = f"there are {', '.join(self.known)}" if self.known else "there are none here"
        return f"unknown query parameter {', '.join(self.names)}; {there}"


def refuse_unknown_parameters(names: Iterable[str], known: Iterable[str]) -> None:
    """Refuse names in a query that choose nothing.

    Args:
        names: those that were sent, in their order.
        known: those that there are.

    Raises:
        UnknownParametersError: when any is not known.
    """
    known = tuple(known)
    unknown = dict.fromkeys(name[:LONGEST_NAME] for name in names if name not in known)
    if unknown:
        raise UnknownParametersError(tuple(unknown)[:MOST_NAMED], known)


class SettingsError(UsageError):
    """One or more settings are wrong; every one of them is told."""

    def __init__(self, path: str, problems: tuple[str, ...]) -> None:
        """Keep the file's name and each problem as `key: reason`."""
        super().__init__(path, problems)
        self.path = path
        self.problems = problems

    def __str__(self) -> str:
        """Join the problems on one line."""
        return f"{self.path}: " + "; ".join(self.problems)


class HistoryError(ListkeeperError):
    """Git can not tell: there is no repository, or it is incomplete or broken."""


class RevisionError(HistoryError):
    """A revision that does not exist, or holds no lists."""

    exit_code = 2


class UnreadableReleaseError(UsageError):
    """A release that was asked for cannot be read; others can."""


class FindingsError(ListkeeperError):
    """The lists break rules that must hold before the command can go on."""

    exit_code = 1


class ContentError(ListkeeperError):
    """A file's content is not what it has to be."""

    exit_code = 1

    def __init__(self, message: str, *, path: str = "", line: int = 0, column: int = 0) -> None:
        """Keep the place; `line` and `column` count from 1, 0 where unknown."""
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.column = column

    def __str__(self) -> str:
        """Say the place first, as editors and terminals expect it."""
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part)
        return f"{place}: {self.message}" if place else self.message


class TurtleSyntaxError(ContentError):
    """Text that is not Turtle."""


class OutsideProfileError(ContentError):
    """Turtle that the canonical writer does not rewrite: it would lose or change something."""


class UnsupportedError(ContentError):
    """A graph that the asked-for format cannot carry."""
