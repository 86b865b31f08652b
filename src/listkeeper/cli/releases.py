"""The releases of a lists repository, opened when they are asked for."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from listkeeper.cli.options import require_aside
from listkeeper.errors import ContentError
from listkeeper.release.archive import Releases
from listkeeper.release.artifact import compare_rendered, write_artifact
from listkeeper.release.past import Past, history_cache
from listkeeper.store.assets import find_assets
from listkeeper.store.history import find_repository, open_repository

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def opened_past(root: Path, templates: Path) -> Iterator[Past | None]:
    """Open the releases and the history of a lists repository; None without Git.

    Releases that cannot be read are known by their reason.
    """
    repository = find_repository(root)
    if repository is None:
        yield None
        return
    with repository:
        yield Past(repository, templates, history_cache())


def write_release(root: Path, name: str, out: Path, *, dry_run: bool) -> int:
    """Write the data files of a release into a folder.

    Args:
        root: the lists repository.
        name: the release, or ``latest``.
        out: the folder.
        dry_run: only see whether they come out as they were released.

    Returns:
        the command's exit code.

    Raises:
        UsageError: when there is no such release, or the folder holds something else.
        ContentError: when the files do not come out as they were released.
    """
    require_aside(out, root)
    with open_repository(root) as repository:
        releases = Releases(repository, find_assets("site_templates", None))
        record = releases.record(name)
        if record.manifest is None:
            raise ContentError(f"{record.name}: cannot be verified: {record.problem}")
        publication = releases.publication(record.name)
        if dry_run:
            compared = compare_rendered(publication, record.manifest)
            click.echo(f"{record.name}: {compared or 'would be written as released'}", err=True)
            return 1 if compared else 0
        count = write_artifact(publication, record.manifest, out)
    click.echo(f"wrote {count:,} files of release {record.name} to {out}", err=True)
    return 0
