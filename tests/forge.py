"""A server that answers as GitHub does, as far as the step that writes the comment asks it."""

from __future__ import annotations

import io
import json
import threading
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

REPOSITORY: Final = "example/lists"
TOKEN: Final = "a-token"  # noqa: S105 - no secret: the server of the tests takes any
BOT: Final = "github-actions[bot]"
COMMIT: Final = "c0ffee" * 6 + "c0ff"


def archive(members: dict[str, bytes]) -> bytes:
    """Pack an artifact."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in members.items():
            opened.writestr(name, data)
    return packed.getvalue()


@dataclass(kw_only=True)
class Forge:
    """What the forge holds, and what it was asked."""

    artifact: bytes | None = None
    pulls: list[dict[str, Any]] = field(default_factory=list)
    comments: list[dict[str, Any]] = field(default_factory=list)
    written: list[tuple[str, str, str]] = field(default_factory=list)
    """Method, path and text of each comment written."""
    tokens: dict[str, str | None] = field(default_factory=dict)
    """Path to the authorisation that was sent with it."""
    asked: list[dict[str, list[str]]] = field(default_factory=list)
    """What pull requests were searched by."""
    address: str = ""
    store: str = ""
    """Where artifacts lie: another host than the forge's."""

    def answer(self, path: str, query: dict[str, list[str]]) -> Any:  # noqa: ANN401 - JSON
        """Answer a question."""
        if path.endswith("/pulls"):
            self.asked.append(query)
            return self.pulls
        if path.endswith("/artifacts"):
            known = self.artifact is not None
            item = {"id": 7, "name": "report", "size_in_bytes": len(self.artifact or b"")}
            return {"artifacts": [item] if known else []}
        first = (int(query["page"][0]) - 1) * 100
        return self.comments[first : first + 100]


@contextmanager
def serving(forge: Forge) -> Iterator[Forge]:
    """Serve the forge, and beside it the host that artifacts lie on."""
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), _answers(forge)) for _ in range(2)]
    forge.address, forge.store = (f"http://127.0.0.1:{s.server_address[1]}" for s in servers)
    threads = [threading.Thread(target=server.serve_forever) for server in servers]
    for thread in threads:
        thread.start()
    try:
        yield forge
    finally:
        for server, thread in zip(servers, threads, strict=True):
            server.shutdown()
            thread.join()
            server.server_close()


def _answers(forge: Forge) -> type[BaseHTTPRequestHandler]:
    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            forge.tokens[parts.path] = self.headers["Authorization"]
            if parts.path.endswith("/zip"):
                self.send_response(302)
                self.send_header("Location", f"{forge.store}/stored")
                self.send_header("Content-Length", "0")
                self.end_headers()
            elif parts.path == "/stored":
                self._send(forge.artifact or b"")
            else:
                told = forge.answer(parts.path, parse_qs(parts.query))
                self._send(json.dumps(told).encode())

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            text = json.loads(self.rfile.read(length))["body"]
            forge.written.append((self.command, urlsplit(self.path).path, text))
            self._send(b"{}")

        do_PATCH = do_POST  # noqa: N815 - the name that the library looks for

        def _send(self, data: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    return Answers
