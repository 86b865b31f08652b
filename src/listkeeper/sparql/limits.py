"""What one query may use, and how a process is held to it."""

from __future__ import annotations

import itertools
import json
import os
import resource
import signal
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What queries may use."""

    seconds: float = 5.0
    """Time from the moment a query's process begins."""
    rows: int = 10_000
    """Rows of a SELECT, triples of a CONSTRUCT or DESCRIBE."""
    answer_bytes: int = 8 * 2**20
    """Size of the results, before they are put into another format."""
    memory_bytes: int = 256 * 2**20
    """Memory beyond what the data take up."""
    query_bytes: int = 16 * 2**10
    """Length of a query's text."""
    at_once: int = 2
    """Queries answered at the same time."""
    waiting: int = 6
    """Queries that may wait for one of those."""
    patience: float = 2.0
    """Seconds that one waits."""
    releases: int = 4
    """Graphs of releases held in memory at the same time."""

    def packed(self) -> str:
        """Write them for the workers."""
        return json.dumps(asdict(self))


def read_limits(packed: str) -> Limits:
    """Read what :meth:`Limits.packed` wrote."""
    return Limits(**json.loads(packed))


def start_clock(seconds: float) -> None:
    """Have the kernel end this process after a time, whatever it is doing then.

    The default action of SIGALRM ends a process even inside a library that never comes back
    to Python (https://man7.org/linux/man-pages/man7/signal.7.html).
    """
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)


def confine(kept: Collection[int], address_space_bytes: int) -> None:
    """Leave this process a few open files, and no way to open any other.

    With a limit of no file descriptors neither a file nor a socket can be opened for as long
    as the process lives: the query engine's ``SERVICE`` then fails, whatever let it through.

    Args:
        kept: the file descriptors that stay open.
        address_space_bytes: all memory that the process may have.
    """
    ends = [-1, *sorted(kept), os.sysconf("SC_OPEN_MAX")]
    for before, after in itertools.pairwise(ends):
        os.closerange(before + 1, after)
    for what, value in (
        (resource.RLIMIT_NOFILE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, address_space_bytes),
    ):
        resource.setrlimit(what, (value, value))


def address_space() -> int:
    """Measure the address space of this process, in bytes (Linux; 0 elsewhere)."""
    status = Path("/proc/self/statm")
    pages = int(status.read_text("ascii").split()[0]) if status.exists() else 0
    return pages * resource.getpagesize()
