"""Giving merged entries their dates, deciding the order of day and month from facts alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from listkeeper.exchange.dates import Order, decide_order, read_date
from listkeeper.exchange.foreign import ForeignEntry, Note, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from listkeeper.exchange.merging import MergedEntry

FIELDS: Final = ("created", "modified")


def with_dates(
    entries: Iterable[MergedEntry], known: Mapping[tuple[str, str], date]
) -> tuple[list[MergedEntry], list[Note]]:
    """Give each entry the first date that a file tells.

    Args:
        entries: merged entries.
        known: dates held already, by notation and field.

    Returns:
        The entries with their dates, and notes about dates that were left out or are odd.
    """
    entries = list(entries)
    orders = _orders(entries, known)
    notes: list[Note] = []
    dated = []
    for entry in entries:
        created, modified = (_date(entry, name, orders, notes) for name in FIELDS)
        if created and modified and modified < created:
            notes.append(_backwards(entry, created, modified))
            modified = None
        dated.append(replace(entry, created=_iso(created), modified=_iso(modified)))
    return dated, notes


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _cells(entries: Iterable[MergedEntry]) -> Iterator[tuple[ForeignEntry, str, str]]:
    """Give each cell that holds a date: source, field, text."""
    for entry in entries:
        for source in entry.sources:
            for name in FIELDS:
                if text := getattr(source, name).strip():
                    yield source, name, text


def _orders(
    entries: list[MergedEntry], known: Mapping[tuple[str, str], date]
) -> dict[str, Order | None]:
    """Decide each file's order by its own dates and by what others say of the same entry."""
    right = dict(known)
    by_file: dict[str, list[tuple[ForeignEntry, str, str]]] = {}
    for source, name, text in _cells(entries):
        by_file.setdefault(source.row.path, []).append((source, name, text))
        day = read_date(text)
        if isinstance(day, date):
            right.setdefault((source.notation, name), day)
    return {
        path: decide_order(
            (text for _, _, text in cells),
            [
                (text, right[source.notation, name])
                for source, name, text in cells
                if (source.notation, name) in right
            ],
        )
        for path, cells in by_file.items()
    }


def _date(
    entry: MergedEntry, name: str, orders: Mapping[str, Order | None], notes: list[Note]
) -> date | None:
    """Read the first date told; what cannot be read is told in a note and left out."""
    for source, field, text in _cells([entry]):
        if field != name:
            continue
        day = read_date(text, orders.get(source.row.path))
        if isinstance(day, date):
            return day
        notes.append(
            Note(
                kind="date",
                row=source.row,
                notation=source.notation,
                message=f"{name} {text!r} {day}; left out",
                remedy="write dates as 2013-04-03",
                outcome=Outcome.CHANGED,
            )
        )
    return None


def _backwards(entry: MergedEntry, created: date, modified: date) -> Note:
    return Note(
        kind="date",
        row=entry.row,
        notation=entry.notation,
        message=f"modified on {modified}, before it was created on {created}; modified left out",
        remedy="see which is right",
        outcome=Outcome.CHANGED,
    )
