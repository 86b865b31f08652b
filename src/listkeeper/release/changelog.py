"""The changelog of the lists: a file of theirs, the newest release first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from listkeeper.changes.compare import compare
from listkeeper.store.workspace import VOCABULARIES

if TYPE_CHECKING:
    from listkeeper.edition import Edition

PATH: Final = f"{VOCABULARIES}/CHANGELOG.md"
HEADING: Final = "# Changelog of the lists\n"
SECTION: Final = "\n## "


def section(name: str, date: str, before: Edition | None, now: Edition) -> str:
    """Write what a release changes, in words.

    Args:
        name: the release.
        date: its date.
        before: the lists as last released; None for the first release.
        now: the lists as they are to be released.

    Returns:
        Markdown that begins with a heading of the second level.
    """
    heading = f"## {name} ({date})\n"
    return heading + (_first(now) if before is None else _changes(before, now))


def with_section(text: str, added: str) -> str:
    r"""Put the section of a release before those of earlier ones.

    >>> with_section("# Changelog\n\n## 2026.10\n\nA.\n", "## 2026.11\n\nB.\n")
    '# Changelog\n\n## 2026.11\n\nB.\n\n## 2026.10\n\nA.\n'
    """
    head, mark, rest = (text or HEADING).rstrip("\n").partition(SECTION)
    older = f"{SECTION}{rest}\n" if mark else ""
    return f"{head.rstrip()}\n\n{added.rstrip()}\n{older}"


def _first(now: Edition) -> str:
    """Say what there is, when nothing was before."""
    entries = Counter(c.list_name for c in now.vocabulary.concepts.values())
    lists = [s for s in now.vocabulary.schemes.values() if not s.subset_of]
    lines = [f"- {scheme.title().value}: {entries[scheme.name]:,} entries\n" for scheme in lists]
    return f"\nThe first release.\n\n{''.join(lines)}"


def _changes(before: Edition, now: Edition) -> str:
    lines = [f"- {kind.value}: {n:,}\n" for kind, n in compare(before, now).counts.items()]
    return f"\n{''.join(lines)}" if lines else "\nNothing changed.\n"
