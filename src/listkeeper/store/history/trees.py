"""Git's trees: the names, modes and objects of a folder at one revision.

Trees are read as objects and kept by their names, since releases share most of them: after the
first, another release costs only the folders in which something changed.
"""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Final, NamedTuple

from listkeeper.errors import HistoryError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listkeeper.store.history.objects import ObjectReader

FOLDER: Final = "40000"
LINK: Final = "120000"
SUBMODULE: Final = "160000"

KEPT: Final = 20_000
"""Trees that are kept."""


class Entry(NamedTuple):
    """A line of a tree."""

    mode: str
    """In octal: `40000` a folder, `120000` a symbolic link, `160000` another repository."""
    name: str
    id: str


class Leaf(NamedTuple):
    """What is no folder, below the folder that was asked for."""

    path: str
    mode: str
    id: str


class Trees:
    """Trees of one repository, kept by their names."""

    def __init__(self, reader: ObjectReader, id_bytes: int = 20, kept: int = KEPT) -> None:
        """Read with a reader.

        Args:
            reader: gives the objects.
            id_bytes: length of an object's name: 20 (SHA-1) or 32 (SHA-256).
            kept: trees that are kept.
        """
        self._reader = reader
        self._id_bytes = id_bytes
        self._kept = kept
        self._known: OrderedDict[str, tuple[Entry, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def entries(self, tree: str) -> tuple[Entry, ...]:
        """Give the lines of one tree."""
        return self._many((tree,))[0]

    def find(self, tree: str, path: str) -> Entry | None:
        """Find what lies at a path below a tree; the path `""` is the tree itself."""
        entry: Entry | None = Entry(FOLDER, "", tree)
        for part in filter(None, path.split("/")):
            if entry is None or entry.mode != FOLDER:
                return None
            entry = next((e for e in self.entries(entry.id) if e.name == part), None)
        return entry

    def leaves(
        self, tree: str, deepest: int, seen: set[tuple[str, str]] | None = None
    ) -> tuple[list[Leaf], list[str]]:
        """Give everything below a tree that is no folder, and the folders that lie too deep.

        Names that begin with a dot are passed over. Folders are read level by level, each level
        in one question.

        Args:
            tree: where to begin.
            deepest: levels that are looked into.
            seen: path and object of what need not be given again, to which what is given now is
                added: of many trees that share nearly everything, each leaf is given once.
        """
        found: list[Leaf] = []
        level = [("", tree)]
        for _ in range(deepest):
            below: list[tuple[str, str]] = []
            for (path, _), entries in zip(level, self._many(t for _, t in level), strict=True):
                for mode, name, id_ in entries:
                    if name.startswith(".") or (seen is not None and (path + name, id_) in seen):
                        continue
                    if seen is not None:
                        seen.add((path + name, id_))
                    if mode == FOLDER:
                        below.append((f"{path}{name}/", id_))
                    else:
                        found.append(Leaf(path + name, mode, id_))
            level = below
            if not level:
                break
        return found, [path for path, _ in level]

    def _many(self, names: Iterable[str]) -> list[tuple[Entry, ...]]:
        wanted = list(names)
        with self._lock:
            have = {name: self._known[name] for name in wanted if name in self._known}
        missing = [name for name in dict.fromkeys(wanted) if name not in have]
        for found in self._reader.read_many(missing):
            if found.problem or found.kind != "tree":
                why = found.problem or f"is a {found.kind}, not a folder"
                raise HistoryError(f"object {found.id[:12]} {why}")
            have[found.id] = parse_tree(found.data, self._id_bytes)
        self._keep(have)
        return [have[name] for name in wanted]

    def _keep(self, trees: dict[str, tuple[Entry, ...]]) -> None:
        with self._lock:
            for name, entries in trees.items():
                self._known[name] = entries
                self._known.move_to_end(name)
            while len(self._known) > self._kept:
                self._known.popitem(last=False)


def parse_tree(data: bytes, id_bytes: int = 20) -> tuple[Entry, ...]:
    r"""Read a tree object.

    >>> parse_tree(b"100644 559.ttl\0" + bytes(20))[0].name
    '559.ttl'

    Raises:
        HistoryError: when it is cut off, or holds a name that no folder can: one with a slash
            would lead out of the folder that it is written to.
    """
    found = []
    at = 0
    while at < len(data):
        space, end = data.find(b" ", at), data.find(b"\0", at)
        if not at < space < end or end + 1 + id_bytes > len(data):
            raise HistoryError("a tree object is broken; try `git fsck`")
        mode = data[at:space].decode("ascii", "replace")
        id_ = data[end + 1 : end + 1 + id_bytes].hex()
        name = os.fsdecode(data[space + 1 : end])
        if "/" in name or name in {"", ".", ".."}:
            raise HistoryError(f"a tree object holds the name {name!r}; try `git fsck`")
        found.append(Entry(mode, name, id_))
        at = end + 1 + id_bytes
    return tuple(found)
