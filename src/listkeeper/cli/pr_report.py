"""``listkeeper pr-report``: what a change means and what it causes, for those who review it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from listkeeper.cli.options import require_aside, root_option
from listkeeper.edition import load
from listkeeper.release.change_report import FORMATS, report_change
from listkeeper.store.files import write_atomically
from listkeeper.store.history import open_repository
from listkeeper.store.workspace import open_workspace
from listkeeper.validate.against import choose


@click.command()
@click.option("--base", metavar="REV", help="What it is to be merged into; else the main branch.")
@click.option("--out", type=click.Path(path_type=Path), help="File to write; else it is shown.")
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), default="markdown")
@root_option
def pr_report(*, base: str | None, out: Path | None, format_: str, root: Path) -> None:
    """Report on the change at hand: what it means, what it causes, who is touched.

    The rules are those of what it is to be merged into. Ends with 1 when it causes an error.
    """
    workspace = open_workspace(root)
    if out:
        require_aside(out, workspace.root)
    with open_repository(workspace.root) as repository:
        report = report_change(load(workspace), choose(repository, base), workspace.root)
    text = FORMATS[format_](report)
    if out:
        write_atomically(out, text.encode())
        click.echo(f"{report.verdict}; written to {out}", err=True)
    else:
        click.echo(text, nl=False)
    sys.exit(0 if report.passes else 1)
