"""What the pages show that take somebody's table: the form, and the rows with our answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from listkeeper.edition import Edition

MOST_SHOWN: Final = 500
"""Rows shown on a page; the CSV has all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ListChoice:
    """A list that the rows may be about."""

    name: str
    title: str
    chosen: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ToolView:
    """A form that takes a table, and what came of it."""

    action: str
    lists: tuple[ListChoice, ...]
    text: str
    """What was pasted, to be sent again."""
    column: str
    counts: tuple[tuple[str, int], ...]
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int
    note: str
    problem: str


def tool_view(  # noqa: PLR0913 - a page has these parts
    edition: Edition,
    action: str,
    *,
    list_name: str = "",
    text: str = "",
    column: str = "",
    counts: Mapping[str, int] | None = None,
    header: Sequence[str] = (),
    rows: Sequence[Sequence[str]] = (),
    note: str = "",
    problem: str = "",
) -> ToolView:
    """Show a form, and what came of it.

    Args:
        edition: the lists.
        action: the path that takes the form.
        list_name: the list chosen.
        text: what was pasted.
        column: the column named.
        counts: rows by outcome.
        header: names of the columns of the answer.
        rows: the answer.
        note: what else there is to say.
        problem: why there is no answer.
    """
    return ToolView(
        action=action,
        lists=_lists(edition, list_name),
        text=text,
        column=column,
        counts=tuple((counts or {}).items()),
        header=tuple(header),
        rows=tuple(tuple(row) for row in rows[:MOST_SHOWN]),
        total=len(rows),
        note=note,
        problem=problem,
    )


def _lists(edition: Edition, list_name: str) -> tuple[ListChoice, ...]:
    language = edition.settings.default_language
    schemes = sorted(edition.vocabulary.schemes.values(), key=lambda s: (s.order or 10_000, s.name))
    return tuple(
        ListChoice(name=s.name, title=s.title(language).value, chosen=s.name == list_name)
        for s in schemes
    )
