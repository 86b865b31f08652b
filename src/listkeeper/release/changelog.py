"""The changelog of the lists: a file of theirs, the newest release first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from listkeeper.changes.compare import compare
from listkeeper.publish.change_reports import changelog
from listkeeper.store.workspace import VOCABULARIES
from listkeeper.validate.formats.markdown import code

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
    heading = f"{name} ({date})"
    return changelog(compare(before, now), heading) if before else _first(now, heading)


def with_section(text: str, added: str) -> str:
    r"""Put the section of a release before those of earlier ones.

    >>> with_section("# Changelog\n\n## 2026.10\n\nA.\n", "## 2026.11\n\nB.\n")
    '# Changelog\n\n## 2026.11\n\nB.\n\n## 2026.10\n\nA.\n'
    """
    head, mark, rest = (text or HEADING).rstrip("\n").partition(SECTION)
    older = f"{SECTION}{rest}\n" if mark else ""
    return f"{head.rstrip()}\n\n{added.rstrip()}\n{older}"


def _first(now: Edition, heading: str) -> str:
    """Say what there is, when nothing was before: to tell each entry as added helps no one."""
    counts = Counter(concept.list_name for concept in now.vocabulary.concepts.values())
    lists = (scheme for scheme in now.vocabulary.schemes.values() if not scheme.subset_of)
    lines = [
        f"* {code(scheme.title().value)}: {counts[scheme.name]:,} entries\n" for scheme in lists
    ]
    return f"## {heading}\n\nThe first release.\n\n{''.join(lines)}"
