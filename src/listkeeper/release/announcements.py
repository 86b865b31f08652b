"""What each release announced: made once by comparing it with the one before, and kept on disk."""

from __future__ import annotations

import hashlib
import threading
from typing import TYPE_CHECKING, Final

from listkeeper.errors import UnreadableReleaseError
from listkeeper.publish.feeds.announcing import Announced, Issue, announced, kept, restored

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.release.past import Past
    from listkeeper.store.cache import Cache
    from listkeeper.store.history import Release

FORMAT: Final = "announced 1"
"""Changes when the words do; it is part of the key."""


class Announcements:
    """What the releases of a repository announced, for feeds."""

    def __init__(self, past: Past, cache: Cache | None = None) -> None:
        """Announce the releases.

        Args:
            past: opens and compares them.
            cache: where what was found out is kept; None for memory alone.
        """
        self._past = past
        self._cache = cache
        self._known: dict[tuple[str, str], tuple[Announced, ...]] = {}
        self._lock = threading.RLock()

    def issues(self, name: str = "") -> tuple[Issue, ...]:
        """Give the releases that can be read, the oldest first.

        Args:
            name: tell only of one list or subset.

        Raises:
            UnreadableReleaseError: when one of them is broken inside.
        """
        with self._lock:
            while True:
                known = len(self._past.known.problems)
                try:
                    return tuple(self._issues(name))
                except UnreadableReleaseError:
                    if len(self._past.known.problems) == known:
                        raise  # else one more is known as broken, and is passed over

    def _issues(self, name: str) -> Iterator[Issue]:
        before = None
        for release in self._past.known.readable:
            told = self._announced(before, release)
            yield Issue(name=release.name, date=release.date, announced=told).of_list(name)
            before = release

    def _announced(self, before: Release | None, release: Release) -> tuple[Announced, ...]:
        pair = (before.commit if before else "", release.commit)
        if pair not in self._known:
            key = hashlib.sha256("\n".join((FORMAT, *pair)).encode()).hexdigest()
            told = restored(self._cache.read(key)) if self._cache else None
            if told is None:
                told = announced(self._past.changes(before.name if before else "", release.name))
                if self._cache:
                    self._cache.write(key, kept(told))
            self._known[pair] = told
        return self._known[pair]
