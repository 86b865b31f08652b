"""The releases of a lists repository, opened when they are asked for."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from listkeeper.editions import Editions
from listkeeper.store.history import find_repository

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from listkeeper.edition import Edition


@contextmanager
def opened_releases(root: Path) -> Iterator[Mapping[str, Callable[[], Edition]]]:
    """Give the name of each release that can be read, with what opens it; none without Git."""
    repository = find_repository(root)
    if repository is None:
        yield {}
        return
    with repository:
        editions = Editions(repository, kept=1)
        names = (release.name for release in repository.releases() if not release.problem)
        yield {name: partial(editions.open, name) for name in names}
