"""The two states of the lists that a comparison is of, as people name them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from listkeeper.changes.compare import compare
from listkeeper.edition import load, reload
from listkeeper.errors import UsageError
from listkeeper.search.filters import scheme_of
from listkeeper.store.history import open_repository, open_revision
from listkeeper.store.workspace import find_root, open_workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listkeeper.changes.model import Changes
    from listkeeper.edition import Edition
    from listkeeper.store.history import Repository

RANGE: Final = re.compile(r"(?P<old>.*?)(?P<dots>\.{2,3})(?P<new>.*)", re.DOTALL)
"""Two revisions as Git writes them; with three dots the first is where both come from."""

MOST_WORDS: Final = 2
HEAD: Final = "HEAD"


def compared(words: Sequence[str], root: Path, list_name: str = "") -> Changes:
    """Compare two states of the lists.

    Args:
        words: ``A..B``, ``A...B`` or two revisions; ``A``: it and the working tree; nothing: the
            last commit and the working tree; two folders, which need no Git.
        root: the lists repository, or a folder inside it.
        list_name: keep the changes of this list or subset; empty for all.

    Raises:
        UsageError: when the words are off, or there is no such list.
        HistoryError: when there is no Git repository, or no such revision.
    """
    before, after = states(words, root)
    changes = compare(before, after)
    if not list_name:
        return changes
    if list_name not in before.vocabulary.schemes:
        scheme_of(after.vocabulary, list_name)
    return changes.of_list(list_name)


def states(words: Sequence[str], root: Path) -> tuple[Edition, Edition]:
    """Load the two states that words name; see :func:`compared`."""
    if len(words) > MOST_WORDS:
        raise UsageError("give two states at most, such as 2026.10..2026.11")
    if len(words) == MOST_WORDS and all(Path(word).is_dir() for word in words):
        before = load(open_workspace(Path(words[0])))
        return before, reload(open_workspace(Path(words[1])), before)
    top = find_root(root)
    with open_repository(top) as repository:
        old, new = _named(words, repository)
        before = load(open_revision(repository, old))
        sources = open_revision(repository, new) if new else open_workspace(top)
        return before, reload(sources, before)


def _named(words: Sequence[str], repository: Repository) -> tuple[str, str]:
    """Give two revisions; an empty one is the working tree."""
    if len(words) == MOST_WORDS:
        return words[0], words[1]
    found = RANGE.fullmatch(words[0]) if words else None
    if found is None:
        return (words[0] if words else HEAD), ""
    old, new = found["old"] or HEAD, found["new"] or HEAD
    if found["dots"] == "..":
        return old, new
    base = repository.merge_base(old, new)
    if base is None:
        raise UsageError(f"{old} and {new} have no commit in common; compare {old}..{new}")
    return base, new
