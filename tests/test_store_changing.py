"""Several files change together or not at all, whatever happens in the middle."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Final

import pytest

from listkeeper.errors import ListkeeperError
from listkeeper.store.changing import JOURNAL, LOCK, change_files, change_lists, locked, recover
from listkeeper.store.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

OLD: Final[Mapping[str, bytes | None]] = {"a/1.ttl": b"one", "b/2.ttl": b"two", "c/3.ttl": None}
NEW: Final[Mapping[str, bytes | None]] = {"a/1.ttl": b"ONE", "b/2.ttl": None, "c/3.ttl": b"THREE"}

INTERRUPTED: Final = """
import os, signal, sys
from pathlib import Path
from listkeeper.store import changing

count = 0
def put(path, data, whole=changing._put):
    global count
    whole(path, data)
    count += 1
    if count == int(sys.argv[2]):
        os.kill(os.getpid(), int(sys.argv[3]))

changing._put = put
changing.change_files(Path(sys.argv[1]), {new!r}, {old!r})
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, data in OLD.items():
        (tmp_path / path).parent.mkdir()
        if data is not None:
            (tmp_path / path).write_bytes(data)
    return tmp_path


def state(root: Path) -> dict[str, bytes | None]:
    """Give what the files hold, and the names of any others."""
    found: dict[str, bytes | None] = dict.fromkeys(OLD)
    found |= {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }
    return found


def test_all_are_changed(root: Path) -> None:
    """Nothing else is left behind: no lock, no journal, no empty folder."""
    change_files(root, NEW, OLD)

    assert state(root) == dict(NEW)
    assert not (root / "b").exists()
    change_files(root, OLD, NEW)
    assert state(root) == dict(OLD)


@pytest.mark.parametrize("path", ["a/1.ttl", "b/2.ttl", "c/3.ttl"])
def test_what_was_changed_meanwhile_is_not_overwritten(root: Path, path: str) -> None:
    (root / path).write_bytes(b"by hand")

    with pytest.raises(ListkeeperError, match=f"{path}: was changed meanwhile; run the command"):
        change_files(root, NEW, OLD)
    assert state(root) == {**OLD, path: b"by hand"}


def test_a_file_that_cannot_be_written_undoes_the_others(root: Path) -> None:
    """The folder of the last one is in truth a file."""
    (root / "c").rmdir()
    (root / "c").write_bytes(b"no folder")

    with pytest.raises(ListkeeperError, match="c"):
        change_files(root, NEW, OLD)
    assert state(root) == {**OLD, "c": b"no folder"}


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
@pytest.mark.parametrize("after", [1, 2, 3])
def test_an_interrupted_change_is_undone(root: Path, after: int, how: signal.Signals) -> None:
    """At once where the program has the time to, else by the next that changes files here."""
    code = INTERRUPTED.format(new=dict(NEW), old=dict(OLD))
    done = subprocess.run(
        [sys.executable, "-c", code, str(root), str(after), str(int(how))],
        check=False,
        capture_output=True,
    )

    assert done.returncode != 0
    if how == signal.SIGKILL:
        assert (root / JOURNAL).exists()
        with locked(root):
            recover(root)
    assert state(root) == dict(OLD)


def test_recovery_leaves_what_was_edited_since(root: Path) -> None:
    """Somebody repaired one file by hand before the next command ran."""
    code = INTERRUPTED.format(new=dict(NEW), old=dict(OLD))
    words = [sys.executable, "-c", code, str(root), "2", str(int(signal.SIGKILL))]
    subprocess.run(words, check=False, capture_output=True)
    (root / "a/1.ttl").write_bytes(b"by hand")

    with locked(root):
        assert recover(root) == ("b/2.ttl",)
    assert state(root) == {**OLD, "a/1.ttl": b"by hand"}


def test_the_next_change_recovers_first(root: Path) -> None:
    code = INTERRUPTED.format(new=dict(NEW), old=dict(OLD))
    words = [sys.executable, "-c", code, str(root), "2", str(int(signal.SIGKILL))]
    subprocess.run(words, check=False, capture_output=True)
    change_files(root, {"a/1.ttl": b"next"}, {"a/1.ttl": b"one"})

    assert state(root) == {**OLD, "a/1.ttl": b"next"}


DAMAGED: Final = (
    b"",
    b"{",
    b"[]",
    b'{"files": {"a/1.ttl": {}}}',
    json.dumps({"files": 3}).encode(),
)


@pytest.mark.parametrize("data", DAMAGED)
def test_a_damaged_journal_is_left_to_a_person(root: Path, data: bytes) -> None:
    (root / JOURNAL).write_bytes(data)

    with pytest.raises(ListkeeperError, match="is damaged: look what an interrupted change left"):
        change_files(root, NEW, OLD)
    assert state(root) == {**OLD, JOURNAL: data}


def test_one_program_at_a_time(root: Path) -> None:
    """The lock of a program that is gone stops nobody."""
    held = os.open(root / LOCK, os.O_RDWR | os.O_CREAT)
    fcntl.flock(held, fcntl.LOCK_EX)
    with pytest.raises(ListkeeperError, match="another listkeeper is changing files here"):
        change_files(root, NEW, OLD)
    os.close(held)
    change_files(root, NEW, OLD)

    assert state(root) == dict(NEW)


def test_many_at_once_lose_nothing(root: Path) -> None:
    """Twelve programs add one to a number until each has; those that come too late try again."""
    code = """
import sys
from pathlib import Path
from listkeeper.errors import ListkeeperError
from listkeeper.store.changing import change_files
root = Path(sys.argv[1])
while True:
    old = (root / "n").read_bytes()
    try:
        change_files(root, {"n": b"%d" % (int(old) + 1)}, {"n": old})
        break
    except ListkeeperError:
        pass
"""
    (root / "n").write_bytes(b"0")
    words = [sys.executable, "-c", code, str(root)]
    running = [subprocess.Popen(words) for _ in range(12)]
    deadline = time.monotonic() + 60

    assert [process.wait(deadline - time.monotonic()) for process in running] == [0] * 12
    assert (root / "n").read_bytes() == b"12"


def test_lists_are_changed_as_they_were_read(tmp_path: Path) -> None:
    """A file that somebody edited since it was read stands, and so do those beside it."""
    (tmp_path / "listkeeper.toml").write_text('format = 1\nbase_uri = "https://x.example/"\n')
    folder = tmp_path / "vocabularies"
    folder.mkdir()
    first, second, third = (f"vocabularies/{name}.ttl" for name in "abc")
    for path in (first, second):
        (tmp_path / path).write_bytes(b"# old\n")
    workspace = open_workspace(tmp_path)
    new = {first: b"# new\n", second: b"# new\n", third: b"# new\n"}
    (tmp_path / second).write_bytes(b"# theirs\n")

    with pytest.raises(ListkeeperError, match=rf"{second}: was changed meanwhile"):
        change_lists(workspace, new)
    assert (tmp_path / first).read_bytes() == b"# old\n"
    change_lists(open_workspace(tmp_path), new)
    assert [path.read_bytes() for path in sorted(folder.iterdir())] == [b"# new\n"] * 3


@pytest.mark.parametrize("is_file", [False, True])
def test_a_symbolic_link_leads_nowhere(root: Path, *, is_file: bool) -> None:
    """Nothing outside of the folder is written, by a folder or by a file that is a link."""
    outside = root.parent / f"{root.name}-outside"
    outside.mkdir()
    (outside / "3.ttl").write_bytes(b"theirs")
    (root / "c").rmdir()
    if is_file:
        (root / "c").mkdir()
        (root / "c/3.ttl").symlink_to(outside / "3.ttl")
    else:
        (root / "c").symlink_to(outside)

    with pytest.raises(ListkeeperError, match=r"c/3\.ttl: lies behind a symbolic link"):
        change_files(root, NEW, {**OLD, "c/3.ttl": b"theirs"})
    assert (outside / "3.ttl").read_bytes() == b"theirs"
    assert (root / "a/1.ttl").read_bytes() == b"one"
