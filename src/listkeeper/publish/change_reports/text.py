"""Changes for a terminal."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from listkeeper.publish.change_reports.wording import (
    Quoted,
    detail_words,
    effect_words,
    rendered,
    subject_words,
    summary,
    user_words,
)
from listkeeper.validate.scope import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.changes.model import Change, Changes


def text_report(changes: Changes) -> str:
    """Write changes for a terminal: list by list, kind by kind."""
    return "".join(f"{line}\n" for line in _lines(changes))


def _lines(changes: Changes) -> Iterator[str]:
    for name, title, found in changes.by_list():
        yield visible(f"{title} ({name})" if name else "Of no list")
        for kind, group in groupby(found, key=lambda change: change.kind):
            yield f"  {kind.title} [{kind.impact.value}]"
            for change in group:
                yield from _item(change)
        yield ""
    for user in changes.users:
        yield rendered(user_words(user), _plain)
    for unread in changes.unread:
        yield visible(f"not compared, {unread.state}: {unread.path}: {unread.reason}")
    yield summary(changes)


def _item(change: Change) -> Iterator[str]:
    subject = " ".join(rendered((word,), _plain) for word in subject_words(change))
    detail = rendered(detail_words(change), _plain)
    yield f"    {subject}: {detail}" if detail else f"    {subject}"
    for effect in change.effects:
        yield f"      {rendered(effect_words(effect), _plain)}"


def _plain(quoted: Quoted) -> str:
    return visible(quoted.text)
