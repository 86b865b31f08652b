"""Taking turns: one release at a time, and one that was interrupted brought to its end.

What a release writes shows only when its refs move, all in one step. After that the files checked
out are brought along; a note in Git's folder says so until it is done, and whoever comes next
finishes it.
"""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from listkeeper.errors import HistoryError, UsageError
from listkeeper.store.changing import locked
from listkeeper.store.files import HALF_WRITTEN, write_atomically
from listkeeper.store.history import ref_target

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from listkeeper.store.history import Change, Repository, Writer

if sys.platform != "win32":
    import fcntl

LOCK: Final = "listkeeper-release.lock"
NOTE: Final = "listkeeper-release.json"


@contextmanager
def turn(repository: Repository) -> Iterator[None]:
    """Be the only one who releases; the system gives the turn back, however this ends.

    Raises:
        UsageError: when somebody else is at it.
    """
    path = repository.git.directory / LOCK
    with path.open("wb") as lock:
        if sys.platform != "win32":
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                message = f"another release is being made ({path}); wait until it has ended"
                raise UsageError(message) from None
        yield


def leave_note(repository: Repository, branch: str, commit: str) -> None:
    """Note that the files checked out are to be brought to a commit once a branch names it."""
    note = json.dumps({"branch": branch, "commit": commit}).encode()
    write_atomically(repository.git.directory / NOTE, note)


def drop_note(repository: Repository) -> None:
    """Forget the note: there is nothing to be done."""
    (repository.git.directory / NOTE).unlink(missing_ok=True)


def finish_interrupted(writer: Writer, root: Path, branch: str) -> tuple[str, ...]:
    """Bring the files along where a release was interrupted after its refs had moved.

    Args:
        writer: writes to the repository.
        root: the lists repository's folder.
        branch: the branch checked out.

    Returns:
        the files that were brought along.
    """
    note = _note(writer.repository)
    if not note:
        return ()
    commit = note.get("commit", "")
    is_here = note.get("branch") == branch and ref_target(writer.repository, branch) == commit
    brought: tuple[str, ...] = ()
    if is_here:
        _sweep(writer.repository, root, commit)
        brought = bring_along(writer, root, commit)[0]
    drop_note(writer.repository)
    return brought


def bring_along(writer: Writer, root: Path, commit: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Bring the index and the files checked out to what a commit did.

    A file that somebody has changed in the meantime is left as it is.

    Args:
        writer: writes to the repository.
        root: the lists repository's folder.
        commit: the commit, whose parent the files are at.

    Returns:
        files that were written, and files that were left.

    Raises:
        ListkeeperError: when another program is changing the files or the index.
    """
    changes = writer.repository.commit(commit).changes
    written, left = [], []
    with locked(root):
        writer.stage({change.path: (change.mode, change.after) for change in changes})
        for change in changes:
            before, after = _contents(writer.repository, change)
            now = _content(root / change.path)
            if now == before:
                write_atomically(root / change.path, after)
                written.append(change.path)
            elif now != after:
                left.append(change.path)
    return tuple(written), tuple(left)


def _sweep(repository: Repository, root: Path, commit: str) -> None:
    """Remove the half-written files that an interrupted release left beside its own."""
    folders = {(root / change.path).parent for change in repository.commit(commit).changes}
    for folder in sorted(folders):
        for left_over in folder.glob(f"{HALF_WRITTEN}*"):
            left_over.unlink(missing_ok=True)


def _contents(repository: Repository, change: Change) -> tuple[bytes | None, bytes]:
    before = repository.objects.read(change.before[0]).data if change.before[0] else None
    return before, repository.objects.read(change.after).data


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _note(repository: Repository) -> Mapping[str, str]:
    path = repository.git.directory / NOTE
    try:
        found = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise HistoryError(f"{path}: is no note of a release; remove it") from error
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}
