"""Changing several files as one: all of them or none, one program at a time.

The new contents are written beside the old ones first, then what is needed to undo the change is
written down, then the files are put in place. A program that is stopped in the middle undoes it;
where it has no time to (a power cut), the next that changes files here does so first.
"""

from __future__ import annotations

import base64
import fcntl
import hashlib
import json
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from listkeeper.errors import ListkeeperError
from listkeeper.store.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from listkeeper.store.workspace import Workspace

LOCK: Final = ".listkeeper-lock"
JOURNAL: Final = ".listkeeper-undo.json"
"""Names in the repository's root; neither is left behind."""


def change_files(
    root: Path, contents: Mapping[str, bytes | None], before: Mapping[str, bytes | None]
) -> None:
    """Change files below a folder, all of them or none.

    Args:
        root: the folder.
        contents: the new content of each by its path; None for a file that is removed.
        before: the content that each has to have now; None for one that must not be there.

    Raises:
        ListkeeperError: when another program is changing files here, one of them is not as it
            has to be, or one cannot be written; nothing has changed then.
    """
    with locked(root):
        recover(root)
        _require(root, contents, before)
        _write_journal(root, contents, before)
        try:
            for path in sorted(contents):
                _put(root / path, contents[path])
        except BaseException:
            recover(root)
            raise
        (root / JOURNAL).unlink()
        _tidy(root, contents)


def change_lists(workspace: Workspace, contents: Mapping[str, bytes]) -> None:
    """Change files of lists that are as they were read, all of them or none.

    Args:
        workspace: the lists as they were read.
        contents: the new content of each file by its path.

    Raises:
        ListkeeperError: as :func:`change_files` does.
    """
    held = {file.path: file.data for file in workspace.files}
    if contents:
        change_files(workspace.root, contents, {path: held.get(path) for path in contents})


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Keep other programs from changing files here; the lock ends with the process.

    Raises:
        ListkeeperError: when another has it.
    """
    path = root / LOCK
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise ListkeeperError(f"{path}: cannot be written: {error.strerror}") from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            is_ours = os.fstat(handle).st_ino == path.stat(follow_symlinks=False).st_ino
        except OSError:  # held by another, or just taken away by one that is done
            is_ours = False
        if not is_ours:
            raise ListkeeperError(f"{root}: another listkeeper is changing files here; wait for it")
        try:
            yield
        finally:
            path.unlink(missing_ok=True)
    finally:
        os.close(handle)


def recover(root: Path) -> tuple[str, ...]:
    """Undo a change that was interrupted; call it with the lock.

    A file that somebody has edited since is left as it is.

    Returns:
        the paths of the files that were put back.
    """
    journal = root / JOURNAL
    if not journal.is_file():
        return ()
    done = []
    for path, (old, new) in _read_journal(journal).items():
        held = _content(_inside(root, path))
        if held != old and _digest(held) == new:
            _put(root / path, old)
            done.append(path)
    journal.unlink()
    return tuple(done)


def _require(
    root: Path, contents: Mapping[str, bytes | None], before: Mapping[str, bytes | None]
) -> None:
    for path in contents:
        if _content(_inside(root, path)) != before[path]:
            raise ListkeeperError(f"{path}: was changed meanwhile; run the command again")


def _inside(root: Path, path: str) -> Path:
    """Make sure that a path leads to a place in the folder: a symbolic link may lead out of it."""
    place = root / path
    real = root.resolve()
    if place.is_symlink() or place.parent.resolve() != (real / path).parent:
        raise ListkeeperError(f"{path}: lies behind a symbolic link; put the files themselves here")
    return place


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ListkeeperError(f"{path}: cannot be read: {error.strerror}") from error


def _put(path: Path, data: bytes | None) -> None:
    if data is not None:
        write_atomically(path, data)
        return
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise ListkeeperError(f"{path}: cannot be removed: {error.strerror}") from error


def _tidy(root: Path, contents: Mapping[str, bytes | None]) -> None:
    """Remove the folders that nothing is left in; Git keeps none."""
    for path in (path for path, data in contents.items() if data is None):
        folder = (root / path).parent
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def _digest(data: bytes | None) -> str:
    return "" if data is None else hashlib.sha256(data).hexdigest()


def _write_journal(
    root: Path, contents: Mapping[str, bytes | None], before: Mapping[str, bytes | None]
) -> None:
    files: dict[str, Any] = {}
    for path, data in contents.items():
        old = before[path]
        kept = None if old is None else base64.b64encode(old).decode()
        files[path] = {"old": kept, "new": _digest(data)}
    write_atomically(root / JOURNAL, json.dumps({"files": files}).encode())


def _read_journal(journal: Path) -> dict[str, tuple[bytes | None, str]]:
    """Read what undoes a change.

    Raises:
        ListkeeperError: when it is not what was written: a person has to look.
    """
    try:
        files = json.loads(journal.read_bytes())["files"]
        return {
            path: (None if f["old"] is None else base64.b64decode(f["old"]), f["new"])
            for path, f in files.items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        why = "is damaged: look what an interrupted change left, then remove this file"
        raise ListkeeperError(f"{journal}: {why}") from error
