"""What the commands that take somebody's table have in common: reading it, and giving rows back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from listkeeper.cli.options import require_aside
from listkeeper.errors import ContentError, UsageError
from listkeeper.exchange.council import MOST_BYTES, read_council_table
from listkeeper.exchange.echo import echo_csv

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from listkeeper.exchange.council import CouncilTable

STANDARD_INPUT: Final = "-"

list_option = click.option(
    "--list", "list_name", default="", help="Name of the list that is meant."
)
column_option = click.option("--column", default="", help="Name or number of the column.")
out_option = click.option(
    "--out", type=click.Path(path_type=Path), help="Write here; otherwise to standard output."
)
file_argument = click.argument("file")


def open_table(file: str, column: str = "") -> CouncilTable:
    """Read somebody's table, telling on standard error what was noticed.

    Args:
        file: its path, ``-`` for standard input.
        column: a column that its header has.

    Raises:
        UsageError: when there is no such file.
        ContentError: when it cannot be read as a table.
    """
    table = read_council_table(_data(file), file, column)
    for note in table.notes:
        click.echo(f"{file}: {note}", err=True)
    return table


def give(
    header: Sequence[str], rows: Iterable[Sequence[str]], out: Path | None, root: Path
) -> None:
    """Write rows as CSV to a file, or to standard output.

    Raises:
        UsageError: when the file would lie among the lists.
    """
    if out is not None:
        require_aside(out, root)
    echo = echo_csv(header, rows)
    if echo.note:
        click.echo(echo.note, err=True)
    if out is None:
        sys.stdout.buffer.write(echo.data)
    else:
        out.write_bytes(echo.data)


def tell(counts: Mapping[str, int]) -> None:
    """Tell how many rows had which outcome."""
    told = ", ".join(f"{count:,} {name}" for name, count in counts.items() if count)
    click.echo(told or "no rows", err=True)


def _data(file: str) -> bytes:
    if file == STANDARD_INPUT:
        data = sys.stdin.buffer.read(MOST_BYTES + 1)
    else:
        path = Path(file)
        if not path.is_file():
            raise UsageError(f"{file}: no such file")
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise ContentError(f"is larger than {MOST_BYTES:,} bytes; split it", path=file)
    return data
