"""What a build takes from history: every release, and the versions of the lists."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from listkeeper.publish.site import Part
from listkeeper.release.list_versions import list_versions
from listkeeper.release.past import Past
from listkeeper.store.history import find_repository

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from listkeeper.publish.void import Version


class BuildHistory(NamedTuple):
    """Releases and versions; none without Git."""

    parts: tuple[Part, ...] = ()
    versions: tuple[Version, ...] = ()


@contextmanager
def build_history(root: Path, templates: Path) -> Iterator[BuildHistory]:
    """Find the releases of a repository; each is opened when its part is to be made.

    Args:
        root: the lists repository.
        templates: with which their pages are made.
    """
    repository = find_repository(root)
    if repository is None:
        yield BuildHistory()
        return
    with repository:
        past = Past(repository, templates)
        parts = (
            Part(
                prefix=f"release/{release.name}/",
                key=f"{release.name} {release.commit}",
                open=partial(past.publication, release.name),
            )
            for release in past.known.readable
        )
        yield BuildHistory(tuple(parts), list_versions(repository))
