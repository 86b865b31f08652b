"""What ``check FILE...`` does: check vocabularies of others, without a repository."""

from __future__ import annotations

import os
import sys
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

import click

from listkeeper.cli.options import wants_colour
from listkeeper.cli.verdicts import Verdict
from listkeeper.errors import ContentError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from listkeeper.exchange.reading import Source
    from listkeeper.validate import Report, Severity
    from listkeeper.validate.foreign import Asked

FOR_LISTS: Final = ("fix", "diff", "against", "changed")
"""Options that only the lists of a repository can be asked with."""


def file_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add FILE... and what goes with it; without a file, the command does what it did."""

    @wraps(command)
    def either(
        *,
        files: tuple[str, ...],
        input_format: str,
        together: bool,
        context: tuple[str, ...],
        **words: Any,  # noqa: ANN401 - the command's own
    ) -> Any:  # noqa: ANN401 - the command's own
        if not files:
            return command(**words)
        misplaced = [f"--{name}" for name in FOR_LISTS if words.get(name)]
        if misplaced:
            message = f"{misplaced[0]} is for the lists of a repository; leave it out, or the files"
            raise UsageError(message)
        # what checks the lists has no use for the reading of others
        from listkeeper.validate import Severity  # noqa: PLC0415 - see above
        from listkeeper.validate.foreign import Asked  # noqa: PLC0415 - see above

        asked = Asked(least=Severity(words["severity"]), contexts=_contexts(context))
        report = _checked(files, input_format, asked, together=together)
        _tell(report, asked.least, words["format_"])
        return None

    return _options(either)


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    options = (
        click.argument("files", nargs=-1, metavar="[FILE]..."),
        click.option(
            "--input-format",
            metavar="SYNTAX",
            default="",
            help="turtle, n-triples, n-quads, trig, json-ld or rdf-xml, where endings do not tell.",
        ),
        click.option("--together", is_flag=True, help="Take the files for one vocabulary."),
        click.option(
            "--context",
            metavar="ADDRESS=FILE",
            multiple=True,
            help="Read a JSON-LD context from a copy; nothing is fetched.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _contexts(words: Sequence[str]) -> Mapping[str, bytes]:
    """Read copies of contexts, each given as ADDRESS=FILE."""
    found = {}
    for word in words:
        address, _, name = word.rpartition("=")
        if not address or not Path(name).is_file():
            raise UsageError(f"--context {word}: give the address, =, and a file that is there")
        found[address] = Path(name).read_bytes()
    return found


def _checked(names: Sequence[str], input_format: str, asked: Asked, *, together: bool) -> Report:
    """Open the files and check them."""
    from listkeeper.exchange.reading import open_source  # noqa: PLC0415 - see above
    from listkeeper.validate.foreign import check_sources  # noqa: PLC0415 - see above

    if names.count("-") > 1:
        raise UsageError("- stands twice; standard input can be read once")
    sources: list[Source] = []
    unopened: list[ContentError] = []
    for name in dict.fromkeys(names):
        try:
            sources.append(open_source(name, input_format, sys.stdin.buffer))
        except ContentError as error:
            unopened.append(error)
    whole = [sources] if together and sources else [[source] for source in sources]
    return check_sources(whole, unopened, asked)


def _tell(report: Report, least: Severity, form: str) -> NoReturn:
    """Print what was found, and end with the exit code."""
    from listkeeper.validate.formats import FORMATS  # noqa: PLC0415 - see above

    colour = sys.stdout.isatty() and wants_colour(os.environ)
    text = FORMATS[form](report, least, colour=colour)
    Verdict(text=text, remark=report.remark, exit_code=0 if report.conforms else 1).tell()
