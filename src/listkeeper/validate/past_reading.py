"""Reading how the lists were, from Git: only what differs from the files at hand.

A file that a release has in the same place with the same bytes can break no rule of continuity.
Of many releases each file is read once.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from listkeeper.edition import load
from listkeeper.errors import ListkeeperError
from listkeeper.store.history import new_leaves, object_id, read_leaves, settings_at
from listkeeper.store.workspace import VOCABULARIES
from listkeeper.validate.past import BASE, Layer, Past

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from listkeeper.settings import Settings
    from listkeeper.store.history import Release, Repository
    from listkeeper.store.history.trees import Leaf
    from listkeeper.store.workspace import SourceFile


def read_past(repository: Repository, files: Iterable[SourceFile], base: str) -> Past:
    """Read what a change is to be held against.

    Args:
        repository: where to read.
        files: the files at hand.
        base: full name of the commit that they are compared with; the releases are those it
            comes from, and those that what is checked out comes from.

    Raises:
        HistoryError: when the base can not be read; releases that can not are told.
    """
    reading = _Reading(repository, files)
    releases = {release.name: release for release in repository.releases(base)}
    head = repository.head()
    if head is not None:
        releases |= {release.name: release for release in repository.releases(head)}
    for release in sorted(releases.values(), key=lambda found: found.order, reverse=True):
        reading.add(release)
    return Past(
        released=tuple(reading.layers()),
        base=reading.base(base),
        base_date=repository.commit(base).committed.date().isoformat(),
        has_releases=any(not release.problem for release in releases.values()),
        bases=reading.bases,
        unread=tuple(reading.unread),
    )


class _Reading:
    """Files of releases, gathered until they are read together."""

    def __init__(self, repository: Repository, files: Iterable[SourceFile]) -> None:
        self.repository = repository
        self.bases: dict[str, str] = {}
        self.unread: list[tuple[str, str]] = []
        self._here = {
            (_below(file.path), file.blob or object_id("blob", file.data, _digits(repository)))
            for file in files
        }
        self._seen: dict[str, set[tuple[str, str]]] = defaultdict(lambda: set(self._here))
        self._gathered: list[tuple[Settings, dict[str, tuple[Leaf, str]]]] = []

    def add(self, release: Release) -> None:
        """Gather what a release has that neither the files at hand nor later ones have."""
        name = f"release {release.name}"
        if release.problem:
            self.unread.append((name, release.problem))
            return
        try:
            settings, leaves = self._differing(release.commit, name)
        except ListkeeperError as error:
            self.unread.append((name, str(error)))
            return
        for leaf in leaves:
            self._lay(settings, leaf, name)

    def layers(self) -> Iterator[Layer]:
        """Read what was gathered."""
        for settings, leaves in self._gathered:
            yield self._layer(settings, leaves, is_released=True)

    def base(self, commit: str) -> Layer:
        """Read what the base has otherwise than the files at hand."""
        self._seen.clear()
        settings, leaves = self._differing(commit, BASE)
        return self._layer(settings, {leaf.path: (leaf, BASE) for leaf in leaves})

    def _differing(self, commit: str, name: str) -> tuple[Settings, list[Leaf]]:
        tree = self.repository.folder(commit)
        settings = replace(settings_at(self.repository, tree, name), severities=())
        self.bases.setdefault(settings.base_uri, name)
        seen = self._seen[settings.base_uri]
        return settings, new_leaves(self.repository, tree, name, seen)

    def _lay(self, settings: Settings, leaf: Leaf, name: str) -> None:
        """Put a file into the first layer of its base that has none of its path."""
        for laid, leaves in self._gathered:
            if laid.base_uri == settings.base_uri and leaf.path not in leaves:
                leaves[leaf.path] = (leaf, name)
                return
        self._gathered.append((settings, {leaf.path: (leaf, name)}))

    def _layer(
        self,
        settings: Settings,
        leaves: Mapping[str, tuple[Leaf, str]],
        *,
        is_released: bool = False,
    ) -> Layer:
        sources = read_leaves(self.repository, (leaf for leaf, _ in leaves.values()), settings)
        names = {f"{VOCABULARIES}/{path}": name for path, (_, name) in leaves.items()}
        return Layer(edition=load(sources), names=names, is_released=is_released)


def _below(path: str) -> str:
    return path.removeprefix(f"{VOCABULARIES}/")


def _digits(repository: Repository) -> int:
    return 2 * repository.id_bytes
