"""The folder of a site: filled beside the one that is served, and put in its place in one step.

Whoever reads it meets the old site or the new one whole, whatever ends the program in between:
what a dead process left behind is swept by the next build.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from listkeeper.errors import ListkeeperError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

if sys.platform != "win32":
    import fcntl

T = TypeVar("T")

MARKER: Final = ".listkeeper-build"
"""File by which an earlier build is known, and may be replaced."""

MARKER_TEXT: Final = b"This folder is made by `listkeeper build` and replaced by the next build.\n"

NEW, OLD = "new", "old"
"""Folders of a workshop: the site that is being made, and the one that was replaced."""

SWEEPING: Final = 5.0
"""Seconds for which a build waits for another that is sweeping."""

_NOT_SAFE: Final = re.compile(r'[\\:*?"<>|]|(?:^|/)\.{0,2}(?:/|\Z)')
"""A character that some system gives a meaning; an empty part, or one that leads elsewhere."""

_HERE: Final = -100
"""``AT_FDCWD``: paths count from the working folder."""

_EXCHANGE: Final = 2
"""``RENAME_EXCHANGE``: https://man7.org/linux/man-pages/man2/rename.2.html."""


def write_folder(out: Path, fill: Callable[[Path], T]) -> T:
    """Fill a folder and put it in its place in one step.

    Args:
        out: the folder, which must not exist, be empty or be an earlier build.
        fill: fills a folder that does not exist yet; what it returns is returned.

    Raises:
        UsageError: when the folder holds something else.
        ListkeeperError: when it cannot be written; the old folder then stands.
    """
    out = out.resolve()
    refuse_foreign(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        presence = _present(out)
    except OSError as error:
        raise ListkeeperError(f"{out}: cannot be written: {error.strerror}") from error
    with presence:
        workshop = _workshop(out)
        try:
            # A folder inside: the one that mkdtemp makes could be read by its owner alone.
            filled = fill(workshop / NEW)
            swap(workshop, out)
        finally:
            shutil.rmtree(workshop, ignore_errors=True)
    return filled


def start_folder(folder: Path) -> None:
    """Make a folder with the mark by which a later build may replace it."""
    folder.mkdir()
    (folder / MARKER).write_bytes(MARKER_TEXT)


def write_file(folder: Path, name: str, data: bytes) -> None:
    """Write a file of the site.

    Raises:
        ListkeeperError: when its name leads elsewhere, or it cannot be written.
    """
    require_safe(name)
    path = folder / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ListkeeperError(f"{name}: cannot be written: {reason}") from error


def require_safe(name: str) -> None:
    """Refuse a name that leads elsewhere.

    Raises:
        ListkeeperError: when it does.
    """
    if not is_safe(name):
        raise ListkeeperError(f"{name!r}: an address that is no file name; rename the entry")


def is_safe(name: str) -> bool:
    r"""Say whether a file of the site stays inside it, on any system.

    >>> is_safe("service/559.ttl"), is_safe("../up.ttl"), is_safe("a//b"), is_safe("c\\d")
    (True, False, False, False)
    """
    return name.isprintable() and not _NOT_SAFE.search(name)


def refuse_foreign(out: Path) -> None:
    """Refuse a folder that somebody may want to keep.

    Raises:
        UsageError: when it is one.
    """
    if not out.exists() or (out / MARKER).is_file():
        return
    if not out.is_dir() or any(out.iterdir()):
        message = f"{out}: is not an earlier build; give --out a folder that does not exist"
        raise UsageError(message)


def swap(workshop: Path, out: Path) -> None:
    """Put the folder ``new`` of a workshop where the old one was; if that fails, undo it.

    On Linux the two change places in one step; elsewhere there is no site for an instant.

    Raises:
        ListkeeperError: when it cannot be done.
    """
    new, old = workshop / NEW, workshop / OLD
    try:
        if out.exists() and _exchange(new, out):
            return
        if out.exists():
            out.rename(old)
        new.rename(out)
    except OSError as error:
        if old.exists() and not out.exists():
            old.rename(out)
        raise ListkeeperError(f"{out}: cannot be replaced: {error.strerror}") from error


def _exchange(one: Path, other: Path) -> bool:
    """Have two folders change places in one step; False where the system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None), "renameat2", None)  # musl has none
    paths = (_HERE, os.fsencode(one), _HERE, os.fsencode(other))
    return rename is not None and rename(*paths, _EXCHANGE) == 0


def _workshop(out: Path) -> Path:
    try:
        return Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    except OSError as error:
        raise ListkeeperError(f"{out}: cannot be written: {error.strerror}") from error


@contextlib.contextmanager
def _present(out: Path) -> Iterator[None]:
    """Be known to other builds beside this one; sweep first where there is none.

    Every build holds a shared lock on the folder above, which ends with its process: one that
    gets the lock for itself knows that whatever workshops it finds belong to nobody.
    """
    if sys.platform == "win32":
        yield
        return
    handle = os.open(out.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        if _locked(handle, fcntl.LOCK_EX):
            _sweep(out)
        end = time.monotonic() + SWEEPING
        while not _locked(handle, fcntl.LOCK_SH) and time.monotonic() < end:
            time.sleep(0.05)
        yield
    finally:
        os.close(handle)


def _locked(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except OSError:  # held by another, or no locks on this file system
        return False
    return True


def _sweep(out: Path) -> None:
    """Remove the workshops of dead builds; a site that one of them had moved away is put back."""
    for workshop in out.parent.glob(f".{_literal(out.name)}-????????"):
        if not workshop.is_symlink() and {path.name for path in workshop.iterdir()} <= {NEW, OLD}:
            old = workshop / OLD
            if old.exists() and not out.exists():
                old.rename(out)
            shutil.rmtree(workshop, ignore_errors=True)


def _literal(name: str) -> str:
    """Write a name so that a pattern takes it as it is."""
    return re.sub(r"([*?\[])", r"[\1]", name)
