"""Python's cyclic garbage collector, kept from getting in the way of bulk work."""

from __future__ import annotations

import gc
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
