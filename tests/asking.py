"""Asking the application as a server does, with bytes that no well-meaning client sends."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from listkeeper.edition import load
from listkeeper.publish.publication import Publication
from listkeeper.store.workspace import open_workspace
from listkeeper.web.app import create_app
from listkeeper.web.serving import Serving
from sample import write_sample

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Message

TEMPLATES = Path(__file__).resolve().parent.parent / "site_templates"


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def varies(self) -> set[str]:
        """The request headers that the answer depends on."""
        return {name.strip() for name in self.headers.get("vary", "").split(",")} - {""}


@dataclass(frozen=True, kw_only=True)
class Site:
    """A sample repository being served in process."""

    serving: Serving
    app: ASGIApp

    @property
    def publication(self) -> Publication:
        """What is published."""
        return self.serving.shelf.publication

    def ask(
        self,
        target: str | bytes,
        accept: str | None = None,
        *,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        root_path: str = "",
        body: bytes = b"",
    ) -> Reply:
        """Send one request, as :func:`ask` does."""
        return ask(
            self.app,
            target,
            accept,
            method=method,
            headers=headers,
            root_path=root_path,
            body=body,
        )


def make_site(
    folder: Path,
    extra: Mapping[str, str] | None = None,
    *,
    hostile: bool = False,
    more: int = 0,
    base: str = "https://lists.example.org/",
) -> Site:
    """Serve the sample repository, with more files below ``vocabularies/`` where wanted."""
    write_sample(folder, hostile=hostile, more=more, base=base)
    for path, text in (extra or {}).items():
        file = folder / "vocabularies" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    publication = Publication(load(open_workspace(folder)), templates=TEMPLATES)
    serving = Serving(publication)
    return Site(serving=serving, app=create_app(serving))


def ask(  # noqa: PLR0913 - a request has these parts
    app: ASGIApp,
    target: str | bytes,
    accept: str | None = None,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    root_path: str = "",
    body: bytes = b"",
) -> Reply:
    """Send one request as ASGI scope, exactly as uvicorn makes it of these bytes."""
    raw = target.encode() if isinstance(target, str) else target
    path, _, query = raw.partition(b"?")
    sent = {**({} if accept is None else {"accept": accept}), **(headers or {})}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "scheme": "http",
        "method": method,
        "path": root_path + unquote(path.decode("latin-1")),
        "raw_path": root_path.encode() + path,
        "root_path": root_path,
        "query_string": query,
        "headers": [(k.lower().encode(), v.encode("latin-1", "replace")) for k, v in sent.items()],
        "server": ("127.0.0.1", 8000),
        "client": ("127.0.0.1", 50000),
        "state": {},
    }
    return asyncio.run(_exchange(app, scope, body))


async def _exchange(app: ASGIApp, scope: dict[str, Any], body: bytes) -> Reply:
    messages: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        messages.append(dict(message))

    await app(scope, receive, send)
    start, *bodies = messages
    names = [name for name, _ in start["headers"]]
    assert len(names) == len(set(names)), f"a header is sent twice: {names}"
    return Reply(
        status=start["status"],
        headers={name.decode(): value.decode("latin-1") for name, value in start["headers"]},
        body=b"".join(part["body"] for part in bodies),
    )
