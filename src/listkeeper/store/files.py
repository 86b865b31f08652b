"""Writing files so that a reader, or a power cut, never meets half of one."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from listkeeper.errors import ListkeeperError

if TYPE_CHECKING:
    from collections.abc import Mapping


HALF_WRITTEN: Final = ".write-"
"""How the name of a file begins until it is whole."""

LEFT: Final = 3600
"""Seconds after which such a file belongs to nobody: writing one takes some milliseconds."""


def write_atomically(path: Path, data: bytes) -> None:
    """Replace a file's content in one step; its folder is made if need be.

    A symbolic link is refused: put in its place, a file would end what somebody set up with it,
    and followed, it could lead out of the folder that is meant to be written to.

    Raises:
        ListkeeperError: when it cannot be written, or is a link; the old content then stands.
    """
    if path.is_symlink():
        raise ListkeeperError(f"{path}: is a symbolic link; name the file that it leads to")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _sweep(path.parent)
        handle, name = tempfile.mkstemp(prefix=HALF_WRITTEN, dir=path.parent)
        try:
            _fill(handle, data, _mode(path))
            os.replace(name, path)  # noqa: PTH105 - both names are plain strings here
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ListkeeperError(f"{path}: cannot be written: {error.strerror}") from error


def write_all(root: Path, contents: Mapping[str, bytes]) -> None:
    """Write several files below a folder, each in one step, in the order of their paths."""
    for path in sorted(contents):
        write_atomically(root / path, contents[path])


def _sweep(folder: Path) -> None:
    """Remove what a program that was killed left half written."""
    with os.scandir(folder) as entries:
        found = [entry for entry in entries if entry.name.startswith(HALF_WRITTEN)]
    for entry in found:
        with contextlib.suppress(FileNotFoundError):  # another program sweeps too
            if time.time() - entry.stat(follow_symlinks=False).st_mtime > LEFT:
                Path(entry.path).unlink()


def _fill(handle: int, data: bytes, mode: int) -> None:
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fchmod(stream.fileno(), mode)
        os.fsync(stream.fileno())


def _mode(path: Path) -> int:
    """Keep the mode of an existing file; a new one gets what the umask leaves."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
