"""The command line: each command parses, calls and presents, and is imported only when used."""

from __future__ import annotations

import contextlib
import difflib
import importlib
import os
import sys
import threading
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import click

from listkeeper import __version__
from listkeeper.errors import ListkeeperError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listkeeper.cli.verdicts import Question


class Entry(NamedTuple):
    """Where a command lives and what it does, told without importing it."""

    module: str
    name: str
    summary: str


COMMANDS: Final = {
    "accept": Entry("listkeeper.cli.retire", "accept", "Take a proposed entry up."),
    "build": Entry("listkeeper.cli.build", "build", "Write the whole site as files."),
    "changelog": Entry(
        "listkeeper.cli.changelog", "changelog", "Write what changed as a changelog."
    ),
    "changed-since": Entry(
        "listkeeper.cli.changed_since", "changed_since", "Tell what changed since a download."
    ),
    "check": Entry("listkeeper.cli.check", "check", "Check the lists: what, where, the remedy."),
    "check-codes": Entry(
        "listkeeper.cli.check_codes", "check_codes", "Check a column of codes: which are retired."
    ),
    "check-feed": Entry("listkeeper.cli.check_feed", "check_feed", "Check the terms of a feed."),
    "diff": Entry("listkeeper.cli.diff", "diff", "Tell what changed, and what it means."),
    "explain": Entry("listkeeper.cli.explain", "explain", "Tell what a rule asks and why."),
    "export": Entry("listkeeper.cli.export", "export", "Send a list out as a sheet for editing."),
    "find": Entry("listkeeper.cli.find", "find", "Find entries by a code, a name or words."),
    "fmt": Entry("listkeeper.cli.fmt", "fmt", "Write the lists' Turtle in its one canonical form."),
    "import": Entry("listkeeper.cli.import_", "import_", "Bring in sheets, lists, vocabularies."),
    "init": Entry("listkeeper.cli.init", "init", "Start a lists repository."),
    "labels": Entry("listkeeper.cli.labels", "labels", "Send labels out for review, and back."),
    "link": Entry("listkeeper.cli.link", "link", "Link two entries."),
    "log": Entry("listkeeper.cli.log", "log", "Tell who changed an entry, when and how."),
    "match": Entry("listkeeper.cli.match", "match", "Match a column of names to codes."),
    "merge": Entry("listkeeper.cli.retire", "merge", "Make one entry of several."),
    "merge-driver": Entry(
        "listkeeper.cli.merge_driver", "merge_driver", "Merge files of the lists for Git."
    ),
    "new": Entry("listkeeper.cli.new", "new", "Add an entry, with the next free number."),
    "none-known": Entry("listkeeper.cli.link", "none_known", "Record that no link is known."),
    "pr-report": Entry(
        "listkeeper.cli.pr_report", "pr_report", "Report on a change for its reviewers."
    ),
    "propose": Entry("listkeeper.cli.propose", "propose", "Make a branch of a filled issue form."),
    "rebase": Entry("listkeeper.cli.rebase", "rebase", "Move the identifiers to your own domain."),
    "refresh": Entry("listkeeper.cli.refresh", "refresh", "Bring a download up to date."),
    "reinstate": Entry("listkeeper.cli.retire", "reinstate", "Bring a retired entry back."),
    "refuse": Entry("listkeeper.cli.refuse", "refuse", "Refuse a proposal; its code is kept back."),
    "release": Entry("listkeeper.cli.release", "release", "Release the lists: commit and tag."),
    "rename": Entry("listkeeper.cli.rename", "rename", "Give an entry another label."),
    "renumber": Entry("listkeeper.cli.rename", "renumber", "Give an entry another number."),
    "replace": Entry("listkeeper.cli.retire", "replace", "Say what replaces an entry."),
    "retire": Entry("listkeeper.cli.retire", "retire", "End the use of an entry."),
    "serve": Entry("listkeeper.cli.serve", "serve", "Show the lists in a browser; answer URIs."),
    "show": Entry("listkeeper.cli.show", "show", "Show an entry by its code."),
    "split": Entry("listkeeper.cli.retire", "split", "Make several entries of one."),
    "unlink": Entry("listkeeper.cli.link", "unlink", "Take a link between entries back."),
    "verify": Entry("listkeeper.cli.verify", "verify", "Tell if a file is as it was released."),
    "withdraw": Entry("listkeeper.cli.rename", "withdraw", "Take an unreleased entry out."),
}  # fmt: skip


class LazyGroup(click.Group):
    """A group that imports a command only when it is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; None for one that does not exist."""
        del ctx
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        command: click.Command = getattr(importlib.import_module(entry.module), entry.name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, suggesting the nearest for a name that does not exist."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(COMMANDS)}"
            raise click.UsageError(f"no command {args[0]}; {hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the summaries from the table, so that help imports no command."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="listkeeper")
@click.option("--debug", is_flag=True, help="Show the traceback of expected errors too.")
def main(*, debug: bool) -> None:
    """Keep the standard lists of public services as linked data in Git."""
    del debug


def run(arguments: Sequence[str] | None = None) -> Any:  # noqa: ANN401 - click's own result
    """Run the command line; an expected error ends in one line and its exit code.

    Args:
        arguments: the words; None takes the process's own, and ends the process with the command.
    """
    if arguments is not None:
        return _run(list(arguments))
    try:
        return _run(sys.argv[1:])
    except SystemExit as end:
        _leave(end)
        raise


def _leave(end: SystemExit) -> None:
    """End the process at once: taking the lists apart object by object takes a tenth of a second.

    Threads are waited for as ever, and a closed pipe is left to Python's own end.
    """
    code = 0 if end.code is None else end.code
    if isinstance(code, int) and threading.active_count() == 1:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)


def _known(words: list[str]) -> Question | None:
    """Answer a check that was made before, and end; else give the question for the command."""
    if words[:1] != ["check"]:
        return None
    # the command loads every rule, which takes longer than looking up what it said
    from listkeeper.cli.verdicts import question  # noqa: PLC0415 - see above

    asked = question(words, os.environ)
    verdict = asked and asked.recall()
    if verdict:
        verdict.tell()
    return asked


def _run(words: list[str]) -> Any:  # noqa: ANN401 - click's own result
    try:
        return main(words, prog_name="listkeeper", obj=_known(words))
    except ListkeeperError as error:
        if "--debug" in words:
            raise
        click.echo(f"listkeeper: {error}", err=True)
        sys.exit(error.exit_code)
    except OSError as error:
        if "--debug" in words or error.strerror is None:
            raise
        place = f"{error.filename}: " if error.filename else ""
        click.echo(f"listkeeper: {place}{error.strerror}", err=True)
        sys.exit(ListkeeperError.exit_code)
