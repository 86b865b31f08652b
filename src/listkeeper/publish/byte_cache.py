"""Rendered bytes: kept within a bound, and what is told of them."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Facts(NamedTuple):
    """What the catalogue tells of a document's bytes."""

    size: int
    """How many there are."""
    sha256: str
    """64 hexadecimal digits."""


class ByteCache:
    """Bytes by name, the least recently used forgotten first, within a bound."""

    def __init__(self, limit: int) -> None:
        """Keep as many bytes as that."""
        self.limit = limit
        self._size = 0
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def bytes_of(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Give the bytes of a name, made now where they are not kept."""
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
                return self._kept[name]
        made = make()
        self._keep(name, made)
        return made

    def _keep(self, name: str, made: bytes) -> None:
        with self._lock:
            if len(made) > self.limit or name in self._kept:
                return
            self._kept[name] = made
            self._size += len(made)
            while self._size > self.limit:
                self._size -= len(self._kept.popitem(last=False)[1])
