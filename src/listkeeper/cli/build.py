"""``listkeeper build``: the whole site as files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from listkeeper.cli.loading import require_loadable
from listkeeper.cli.options import require_aside, root_option
from listkeeper.edition import load
from listkeeper.publish.publication import Publication
from listkeeper.publish.site import build as build_site
from listkeeper.store.assets import find_assets
from listkeeper.store.workspace import open_workspace


@click.command()
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="Folder to write: a new one, or that of an earlier build, which is replaced.",
)
@click.option("--dry-run", is_flag=True, help="Make every document, write nothing.")
@click.option("--allow-findings", is_flag=True, help="Build even lists that break load rules.")
@root_option
def build(*, out: Path, dry_run: bool, allow_findings: bool, root: Path) -> None:
    """Write the whole site as files that any web server can serve.

    Ends with 1 when a format cannot carry what is in the lists; the rest is written.
    """
    workspace = open_workspace(root)
    require_aside(out, workspace.root)
    edition = load(workspace)
    require_loadable(edition, allow=allow_findings, refusal="not built")
    publication = Publication(edition, templates=find_assets("site_templates", workspace.root))
    built = build_site(publication, out, dry_run=dry_run)
    for error in built.refused:
        click.echo(f"{error}", err=True)
    verb = "would write" if dry_run else "wrote"
    click.echo(f"{verb} {built.files:,} files, {built.bytes / 1e6:.1f} MB, to {out}", err=True)
    sys.exit(1 if built.refused else 0)
