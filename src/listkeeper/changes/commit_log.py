"""Every commit of a repository with what it changed and the release it came out in.

Commits never change, so what is read of them is kept on disk under the name of the commit that it
begins from: a program that starts again has the history at once.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from listkeeper.errors import HistoryError
from listkeeper.store.history.commits import EPOCH, Change, Commit, read_commits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from listkeeper.store.cache import Cache
    from listkeeper.store.history import Release, Repository

FORMAT: Final = "commits 1"
"""Changes when what is kept is another; it is part of the key."""

BATCH: Final = 2_000
"""Commits that are asked for at once."""


@dataclass(frozen=True, eq=False)
class CommitLog:
    """The commits that a revision comes from, the newest first, and the releases."""

    commits: tuple[Commit, ...]
    releases: tuple[Release, ...]

    @cached_property
    def released(self) -> Mapping[str, str]:
        """The first release that each commit came out in, by the commit's name."""
        parents = {commit.id: commit.parents for commit in self.commits}
        found: dict[str, str] = {}
        for release in self.releases:
            waiting = [] if release.problem else [release.commit]
            while waiting:
                commit = waiting.pop()
                if commit in parents and commit not in found:
                    found[commit] = release.name
                    waiting += parents[commit]
        return found

    @cached_property
    def by_path(self) -> Mapping[str, tuple[tuple[Commit, Change], ...]]:
        """What happened to each file, the latest first."""
        found: dict[str, list[tuple[Commit, Change]]] = {}
        for commit in self.commits:
            for change in commit.changes:
                found.setdefault(change.path, []).append((commit, change))
        return {path: tuple(events) for path, events in found.items()}

    @cached_property
    def by_name(self) -> Mapping[str, tuple[str, ...]]:
        """The paths that a file of some name ever had, by its last part."""
        found: dict[str, list[str]] = {}
        for path in self.by_path:
            found.setdefault(path.rpartition("/")[2], []).append(path)
        return {name: tuple(paths) for name, paths in found.items()}


def read_log(
    repository: Repository,
    releases: Sequence[Release],
    revision: str = "HEAD",
    cache: Cache | None = None,
) -> CommitLog:
    """Read the commits that a revision and the releases come from.

    Args:
        repository: where to read.
        releases: its releases; a commit that only one of them comes from is read too.
        revision: where to begin.
        cache: where what was read is kept; None for nowhere.

    Raises:
        HistoryError: when there is no such revision, or the commits cannot be read.
    """
    head = repository.resolve(revision)
    tips = [head, *(r.commit for r in releases if not r.problem)]
    key = _key(tips, repository.prefix)
    commits = _restored(cache.read(key)) if cache else None
    if commits is None:
        commits = tuple(_commits(repository, tips))
        if cache:
            cache.write(key, [_kept(commit) for commit in commits])
    return CommitLog(commits, tuple(releases))


def _key(tips: Iterable[str], prefix: str) -> str:
    return hashlib.sha256("\n".join((FORMAT, prefix, *tips)).encode()).hexdigest()


def _commits(repository: Repository, tips: Sequence[str]) -> Iterator[Commit]:
    """Give the commits of the revision, then those of releases it does not come from.

    Raises:
        HistoryError: when the first of them, the revision, leads nowhere.
    """
    names: dict[str, None] = {}
    for number, tip in enumerate(tips):
        try:
            names.update(dict.fromkeys([] if tip in names else repository.ancestors(tip)))
        except HistoryError:
            if number == 0:
                raise
    yield from _read(repository, list(names))


def _read(repository: Repository, names: list[str]) -> Iterator[Commit]:
    """Read commits; one that is broken inside is known by its parents and hides no other."""
    try:
        found = [c for at in range(0, len(names), BATCH) for c in _batch(repository, names, at)]
    except HistoryError:
        half = len(names) // 2
        if not half:
            yield _broken(repository, names[0])
            return
        yield from _read(repository, names[:half])
        yield from _read(repository, names[half:])
        return
    yield from found


def _batch(repository: Repository, names: list[str], at: int) -> Iterator[Commit]:
    return read_commits(repository.git, names[at : at + BATCH], repository.prefix)


def _broken(repository: Repository, name: str) -> Commit:
    head = repository.objects.read(name).data.partition(b"\n\n")[0].decode("utf-8", "replace")
    lines = [line.partition(" ") for line in head.split("\n")]
    return Commit(
        id=name,
        tree=next((rest for key, _, rest in lines if key == "tree"), ""),
        parents=tuple(rest for key, _, rest in lines if key == "parent"),
        author="",
        authored=EPOCH,
        committed=EPOCH,
        subject="",
        body="",
    )


def _kept(commit: Commit) -> list[Any]:
    return [
        *(commit.id, commit.tree, commit.parents, commit.author),
        *(commit.authored.timestamp(), commit.committed.timestamp()),
        *(commit.subject, commit.body, commit.changes),
    ]


def _restored(kept: object) -> tuple[Commit, ...] | None:
    """Read commits that were kept; None where they are not what is kept here."""
    try:
        return tuple(_commit(*row) for row in kept)  # type: ignore[attr-defined]  # whatever JSON holds
    except (TypeError, ValueError, KeyError, OverflowError, OSError):
        return None


def _commit(  # noqa: PLR0913, PLR0917 - the row as it is kept
    id_: str,
    tree: str,
    parents: list[str],
    author: str,
    authored: float,
    committed: float,
    subject: str,
    body: str,
    changes: list[list[Any]],
) -> Commit:
    return Commit(
        id=id_,
        tree=tree,
        parents=tuple(parents),
        author=author,
        authored=datetime.fromtimestamp(authored, UTC),
        committed=datetime.fromtimestamp(committed, UTC),
        subject=subject,
        body=body,
        changes=tuple(Change(path, tuple(b), after, mode) for path, b, after, mode in changes),
    )
