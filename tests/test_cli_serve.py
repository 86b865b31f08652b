"""``listkeeper serve`` as a process: its start, its three lines, its refusals, its end."""

from __future__ import annotations

import json
import shlex
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest

from listkeeper.errors import ListkeeperError
from listkeeper.web.server import open_socket
from sample import write_sample

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.client import HTTPResponse

LISTKEEPER = Path(sys.executable).with_name("listkeeper")
PATIENCE = 20


class Served:
    """A server that has said how to begin."""

    def __init__(self, process: subprocess.Popen[str], lines: list[str]) -> None:
        """Take the address out of the first line."""
        self.process = process
        self.lines = lines
        self.address = lines[0].split()[-1].rsplit("/", 2)[0]

    @property
    def place(self) -> tuple[str, int]:
        """Host and port."""
        split = urlsplit(self.address)
        return split.hostname or "", split.port or 0

    def open(self, path: str, method: str = "GET") -> HTTPResponse:
        """Ask for a path of the server."""
        request = Request(self.address + path, method=method)  # noqa: S310 - our own server
        reply: HTTPResponse = urlopen(request, timeout=PATIENCE)  # noqa: S310 - see above
        return reply

    def send(self, data: bytes) -> bytes:
        """Send bytes as they are, and read the answer until the server closes."""
        with socket.create_connection(self.place, timeout=PATIENCE) as connection:
            connection.sendall(data.replace(b"Host: x", b"Host: x\r\nConnection: close"))
            return b"".join(iter(lambda: connection.recv(65536), b""))

    def said_next(self) -> str:
        """Wait for one more line on the standard error stream."""
        assert self.process.stderr
        return self.process.stderr.readline().rstrip("\n")


@contextmanager
def serving(*arguments: str, folder: Path, port: int = 0) -> Iterator[Served]:
    """Run the command until its three lines are read; end it afterwards."""
    words = [str(LISTKEEPER), "serve", "--port", str(port), *arguments]
    process = subprocess.Popen(
        words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with process:
        try:
            assert process.stderr
            lines = [process.stderr.readline().rstrip("\n") for _ in range(3)]
            assert all(lines), f"ended: {lines}"
            yield Served(process, lines)
        finally:
            process.terminate()


def refused(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the command where it will not start."""
    words = [str(LISTKEEPER), "serve", "--port", "0", *arguments]
    return subprocess.run(
        words, cwd=folder, capture_output=True, text=True, timeout=PATIENCE, check=False
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample repository, without Git."""
    return write_sample(tmp_path_factory.mktemp("lists"))


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    """One server for the tests that only ask."""
    with serving(folder=folder) as running:
        yield running


def test_each_of_the_three_lines_works_as_printed(served: Served, folder: Path) -> None:
    """A link for an officer, a curl for a developer, a command for a maintainer."""
    officer, developer, maintainer = served.lines
    assert officer.startswith("officer:    open http://127.0.0.1:")
    assert officer.endswith("/service/559")
    with served.open("/service/559") as page:
        assert page.status == 200
        assert b"Libraries" in page.read()

    turtle = run_words(developer.partition(":")[2], folder)
    assert "@prefix skos:" in turtle
    assert "<service/559>" in turtle

    assert "Libraries" in run_words(maintainer.partition(":")[2], folder)


def run_words(words: str, folder: Path) -> str:
    """Run a command as a person would paste it."""
    done = subprocess.run(
        shlex.split(words), cwd=folder, capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout


def test_the_full_check_follows(folder: Path) -> None:
    """It runs behind the server's work; its verdict is told there and at /health."""
    with serving(folder=folder) as running:
        verdict = running.said_next()
        with running.open("/health") as reply:
            health = json.load(reply)

    assert verdict.startswith("check: ")
    assert "errors" in verdict
    assert health["check"] == verdict.removeprefix("check: ")
    assert health["status"] == "ok"


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly_when_told_to(folder: Path, sign: signal.Signals) -> None:
    """Also while the check still runs and a client keeps its connection open."""
    with serving(folder=folder) as running:
        with socket.create_connection(running.place) as idle:
            idle.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
            assert idle.recv(100).startswith(b"HTTP/1.1 200")
            running.process.send_signal(sign)
            code = running.process.wait(PATIENCE)
        assert running.process.stderr
        said = running.process.stderr.read()

    assert code == 0
    assert "Traceback" not in said


def test_a_port_in_use_is_told_in_one_line(served: Served, folder: Path) -> None:
    """Which port, and what to do."""
    port = served.place[1]
    done = refused("--port", str(port), folder=folder)

    assert done.returncode == 3
    assert done.stderr == (
        f"listkeeper: port {port} on 127.0.0.1 is in use; stop what uses it, "
        f"or choose another with --port {port + 1}\n"
    )


def test_an_address_that_is_not_ours_is_told(folder: Path) -> None:
    """A host of elsewhere, a name that nobody knows."""
    for host in ("192.0.2.1", "no-such-host.invalid"):
        done = refused("--host", host, folder=folder)
        assert done.returncode == 3
        assert host in done.stderr
        assert "--host 127.0.0.1" in done.stderr
        assert done.stderr.count("\n") == 1


def test_no_repository_is_told(tmp_path: Path) -> None:
    """Nothing is served from a folder that holds no lists."""
    done = refused(folder=tmp_path)

    assert done.returncode == 2
    assert "listkeeper.toml" in done.stderr
    assert done.stderr.count("\n") == 1


def test_lists_that_break_load_rules_are_not_served(tmp_path: Path) -> None:
    """Each finding in one line with place and remedy; allowed, the rest is served."""
    write_sample(tmp_path)
    broken = tmp_path / "vocabularies" / "services" / "05" / "560.ttl"
    broken.write_text("<service/560> skos:prefLabel 'x\n", encoding="utf-8")

    done = refused(folder=tmp_path)
    assert done.returncode == 1
    *findings, last = done.stderr.splitlines()
    assert findings[0].startswith("vocabularies/services/05/560.ttl:1:")
    assert last.startswith("listkeeper: not started for ")
    assert "--allow-findings" in last

    words = [str(LISTKEEPER), "serve", "--port", "0", "--allow-findings"]
    with subprocess.Popen(words, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        lines = [process.stderr.readline().rstrip("\n") for _ in range(len(findings) + 3)]
        assert lines[: len(findings)] == findings
        running = Served(process, lines[len(findings) :])
        with running.open("/health") as reply:
            health = json.load(reply)
        process.terminate()
    assert health["findings"] == len(findings)
    assert health["status"] == "findings"


def test_it_listens_on_ipv6(folder: Path) -> None:
    """With `--host ::1` the links have the address in brackets."""
    if not socket.has_ipv6 or not _has_ipv6_loopback():
        pytest.skip("this machine has no IPv6 loopback")
    with serving("--host", "::1", folder=folder) as running:
        assert running.address.startswith("http://[::1]:")
        with running.open("/service/559.ttl") as reply:
            assert reply.status == 200


def _has_ipv6_loopback() -> bool:
    try:
        open_socket("::1", 0).close()
    except ListkeeperError:
        return False
    return True


def test_it_is_shown_in_a_folder(folder: Path) -> None:
    """Behind a proxy that strips the folder, links and redirects have it."""
    with serving("--root-path", "/lists", folder=folder) as running:
        assert running.lines[0].endswith("/lists/service/559")
        reply = running.send(b"GET /id/service/559 HTTP/1.1\r\nHost: x\r\n\r\n")

    assert b"\r\nlocation: /lists/service/559\r\n" in reply


def test_it_is_ready_soon(folder: Path) -> None:
    """From the command to the first answer; the bound is wide for a busy machine."""
    began = time.perf_counter()
    with serving(folder=folder) as running, running.open("/health"):
        assert time.perf_counter() - began < 5


ODD_REQUESTS = [
    # bytes on the wire, and the statuses that do no harm
    (b"GET /service/559.ttl HTTP/1.1\r\nHost: x\r\n\r\n", {200}),
    (b"GET //evil.example/ HTTP/1.1\r\nHost: x\r\n\r\n", {400, 404}),
    (b"GET http://evil.example/id/service/559 HTTP/1.1\r\nHost: x\r\n\r\n", {303}),
    (b"GET /service/\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n", {400, 404}),
    (b"GET /service/%ff%00 HTTP/1.1\r\nHost: x\r\n\r\n", {404}),
    (b"GET /" + b"a" * 60_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", {400, 404, 414}),
    (b"GET /service/559 HTTP/1.1\r\nHost: x\r\nAccept: \xff\xfe;q=\r\n\r\n", {200, 400}),
    (b"GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n", {400, 404}),
    (b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", {204}),
    (b"BREW / HTTP/1.1\r\nHost: x\r\n\r\n", {400, 405}),
    (b"nonsense\r\n\r\n", {400}),
    (b"POST /service/559 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc", {405}),
]


@pytest.mark.parametrize(("data", "statuses"), ODD_REQUESTS)
def test_odd_bytes_on_the_wire(served: Served, data: bytes, statuses: set[int]) -> None:
    """The real server survives them, and redirects nobody elsewhere."""
    reply = served.send(data)

    assert int(reply.split(b" ", 2)[1]) in statuses
    assert b"\r\nlocation: /service/559\r\n" in reply or b"\r\nlocation:" not in reply
    with served.open("/health") as health:
        assert health.status == 200


def test_head_over_the_wire(served: Served) -> None:
    """The length of what `GET` would send, and nothing after the headers."""
    reply = served.send(b"HEAD /service/559.ttl HTTP/1.1\r\nHost: x\r\n\r\n")
    headers, _, body = reply.partition(b"\r\n\r\n")

    assert body == b""
    assert b"content-length: " in headers
    assert b"content-length: 0" not in headers
    assert b"server:" not in headers
    with pytest.raises(HTTPError, match="404"):
        served.open("/service/none", method="HEAD")
