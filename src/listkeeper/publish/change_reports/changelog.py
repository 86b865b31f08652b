"""The changelog of a release: Markdown in words, list by list, kind by kind."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from listkeeper.changes.kinds import Impact, Kind
from listkeeper.publish.change_reports.markdown import item, shown
from listkeeper.publish.change_reports.wording import rendered, summary, user_words
from listkeeper.validate.formats.markdown import code

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from listkeeper.changes.model import Change, Changes

COUNTED: Final = frozenset(
    {Kind.FORMER, Kind.REVIEW, Kind.NONE_KNOWN, Kind.SILENCE, Kind.DATES, Kind.DRAFT}
)
"""Records that a changelog counts and does not tell one by one."""


def changelog(changes: Changes, heading: str = "") -> str:
    """Write changes as a section of a changelog.

    Args:
        changes: between two releases.
        heading: name and date of the release, such as ``2026.11 (2026-11-30)``.
    """
    head = f"## {heading}\n\n" if heading else ""
    users = "".join(f"* {rendered(user_words(user), shown)}\n" for user in changes.users)
    intro = f"{summary(changes).capitalize()}.\n{users and chr(10)}{users}"
    return head + intro + "".join(_lists(changes))


def _lists(changes: Changes) -> Iterator[str]:
    for name, title, found in changes.by_list():
        yield f"\n### {code(title)}\n" if name else "\n### Of no list\n"
        is_new = any(change.kind is Kind.LIST_ADDED for change in found)
        for kind, group in groupby(found, key=lambda change: change.kind):
            yield from _group(kind, tuple(group), is_new=is_new)


def _group(kind: Kind, group: Sequence[Change], *, is_new: bool) -> Iterator[str]:
    """Tell of changes of a kind; of a new list's entries, and of records, only the number."""
    grave = " (breaking)" if kind.impact is Impact.BREAKING else ""
    if kind in COUNTED or (is_new and kind is Kind.ADDED):
        yield f"\n**{kind.title}**: {len(group):,}\n"
        return
    yield f"\n**{kind.title}**{grave}\n\n"
    yield from map(item, group)
