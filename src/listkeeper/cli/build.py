"""``listkeeper build``: the whole site as files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from listkeeper.cli.options import root_option
from listkeeper.edition import Edition, load
from listkeeper.errors import FindingsError
from listkeeper.publish.publication import Publication
from listkeeper.publish.site import build as build_site
from listkeeper.store.assets import find_assets
from listkeeper.store.workspace import open_workspace
from listkeeper.validate import Severity, load_findings


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
    edition = load(workspace)
    if not allow_findings:
        _refuse_findings(edition)
    publication = Publication(edition, templates=find_assets("site_templates", workspace.root))
    built = build_site(publication, out, dry_run=dry_run)
    for error in built.refused:
        click.echo(f"{error}", err=True)
    verb = "would write" if dry_run else "wrote"
    click.echo(f"{verb} {built.files:,} files, {built.bytes / 1e6:.1f} MB, to {out}", err=True)
    sys.exit(1 if built.refused else 0)


def _refuse_findings(edition: Edition) -> None:
    """Refuse to publish lists that could not be read whole, or that lead nowhere."""
    findings = [f for f in load_findings(edition) if f.severity is Severity.ERROR]
    for finding in findings:
        click.echo(f"{finding.place} {finding.code} {finding.message} {finding.remedy}", err=True)
    if findings:
        count = f"{len(findings)} finding" + "s" * (len(findings) > 1)
        raise FindingsError(f"not built for {count}: correct the files, or add --allow-findings")
