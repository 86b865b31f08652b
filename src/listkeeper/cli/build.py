"""``listkeeper build``: the whole site as files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from listkeeper.cli.build_history import build_history
from listkeeper.cli.loading import require_loadable
from listkeeper.cli.options import require_aside, root_option
from listkeeper.edition import load
from listkeeper.publish.publication import Publication
from listkeeper.publish.site import build as build_site
from listkeeper.store.assets import find_assets
from listkeeper.store.workspace import find_root, open_workspace
from listkeeper.web.site_rules import DEFAULT_ROOT, HOSTS, rules
from listkeeper.workers import processors


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder to write: a new one, or that of an earlier build, which is replaced.",
)
@click.option("--dry-run", is_flag=True, help="Make every document, write nothing.")
@click.option("--allow-findings", is_flag=True, help="Build even lists that break load rules.")
@click.option(
    "--release", metavar="NAME", help="Write the data files of a release instead, or `latest`."
)
@click.option(
    "--releases/--no-releases", default=True, help="Write every release too, below release/."
)
@click.option(
    "--rules",
    "host",
    type=click.Choice(list(HOSTS)),
    help="Only print the rules with which a web server serves what is built.",
)
@root_option
def build(  # noqa: PLR0913 - each is an option of the command
    *,
    out: Path | None,
    dry_run: bool,
    allow_findings: bool,
    release: str | None,
    releases: bool,
    host: str | None,
    root: Path,
) -> None:
    """Write the whole site as files that any web server can serve.

    Over an earlier build only what changed is made again. Ends with 1 when a format cannot carry
    what is in the lists; the rest is written. With --release, only the data files of a release,
    its manifest and their sums: byte for byte what was released, or nothing.
    """
    if host:
        click.echo(rules(host, str(out.resolve()) if out else DEFAULT_ROOT), nl=False)
        return
    if out is None:
        raise click.UsageError("Missing option '--out'.")
    if release is not None:
        # what builds the site does without what knows of releases
        from listkeeper.cli.releases import write_release  # noqa: PLC0415 - see above

        sys.exit(write_release(find_root(root), release, out, dry_run=dry_run))
    workspace = open_workspace(root)
    require_aside(out, workspace.root)
    edition = load(workspace)
    require_loadable(edition, allow=allow_findings, refusal="not built")
    templates = find_assets("site_templates", workspace.root)
    with build_history(workspace.root, templates) as history:
        built = build_site(
            Publication(edition, templates=templates, versions=history.versions),
            out,
            dry_run=dry_run,
            processes=processors(),
            parts=history.parts if releases else (),
        )
    for error in built.refused:
        click.echo(f"{error}", err=True)
    verb = "would write" if dry_run else "wrote"
    size = f"{built.files:,} files, {built.bytes / 1e6:.1f} MB, to {out}"
    click.echo(f"{verb} {size}: {built.rendered:,} made anew, {built.changed:,} changed", err=True)
    sys.exit(1 if built.refused else 0)
