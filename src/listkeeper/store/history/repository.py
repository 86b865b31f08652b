"""The Git repository that a lists repository lies in, opened for reading."""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from listkeeper.errors import HistoryError, RevisionError
from listkeeper.store.history.commits import read_commits
from listkeeper.store.history.git import Git, discover
from listkeeper.store.history.objects import NAME, ObjectReader
from listkeeper.store.history.releases import read_releases
from listkeeper.store.history.trees import FOLDER, Trees

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType
    from typing import Self

    from listkeeper.store.history.commits import Commit
    from listkeeper.store.history.releases import Release

LONGEST: Final = 250
"""Characters of a revision as a user may write it."""

MAINS: Final = tuple(
    f"refs/remotes/{remote}/{branch}"
    for remote in ("upstream", "origin")
    for branch in ("HEAD", "main", "master")
)
"""Where the main branch that others see may be known, the best first."""

BATCH: Final = 2_000
"""Commits that are asked for at once."""


class Repository:
    """Read access to the history of one lists repository; close it, or use it in a ``with``.

    It may be used by several threads.
    """

    def __init__(
        self, git: Git, prefix: str, *, id_bytes: int = 20, is_shallow: bool = False
    ) -> None:
        """Keep what was found out; :func:`open_repository` finds it out."""
        self.git = git
        self.prefix = prefix
        """Folder of the lists repository inside Git's, ending in a slash, or empty."""
        self.id_bytes = id_bytes
        self.is_shallow = is_shallow
        """Whether the clone lacks the older commits."""
        self.objects = ObjectReader(git)
        self.trees = Trees(self.objects, id_bytes)

    def __enter__(self) -> Self:
        """Use it for a while."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the reader."""
        self.close()

    def close(self) -> None:
        """Stop the reader; a further question starts it again."""
        self.objects.close()

    def resolve(self, revision: str) -> str:
        """Turn what a user calls a revision into the full name of a commit.

        Args:
            revision: a tag, a branch, a commit's name or a part of it, ``HEAD~3``.

        Raises:
            RevisionError: when there is no such commit; near names are told.
        """
        if NAME.fullmatch(revision) and self.objects.read_many((revision,))[0].kind == "commit":
            return revision
        if not revision.strip() or len(revision) > LONGEST or not revision.isprintable():
            raise RevisionError(f"{revision[:LONGEST]!r} is not the name of a revision")
        words = ("--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        found = self.git.run("rev-parse", *words, may_fail=True).decode("ascii", "replace").strip()
        if not NAME.fullmatch(found):
            raise RevisionError(self._unknown(revision))
        return found

    def head(self) -> str | None:
        """Return the commit checked out; None in a repository without commits."""
        try:
            return self.resolve("HEAD")
        except RevisionError:
            return None

    def upstream(self) -> str | None:
        """Return the commit of the main branch that others see; None where none is known."""
        words = ("--format=%(refname) %(objectname)", *MAINS)
        lines = self.git.run("for-each-ref", *words).decode("utf-8", "replace").splitlines()
        found = dict(line.rsplit(" ", 1) for line in lines)
        return next((found[name] for name in MAINS if name in found), None)

    def merge_base(self, one: str, other: str) -> str | None:
        """Return the commit from which two commits come; None where they have none in common."""
        names = self.resolve(one), self.resolve(other)
        found = self.git.run("merge-base", *names, may_fail=True).decode("ascii", "replace").strip()
        return found or None

    def ancestors(self, revision: str, excluded: str | None = None) -> list[str]:
        """Return a commit and all it comes from, the newest first.

        Args:
            revision: where to begin.
            excluded: leave out this commit and all it comes from.
        """
        others = [f"^{self.resolve(excluded)}"] if excluded else []
        words = ("--topo-order", self.resolve(revision), *others, "--")
        return self.git.run("rev-list", *words).decode("ascii", "replace").split()

    def commits(self, revision: str, excluded: str | None = None) -> Iterator[Commit]:
        """Give every commit with what it changed in the lists repository, the newest first.

        Args:
            revision: where to begin.
            excluded: leave out this commit and all it comes from.
        """
        names = self.ancestors(revision, excluded)
        for at in range(0, len(names), BATCH):
            yield from read_commits(self.git, names[at : at + BATCH], self.prefix)

    def commit(self, revision: str) -> Commit:
        """Read one commit with what it changed in the lists repository."""
        return next(read_commits(self.git, [self.resolve(revision)], self.prefix))

    def releases(self, reachable_from: str | None = None) -> tuple[Release, ...]:
        """Return the releases, the oldest first; broken ones with their `problem`.

        Args:
            reachable_from: only those that this commit comes from, and broken ones.
        """
        found = read_releases(self.git, self.objects)
        if reachable_from is None or not found:
            return found
        known = {"", *self.ancestors(reachable_from)}
        return tuple(release for release in found if release.commit in known)

    def folder(self, revision: str) -> str:
        """Return the tree of the lists repository's folder at a revision.

        Raises:
            RevisionError: when there is no such commit, or no such folder in it.
        """
        commit = self.objects.read(self.resolve(revision))
        tree = commit.data.split(b"\n", 1)[0].removeprefix(b"tree ").decode("ascii", "replace")
        found = self.trees.find(tree, self.prefix)
        if found is None or found.mode != FOLDER:
            raise RevisionError(f"{revision}: has no folder {self.prefix.rstrip('/')}")
        return found.id

    def _unknown(self, revision: str) -> str:
        lines = self.git.run("for-each-ref", "--format=%(refname:strip=2)")
        names = lines.decode("utf-8", "replace").splitlines()
        near = difflib.get_close_matches(revision, names, n=1)
        if self.head() is None if revision != "HEAD" else not names:
            return "the repository has no commit yet; commit the lists first"
        hint = f"; did you mean {near[0]}?" if near else ""
        if self.is_shallow:
            hint += "; the clone is shallow: `git fetch --unshallow --tags` brings the rest"
        return f"{revision}: no such revision{hint}"


def open_repository(folder: Path) -> Repository:
    """Open the Git repository that a lists repository lies in.

    Args:
        folder: the lists repository: the root of Git's, or a folder inside it.

    Raises:
        HistoryError: when git is missing, there is no repository, or it has no working tree.
    """
    questions = ("--show-toplevel", "--absolute-git-dir", "--show-object-format")
    answers = discover(folder, *questions, "--is-shallow-repository")
    if len(answers) != len(questions) + 1:
        raise HistoryError(
            f"{folder}: is not in a Git repository; everything but history works without one"
        )
    top, directory, object_format, is_shallow = answers
    return Repository(
        Git(Path(directory)),
        _prefix(folder, Path(top)),
        id_bytes=32 if object_format == "sha256" else 20,
        is_shallow=is_shallow == "true",
    )


def find_repository(folder: Path) -> Repository | None:
    """Open the Git repository of a lists repository, None where there is none or no git.

    For all that works without history; what needs it calls :func:`open_repository`.
    """
    try:
        return open_repository(folder)
    except HistoryError:
        return None


def _prefix(folder: Path, top: Path) -> str:
    """Say where a folder lies in a repository; its own settings may claim any other place."""
    try:
        inside = Path(os.path.realpath(folder)).relative_to(os.path.realpath(top))
    except ValueError as error:
        raise HistoryError(f"{folder}: lies outside of its Git repository, {top}") from error
    return "" if inside == Path() else f"{inside.as_posix()}/"
