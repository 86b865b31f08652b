"""Single files of a revision, and every path that ever was."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from listkeeper.store.history.revisions import REFUSED
from listkeeper.store.history.trees import FOLDER
from listkeeper.store.workspace import VOCABULARIES

if TYPE_CHECKING:
    from listkeeper.store.history.repository import Repository


def read_file(repository: Repository, revision: str, path: str) -> bytes | None:
    """Read one file of a revision; None where there is none.

    Args:
        repository: where to read.
        revision: any name of a commit.
        path: from the root of the lists repository.

    Raises:
        RevisionError: when there is no such revision, or no such folder in it.
        HistoryError: when the file's object is missing or broken.
    """
    entry = repository.trees.find(repository.folder(revision), path)
    if entry is None or entry.mode == FOLDER or entry.mode in REFUSED:
        return None
    return repository.objects.read(entry.id).data


def paths_added(repository: Repository, revision: str | None = None) -> frozenset[str]:
    """Give every path below ``vocabularies/`` that a commit ever added.

    Args:
        repository: where to read.
        revision: look at this commit and all it comes from; None looks at those of every branch
            and tag, others' too as far as they were fetched.

    Returns:
        paths from the root of the lists repository, of files that are gone too.
    """
    words = ("--stdin", "-m", "-r", "--root", "--name-only", "-z", "--no-commit-id")
    more = ("--no-renames", "--diff-filter=A", "--no-ext-diff", "--no-textconv")
    feed = "".join(f"{name}\n" for name in _commits(repository, revision)).encode()
    below = f"{repository.prefix}{VOCABULARIES}"
    found = repository.git.run("diff-tree", *words, *more, "--", below, feed=feed)
    paths = filter(None, os.fsdecode(found).split("\0"))
    return frozenset(path.removeprefix(repository.prefix) for path in paths)


def _commits(repository: Repository, revision: str | None) -> list[str]:
    if revision is not None:
        return repository.ancestors(revision)
    head = repository.head()
    words = ("--all", *([head] if head else []), "--")
    return repository.git.run("rev-list", *words).decode("ascii", "replace").split()
