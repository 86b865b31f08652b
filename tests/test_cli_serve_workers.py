"""``listkeeper serve`` with several workers, with signals, with a release, and watching."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import URLError

import pytest

from releasing import NOTED, RENAMED, SERVICE, change, clean_checkout, release, released
from sample import write_sample
from test_cli_serve import PATIENCE, Served, serving

if TYPE_CHECKING:
    from collections.abc import Callable

    from checkout import Checkout

CONCEPT = "vocabularies/services/05/559.ttl"


def workers_of(served: Served) -> list[int]:
    """Give the processes that a supervisor started."""
    pid = served.process.pid
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8")
    return [int(child) for child in found.split()]


def soon(holds: Callable[[], bool], seconds: float = PATIENCE) -> float:
    """Wait until something holds; give the seconds it took."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < seconds, "it never held"
        time.sleep(0.02)
    return time.monotonic() - began


def health(served: Served) -> dict[str, Any]:
    """Read /health."""
    with served.open("/health") as reply:
        found: dict[str, Any] = json.load(reply)
    return found


def says(served: Served, text: str, path: str = "/service/559.ttl") -> bool:
    """Say whether what is served has a text in it."""
    with served.open(path) as reply:
        return text in reply.read().decode()


def rename(folder: Path, before: str, after: str) -> None:
    """Save the concept with another text."""
    file = folder / CONCEPT
    file.write_text(file.read_text("utf-8").replace(before, after), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The sample repository, to be changed."""
    return write_sample(tmp_path)


def test_a_worker_that_dies_is_replaced(folder: Path) -> None:
    """The others answer meanwhile; its successor serves what they do, not what it began with."""
    with serving("--workers", "2", folder=folder) as running:
        soon(lambda: len(workers_of(running)) == 2)
        rename(folder, "Libraries", "Reading rooms")
        running.process.send_signal(signal.SIGHUP)
        soon(lambda: all(says(running, "Reading rooms") for _ in range(60)))
        former = workers_of(running)
        os.kill(former[0], signal.SIGKILL)
        assert all(says(running, "559") for _ in range(20))
        soon(lambda: len(set(workers_of(running)) - set(former)) == 1)
        soon(lambda: former[0] not in workers_of(running))
        assert all(says(running, "Reading rooms") for _ in range(60))


def test_workers_end_with_their_supervisor(folder: Path) -> None:
    """Even where it had no time to tell them; the port is free again."""
    with serving("--workers", "2", folder=folder) as running:
        soon(lambda: len(workers_of(running)) == 2)
        workers = workers_of(running)
        running.process.kill()
        soon(lambda: not any(is_alive(worker) for worker in workers))


def is_alive(pid: int) -> bool:
    """Say whether a process runs."""
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text(encoding="utf-8").split()[2] != "Z"


@pytest.mark.parametrize("count", ["1", "2"])
def test_a_request_under_way_is_answered_before_the_end(folder: Path, count: str) -> None:
    """New ones are refused; the exit code is 0."""
    with serving("--workers", count, folder=folder) as running:
        place = running.place
        with socket.create_connection(place, timeout=PATIENCE) as slow:
            slow.sendall(
                b"POST /reconcile HTTP/1.1\r\nHost: x\r\nContent-Length: 40\r\n"
                b"Content-Type: application/x-www-form-urlencoded\r\n\r\nqueries="
            )
            time.sleep(0.3)
            running.process.send_signal(signal.SIGTERM)
            soon(lambda: is_refused(place))
            slow.sendall(b"%7B%22q%22%3A%7B%22query%22%3A%22a%22%7D%7D"[:32])
            assert slow.recv(65536).startswith(b"HTTP/1.1 ")
        assert running.process.wait(PATIENCE) == 0


def is_refused(place: tuple[str, int]) -> bool:
    """Say whether nothing listens there."""
    try:
        socket.create_connection(place, timeout=1).close()
    except OSError:
        return True
    return False


def test_what_is_saved_is_shown_within_a_second(folder: Path) -> None:
    """So is a fault, by name, on the page itself; it goes when the file is right again."""
    with serving("--watch", folder=folder) as running:
        soon(lambda: health(running)["check"] != "not finished")
        rename(folder, "Libraries", "Reading rooms")
        assert soon(lambda: says(running, "Reading rooms", "/service/559")) < 1
        rename(folder, "<service/559> a", "<service/559> oops a")
        assert soon(lambda: says(running, f"{CONCEPT}:", "/service/559")) < 1
        assert says(running, "Reading rooms", "/service/559")
        assert health(running)["status"] == "behind"
        rename(folder, "<service/559> oops a", "<service/559> a")
        assert soon(lambda: not says(running, f"{CONCEPT}:", "/service/559")) < 1


def test_settings_and_new_files_are_watched_too(folder: Path) -> None:
    """A file in a new folder, the name of the site."""
    with serving("--watch", folder=folder) as running:
        text = (folder / CONCEPT).read_text("utf-8").replace("559", "7559")
        (folder / "vocabularies/services/75").mkdir()
        (folder / "vocabularies/services/75/7559.ttl").write_text(text, encoding="utf-8")
        soon(lambda: bool(health(running)["concepts"] == 35))
        settings = folder / "listkeeper.toml"
        renamed = settings.read_text("utf-8").replace("Sample lists", "Other lists")
        (folder / "new").write_text(renamed, encoding="utf-8")
        (folder / "new").rename(settings)
        soon(lambda: says(running, "Other lists", "/"))


def test_broken_lists_can_be_watched(folder: Path) -> None:
    """The fault is on the pages from the start."""
    rename(folder, "<service/559> a", "<service/559> oops a")
    words = ["--watch"]
    process = subprocess.Popen(
        [*serve_words(), *words], cwd=folder, stderr=subprocess.PIPE, text=True
    )
    with process:
        assert process.stderr
        lines: list[str] = []
        while not lines or not lines[-1].startswith("maintainer:"):
            lines.append(process.stderr.readline().rstrip("\n"))
        running = Served(process, [line for line in lines if line.startswith("officer:")])
        assert says(running, f"{CONCEPT}:", "/lists")
        rename(folder, "<service/559> oops a", "<service/559> a")
        soon(lambda: not says(running, f"{CONCEPT}:", "/lists"))
        process.terminate()


def serve_words() -> list[str]:
    """Give the words of the command on any free port."""
    from test_cli_serve import LISTKEEPER  # noqa: PLC0415 - beside its one use

    return [str(LISTKEEPER), "serve", "--port", "0"]


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """Clean lists, released as 2026.11."""
    return released(clean_checkout(tmp_path), "2026.11")


def test_a_new_release_takes_the_place_of_the_old(checkout: Checkout) -> None:
    """After a look; what is not released is not served."""
    with serving("--release", "latest", "--poll", "0.2", folder=checkout.root) as running:
        assert health(running)["edition"] == "release 2026.11"
        change(checkout, RENAMED)
        time.sleep(0.5)
        assert health(running)["edition"] == "release 2026.11"
        assert release(checkout, "2026.12").code == 0
        soon(lambda: bool(health(running)["edition"] == "release 2026.12"))
        assert says(running, "Public libraries", served_path(SERVICE))


def served_path(file: str) -> str:
    """Give the address of a service's Turtle by its file."""
    return f"/service/{Path(file).stem}.ttl"


def test_a_release_that_is_broken_is_passed_over(checkout: Checkout) -> None:
    """The last good one stays, and why is told."""
    with serving("--release", "latest", folder=checkout.root) as running:
        change(checkout, NOTED)
        checkout.git("tag", "-a", "-m", "by hand", "2026.12")
        running.process.send_signal(signal.SIGHUP)
        soon(lambda: bool(health(running)["not_served"]))
        found = health(running)
    assert found["edition"] == "release 2026.11"
    assert found["status"] == "behind"
    assert "2026.12" in found["not_served"]


def test_the_server_is_not_reached_before_it_listens(folder: Path) -> None:
    """With workers too, the lines come when it can be asked."""
    with serving("--workers", "2", folder=folder) as running:
        try:
            assert health(running)["concepts"] == 34
        except URLError as error:
            pytest.fail(str(error))
