"""Memory: the garbage collector kept from getting in the way, and what is free given back."""

from __future__ import annotations

import ctypes
import gc
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def paused_collection() -> Iterator[None]:
    """Keep the collector from walking what is being built, again and again.

    Loading and checking make hundreds of thousands of objects, nearly all of which stay until
    the end and none of which is cyclic: walking them takes as long as making them.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            # What was made meanwhile counts as young: all of it would be walked at once. Freezing
            # and thawing takes no time and makes it old.
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def give_back_memory() -> None:
    """Give memory that is free back to the system, where its library can be told to.

    GNU's keeps what an edition took up, in pieces between what stays: after a few reloads a
    server of 12,000 entries has 360 MB instead of 220. It takes a few milliseconds, during which
    Python goes on.
    """
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "malloc_trim"):
        library.malloc_trim(0)
