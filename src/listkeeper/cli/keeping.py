"""What a server does beside answering: it says how to begin, checks, and keeps up with changes."""

from __future__ import annotations

import asyncio
import signal
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

import anyio
import click

from listkeeper.cli.full_check import full_check
from listkeeper.web.watching import watch

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.web.keeper import Keeper


@dataclass(frozen=True, kw_only=True, slots=True)
class Behind:
    """What is to be done behind the server's work."""

    root: Path
    """The lists repository."""
    keeper: Keeper
    lines: tuple[str, ...]
    """How to begin; empty for a worker that is not the first, which says nothing."""
    turn: IO[bytes]
    """By which workers take turns with the full check."""
    poll: float | None
    """Seconds between two looks for something newer; None for none."""
    watched: tuple[Path, ...]
    """Folders whose changes are shown as they are saved."""


async def keep_up(behind: Behind) -> None:
    """Do it until cancelled; SIGHUP has the keeper look at once."""
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGHUP, behind.keeper.wake)
    for line in behind.lines:
        click.echo(line, err=True)
    try:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(behind.keeper.run, behind.poll)
            tasks.start_soon(_check_each, behind)
            if behind.watched:
                tasks.start_soon(watch, behind.root, behind.watched, behind.keeper.wake)
    finally:
        loop.remove_signal_handler(signal.SIGHUP)


async def _check_each(behind: Behind) -> None:
    """Check what is served in full, unless that is known, each time it is something else."""
    keeper = behind.keeper
    while True:
        keeper.swapped.clear()
        verdict = keeper.serving.verdict or await full_check(behind.root, behind.turn)
        if not keeper.swapped.is_set():
            keeper.serving.verdict = verdict
            if behind.lines:
                click.echo(f"check: {verdict}", err=True)
            await keeper.swapped.wait()
