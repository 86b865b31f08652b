"""``listkeeper serve``: the lists in a browser, and answers at their URIs."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shlex
import shutil
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from listkeeper.cli.loading import require_loadable
from listkeeper.cli.options import root_option
from listkeeper.cli.releases import opened_releases
from listkeeper.edition import load
from listkeeper.publish.publication import Publication
from listkeeper.publish.resources import ResourceKind
from listkeeper.store.assets import find_assets
from listkeeper.store.workspace import open_workspace
from listkeeper.web.app import create_app
from listkeeper.web.server import address_of, open_socket, run
from listkeeper.web.serving import Serving

if TYPE_CHECKING:
    from listkeeper.publish.resources import Resource

RENDERED_BYTES: Final = 8 * 2**20
"""Rendered bytes the publication keeps; the server keeps whole answers itself."""

FAVOURITES: Final = ("service/524", "service/559")
"""Entries to try things with, the first that there is."""

LOW_PRIORITY: Final = 10
PROGRAM: Final = "from listkeeper.cli import run; run()"


@click.command()
@root_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0: any free."
)
@click.option("--root-path", default="", help="Folder under which a proxy shows the site.")
@click.option("--allow-findings", is_flag=True, help="Start though the lists break load rules.")
def serve(root: Path, host: str, port: int, root_path: str, *, allow_findings: bool) -> None:
    """Show the lists in a browser; answer their URIs."""
    listening = open_socket(host, port)
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.closing(listening))
        workspace = open_workspace(root)
        edition = load(workspace)
        findings = require_loadable(edition, allow=allow_findings, refusal="not started")
        templates = find_assets("site_templates", workspace.root)
        publication = Publication(edition, templates=templates, cache_bytes=RENDERED_BYTES)
        serving = Serving(publication, findings=findings)
        serving.releases = stack.enter_context(opened_releases(workspace.root))
        hints = _hints(publication, address_of(listening) + root_path, root)
        meanwhile = partial(_meanwhile, serving, hints, workspace.root)
        run(create_app(serving), listening, root_path=root_path, meanwhile=meanwhile)


def _hints(publication: Publication, address: str, root: Path) -> tuple[str, str, str]:
    """Write the three lines to begin with, each of which works as it stands."""
    example = _example(publication)
    page, identifier = ("/lists", "/catalogue.ttl")
    words = [_program(), "check"]
    if example:
        page, identifier = (f"/{example.address}", f"/id/{example.address}")
        words = [_program(), "show", example.address]
    if root != Path():
        words += ["-C", str(root)]
    return (
        f"officer:    open {address}{page}",
        f'developer:  curl -sL -H "Accept: text/turtle" {address}{identifier}',
        f"maintainer: {shlex.join(words)}",
    )


def _example(publication: Publication) -> Resource | None:
    """Find an entry to try things with: the favourite, else a first one."""
    resources = publication.resources
    concepts = (r for r in resources.values() if r.kind is ResourceKind.CONCEPT)
    known = (resources[address] for address in FAVOURITES if address in resources)
    return next(known, None) or next(concepts, None)


def _program() -> str:
    """Give the command by which this program is found from the current folder."""
    name = Path(sys.argv[0]).name
    return name if name and shutil.which(name) else sys.argv[0]


async def _meanwhile(serving: Serving, hints: tuple[str, ...], root: Path) -> None:
    """Say how to begin, then check the lists and say what came of it."""
    for line in hints:
        click.echo(line, err=True)
    serving.verdict = await _check(root)
    click.echo(f"check: {serving.verdict}", err=True)


async def _check(root: Path) -> str:
    """Run a full check in a process of its own, behind the server's work, for its last line."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-c", PROGRAM, "check", "-C", str(root)),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    try:
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process.pid, LOW_PRIORITY)
        out, talk = await process.communicate()
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    return _last_line(out) or f"could not be run: {_last_line(talk)}"


def _last_line(output: bytes) -> str:
    lines = output.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else ""
