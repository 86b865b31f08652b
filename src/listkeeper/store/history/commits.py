"""Commits: who changed which files, when and why, as Git tells it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from listkeeper.errors import HistoryError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.store.history.git import Git

FORMAT: Final = "%H%x00%T%x00%P%x00%an%x00%at%x00%ct%x00%s%x00%b"
"""What is told of a commit; none of it can hold the separator."""

COLUMNS: Final = FORMAT.count("%x00") + 1
EPOCH: Final = datetime.fromtimestamp(0, UTC)


class Change(NamedTuple):
    """What a commit did to one file; compared to each parent, for a merge."""

    path: str
    """From the root of the lists repository."""
    before: tuple[str, ...]
    """The file's blob in each parent; empty where it was not there."""
    after: str
    """The file's blob in the commit; empty where it is gone."""
    mode: str
    """`100644` a file, `120000` a symbolic link, `000000` gone."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Commit:
    """One commit. Texts are as they were written: escape them before they are shown."""

    id: str
    tree: str
    parents: tuple[str, ...]
    author: str
    """The author's name, without an address."""
    authored: datetime
    """When it was written, in UTC."""
    committed: datetime
    """When it was recorded, in UTC."""
    subject: str
    body: str
    changes: tuple[Change, ...] = ()
    """Of a merge only what differs from every parent, that is, what the merge itself did."""


def read_commits(git: Git, names: list[str], prefix: str) -> Iterator[Commit]:
    """Read commits with what they changed below a folder.

    Args:
        git: runs the command.
        names: full names of the commits.
        prefix: the folder, ending in a slash, or empty.
    """
    words = ("--stdin", "--always", "--root", "-r", "-c", "--raw", "-z", "--no-abbrev")
    more = ("--no-renames", "--no-ext-diff", "--no-textconv", f"--format={FORMAT}")
    below = ("--", prefix) if prefix else ("--",)
    feed = "".join(f"{name}\n" for name in names).encode()
    return parse_commits(git.run("diff-tree", *words, *more, *below, feed=feed), prefix)


def parse_commits(data: bytes, prefix: str = "") -> Iterator[Commit]:
    """Read what ``git diff-tree`` says of commits.

    Raises:
        HistoryError: when it says something else.
    """
    tokens = iter(data.split(b"\0"))
    head = next(tokens, b"")
    while head:
        rest = list(islice(tokens, COLUMNS - 1))
        if len(rest) < COLUMNS - 1:
            raise HistoryError("git tells a commit in a form that is not known here")
        changes, following = _changes(tokens, prefix)
        yield _commit(head, rest, changes)
        head = following


def _changes(tokens: Iterator[bytes], prefix: str) -> tuple[list[Change], bytes]:
    """Read changes up to the next commit, whose name is returned too."""
    changes = []
    for token in tokens:
        words = token.lstrip(b"\n")  # git parts message and changes by a line
        if words.startswith(b":"):
            path = os.fsdecode(next(tokens, b""))
            changes.append(_change(words.decode("ascii", "replace"), path.removeprefix(prefix)))
        elif words:
            return changes, words
    return changes, b""


def _change(raw: str, path: str) -> Change:
    """Read ``:mode mode blob blob letter``, with one colon, mode and blob for each parent."""
    parents = len(raw) - len(raw.lstrip(":"))
    words = raw.lstrip(":").split(" ")
    blobs = ["" if set(blob) == {"0"} else blob for blob in words[parents + 1 : 2 * parents + 2]]
    return Change(path, tuple(blobs[:-1]), blobs[-1], words[parents])


def _commit(head: bytes, rest: list[bytes], changes: list[Change]) -> Commit:
    tree, parents, author, authored, committed, subject, body = (
        token.decode("utf-8", "replace") for token in rest
    )
    return Commit(
        id=head.decode("ascii", "replace"),
        tree=tree,
        parents=tuple(parents.split()),
        author=author,
        authored=moment(authored),
        committed=moment(committed),
        subject=subject,
        body=body.rstrip("\n"),
        changes=tuple(changes),
    )


def moment(seconds: str) -> datetime:
    """Read seconds since 1970; what is no date, or one out of reach, is taken for the first.

    >>> moment("1795313946").isoformat()
    '2026-11-22T02:19:06+00:00'
    """
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return EPOCH
