"""What feeds announce: which entries, lists and terms a release made, changed or took away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from listkeeper.changes.kinds import Kind
from listkeeper.publish.change_reports.wording import (
    detail_words,
    rendered,
    subject_words,
)
from listkeeper.validate.scope import visible

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from listkeeper.changes.model import Change, Changes
    from listkeeper.publish.change_reports.wording import Quoted

MADE: Final = frozenset({Kind.ADDED, Kind.LIST_ADDED, Kind.TERM_ADDED})
GONE: Final = frozenset({Kind.REMOVED, Kind.WITHDRAWN, Kind.LIST_REMOVED, Kind.TERM_REMOVED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Announced:
    """One thing that a release made, changed or took away."""

    uri: str
    act: str
    """``Create``, ``Update`` or ``Delete``."""
    lists: tuple[str, ...]
    """The list and the subsets it is in."""
    words: tuple[str, ...]
    """What happened to it, a sentence for each change."""
    label: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Issue:
    """A release as feeds tell of it."""

    name: str
    date: datetime
    announced: tuple[Announced, ...]

    def of_list(self, name: str) -> Issue:
        """Keep what is about one list or subset; an empty name keeps all."""
        kept = (a for a in self.announced if not name or name in a.lists)
        return Issue(name=self.name, date=self.date, announced=tuple(kept))


def announced(changes: Changes) -> tuple[Announced, ...]:
    """Gather changes by what they are about, in their order; plain files are left out."""
    found: dict[str, list[Change]] = {}
    for change in changes.changes:
        if change.kind is not Kind.FILE:
            found.setdefault(change.subject.uri, []).append(change)
    return tuple(_announced(uri, told) for uri, told in found.items())


def in_words(change: Change) -> str:
    """Say what a change did, without what it is about."""
    detail = rendered(detail_words(change), _plain)
    return f"{change.kind.title}" + (f": {detail}" if detail else "")


def kept(found: Iterable[Announced]) -> list[list[Any]]:
    """Give announcements as plain data, to be kept on disk."""
    return [[a.uri, a.act, a.lists, a.words, a.label] for a in found]


def restored(rows: object) -> tuple[Announced, ...] | None:
    """Read announcements that were kept; None where they are something else."""
    try:
        return tuple(
            Announced(uri=uri, act=act, lists=tuple(lists), words=tuple(words), label=label)
            for uri, act, lists, words, label in rows  # type: ignore[attr-defined]  # whatever JSON holds
        )
    except (TypeError, ValueError):
        return None


def _announced(uri: str, told: list[Change]) -> Announced:
    kinds = {change.kind for change in told}
    act = "Create" if kinds & MADE else "Delete" if kinds & GONE else "Update"
    lists = {name: None for change in told for name in (change.subject.list_name, *change.lists)}
    return Announced(
        uri=uri,
        act=act,
        lists=tuple(filter(None, lists)),
        words=tuple(in_words(change) for change in told),
        label=" ".join(_plain(w) for w in subject_words(told[0]) if not isinstance(w, str)),
    )


def _plain(quoted: Quoted) -> str:
    return visible(quoted.text)
