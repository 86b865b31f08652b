"""Several processes that answer at one socket, and the one that sees to it that they do.

The supervisor answers nothing and loads nothing more than it was given: a worker is a copy of it,
so what is in memory when they start is shared until it is changed.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from typing import TYPE_CHECKING, Final, NoReturn

from listkeeper.web.server import GRACE

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable
    from typing import TypeAlias

    Work: TypeAlias = Callable[["Place"], None]

WATCHED: Final = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD})
ENDINGS: Final = frozenset({signal.SIGTERM, signal.SIGINT})

PAUSE: Final = 1.0
"""Seconds between a worker's end and its successor's beginning when it had only just begun."""

LATEST_END: Final = GRACE + 5.0
"""Seconds after which a worker that was told to end is killed."""

LOG: Final = logging.getLogger("listkeeper.web")


class Place:
    """One of the places that workers stand in."""

    def __init__(self, number: int, parent: int | None = None) -> None:
        """Make a place.

        Args:
            number: counts from 0.
            parent: a file that is at its end once the supervisor is gone; None without one.
        """
        self.number = number
        self.parent = parent
        self.taken_over = False
        """Whether another stood here before."""
        self.pid = 0
        self.began = 0.0


class Supervisor:
    """Starts workers, starts another where one has died, and ends them."""

    def __init__(self, count: int, listening: socket.socket, work: Work) -> None:
        """Supervise.

        Args:
            count: how many workers.
            listening: the socket they share.
            work: what each does until it is told to end by SIGTERM.
        """
        self._listening = listening
        self._work = work
        self._parent, self._alive = os.pipe()
        self._places = [Place(number, self._parent) for number in range(count)]

    def run(self) -> None:
        """Supervise until told to end by SIGTERM or SIGINT; pass SIGHUP on."""
        former = signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED)
        try:
            for place in self._places:
                self._start(place, former)
            while (sign := self._next()) not in ENDINGS:
                if sign == signal.SIGHUP:
                    self._signal(signal.SIGHUP)
                self._replace(former)
            self._end()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, former)

    def _next(self) -> int:
        """Wait for a signal, no longer than until a place is to be filled."""
        waiting = any(not place.pid for place in self._places)
        found = signal.sigtimedwait(WATCHED, PAUSE / 4 if waiting else 60)
        return found.si_signo if found else 0

    def _start(self, place: Place, mask: set[int]) -> None:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        place.began = time.monotonic()
        place.pid = os.fork()
        if not place.pid:
            os.close(self._alive)
            signal.signal(signal.SIGHUP, signal.SIG_IGN)  # until the worker listens to it
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
            _work_and_end(self._work, place)

    def _replace(self, mask: set[int]) -> None:
        """Take the dead away, and fill their places unless they were filled a moment ago."""
        for place in self._places:
            if place.pid and (code := _ended(place.pid)) is not None:
                LOG.error("worker %d ended with %d; another takes its place", place.pid, code)
                place.pid, place.taken_over = 0, True
            if not place.pid and time.monotonic() - place.began > PAUSE:
                self._start(place, mask)

    def _signal(self, sign: int) -> None:
        for place in self._places:
            if place.pid:
                os.kill(place.pid, sign)

    def _end(self) -> None:
        """Have every worker finish what it is at; kill the one that does not."""
        self._listening.close()
        self._signal(signal.SIGTERM)
        until = time.monotonic() + LATEST_END
        while any(place.pid for place in self._places):
            for place in self._places:
                if place.pid and _ended(place.pid) is not None:
                    place.pid = 0
            if time.monotonic() > until:
                self._signal(signal.SIGKILL)
            signal.sigtimedwait(WATCHED, 0.1)


def _ended(pid: int) -> int | None:
    """Give the exit code of a process that has ended, minus the signal's number; else None."""
    found, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if found else None


def _work_and_end(work: Work, place: Place) -> NoReturn:
    """Be a worker: nothing of what the supervisor has begun may run to its end here too."""
    code = 1
    try:
        work(place)
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(bool(end.code))
    except BaseException:  # told with its traceback, then the process ends
        LOG.exception("a worker failed")
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
