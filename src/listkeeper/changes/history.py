"""The history of one entry: who changed what, when, and in which release it came out.

It is read from Git's objects. A change is told by the difference of the entry's file before and
after it; other files than this one, the definitions and those of its list are not looked into.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

from listkeeper.changes.commit_log import read_log
from listkeeper.changes.compare import compare
from listkeeper.changes.model import Reference
from listkeeper.edition import load
from listkeeper.errors import SettingsError
from listkeeper.settings import FILE_NAME
from listkeeper.store.history import read_leaves, settings_at
from listkeeper.store.history.trees import FOLDER, Leaf
from listkeeper.store.workspace import VOCABULARIES, FileKind, classify
from listkeeper.uris import URI

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.changes.commit_log import CommitLog
    from listkeeper.changes.model import Change, Value
    from listkeeper.edition import Edition
    from listkeeper.model import Concept
    from listkeeper.store.history import Change as FileChange
    from listkeeper.store.history import Commit, Repository

ALIKE: Final = 0.5
"""Share of its lines that a file which goes and one which comes have in common, if it moved."""

KEPT: Final = 200
"""States of an entry that are kept read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """What one commit did to an entry."""

    commit: Commit
    path: str
    """The entry's file after it; before it, where it was removed."""
    changes: tuple[Change, ...]
    """What changed in words; nothing where only the form of the file did."""
    moved_from: str = ""
    """Where the file lay before, if it was moved."""
    release: str = ""
    """The first release that has it; empty where none has yet."""


class EntryHistory:
    """Tells the history of entries from one repository; what is read is kept by blob."""

    def __init__(
        self,
        repository: Repository,
        edition: Edition,
        revision: str = "HEAD",
        log: CommitLog | None = None,
    ) -> None:
        """Read the commits.

        Args:
            repository: where to read.
            edition: the lists as they are; entries elsewhere are called what they are called here.
            revision: the commit to begin from; it and all it comes from are told of.
            log: the commits, where they are read already.

        Raises:
            HistoryError: when there is no such revision.
        """
        self._repository = repository
        self._edition = edition
        self._log = log or read_log(repository, repository.releases(), revision)
        self._states: dict[tuple[str, ...], Edition] = {}

    def of(self, concept: Concept) -> tuple[Event, ...]:
        """Tell what became of an entry, the latest first, through moves of its file.

        Raises:
            HistoryError: when a state of it can not be read.
        """
        return tuple(self._events(concept.path))

    def _events(self, path: str) -> Iterator[Event]:
        for commit in self._log.commits:
            change = next((change for change in commit.changes if change.path == path), None)
            if change is None:
                continue
            origin = None if any(change.before) else self._origin(commit, change)
            yield Event(
                commit=commit,
                path=path,
                changes=self._told(commit, change, origin),
                moved_from=origin.path if origin else "",
                release=self._log.released.get(commit.id, ""),
            )
            path = origin.path if origin else path

    def _origin(self, commit: Commit, added: FileChange) -> FileChange | None:
        """Find the file that was moved to where one was added; None where it is new."""
        gone = [c for c in commit.changes if not c.after and any(c.before) and _is_entry(c.path)]
        same = [c for c in gone if added.after in c.before]
        named = [c for c in gone if _name(c.path) == _name(added.path)]
        if same or named or not gone:
            return next(iter((*same, *named)), None)
        text = self._lines(added.after)
        rated = [(_likeness(self._lines(_first(c.before)), text), c) for c in gone]
        share, best = max(rated, key=lambda pair: pair[0])
        return best if share >= ALIKE else None

    def _lines(self, blob: str) -> list[bytes]:
        return self._repository.objects.read(blob).data.split(b"\n")

    def _told(
        self, commit: Commit, change: FileChange, origin: FileChange | None
    ) -> tuple[Change, ...]:
        source = origin or change
        parent = _parent(commit, source)
        after = self._state(commit.id, change.path)
        before = self._state(parent, source.path) if parent else None
        if after is None:
            return ()
        uris = {*_entries(after, change.path), *(_entries(before, source.path) if before else ())}
        told = (c for c in compare(before, after).changes if c.subject.uri in uris)
        return tuple(self._named(c) for c in told)

    def _state(self, commit: str, path: str) -> Edition | None:
        """Read an entry at a commit, with the definitions and its list; None for bad settings."""
        leaves = self._leaves(commit, path)
        folder = self._repository.folder(commit)
        entry = self._repository.trees.find(folder, FILE_NAME)
        key = (entry.id if entry else "", *(f"{leaf.path} {leaf.id}" for leaf in leaves))
        if key not in self._states:
            try:
                settings = settings_at(self._repository, folder, commit)
            except SettingsError:
                return None
            if len(self._states) >= KEPT:
                self._states.clear()
            self._states[key] = load(read_leaves(self._repository, leaves, settings))
        return self._states[key]

    def _leaves(self, commit: str, path: str) -> list[Leaf]:
        trees = self._repository.trees
        root = trees.find(self._repository.folder(commit), VOCABULARIES)
        if root is None:
            return []
        below = path.removeprefix(f"{VOCABULARIES}/")
        folder = below.split("/")[0]
        entries = trees.find(root.id, folder)
        beside = trees.entries(entries.id) if entries and entries.mode == FOLDER else ()
        names = [f"{folder}/{e.name}" for e in beside if classify(f"{folder}/{e.name}") in LISTS]
        found = [(name, trees.find(root.id, name)) for name in ("definitions.ttl", *names, below)]
        return [Leaf(name, e.mode, e.id) for name, e in found if e and e.mode != FOLDER]

    def _named(self, change: Change) -> Change:
        """Call what a change points to by its code and label of today."""
        return replace(
            change,
            before=tuple(map(self._value, change.before)),
            after=tuple(map(self._value, change.after)),
            replaced_by=tuple(map(self._reference, change.replaced_by)),
        )

    def _value(self, value: Value) -> Value:
        if value.reference is None:
            return value
        reference = self._reference(value.reference)
        return replace(value, reference=reference, text=reference.label or value.text)

    def _reference(self, reference: Reference) -> Reference:
        concept = self._edition.vocabulary.concepts.get(URI(reference.uri))
        if reference.code or concept is None:
            return reference
        return Reference(
            uri=reference.uri,
            code=concept.notation,
            label=concept.label(self._edition.settings.default_language).value,
            list_name=concept.list_name,
        )


LISTS: Final = frozenset({FileKind.LIST, FileKind.SUBSET})
"""Kinds of files that say what a list is."""


def _parent(commit: Commit, change: FileChange) -> str:
    """Give the parent that had a file before; empty where none had it."""
    pairs = zip(commit.parents, change.before, strict=False)
    return next((parent for parent, blob in pairs if blob), "")


def _entries(edition: Edition, path: str) -> list[str]:
    return [str(c.uri) for c in edition.vocabulary.concepts.values() if c.path == path]


def _likeness(one: list[bytes], other: list[bytes]) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _first(blobs: tuple[str, ...]) -> str:
    return next(blob for blob in blobs if blob)


def _is_entry(path: str) -> bool:
    inside = path.startswith(f"{VOCABULARIES}/")
    return inside and classify(path.removeprefix(f"{VOCABULARIES}/")) is FileKind.CONCEPT


def _name(path: str) -> tuple[str, str]:
    """Give the list and the code of the entry in a file."""
    parts = path.split("/")
    return parts[1], parts[-1]
