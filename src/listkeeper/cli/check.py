"""``listkeeper check``: check the lists, and tell what is wrong, where, and what to do."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from listkeeper.cli.options import root_option
from listkeeper.edition import load
from listkeeper.store.assets import find_assets
from listkeeper.store.workspace import open_workspace
from listkeeper.validate import Severity, engine
from listkeeper.validate.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def wants_colour(environment: Mapping[str, str]) -> bool:
    """Say whether a terminal's user wants colour: see https://no-color.org/."""
    return not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"


ENGINES = ("compiled", "pyshacl", "none")


@click.command()
@root_option
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), default="text")
@click.option(
    "--engine",
    "engine_",
    type=click.Choice(ENGINES),
    default=ENGINES[0],
    help="What runs the shapes: ours, the reference, or nothing.",
)
@click.option(
    "--severity",
    type=click.Choice([severity.value for severity in Severity]),
    default=Severity.WARNING.value,
    help="Tell findings that matter so much or more; the others are counted.",
)
def check(root: Path, format_: str, engine_: str, severity: str) -> None:
    """Check the lists: every finding with its file, line, rule and remedy.

    Ends with 1 when there is an error. `listkeeper explain CODE` tells more about a rule.
    """
    workspace = open_workspace(root)
    shapes = None if engine_ == "none" else find_assets("shapes", workspace.root)
    least = Severity(severity)
    report = engine.check(load(workspace), shapes_folder=shapes, engine=engine_, least=least)
    if report.remark:
        click.echo(report.remark, err=True)
    colour = sys.stdout.isatty() and wants_colour(os.environ)
    click.echo(FORMATS[format_](report, least, colour=colour), nl=False)
    sys.exit(0 if report.conforms else 1)
