"""Running a function in a process of its own, which is killed when it goes beyond its bounds.

Parsers, patterns and queries that strangers supply may ask for any amount of time and memory, and
Python can stop neither in its own process. A :class:`Worker` runs a module's function with its
arguments elsewhere, under limits that the operating system keeps, and brings back what it returns.
On Linux a process without other threads is forked, which takes some milliseconds and copies
nothing; elsewhere a new interpreter is started.
"""

from __future__ import annotations

import faulthandler
import os
import pickle
import select
import signal
import sys
import threading
import time
import traceback
from dataclasses import dataclass
from enum import Enum
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Generic, Self, TypeVar, cast

from listkeeper.errors import ContentError, ListkeeperError

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from types import TracebackType

    Tell = Callable[[str], None]
    """What a task says about how far it is; the last saying is kept for the error."""

if sys.platform != "win32":
    import fcntl
    import resource

T = TypeVar("T")

MEBIBYTE: Final = 1 << 20
GRACE: Final = 2
"""Seconds by which the system's own limits come after ours: they serve when nobody is left."""


class Limit(Enum):
    """What a worker can run into."""

    TIME = "time"
    MEMORY = "memory"
    RESULT = "result"
    CRASH = "crash"


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounds:
    """How much a worker may use."""

    seconds: float = 20.0
    """Wall clock, and processor time too."""
    memory: int = 1024 * MEBIBYTE
    """Bytes of address space beyond what the process has when it begins (on Linux alone)."""
    result: int = 256 * MEBIBYTE
    """Bytes of what is brought back, pickled."""


class OverrunError(ContentError):
    """A task went beyond its bounds, and was stopped."""

    def __init__(self, limit: Limit, bounds: Bounds, note: str = "") -> None:
        """Keep which bound it was, and the last that the task told."""
        words = {
            Limit.TIME: f"took more than {bounds.seconds:g} s",
            Limit.MEMORY: f"took more than {bounds.memory // MEBIBYTE:,} MB of memory",
            Limit.RESULT: f"gave more than {bounds.result // MEBIBYTE:,} MB",
            Limit.CRASH: "took more memory than it may, or made the parser crash",
        }
        super().__init__(f"{words[limit]} and was stopped")
        self.limit = limit
        self.note = note


class _Word(Enum):
    """What a message of the worker is."""

    NOTE = "note"
    RESULT = "result"
    ERROR = "error"
    DEFECT = "defect"
    OVERRUN = "overrun"


class Worker(Generic[T]):
    """A task at work; leaving the ``with`` block ends it, however far it is."""

    def __init__(
        self,
        task: Callable[..., T],
        *arguments: object,
        bounds: Bounds,
    ) -> None:
        """Start a task.

        Args:
            task: a module's function; it is called with a function that takes notes
                (:data:`Tell`), then the arguments.
            arguments: anything that can be pickled.
            bounds: when to stop it; time runs from now on.
        """
        self._bounds = bounds
        self.note = ""
        """The last that the task told."""
        self._end = time.monotonic() + bounds.seconds
        context = get_context(_method())
        self._answers, pipe = context.Pipe(duplex=False)
        process = context.Process(  # type: ignore[attr-defined] # each context has one
            target=_work, args=(pipe, bounds, task, arguments), daemon=True
        )
        self._process: BaseProcess = process
        process.start()
        pipe.close()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid or 0

    def __enter__(self) -> Self:
        """Be the worker of a ``with`` block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave no process behind."""
        self.stop()

    def stop(self) -> None:
        """End the process, however far it is."""
        self._answers.close()
        self._process.kill()
        self._process.join()

    def result(self) -> T:
        """Wait for what the task returns.

        Raises:
            OverrunError: when it went beyond its bounds.
            ListkeeperError: whatever the task raised of these.
            RuntimeError: when the task has a defect; its traceback is the message.
        """
        while True:
            word, content = self._message()
            if word is _Word.NOTE:
                self.note = cast("str", content)
            elif word is _Word.RESULT:
                return cast("T", content)
            elif word is _Word.OVERRUN:
                raise self._overrun(cast("Limit", content))
            elif word is _Word.ERROR:
                raise cast("ListkeeperError", content)
            else:
                raise RuntimeError(f"the worker failed:\n{content}")

    def _message(self) -> tuple[_Word, object]:
        if not self._answers.poll(max(self._end - time.monotonic(), 0)):
            return _Word.OVERRUN, Limit.TIME
        try:
            return cast("tuple[_Word, object]", pickle.loads(self._answers.recv_bytes()))  # noqa: S301 - written by our own child
        except EOFError:
            self._process.join()
            code = self._process.exitcode or 0
            late = code < 0 and signal.Signals(-code).name in {"SIGALRM", "SIGXCPU"}
            return _Word.OVERRUN, Limit.TIME if late else Limit.CRASH

    def _overrun(self, limit: Limit) -> OverrunError:
        return OverrunError(limit, self._bounds, self.note)


def run_bounded(task: Callable[..., T], *arguments: object, bounds: Bounds) -> T:
    """Run a task to its end; see :class:`Worker` for what may be raised."""
    with Worker(task, *arguments, bounds=bounds) as worker:
        return worker.result()


def forks() -> bool:
    """Say whether a worker begins as a copy of this process, and nothing need be handed over."""
    return _method() == "fork"


def processors() -> int:
    """Count the processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _method() -> str:
    """Fork where that is safe: a fork copies one thread only, and with it locks of the others."""
    threads = Path("/proc/self/task")
    if not threads.is_dir():
        return "spawn"
    alone = threading.active_count() == 1 and len(os.listdir(threads)) == 1  # noqa: PTH208 - names alone are counted
    return "fork" if alone else "spawn"


def _work(
    pipe: Connection, bounds: Bounds, task: Callable[..., Any], arguments: tuple[object, ...]
) -> None:
    """Be the worker: confine this process, run the task, send what comes of it."""
    _confine(bounds)
    try:
        answer: tuple[_Word, object] = (
            _Word.RESULT,
            task(lambda note: pipe.send_bytes(pickle.dumps((_Word.NOTE, note))), *arguments),
        )
        data = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
        if len(data) > bounds.result:
            data = pickle.dumps((_Word.OVERRUN, Limit.RESULT))
    except MemoryError:
        data = pickle.dumps((_Word.OVERRUN, Limit.MEMORY))
    except ListkeeperError as error:
        data = pickle.dumps((_Word.ERROR, error))
    except Exception:  # noqa: BLE001 - raised again by the process that waits
        data = pickle.dumps((_Word.DEFECT, traceback.format_exc()))
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, 0)  # the reader may have other things to do first
    pipe.send_bytes(data)


def _confine(bounds: Bounds) -> None:
    """Have the system stop this process at its bounds, and when its parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    faulthandler.disable()
    # what a parser says while it runs out of memory is nobody's to read
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    if sys.platform == "win32":
        return
    _follow_parent()
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, bounds.seconds + GRACE)
    _lower(resource.RLIMIT_CPU, int(bounds.seconds) + GRACE)
    _lower(resource.RLIMIT_CORE, 0)
    in_use = _address_space()
    if in_use:
        _lower(resource.RLIMIT_AS, in_use + bounds.memory)


def _follow_parent() -> None:
    """End with the parent, however that ends: the pipe whose other end it holds is then closed.

    The signal for that ends a process by default, and needs no thread that could be kept waiting.
    """
    parent = parent_process()
    if parent is not None and hasattr(fcntl, "F_SETOWN"):
        sentinel = parent.sentinel
        signal.signal(signal.SIGIO, signal.SIG_DFL)
        fcntl.fcntl(sentinel, fcntl.F_SETOWN, os.getpid())
        flags = fcntl.fcntl(sentinel, fcntl.F_GETFL)
        fcntl.fcntl(sentinel, fcntl.F_SETFL, flags | os.O_ASYNC)
        if select.select([sentinel], [], [], 0)[0]:  # it was gone before it could be followed
            os._exit(1)


def _address_space() -> int:
    """Give the bytes of address space in use; 0 where the system does not tell."""
    statm = Path("/proc/self/statm")
    if not statm.is_file():
        return 0
    return int(statm.read_text(encoding="ascii").split()[0]) * resource.getpagesize()


def _lower(limit: int, value: int) -> None:
    _, hard = resource.getrlimit(limit)
    lowest = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(limit, (lowest, hard))
