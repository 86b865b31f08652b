"""Noticing that files are saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import anyio
from watchfiles import awatch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

SETTLING: Final = 100
"""Milliseconds that changes are gathered for at most: an editor writes a file in several steps."""

QUIET: Final = 20
"""Milliseconds without a change after which they are told."""


async def watch(root: Path, folders: Iterable[Path], changed: Callable[[], None]) -> None:
    """Tell each time that something changed; never returns.

    Args:
        root: the lists repository, of which only the files in it are watched, not its folders.
        folders: what is watched with all that is in it; those that there are not are left out.
        changed: called after each change.
    """
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(_watch, [root], False, changed)  # noqa: FBT003 - start_soon takes no names
        tasks.start_soon(_watch, [f for f in folders if f.is_dir()], True, changed)  # noqa: FBT003 - as above


async def _watch(paths: list[Path], recursive: bool, changed: Callable[[], None]) -> None:  # noqa: FBT001 - as above
    if not paths:
        return
    changes = awatch(*paths, debounce=SETTLING, step=QUIET, recursive=recursive, watch_filter=None)
    async for _ in changes:
        changed()
