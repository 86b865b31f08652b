"""The past of the lists: their releases as they were, what changed, the history of each entry.

Releases are the public unit of time: what is served of the past, compared and announced is
releases. The working tree is a draft and is announced nowhere. A release that cannot be read is
known by its reason and keeps no other from being served.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final

from listkeeper.changes.commit_log import CommitLog, read_log
from listkeeper.changes.compare import compare
from listkeeper.changes.history import EntryHistory
from listkeeper.editions import Editions
from listkeeper.errors import ListkeeperError, UnreadableReleaseError, UsageError
from listkeeper.publish.publication import Publication
from listkeeper.release.announcements import Announcements
from listkeeper.release.kept import Kept
from listkeeper.store.cache import Cache, open_cache
from listkeeper.store.history import settings_at
from listkeeper.store.workspace import VOCABULARIES, SourceFile, classify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from listkeeper.changes.history import Event
    from listkeeper.changes.model import Changes
    from listkeeper.edition import Edition
    from listkeeper.store.history import Release, Repository

KEPT: Final = 2
"""Releases that are kept open."""

COMPARED: Final = 32
"""Comparisons that are kept."""

TOLD: Final = 500
"""Histories of entries that are kept."""

FILES: Final = 5_000
"""Files of which it is kept what they describe."""

LATEST: Final = "latest"
ON_DISK: Final = 1_000
"""Files that are kept on disk: one for each comparison, one for each state of the history."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Known:
    """The releases as their tags were at one time."""

    releases: tuple[Release, ...]
    problems: Mapping[str, str]
    """Name of a release that cannot be read to the reason."""

    @cached_property
    def readable(self) -> tuple[Release, ...]:
        """Those that can be read, the oldest first."""
        return tuple(r for r in self.releases if r.name not in self.problems)

    @cached_property
    def by_name(self) -> Mapping[str, Release]:
        """Every release by its name."""
        return {release.name: release for release in self.releases}


class Past:
    """The releases of a repository and its history; may be used by several threads."""

    def __init__(self, repository: Repository, templates: Path, cache: Cache | None = None) -> None:
        """Tell of a repository, which stays open as long as its owner wants.

        Args:
            repository: where to read.
            templates: the folder ``site_templates``.
            cache: where the history is kept between two starts; None for nowhere.
        """
        self._repository = repository
        self._templates = templates
        self._cache = cache
        self._editions = Editions(repository, kept=KEPT)
        self._published: Kept = Kept(KEPT)
        self._compared: Kept = Kept(COMPARED)
        self._told: Kept = Kept(TOLD)
        self._logs: Kept = Kept(1)
        self._subjects: Kept = Kept(FILES)
        self._broken: dict[str, str] = {}
        """What was found wrong with commits inside, by their names: they stay as they are."""
        self.announcements = Announcements(self, cache)
        """What each release announced, for feeds."""
        self.known = self._know()

    def refresh(self) -> Mapping[str, Callable[[], Edition]]:
        """Read the tags anew.

        Returns:
            the name of each release that can be read, with what opens it.
        """
        self.known = self._know()
        return {r.name: partial(self._editions.open, r.commit) for r in self.known.readable}

    def release(self, name: str) -> Release:
        """Find a release that can be read, by its name or as ``latest``.

        Raises:
            UsageError: when there is no such release; those there are, are told.
            UnreadableReleaseError: when it cannot be read.
        """
        known = self.known
        if name == LATEST and known.readable:
            return known.readable[-1]
        if name not in known.by_name:
            there = ", ".join(r.name for r in known.releases[-10:]) or "none yet"
            raise UsageError(f"{name}: no such release; there are {there}")
        if name in known.problems:
            raise UnreadableReleaseError(f"release {name} cannot be read: {known.problems[name]}")
        return known.by_name[name]

    def edition(self, name: str) -> Edition:
        """Open a release.

        Raises:
            UsageError: when there is no such release.
            UnreadableReleaseError: when it cannot be read.
        """
        release = self.release(name)
        try:
            return self._editions.open(release.commit)
        except ListkeeperError as error:
            self._broken[release.commit] = str(error)
            self.known = self._know()
            why = f"release {release.name} cannot be read: {error}"
            raise UnreadableReleaseError(why) from error

    def publication(self, name: str) -> Publication:
        """Publish a release as it was, its pages saying which it is.

        Raises:
            UsageError: when there is no such release.
            UnreadableReleaseError: when it cannot be read.
        """
        release = self.release(name)

        def publish() -> Publication:
            return Publication(
                self.edition(release.name),
                templates=self._templates,
                cache_bytes=0,
                modified=int(release.date.timestamp()),
                release=release.name,
                past=release.name,
            )

        return self._published.made((release.name, release.commit), publish)

    def changes(self, before: str, after: str) -> Changes:
        """Compare two releases; with an empty first one, tell of everything in the second.

        Raises:
            UsageError: when there is no such release.
            UnreadableReleaseError: when one cannot be read.
        """
        names = (self.release(before).name if before else "", self.release(after).name)
        commits = tuple(self.known.by_name[name].commit for name in names if name)
        return self._compared.made((names, commits), lambda: self._compare(*names))

    def _compare(self, before: str, after: str) -> Changes:
        return compare(self.edition(before) if before else None, self.edition(after))

    def previous(self, name: str) -> str:
        """Give the readable release before one; empty for the first."""
        names = [release.name for release in self.known.readable]
        place = names.index(name)
        return names[place - 1] if place else ""

    def log(self) -> CommitLog:
        """Read the commits that HEAD and the releases come from.

        Raises:
            HistoryError: when they cannot be read.
        """
        releases = self.known.readable
        head = self._repository.resolve("HEAD")
        key = (head, tuple((r.name, r.commit) for r in releases))
        return self._logs.made(key, lambda: read_log(self._repository, releases, head, self._cache))

    def events(self, address: str, edition: Edition) -> tuple[Event, ...]:
        """Tell what became of an entry, the latest first.

        Args:
            address: such as ``service/559``.
            edition: what other entries are called by.

        Returns:
            nothing where the entry has never been committed.

        Raises:
            HistoryError: when the history cannot be read.
        """
        log = self.log()
        concept = next(
            (c for c in edition.vocabulary.concepts.values() if c.address == address), None
        )
        if concept is None:
            return ()
        key = (log.commits[0].id if log.commits else "", concept.path, address)
        history = EntryHistory(self._repository, edition, log=log)
        return self._told.made(key, lambda: history.of(concept))

    def holding(self, address: str, path: str = "", uri: str = "") -> tuple[Release, ...]:
        """Give the releases that have something at an address, the oldest first.

        Found from where its file lies in each release's tree, without opening any.

        Args:
            address: such as ``service/559`` or ``list/services``; what is in no list is in all.
            path: the file that describes it today, where that is known.
            uri: its URI today, where that is known.
        """
        if "/" not in address:
            return self.known.readable
        paths = dict.fromkeys(filter(None, (path, *self._paths(address))))
        return tuple(
            release
            for release in self.known.readable
            if any(self._describes(release, path, address, uri) for path in paths)
        )

    def _paths(self, address: str) -> list[str]:
        """Give the files that may ever have described what is at an address."""
        segment, _, name = address.partition("/")
        by_name = self.log().by_name
        if segment == "list":
            return [f"{VOCABULARIES}/{name}/list.ttl", *by_name.get(f"list-{name}.ttl", ())]
        return list(by_name.get(f"{name}.ttl", ()))

    def _describes(self, release: Release, path: str, address: str, uri: str) -> bool:
        folder = self._repository.folder(release.commit)
        entry = self._repository.trees.find(folder, path)
        if entry is None:
            return False
        key = (entry.id, path)
        subjects = self._subjects.made(key, lambda: self._subjects_of(entry.id, path))
        return uri in subjects or any(s.endswith(f"/id/{address}") for s in subjects)

    def _subjects_of(self, blob: str, path: str) -> frozenset[str]:
        data = self._repository.objects.read(blob).data
        kind = classify(path.removeprefix(f"{VOCABULARIES}/"))
        file = SourceFile(path=path, data=data, kind=kind, blob=blob)
        return frozenset(triple[0].value for triple in self._editions.files.parse(file)[0])

    def _know(self) -> Known:
        releases = self._repository.releases()
        return Known(releases=releases, problems=dict(self._problems(releases)))

    def _problems(self, releases: tuple[Release, ...]) -> Iterator[tuple[str, str]]:
        for release in releases:
            problem = release.problem or self._broken.get(release.commit) or self._look(release)
            if problem:
                yield release.name, problem

    def _look(self, release: Release) -> str:
        """Look at its settings; what is wrong further inside shows when it is opened."""
        try:
            settings_at(self._repository, self._repository.folder(release.commit), release.name)
        except ListkeeperError as error:
            return str(error)
        return ""


def history_cache() -> Cache | None:
    """Find the folder on disk that histories are kept in; None where caching is switched off."""
    base = open_cache(os.environ)
    return Cache(folder=f"{base.folder}-history", kept=ON_DISK) if base else None
