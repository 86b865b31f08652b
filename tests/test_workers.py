"""A worker brings back what its task gives, stays within its bounds, and is never left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from listkeeper.errors import ContentError, FindingsError
from listkeeper.workers import MEBIBYTE, Bounds, Limit, OverrunError, Worker, run_bounded

if TYPE_CHECKING:
    from collections.abc import Callable

    from listkeeper.workers import Tell

NARROW = Bounds(seconds=1, memory=200 * MEBIBYTE, result=MEBIBYTE)


def double(tell: Tell, number: int) -> int:
    del tell
    return 2 * number


def sleep(tell: Tell) -> None:
    tell("asleep")
    time.sleep(60)


def spin(tell: Tell) -> None:
    del tell
    while True:
        pass


def hoard(tell: Tell) -> None:
    del tell
    kept = []
    while True:
        kept.append(bytearray(MEBIBYTE))


def overflow(tell: Tell) -> bytes:
    del tell
    return b"x" * 5 * MEBIBYTE


def abort(tell: Tell) -> None:
    del tell
    os.abort()


def refuse(tell: Tell) -> None:
    del tell
    raise ContentError("is odd", path="a.ttl", line=3, column=7)


def fail(tell: Tell) -> None:
    del tell
    raise ZeroDivisionError


OVERRUNS = [
    (sleep, Limit.TIME, "took more than 1 s", "asleep"),
    (spin, Limit.TIME, "took more than 1 s", ""),
    (hoard, Limit.MEMORY, "took more than 200 MB of memory", ""),
    (overflow, Limit.RESULT, "gave more than 1 MB", ""),
    (abort, Limit.CRASH, "made the parser crash", ""),
]


def test_a_result_is_brought_back() -> None:
    """Whatever can be pickled."""
    assert run_bounded(double, 21, bounds=NARROW) == 42


@pytest.mark.parametrize(("task", "limit", "words", "note"), OVERRUNS)
def test_a_task_beyond_its_bounds_is_stopped(
    task: Callable[[Tell], object], limit: Limit, words: str, note: str
) -> None:
    """It is said which bound it was, and what the task told last."""
    start = time.monotonic()
    with pytest.raises(OverrunError, match=words) as raised:
        run_bounded(task, bounds=NARROW)

    assert (raised.value.limit, raised.value.note) == (limit, note)
    assert time.monotonic() - start < 10


def test_an_expected_error_is_raised_with_its_place() -> None:
    """As if the task had run here."""
    with pytest.raises(ContentError, match=r"a\.ttl:3:7: is odd") as raised:
        run_bounded(refuse, bounds=NARROW)

    assert not isinstance(raised.value, FindingsError)


def test_a_defect_keeps_its_traceback() -> None:
    """It is never taken for bad input."""
    with pytest.raises(RuntimeError, match=r"(?s)in fail.*ZeroDivisionError"):
        run_bounded(fail, bounds=NARROW)


def test_a_worker_is_gone_after_its_block() -> None:
    """However far it is."""
    with Worker(sleep, bounds=NARROW) as worker:
        pid = worker.pid

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_process_with_threads_has_workers_too() -> None:
    """A fork would copy locks that other threads hold; a new interpreter is started."""
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert run_bounded(double, 4, bounds=Bounds(seconds=20)) == 8
    finally:
        stop.set()
        thread.join()


PARENT = """
import sys
sys.path.insert(0, {tests!r})
from test_workers import sleep
from listkeeper.workers import Bounds, Worker

with Worker(sleep, bounds=Bounds(seconds=60)) as worker:
    print(worker.pid, flush=True)
    worker.result()
"""


@pytest.mark.parametrize("kind", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_worker_ends_with_its_parent(kind: signal.Signals) -> None:
    """Even where the parent is killed and can tell nobody."""
    script = PARENT.format(tests=str(Path(__file__).parent))
    parent = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    with parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.send_signal(kind)
        parent.wait(10)

    assert _ends(pid)


def _ends(pid: int) -> bool:
    """Say whether a process is gone, or dead and waiting for its new parent, within seconds."""
    for _ in range(100):
        stat = Path(f"/proc/{pid}/stat")
        if not stat.exists() or stat.read_text().rsplit(")", 1)[1].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False
