"""A folder of things that can be made again: small files that are trusted for nothing.

What is read back is data in plain JSON, sealed with its own hash: a file that is broken, cut
short, of another owner or a link counts as absent, and nothing in it is ever run. A folder that
others may write to is not used at all. Several processes may use it at once; a disk that is full
or can only be read takes nothing from a command but time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

VARIABLE: Final = "LISTKEEPER_CACHE"
"""Environment variable: ``off``, or the folder to use."""

OFF: Final = frozenset({"off", "no", "0", "false"})
NAME: Final = "listkeeper"
LARGEST: Final = 16 * 1024 * 1024
"""Bytes of one file; a larger one is neither written nor read."""

KEPT: Final = 64
"""Files in the folder; the oldest go first."""

MAGIC: Final = b"listkeeper 1 "
OTHERS: Final = 0o077
"""Mode bits that let others in."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cache:
    """A folder in which values are kept by the hash of what they follow from."""

    folder: str
    kept: int = KEPT

    def read(self, key: str) -> object | None:
        """Return the value of a key; None where there is none that can be trusted.

        Args:
            key: letters and digits.
        """
        try:
            with _opened(os.path.join(self.folder, key)) as handle:  # noqa: PTH118 - no need to load pathlib
                data = _whole(handle)
            return _unsealed(data)
        except (OSError, ValueError, RecursionError):
            return None

    def write(self, key: str, value: object) -> None:
        """Keep a value in one step, in place of what is there; where that fails, do nothing.

        Args:
            key: letters and digits.
            value: anything that JSON can hold.
        """
        payload = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        if len(payload) > LARGEST:
            return
        with contextlib.suppress(OSError):
            _make(self.folder)
            if is_private(self.folder):
                _write(self.folder, key, MAGIC + _seal(payload) + b"\n" + payload)
                _clear(self.folder, self.kept)


def open_cache(environment: Mapping[str, str]) -> Cache | None:
    """Find the cache of a user; None where it is switched off or there is no place for it.

    The folder is ``$XDG_CACHE_HOME/listkeeper``, by default ``~/.cache/listkeeper``:
    https://specifications.freedesktop.org/basedir-spec/latest/.
    """
    asked = environment.get(VARIABLE, "")
    if asked.lower() in OFF:
        return None
    base = environment.get("XDG_CACHE_HOME", "")
    home = environment.get("HOME") or "nowhere"
    folder = asked or (f"{base}/{NAME}" if os.path.isabs(base) else f"{home}/.cache/{NAME}")  # noqa: PTH117 - as above
    if not os.path.isabs(folder) or (os.path.lexists(folder) and not is_private(folder)):  # noqa: PTH117 - as above
        return None
    return Cache(folder=folder)


def is_private(folder: str) -> bool:
    """Say whether a folder is one, is ours, and lets nobody else in."""
    found = os.lstat(folder)
    return stat.S_ISDIR(found.st_mode) and _is_ours(found) and not found.st_mode & OTHERS


def _is_ours(found: os.stat_result) -> bool:
    return not hasattr(os, "geteuid") or found.st_uid == os.geteuid()


def _make(folder: str) -> None:
    """Make the folder, for its owner alone; those above it as the umask says."""
    if not os.path.isdir(folder):  # noqa: PTH112 - as above
        os.makedirs(os.path.dirname(folder), exist_ok=True)  # noqa: PTH103, PTH120 - as above
        with contextlib.suppress(FileExistsError):
            os.mkdir(folder, 0o700)  # noqa: PTH102 - as above


@contextlib.contextmanager
def _opened(path: str) -> Iterator[int]:
    handle = os.open(
        path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    )
    try:
        yield handle
    finally:
        os.close(handle)


def _whole(handle: int) -> bytes:
    """Read a file of ours to its end.

    Raises:
        ValueError: when it is none of ours, or too large.
    """
    found = os.fstat(handle)
    if not (stat.S_ISREG(found.st_mode) and _is_ours(found) and found.st_size <= 2 * LARGEST):
        raise ValueError(found.st_size)
    return b"".join(iter(lambda: os.read(handle, 1 << 20), b""))


def _seal(payload: bytes) -> bytes:
    return hashlib.sha256(payload).hexdigest().encode()


def _unsealed(data: bytes) -> object:
    head, _, payload = data.partition(b"\n")
    if head != MAGIC + _seal(payload):
        raise ValueError(head[:80])
    return json.loads(payload)


def _write(folder: str, key: str, data: bytes) -> None:
    """Write beside and rename; nothing waits for the disk, as half a file shows by its hash."""
    draft = os.path.join(folder, f".{key[:40]}-{os.getpid()}")  # noqa: PTH118 - as above
    handle = os.open(
        draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o600
    )
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.replace(draft, os.path.join(folder, key))  # noqa: PTH105, PTH118 - as above
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(draft)  # noqa: PTH108 - as above
        raise


def _clear(folder: str, kept: int) -> None:
    """Remove the oldest files beyond the number kept, drafts that were left behind among them."""
    with os.scandir(folder) as entries:
        files = [(entry.stat(follow_symlinks=False).st_mtime_ns, entry.path) for entry in entries]
    for _, path in sorted(files)[: max(len(files) - kept, 0)]:
        with contextlib.suppress(OSError):
            os.unlink(path)  # noqa: PTH108 - as above
