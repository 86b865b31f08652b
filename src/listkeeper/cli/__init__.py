"""The command line: each command parses, calls and presents, and is imported only when used."""

from __future__ import annotations

import difflib
import importlib
import sys
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import click

from listkeeper import __version__
from listkeeper.errors import ListkeeperError

if TYPE_CHECKING:
    from collections.abc import Sequence


class Entry(NamedTuple):
    """Where a command lives and what it does, told without importing it."""

    module: str
    name: str
    summary: str


COMMANDS: Final = {
    "build": Entry("listkeeper.cli.build", "build", "Write the whole site as files."),
    "check": Entry("listkeeper.cli.check", "check", "Check the lists: what, where, the remedy."),
    "explain": Entry("listkeeper.cli.explain", "explain", "Tell what a rule asks and why."),
    "fmt": Entry("listkeeper.cli.fmt", "fmt", "Write the lists' Turtle in its one canonical form."),
    "import": Entry("listkeeper.cli.import_", "import_", "Bring in lists from CSV and XML files."),
    "init": Entry("listkeeper.cli.init", "init", "Start a lists repository."),
    "labels": Entry("listkeeper.cli.labels", "labels", "Send labels out for review, and back."),
    "rebase": Entry("listkeeper.cli.rebase", "rebase", "Move the identifiers to your own domain."),
    "serve": Entry("listkeeper.cli.serve", "serve", "Show the lists in a browser; answer URIs."),
    "show": Entry("listkeeper.cli.show", "show", "Show an entry by its code."),
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
    """Run the command line; an expected error ends in one line and its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return main(words, prog_name="listkeeper")
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
