"""Branches: which there are, and beginning one with a commit, without a checkout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.errors import UsageError
from listkeeper.store.history.writing import BRANCHES, Move, Writer, identity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from listkeeper.store.history.repository import Repository

REMOTES: Final = "refs/remotes/"


def branches(repository: Repository) -> dict[str, str]:
    """Give every branch that is known here, those of others too, with its commit.

    Returns:
        name, without the remote's, to the full name of a commit; ours come first.
    """
    words = ("--format=%(objectname) %(refname)", BRANCHES, REMOTES)
    lines = repository.git.run("for-each-ref", *words).decode("utf-8", "surrogateescape")
    pairs = [line.split(" ", 1) for line in lines.splitlines()]
    own = {ref.removeprefix(BRANCHES): id_ for id_, ref in pairs if ref.startswith(BRANCHES)}
    others = (
        (ref.removeprefix(REMOTES).partition("/")[2], id_)
        for id_, ref in pairs
        if ref.startswith(REMOTES)
    )
    return {**dict(others), **own}


def begin_branch(
    repository: Repository,
    name: str,
    base: str,
    contents: Mapping[str, bytes | None],
    message: str,
) -> str:
    """Begin a branch with one commit; nothing that is checked out changes.

    Args:
        repository: where.
        name: of the branch.
        base: the commit that it comes from.
        contents: content by path from the lists repository's root; None removes a file.
        message: the commit's message.

    Returns:
        the commit's full name.

    Raises:
        UsageError: when there is such a branch, here or at a remote, or git does not know who
            the user is.
        HistoryError: when it can not be written.
    """
    if name in branches(repository):
        raise UsageError(f"there is a branch {name} already")
    commit = repository.commit(base)
    writer = Writer(repository, identity(repository))
    files = {f"{repository.prefix}{path}": data for path, data in contents.items()}
    made = writer.commit(writer.tree(commit.tree, files), [commit.id], message)
    writer.move([Move(f"{BRANCHES}{name}", made)], "listkeeper propose")
    return made
