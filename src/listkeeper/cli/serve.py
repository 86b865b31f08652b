"""``listkeeper serve``: the lists in a browser, and answers at their URIs."""

from __future__ import annotations

import contextlib
import gc
import tempfile
from dataclasses import dataclass
from functools import partial
from typing import IO, TYPE_CHECKING, Final

import click

from listkeeper.cli.hints import hints
from listkeeper.cli.keeping import Behind, keep_up
from listkeeper.cli.loading import refuse_findings
from listkeeper.cli.options import root_option
from listkeeper.cli.releases import opened_past
from listkeeper.publish.publication import Publication
from listkeeper.release.archive import LATEST
from listkeeper.store.assets import find_assets
from listkeeper.store.history import find_repository
from listkeeper.store.workspace import find_root
from listkeeper.web.app import create_app
from listkeeper.web.banner import Banner
from listkeeper.web.folder import root_folder
from listkeeper.web.keeper import Keeper
from listkeeper.web.server import address_of, open_socket, run
from listkeeper.web.serving import Serving
from listkeeper.web.sources import Released, WorkingTree
from listkeeper.web.supervisor import Place, Supervisor

if TYPE_CHECKING:
    import socket
    from pathlib import Path

    from listkeeper.edition import Edition
    from listkeeper.web.sources import Snapshot, Source

MOST_WORKERS: Final = 64

RELEASE_POLL: Final = 30.0
"""Seconds between two looks for a newer release, unless told."""

WATCH_POLL: Final = 2.0
"""Seconds between two looks while watching: a file that is saved into a folder which was made a
moment before is not noticed otherwise."""


@click.command()
@root_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0: any free."
)
@click.option(
    "--root-path",
    default="",
    callback=lambda _context, _option, text: root_folder(text),
    help="Folder under which a proxy shows the site.",
)
@click.option("--allow-findings", is_flag=True, help="Start though the lists break load rules.")
@click.option(
    "--release", metavar="NAME", help="Serve a release, once verified; `latest` is the newest."
)
@click.option(
    "--workers",
    default=1,
    show_default=True,
    type=click.IntRange(1, MOST_WORKERS),
    help="Processes that answer.",
)
@click.option(
    "--poll",
    type=click.FloatRange(0.1),
    help="Seconds between looks for something newer; SIGHUP looks at once.",
)
@click.option("--watch", is_flag=True, help="Show what is saved at once, and faults in the page.")
def serve(  # noqa: PLR0913 - one argument for each option
    *,
    root: Path,
    host: str,
    port: int,
    root_path: str,
    release: str | None,
    workers: int,
    poll: float | None,
    allow_findings: bool,
    watch: bool,
) -> None:
    """Show the lists in a browser; answer their URIs."""
    top = find_root(root)
    templates = find_assets("site_templates", top)
    source = Released(top, release, templates) if release else WorkingTree(top, templates)
    with contextlib.ExitStack() as stack:
        listening = stack.enter_context(contextlib.closing(open_socket(host, port)))
        first = source.look(None)
        _tell(first, allow=allow_findings or watch)
        server = Server(
            root=top,
            listening=listening,
            root_path=root_path,
            source=source,
            first=first,
            publication=_publish(templates, first.edition, timed=find_repository(top) is not None),
            templates=templates,
            turn=stack.enter_context(tempfile.TemporaryFile()),
            poll=poll or (RELEASE_POLL if release == LATEST else WATCH_POLL if watch else None),
            watch=watch,
        )
        lines = hints(server.publication, address_of(listening) + root_path, root)
        start(server, workers, lines)


def _publish(templates: Path, edition: Edition, *, timed: bool) -> Publication:
    """Publish an edition, with what the first request would otherwise have to wait for.

    The server keeps whole answers, so no bytes are kept besides.

    Args:
        templates: the folder ``site_templates``.
        edition: what is published.
        timed: whether the past is told of, as it is of lists in a Git repository.
    """
    publication = Publication(edition, templates=templates, cache_bytes=0, timed=timed)
    home = publication.find("/")
    if home is not None and edition.published:
        publication.render(home)
    return publication


def _tell(first: Snapshot, *, allow: bool) -> None:
    """Tell what is wrong with what there is.

    Raises:
        FindingsError: when it breaks load rules, which are not allowed to be broken.
    """
    if first.passed_over:
        click.echo(f"passed over {first.passed_over}", err=True)
    refuse_findings(first.findings, allow=allow, refusal="not started")


@dataclass(frozen=True, kw_only=True)
class Server:
    """What each worker needs to answer."""

    root: Path
    listening: socket.socket
    root_path: str
    source: Source
    first: Snapshot
    publication: Publication
    templates: Path
    turn: IO[bytes]
    """By which workers take turns with the full check."""
    poll: float | None
    watch: bool

    def work(self, lines: tuple[str, ...], place: Place) -> None:
        """Answer until told to end.

        Args:
            lines: how to begin, told by the worker that is first.
            place: where this worker stands.
        """
        is_first = place.number == 0 and not place.taken_over
        with opened_past(self.root, self.templates) as past:
            publish = partial(_publish, self.templates, timed=past is not None)
            releases = past.refresh if past else dict
            keeper = Keeper(self.source, self.first, publish, releases)
            serving = Serving(self.publication, findings=len(self.first.findings))
            serving.past = past
            keeper.attach(serving)
            if place.taken_over:
                keeper.catch_up()
            app = create_app(serving)
            behind = Behind(
                root=self.root,
                keeper=keeper,
                lines=lines if is_first else (),
                turn=self.turn,
                poll=self.poll,
                watched=(self.root / "vocabularies", self.templates) if self.watch else (),
            )
            run(
                Banner(app, serving) if self.watch else app,
                self.listening,
                root_path=self.root_path,
                meanwhile=partial(keep_up, behind),
                parent=place.parent,
            )


def start(server: Server, workers: int, lines: tuple[str, ...]) -> None:
    """Answer in this process, or in several under a supervisor."""
    gc.collect()  # Python then knows how much stays, and will not walk it all at every turn
    if workers == 1:
        server.work(lines, Place(0))
        return
    gc.freeze()  # the collector would otherwise write to every page that the workers share
    Supervisor(workers, server.listening, partial(server.work, lines)).run()
