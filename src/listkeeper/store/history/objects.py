"""Reading Git's objects through one long-lived ``git cat-file --batch``.

Objects never change, so whatever is read may be kept under its name. 20,000 of them take some
0.13 seconds this way; a process for each would take minutes.
"""

from __future__ import annotations

import hashlib
import re
import select
import threading
import time
from collections import deque
from typing import TYPE_CHECKING, Final, NamedTuple

from listkeeper.errors import HistoryError

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterable, Iterator
    from types import TracebackType
    from typing import Self

    from listkeeper.store.history.git import Git

LARGEST: Final = 64 * 1024 * 1024
"""Bytes of an object that is read; of a larger one only its size is told."""

AT_ONCE: Final = 500
"""Objects asked for before the first answer is read: their names fit into a pipe, so neither
side ever waits for the other."""

PIECE: Final = 1 << 18
TRIES: Final = 10
"""Times that git may end without an answer before it is left alone."""

NAME: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
"""An object's full name, as SHA-1 or SHA-256."""


BROKEN: Final = "is broken or was never fetched; try `git fsck`"
MISSING: Final = "is missing: the clone is incomplete; try `git fetch --unshallow`"


class GitObject(NamedTuple):
    """An object, or why there is none."""

    id: str
    kind: str
    """``blob``, ``tree``, ``commit`` or ``tag``; empty where it can not be read."""
    data: bytes
    problem: str = ""
    """What keeps it from being read; empty where nothing does."""


class _EndedError(Exception):
    """Git ended, or fell silent, in the middle of an answer."""


class ObjectReader:
    """Reads objects by their names; may be used by several threads, one after the other."""

    def __init__(self, git: Git, largest: int = LARGEST) -> None:
        """Read with a git; nothing is started before the first question."""
        self._git = git
        self._largest = largest
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._buffer = bytearray()
        self._deadline = 0.0

    def __enter__(self) -> Self:
        """Use it for a while."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop git."""
        self.close()

    def close(self) -> None:
        """Stop git; a further question starts it again."""
        with self._lock:
            self._stop()

    def read(self, name: str) -> GitObject:
        """Read one object.

        Raises:
            HistoryError: when it is missing or broken.
        """
        found = self.read_many((name,))[0]
        if found.problem:
            raise HistoryError(f"object {name[:12]} {found.problem}")
        return found

    def read_many(self, names: Iterable[str]) -> list[GitObject]:
        """Read objects, in the order of their names as given.

        One that is missing, broken or too large has its `problem` told and hides no other.

        Raises:
            HistoryError: when git does not run.
        """
        waiting = deque(names)
        if not all(NAME.fullmatch(name) for name in waiting):
            raise HistoryError("an object is asked for by something that is not its full name")
        found: list[GitObject] = []
        failed = 0
        with self._lock:
            while waiting:
                try:
                    self._answer(waiting, found)
                except (_EndedError, BrokenPipeError):
                    self._stop()
                    failed += 1
                    if failed > TRIES:
                        raise HistoryError("git does not read objects; try `git fsck`") from None
                    broken = waiting.popleft()
                    found.append(GitObject(broken, "", b"", BROKEN))
                except BaseException:
                    self._stop()  # what is still on its way would be taken for other answers
                    raise
        return found

    def _answer(self, waiting: deque[str], found: list[GitObject]) -> None:
        """Ask for what waits, a number at a time; each answer is moved to what is found."""
        while waiting:
            asked = [waiting[place] for place in range(min(AT_ONCE, len(waiting)))]
            self._deadline = time.monotonic() + self._git.seconds
            self._ask("".join(f"{name}\n" for name in asked).encode())
            for name in asked:
                found.append(self._one(name))
                waiting.popleft()

    def _ask(self, words: bytes) -> None:
        if self._process is None:
            self._process = self._git.start("cat-file", "--batch")
            self._buffer.clear()
        stream = self._process.stdin
        assert stream is not None  # noqa: S101 - it is a pipe, by `start`
        stream.write(words)

    def _one(self, name: str) -> GitObject:
        words = self._line().split(" ")
        if len(words) != 3:  # noqa: PLR2004 - name, kind and size
            return GitObject(name, "", b"", MISSING)
        _, kind, digits = words
        size = int(digits)
        if size > self._largest:
            for _ in self._pieces(size + 1):
                pass
            return GitObject(name, "", b"", f"holds more than {self._largest >> 20} MB")
        data = b"".join(self._pieces(size + 1))[:-1]
        if object_id(kind, data, len(name)) != name:
            return GitObject(name, "", b"", BROKEN)  # git itself does not look
        return GitObject(name, kind, data)

    def _line(self) -> str:
        while (end := self._buffer.find(b"\n")) < 0:
            self._more()
        line = self._buffer[:end].decode("ascii", "replace")
        del self._buffer[: end + 1]
        return line

    def _pieces(self, size: int) -> Iterator[bytes]:
        """Give the next bytes, piece by piece."""
        while size:
            if not self._buffer:
                self._more()
            piece = bytes(self._buffer[:size])
            del self._buffer[:size]
            size -= len(piece)
            yield piece

    def _more(self) -> None:
        """Wait for more of the answer, not for ever."""
        assert self._process is not None  # noqa: S101 - asked before
        stream = self._process.stdout
        assert stream is not None  # noqa: S101 - it is a pipe, by `start`
        watch = select.poll()
        watch.register(stream, select.POLLIN | select.POLLHUP)
        left = max(0.0, self._deadline - time.monotonic())
        if not watch.poll(left * 1000):
            raise HistoryError(f"git is silent for {self._git.seconds:g} seconds; it was stopped")
        data = stream.read(PIECE)
        if not data:
            raise _EndedError
        self._buffer += data

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            for stream in (process.stdin, process.stdout):
                assert stream is not None  # noqa: S101 - both are pipes, by `start`
                stream.close()
            process.kill()
            process.wait()


def object_id(kind: str, data: bytes, digits: int = 40) -> str:
    """Name an object as Git does: by its kind, length and content.

    >>> object_id("blob", b"")
    'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391'

    Args:
        kind: ``blob``, ``tree``, ``commit`` or ``tag``.
        data: its content.
        digits: length of its name: 40 (SHA-1) or 64 (SHA-256).
    """
    whole = b"%b %d\0%b" % (kind.encode(), len(data), data)
    algorithm = hashlib.sha256 if digits == 64 else hashlib.sha1  # noqa: PLR2004 - see above
    return algorithm(whole, usedforsecurity=False).hexdigest()
