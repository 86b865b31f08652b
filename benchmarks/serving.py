"""Requests per second of a server of 12,000 entries: ours, a bare FastAPI route, and nginx.

One worker each, loopback, the same bytes from all; the addresses of 2,000 entries in Turtle,
JSON-LD and HTML are asked in turn, with full headers from ours. Rounds are interleaved, so that a
busy machine slows all alike, and what counts is the ratios. Then, of ours: what it takes to ask
for all entries at random, cold and warm, and what readers notice of a reload. It needs a C
compiler for the client (a client in Python is slower than what it is to measure); nginx is left
out where it is not installed.
"""

from __future__ import annotations

import contextlib
import random
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.request import urlopen

from large import SHARES, TWELFTHS, write_large

if TYPE_CHECKING:
    from collections.abc import Iterator

ENTRIES: Final = 12_000
ASKED: Final = 2_000
FORMATS: Final = (".ttl", ".jsonld", ".html")
CONNECTIONS: Final = 32
SECONDS: Final = 2
ROUNDS: Final = 5
FIRST: Final = 10_001
EDITED: Final = "vocabularies/services/101/10150.ttl"

BARE: Final = """
import sys
from pathlib import Path
import uvicorn
from fastapi import FastAPI, Response
app = FastAPI()
folder = Path(sys.argv[1])
kinds = {".ttl": "text/turtle", ".jsonld": "application/ld+json", ".html": "text/html"}
bodies = {
    str(file.relative_to(folder)): (file.read_bytes(), kinds[file.suffix])
    for file in folder.rglob("*") if file.is_file()
}
@app.get("/{path:path}")
async def concept(path: str) -> Response:
    body, kind = bodies[path]
    return Response(body, media_type=kind)
uvicorn.run(app, port=int(sys.argv[2]), access_log=False, log_level="warning")
"""

NGINX: Final = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log; {user}
events {{ worker_connections 256; }}
http {{
  access_log off; keepalive_requests 10000000; etag on; sendfile on; tcp_nopush on;
  types {{ text/turtle ttl; application/ld+json jsonld; text/html html; }}
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{ listen 127.0.0.1:{port}; root {folder}/files; }}
}}
"""


@dataclass(frozen=True, kw_only=True)
class Load:
    """What came of putting load on a server; times in milliseconds."""

    rate: float
    median: float
    p99: float
    longest: float
    failures: int


@dataclass
class Server:
    """A server to measure, and what was measured."""

    name: str
    port: int
    process: subprocess.Popen[str]
    loads: list[Load] = field(default_factory=list)

    def middle(self, what: str) -> float:
        """Give the median round of a figure."""
        return float(statistics.median(getattr(load, what) for load in self.loads))

    @property
    def megabytes(self) -> float:
        """What it has in memory."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("utf-8")
        return next(int(x.split()[1]) for x in status.splitlines() if x[:6] == "VmRSS:") / 1024


class Client:
    """The client, compiled."""

    def __init__(self, folder: Path) -> None:
        """Compile it into a folder."""
        compiler = shutil.which("cc") or shutil.which("gcc")
        if compiler is None:
            raise SystemExit("no C compiler: `apt install gcc` for these figures")
        self._program = folder / "load"
        source = Path(__file__).with_name("load.c")
        subprocess.run([compiler, "-O2", "-o", self._program, source], check=True)

    def load(self, server: Server, paths: Path, seconds: float = SECONDS, extra: str = "") -> Load:
        """Put load on a server for some seconds."""
        words = (str(server.port), str(CONNECTIONS), str(seconds), str(paths), extra)
        done = subprocess.run([self._program, *words], capture_output=True, text=True, check=True)
        rate, median, p99, longest, failures, _ = map(float, done.stdout.split())
        times = [micros / 1000 for micros in (median, p99, longest)]
        return Load(
            rate=rate, median=times[0], p99=times[1], longest=times[2], failures=int(failures)
        )


def addresses() -> list[str]:
    """Give the addresses of all entries."""
    return [
        f"/{segment}/{FIRST + number}"
        for _, segment, _, share in SHARES
        for number in range(ENTRIES * share // TWELFTHS)
    ]


def written(file: Path, lines: list[str]) -> Path:
    """Write paths for the client."""
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return file


@contextlib.contextmanager
def running(*words: str, folder: Path | None = None) -> Iterator[subprocess.Popen[str]]:
    """Run a server until the block ends."""
    process = subprocess.Popen(words, cwd=folder, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


def free_port() -> int:
    """Find a port that nothing listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def read(url: str) -> bytes:
    """Fetch a URL, waiting a little for its server to start."""
    for _ in range(200):
        with contextlib.suppress(OSError), urlopen(url, timeout=30) as reply:  # noqa: S310 - our own servers on loopback
            body: bytes = reply.read()
            return body
        time.sleep(0.05)
    raise SystemExit(f"{url} is not answered")


def ours(stack: contextlib.ExitStack, lists: Path) -> Server:
    """Start our server, and wait until its check has ended and no longer takes time."""
    listkeeper, port = str(Path(sys.executable).with_name("listkeeper")), free_port()
    process = stack.enter_context(
        running(listkeeper, "serve", "-C", str(lists), "--port", str(port))
    )
    for line in process.stderr or ():
        if line.startswith("check:"):
            break
    return Server("listkeeper serve", port, process)


def others(stack: contextlib.ExitStack, folder: Path) -> list[Server]:
    """Start the bare route and nginx, where it is installed."""
    port, files = free_port(), str(folder / "files")
    process = stack.enter_context(running(sys.executable, "-P", "-c", BARE, files, str(port)))
    found = [Server("FastAPI route, dict", port, process)]
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program:
        port, configuration = free_port(), folder / "nginx.conf"
        folder.chmod(0o755)
        user = "user root;" if Path("/root").owner() == folder.owner() else ""
        configuration.write_text(NGINX.format(folder=folder, port=port, user=user), "utf-8")
        words = (program, "-c", str(configuration), "-p", str(folder))
        found.append(Server("nginx, the same files", port, stack.enter_context(running(*words))))
    return found


def fetch(own: Server, folder: Path, paths: list[str]) -> int:
    """Write what our server answers into files; give the median size."""
    for path in paths:
        file = folder / "files" / path[1:]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(read(f"http://127.0.0.1:{own.port}{path}"))
    return int(statistics.median(p.stat().st_size for p in folder.rglob("files/**/*.*")))


def compare(client: Client, servers: list[Server], paths: Path) -> None:
    """Measure each server in turn, and print the ratios to ours."""
    for _ in range(ROUNDS):
        for server in servers:
            server.loads.append(client.load(server, paths))
    own = servers[0]
    print(f"{'':24}{'requests/s':>11}{'ours is':>9}{'p99 ms':>8}{'ours is':>9}{'failures':>9}")
    for server in servers:
        rate, p99 = server.middle("rate"), server.middle("p99")
        failures = sum(load.failures for load in server.loads)
        print(
            f"{server.name:24}{rate:11,.0f}{own.middle('rate') / rate:8.2f}x{p99:8.2f}"
            f"{own.middle('p99') / p99:8.2f}x{failures:9}"
        )


def line(name: str, load: Load, server: Server) -> None:
    """Print one measurement."""
    print(
        f"{name:40}{load.rate:9,.0f}/s   median {load.median:6.2f}  p99 {load.p99:7.2f}"
        f"  longest {load.longest:7.1f} ms   {server.megabytes:4.0f} MB   {load.failures} failures"
    )


def edit(lists: Path, own: Server, name: str) -> None:
    """Change an entry and have it noticed."""
    file = lists / EDITED
    file.write_text(file.read_text("utf-8").replace('"@en ;', f' {name}"@en ;', 1), "utf-8")
    own.process.send_signal(signal.SIGHUP)


def measure(folder: Path) -> None:
    """Measure all there is."""
    client, everything = Client(folder), addresses()
    random.Random(6).shuffle(everything)  # noqa: S311 - an order, no secret
    paths = [f"{address}{format_}" for address in everything[:ASKED] for format_ in FORMATS]
    asked = written(folder / "asked", paths)
    uniform = [f"{a}{f}" for a in everything for f in FORMATS]
    random.Random(7).shuffle(uniform)  # noqa: S311 - as above
    lists = write_large(folder / "lists", ENTRIES)
    with contextlib.ExitStack() as stack:
        own = ours(stack, lists)
        print(f"{ENTRIES:,} entries in memory: {own.megabytes:.0f} MB")
        size = fetch(own, folder, paths)
        print(f"{len(paths):,} addresses, median body {size:,} bytes; rounds of {SECONDS} s")
        compare(client, [own, *others(stack, folder)], asked)
        line("304, the same addresses", client.load(own, asked, extra="If-None-Match: *\r\n"), own)
        ids = written(folder / "ids", [f"/id{address}" for address in everything[:ASKED]])
        turtle = "Accept: text/turtle\r\n"
        line("303 of /id", client.load(own, ids, extra=turtle), own)
        every = written(folder / "every", uniform)
        line("all entries at random, cold", client.load(own, every, 20), own)
        line("all entries at random, after that", client.load(own, every, 10), own)
        one = written(folder / "one", ["/static/style.css"])
        line("one file, steady", client.load(own, one, 4), own)
        edit(lists, own, "edited")
        line("one file, while a reload goes on", client.load(own, one, 4), own)


def main() -> None:
    """Measure and report."""
    shared = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    place = shared if shared.is_dir() else None
    with tempfile.TemporaryDirectory(dir=place) as folder:
        measure(Path(folder))


if __name__ == "__main__":
    main()
