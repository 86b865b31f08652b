"""Requests per second of one format URL: our server, a bare FastAPI route, and nginx.

One worker each, loopback only, the same bytes from all; rounds are interleaved, so that a busy
machine slows them alike, and what counts is the ratios. nginx is left out where it is not
installed. Run it from anywhere: ``python benchmarks/serving.py [-C DIR]``.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import urlsplit
from urllib.request import urlopen

import uvloop

if TYPE_CHECKING:
    from collections.abc import Iterator

CONNECTIONS: Final = 32
SECONDS: Final = 1.5
ROUNDS: Final = 5
FILE: Final = "559.ttl"

BARE: Final = """
import sys
from pathlib import Path
import uvicorn
from fastapi import FastAPI, Response
app = FastAPI()
bodies = {"559": Path(sys.argv[1]).read_bytes()}
@app.get("/service/{code}.ttl")
async def concept(code: str) -> Response:
    return Response(bodies[code], media_type="text/turtle")
uvicorn.run(app, port=int(sys.argv[2]), access_log=False, log_level="warning")
"""

NGINX: Final = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
  access_log off; keepalive_requests 10000000; etag on;
  types {{ text/turtle ttl; }}
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{ listen 127.0.0.1:{port}; location /service/ {{ alias {folder}/; }} }}
}}
"""


@dataclass
class Server:
    """A server to measure, and what was measured."""

    name: str
    url: str
    rates: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Requests per second, the median of the rounds."""
        return statistics.median(self.rates)


class Client(asyncio.Protocol):
    """One connection that asks again as soon as it is answered."""

    def __init__(self, request: bytes, size: int) -> None:
        """Ask with `request`, whose every answer has `size` bytes."""
        self.request = request
        self.size = size
        self.received = 0
        self.answers = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the first time."""
        self.transport = cast("asyncio.Transport", transport)
        self.transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        """Count an answer that is whole, and ask again."""
        self.received += len(data)
        if self.received >= self.size:
            self.received -= self.size
            self.answers += 1
            self.transport.write(self.request)


def _itself(client: Client) -> Client:
    return client


async def load(url: str) -> float:
    """Put load on a URL for a while; give the answers per second."""
    parts = urlsplit(url)
    request = f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept: */*\r\n\r\n".encode()
    host, port = parts.hostname or "", parts.port or 0
    size = await asyncio.to_thread(answer_size, host, port, request)
    loop = asyncio.get_running_loop()
    clients = [Client(request, size) for _ in range(CONNECTIONS)]
    for client in clients:
        await loop.create_connection(partial(_itself, client), host, port)
    began, before = time.perf_counter(), sum(client.answers for client in clients)
    await asyncio.sleep(SECONDS)
    answers = sum(client.answers for client in clients) - before
    rate = answers / (time.perf_counter() - began)
    for client in clients:
        client.transport.abort()
    return rate


def answer_size(host: str, port: int, request: bytes) -> int:
    """Measure a whole answer: its length is the same each time."""
    with socket.create_connection((host, port), timeout=5) as connection:
        connection.sendall(request)
        received = b""
        while b"\r\n\r\n" not in received:
            received += connection.recv(65536)
        head, _, body = received.partition(b"\r\n\r\n")
        lines = (line.partition(b":") for line in head.lower().split(b"\r\n"))
        length = next(int(value) for name, _, value in lines if name == b"content-length")
        while len(body) < length:
            body += connection.recv(65536)
    return len(head) + 4 + length


@contextlib.contextmanager
def running(*words: str, folder: Path | None = None) -> Iterator[subprocess.Popen[str]]:
    """Run a server until the block ends."""
    process = subprocess.Popen(words, cwd=folder, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(10)


def free_port() -> int:
    """Find a port that nothing listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def read(url: str) -> bytes:
    """Fetch a URL, waiting a little for its server to start."""
    for _ in range(100):
        with contextlib.suppress(OSError), urlopen(url, timeout=5) as reply:  # noqa: S310 - our own servers on loopback
            body: bytes = reply.read()
            return body
        time.sleep(0.05)
    raise SystemExit(f"{url} is not answered")


def ours(stack: contextlib.ExitStack, lists: Path) -> Server:
    """Start our server, and wait until its check has ended and no longer takes time."""
    listkeeper = str(Path(sys.executable).with_name("listkeeper"))
    words = (listkeeper, "serve", "-C", str(lists), "--port", "0", "--allow-findings")
    process = stack.enter_context(running(*words))
    for line in process.stderr or ():
        if line.startswith("officer:"):
            url = line.split()[-1]
        if line.startswith("check:"):
            break
    return Server("listkeeper serve", f"{url}.ttl")


def bare(stack: contextlib.ExitStack, file: Path) -> Server:
    """Start a FastAPI application with one route that answers from a dictionary."""
    port = free_port()
    stack.enter_context(running(sys.executable, "-P", "-c", BARE, str(file), str(port)))
    return Server("FastAPI route, dict", f"http://127.0.0.1:{port}/service/{FILE}")


def nginx(stack: contextlib.ExitStack, file: Path) -> list[Server]:
    """Start nginx with the same file; nothing where it is not installed."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        return []
    port, folder = free_port(), file.parent
    configuration = folder / "nginx.conf"
    configuration.write_text(NGINX.format(folder=folder, port=port), encoding="utf-8")
    folder.chmod(0o755)
    stack.enter_context(running(program, "-c", str(configuration), "-p", str(folder)))
    return [Server("nginx, the same file", f"http://127.0.0.1:{port}/service/{FILE}")]


def measure(lists: Path) -> list[Server]:
    """Measure every server, ours first."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        own = ours(stack, lists)
        body = read(own.url)
        file = folder / FILE
        file.write_bytes(body)
        servers = [own, bare(stack, file), *nginx(stack, file)]
        different = [server.name for server in servers if read(server.url) != body]
        if different:
            raise SystemExit(f"other bytes came from {', '.join(different)}")
        for _ in range(ROUNDS):
            for server in servers:
                server.rates.append(uvloop.run(load(server.url)))
    return servers


def report(servers: list[Server]) -> None:
    """Print the rates and our ratio to each of the others."""
    own = servers[0]
    print(f"{'requests per second':<24}{'median':>10}{'lowest':>10}{'highest':>10}{'ours is':>10}")
    for server in servers:
        ratio = f"{own.rate / server.rate:.2f} x"
        low, high = min(server.rates), max(server.rates)
        print(f"{server.name:<24}{server.rate:>10,.0f}{low:>10,.0f}{high:>10,.0f}{ratio:>10}")
    if len(servers) < 3:  # noqa: PLR2004 - ours, the bare route, nginx
        print("nginx is not installed: not compared")


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    root = Path(__file__).resolve().parent.parent
    parser.add_argument("-C", dest="lists", type=Path, default=root, help="a lists repository")
    report(measure(parser.parse_args().lists))


if __name__ == "__main__":
    main()
