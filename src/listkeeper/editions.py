"""Editions of any revision: opened from Git's objects, kept as long as there is room."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from listkeeper.edition import load, reload
from listkeeper.store.history import open_revision
from listkeeper.store.parsing import parse

if TYPE_CHECKING:
    from listkeeper.edition import Edition
    from listkeeper.errors import TurtleSyntaxError
    from listkeeper.graph import Triple
    from listkeeper.store.history import Repository
    from listkeeper.store.workspace import SourceFile

KEPT: Final = 3
"""Editions that are kept whole."""

PARSED: Final = 12_000_000
"""Bytes of Turtle whose triples are kept: some two and a half times our own lists."""


class ParsedFiles:
    """Triples of files that were parsed, kept by the names of their blobs.

    Releases share nearly all their files, so opening another parses only what differs.
    """

    def __init__(self, most: int = PARSED) -> None:
        """Keep the triples of at most so many bytes of Turtle."""
        self._most = most
        self._size = 0
        self._known: OrderedDict[
            tuple[str, str], tuple[int, tuple[list[Triple], TurtleSyntaxError | None]]
        ] = OrderedDict()
        self._lock = threading.Lock()

    def parse(self, file: SourceFile) -> tuple[list[Triple], TurtleSyntaxError | None]:
        """Parse a file as :func:`listkeeper.store.parsing.parse` does, once for each blob.

        The path is part of the key: errors tell it, and labels of blank nodes come from it.
        """
        if not file.blob:
            return parse(file)
        key = (file.blob, file.path)
        with self._lock:
            known = self._known.get(key)
            if known is not None:
                self._known.move_to_end(key)
                return known[1]
        result = parse(file)
        self._keep(key, (len(file.data), result))
        return result

    def _keep(
        self,
        key: tuple[str, str],
        found: tuple[int, tuple[list[Triple], TurtleSyntaxError | None]],
    ) -> None:
        with self._lock:
            if key not in self._known:
                self._known[key] = found
                self._size += found[0]
            while self._size > self._most:
                _, (size, _) = self._known.popitem(last=False)
                self._size -= size


class Editions:
    """Opens any revision of one repository as an edition; may be used by several threads.

    One that is opened while another is kept shares with it all that is the same, and only what
    differs is read. An edition is kept under the tree of its folder, not its commit: commits that
    did not change the lists share one. The repository stays open as long as its owner wants.
    """

    def __init__(self, repository: Repository, *, kept: int = KEPT, parsed: int = PARSED) -> None:
        """Open revisions of a repository.

        Args:
            repository: where to read.
            kept: editions that are kept whole, those used last.
            parsed: bytes of Turtle whose triples are kept between editions.
        """
        self.repository = repository
        self.files = ParsedFiles(parsed)
        self._kept = kept
        self._known: OrderedDict[str, Edition] = OrderedDict()
        self._lock = threading.RLock()

    def open(self, revision: str) -> Edition:
        """Open a revision: a release's name, a branch, any name of a commit.

        Raises:
            RevisionError: when there is no such revision, or it holds no lists.
            SettingsError: when its settings are wrong.
            HistoryError: when its objects are missing or broken.
        """
        commit = self.repository.resolve(revision)
        with self._lock:
            tree = self.repository.folder(commit)
            edition = self._known.get(tree)
            if edition is None:
                sources = open_revision(self.repository, commit)
                near = next(reversed(self._known.values()), None)
                read = self.files.parse
                edition = reload(sources, near, read) if near else load(sources, read)
                self._known[tree] = edition
            self._known.move_to_end(tree)
            while len(self._known) > self._kept:
                self._known.popitem(last=False)
        return edition
