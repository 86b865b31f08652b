"""``listkeeper check``: check the lists, and tell what is wrong, where, and what to do."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from listkeeper.cli.foreign import file_options
from listkeeper.cli.options import root_option, wants_colour
from listkeeper.cli.verdicts import Question, Verdict
from listkeeper.edition import load
from listkeeper.store.assets import find_assets
from listkeeper.store.workspace import open_workspace
from listkeeper.validate import Severity, engine
from listkeeper.validate.formats import FORMATS

if TYPE_CHECKING:
    from pathlib import Path


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
@click.option("--against", metavar="REV", help="Compare with a revision, whose rules decide.")
@click.option("--changed", is_flag=True, help="Tell only what the change since then causes.")
@click.option("--no-cache", is_flag=True, help="Neither look up nor keep what was found.")
@click.option("--fix", is_flag=True, help="First put right what has one right answer.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and write nothing.")
@file_options
@click.pass_obj
def check(  # noqa: PLR0913 - each is an option of the command
    asked: Question | None,
    root: Path,
    format_: str,
    engine_: str,
    severity: str,
    against: str | None,
    *,
    changed: bool,
    no_cache: bool,
    fix: bool,
    diff: bool,
) -> None:
    """Check the lists: every finding with its file, line, rule and remedy.

    With FILE..., check other vocabularies instead: any SKOS, each file on its own; - is standard
    input. Ends with 1 when there is an error. `listkeeper explain CODE` tells about a rule.
    """
    del no_cache  # a word that makes the question none that is looked up
    workspace = asked.workspace if asked else open_workspace(root)
    if fix or diff:
        # what only looks has no use for history and edits
        from listkeeper.cli.fixing import fixed  # noqa: PLC0415 - see above

        workspace = fixed(workspace, against, diff=diff)
    shapes = None if engine_ == "none" else find_assets("shapes", workspace.root)
    least = Severity(severity)
    if against is not None or changed:
        # what needs no history does without the modules for it
        from listkeeper.cli.comparing import compared  # noqa: PLC0415 - see above

        report = compared(workspace, against, engine_, least, changed=changed)
    else:
        report = engine.check(load(workspace), shapes_folder=shapes, engine=engine_, least=least)
    colour = sys.stdout.isatty() and wants_colour(os.environ)
    text = FORMATS[format_](report, least, colour=colour)
    verdict = Verdict(text=text, remark=report.remark, exit_code=0 if report.conforms else 1)
    if asked and not report.unfinished:
        asked.remember(verdict)
    verdict.tell()
