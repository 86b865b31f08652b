"""The full check of what is served, in a process of its own behind the server's work."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import sys
from functools import partial
from typing import IO, TYPE_CHECKING, Final

import anyio.to_thread

if TYPE_CHECKING:
    from pathlib import Path

LOW_PRIORITY: Final = 10
PROGRAM: Final = "from listkeeper.cli import run; run()"


async def full_check(root: Path, turn: IO[bytes]) -> str:
    """Check the lists in full.

    Of several workers one checks at a time: what it finds is kept, and the others look it up.

    Args:
        root: the lists repository.
        turn: a file that all workers have open, by which they take turns.

    Returns:
        the check's last line.
    """
    take = partial(fcntl.lockf, turn, fcntl.LOCK_EX)
    await anyio.to_thread.run_sync(take, abandon_on_cancel=True)
    try:
        return await _checked(root)
    finally:
        fcntl.lockf(turn, fcntl.LOCK_UN)


async def _checked(root: Path) -> str:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-c", PROGRAM, "check", "-C", str(root)),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    try:
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process.pid, LOW_PRIORITY)
        out, talk = await process.communicate()
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    return _last_line(out) or f"could not be run: {_last_line(talk)}"


def _last_line(output: bytes) -> str:
    lines = output.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else ""
