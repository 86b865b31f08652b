"""What was made, kept within a bound; several threads may ask."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

Made = TypeVar("Made")


class Kept:
    """What was made, by key, the least recently used forgotten first."""

    def __init__(self, most: int) -> None:
        """Keep so many things at most."""
        self._most = most
        self._made: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.RLock()

    def made(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Give what is kept under a key, or make it."""
        with self._lock:
            if key not in self._made:
                self._made[key] = make()
                while len(self._made) > self._most:
                    self._made.popitem(last=False)
            self._made.move_to_end(key)
            found: Made = self._made[key]
            return found
