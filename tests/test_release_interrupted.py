"""A release that is killed at any step: either it was not made, or the next command finishes it.

A real process kills itself, as a power cut would, at each step that writes: before each call of
Git and before each file that is moved into its place.
"""

from __future__ import annotations

import fcntl
import subprocess
import sys
from typing import TYPE_CHECKING, Final

import pytest

from checkout import ENVIRONMENT
from listkeeper.release.turn import NOTE
from listkeeper.store.changing import LOCK
from releasing import NOTED, change, clean_checkout, listkeeper, release, released, state

if TYPE_CHECKING:
    from pathlib import Path

    from checkout import Checkout

DRIVER: Final = """
import os, signal, sys
from listkeeper.cli import run
step, root = sys.argv[1], sys.argv[2]
seen = 0
writing = False

def hook(event, args):
    global seen, writing
    if event == "subprocess.Popen":
        writing = writing or "hash-object" in args[1]
    elif event not in ("os.rename", "os.remove"):
        return
    if writing:
        seen += 1
        if step == str(seen) or (event == "subprocess.Popen" and step in args[1]):
            print(args, flush=True)
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(hook)
run(["release", "2026.12", "--date", "2026-12-28", "-C", root])
"""
KILLED: Final = -9


def killed_at(checkout: Checkout, step: int | str) -> subprocess.CompletedProcess[str]:
    """Release in a process that ends at a step, told by its number or by a word of Git's.

    It ends by itself when there is no such step.
    """
    command = [sys.executable, "-c", DRIVER, str(step), str(checkout.root)]
    return subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT, check=False)


def files(checkout: Checkout) -> dict[str, bytes]:
    """Every file that is checked out."""
    paths = (p for p in checkout.root.rglob("*") if p.is_file() and ".git" not in p.parts)
    return {p.relative_to(checkout.root).as_posix(): p.read_bytes() for p in paths}


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """Lists that were released, and changed since."""
    made = clean_checkout(tmp_path / "lists")
    released(made, "2026.11")
    change(made, NOTED)
    return made


def test_killed_at_every_step(checkout: Checkout) -> None:
    """Refs, index and files are as before; or the release is made and the next command ends it."""
    before, then = state(checkout), files(checkout)
    start = checkout.git("rev-parse", "HEAD")
    unmade = finished = 0
    while (done := killed_at(checkout, unmade + finished + 1)).returncode == KILLED:
        if checkout.git("for-each-ref") == before[0]:
            unmade += 1
            assert (state(checkout), files(checkout)) == (before, then), done.stdout
            continue
        finished += 1
        again = release(checkout, "2026.12")
        assert "2026.12: is released already" in again.err
        assert checkout.git("status", "--porcelain") == "", done.stdout
        assert not (checkout.root / ".git" / NOTE).exists()
        assert listkeeper("verify", "2026.12", "-C", checkout.root).code == 0
        checkout.git("tag", "--delete", "2026.12")
        checkout.git("reset", "--quiet", "--hard", start)
        before, then = state(checkout), files(checkout)

    assert done.returncode == 0, done.stderr
    assert checkout.git("tag", "--list").split() == ["2026.11", "2026.12"]
    # blobs and trees, commit, tag, note and refs; then the index and each of the files
    assert unmade >= 8
    assert finished >= 5


def test_the_next_release_finishes_what_was_interrupted(checkout: Checkout) -> None:
    """A later release finds everything in its place and goes on from there."""
    assert killed_at(checkout, "update-index").returncode == KILLED
    assert checkout.git("status", "--porcelain") != ""
    done = release(checkout, "2027.01")

    assert done.code == 0, done.err
    assert "finished an interrupted release: wrote" in done.err
    assert checkout.git("status", "--porcelain") == ""
    assert listkeeper("verify", "2027.01", "-C", checkout.root).code == 0


IN_THE_WAY: Final = (".git/index.lock", LOCK)


@pytest.mark.parametrize("place", IN_THE_WAY)
def test_files_that_can_not_be_brought_along(checkout: Checkout, place: str) -> None:
    """While Git holds its index, or an editing command the files: it is said, and done later."""
    path = checkout.root / place
    with path.open("wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        done = release(checkout, "2026.12")
    path.unlink()

    assert done.code == 3
    assert "2026.12 is released, but its files are not checked out yet" in done.err
    assert "is released already" in release(checkout, "2026.12").err
    assert checkout.git("status", "--porcelain") == ""


def test_an_old_note_harms_nothing(checkout: Checkout) -> None:
    """Where the branch has moved on since, nothing is brought along."""
    head = checkout.git("rev-parse", "HEAD^")
    note = f'{{"branch": "refs/heads/main", "commit": "{head}"}}'
    (checkout.root / ".git" / NOTE).write_text(note, encoding="utf-8")
    then = files(checkout)
    release(checkout, "2026.12", "--dry-run")

    assert files(checkout) == then
    assert not (checkout.root / ".git" / NOTE).exists()


def test_a_note_that_is_none(checkout: Checkout) -> None:
    """One line says which file to remove."""
    (checkout.root / ".git" / NOTE).write_text("{", encoding="utf-8")
    done = release(checkout, "2026.12")

    assert (done.code, f"{NOTE}: is no note of a release; remove it" in done.err) == (3, True)


def test_no_room_on_the_disk(checkout: Checkout) -> None:
    """Where Git can not write objects the repository stays as it is, and one line says why."""
    command = ["bash", "-c", 'ulimit -f 1; exec "$0" "$@"', sys.executable]
    before, then = state(checkout), files(checkout)
    words = ["-c", "from listkeeper.cli import run; run()", "release", "2026.12"]
    more = ["--date", "2026-12-28", "-C", str(checkout.root)]
    done = subprocess.run(
        [*command, *words, *more], capture_output=True, text=True, env=ENVIRONMENT, check=False
    )

    assert done.returncode != 0
    assert (state(checkout), files(checkout)) == (before, then)
    assert "Traceback" not in done.stderr
