"""The versions of lists, read from the releases: which release first had each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from listkeeper.edition import load
from listkeeper.errors import ListkeeperError
from listkeeper.publish.void import Version
from listkeeper.store.history import read_leaves, settings_at
from listkeeper.store.workspace import VOCABULARIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from listkeeper.store.history import Release, Repository

LIST_FILE: Final = re.compile(r"[^/]+/list(?:-[^/]+)?\.ttl")
"""Path of the file of a list or subset, below the folder of the lists."""

LEVELS: Final = 2


def list_versions(repository: Repository) -> tuple[Version, ...]:
    """Give the versions of all lists that were released, the oldest first.

    A release that cannot be read has none to tell of and hides no other.
    """
    found: dict[tuple[str, str], Version] = {}
    for release in repository.releases():
        for list_name, name in _versions_in(repository, release).items():
            date = release.date.date().isoformat()
            version = Version(list_name, name, release.name, date)
            found.setdefault((list_name, name), version)
    return tuple(found.values())


def _versions_in(repository: Repository, release: Release) -> Mapping[str, str]:
    """Read what the lists' own files say of their versions: a file for each list, no entry."""
    if release.problem:
        return {}
    try:
        tree = repository.folder(release.commit)
        settings = settings_at(repository, tree, release.name)
        entry = repository.trees.find(tree, VOCABULARIES)
        leaves, _ = repository.trees.leaves(entry.id, LEVELS) if entry else ([], [])
        own = [leaf for leaf in leaves if LIST_FILE.fullmatch(leaf.path)]
        schemes = load(read_leaves(repository, own, settings)).vocabulary.schemes
    except ListkeeperError:
        return {}
    return {name: scheme.version for name, scheme in schemes.items() if scheme.version}
