"""Changes as Markdown for a comment on a pull request.

Everything that comes from the lists stands in code spans, where it is neither markup, nor a
mention, nor a reference. Forges refuse a comment that is too long, so it is cut, the least grave
first, and what is left out is counted.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from listkeeper.changes.kinds import Impact
from listkeeper.publish.change_reports.wording import (
    Quoted,
    detail_words,
    effect_words,
    rendered,
    subject_words,
    summary,
    user_words,
)
from listkeeper.validate.formats.markdown import MOST, code

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from listkeeper.changes.model import Change, Changes

MARKER: Final = "<!-- listkeeper diff -->"
"""First line of the comment, by which the next run finds it and writes it anew."""

MOST_TOLD: Final = 20
"""Lists, users and unread files that are told at the top."""

HEADINGS: Final = {
    Impact.BREAKING: "Breaking: something stored holds no more",
    Impact.COMPATIBLE: "Compatible: all that was stored still holds",
    Impact.EDITORIAL: "Editorial: words and records",
}


def markdown_report(changes: Changes, most: int = MOST) -> str:
    """Write changes as Markdown, its first line :data:`MARKER`.

    Args:
        changes: what is told.
        most: bytes that it may have; what is left out is counted by impact.
    """
    head = f"{MARKER}\n## Changes of the lists: {summary(changes)}\n{_top(changes)}"
    ordered = sorted(changes.changes, key=lambda change: change.impact.rank)
    room = most - len(head.encode()) - len(_rest(ordered).encode())
    body, shown = "", 0
    for block in _blocks(ordered):
        room -= len(block.encode())
        if room < 0:
            break
        body += block
        shown += 1
    return f"{head}{body}{_rest(ordered[shown:])}"


def _top(changes: Changes) -> str:
    """Tell who is touched, what was not compared, and how much changed in which list."""
    lines = [f"* {rendered(user_words(user), shown)}\n" for user in changes.users[:MOST_TOLD]]
    lines += [
        f"* Not compared, {unread.state}: {code(unread.path)}: {code(unread.reason)}\n"
        for unread in changes.unread[:MOST_TOLD]
    ]
    more = max(len(changes.users) - MOST_TOLD, 0) + max(len(changes.unread) - MOST_TOLD, 0)
    lines += [f"* and {more:,} more\n"] if more else []
    return "".join(("\n" if lines else "", *lines, *_table(changes)))


def _table(changes: Changes) -> Iterator[str]:
    lists = list(changes.by_list())
    if lists:
        yield "\n| List | " + " | ".join(impact.value.capitalize() for impact in Impact)
        yield " | What |\n|---|" + "--:|" * len(Impact) + "---|\n"
    for name, _, found in lists[:MOST_TOLD]:
        impacts = Counter(change.impact for change in found)
        kinds = Counter(change.kind.title.lower() for change in found)
        what = ", ".join(f"{title} {number:,}" for title, number in kinds.items())
        numbers = " | ".join(f"{impacts[impact]:,}" for impact in Impact)
        yield f"| {cell(name) if name else 'of no list'} | {numbers} | {what} |\n"
    if len(lists) > MOST_TOLD:
        yield f"\nand {len(lists) - MOST_TOLD:,} more lists\n"


def _blocks(changes: Sequence[Change]) -> Iterator[str]:
    """Give each change with the headings that come before it, so that none is left without one."""
    impact = kind = name = None
    for change in changes:
        above = ""
        if change.impact is not impact:
            above, kind = f"\n### {HEADINGS[change.impact]}\n", None
        if (change.kind, change.subject.list_name) != (kind, name):
            place = f" in {code(change.subject.list_name)}" if change.subject.list_name else ""
            above += f"\n**{change.kind.title}**{place}\n\n"
        impact, kind, name = change.impact, change.kind, change.subject.list_name
        yield above + item(change)


def item(change: Change) -> str:
    """Write one change as an item of a list, with its effects elsewhere below it."""
    subject = " ".join(rendered((word,), shown) for word in subject_words(change))
    detail = rendered(detail_words(change), shown)
    effects = "".join(f"  * {rendered(effect_words(e), shown)}\n" for e in change.effects)
    return f"* {subject}: {detail}\n{effects}" if detail else f"* {subject}\n{effects}"


def shown(quoted: Quoted) -> str:
    """Show a text of the lists as nothing but text."""
    return code(quoted.text)


def cell(text: str) -> str:
    """Show a text in a table, where a bar would end the cell even in a code span."""
    return code(text.replace("|", "¦"))


def _rest(changes: Sequence[Change]) -> str:
    """Count what there is no room for; empty where there is room for all."""
    counts = Counter(change.impact for change in changes)
    told = [f"{counts[impact]:,} {impact.value}" for impact in Impact if counts[impact]]
    return f"\n{' and '.join(told)} more: run `listkeeper diff`.\n" if told else ""
