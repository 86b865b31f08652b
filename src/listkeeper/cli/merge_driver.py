"""``listkeeper merge-driver``: what Git calls to merge two edits of one file of the lists."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from listkeeper.cli.options import root_option
from listkeeper.editing.three_way import MARKER_LENGTH, merge_files
from listkeeper.errors import ListkeeperError, UsageError
from listkeeper.settings import FILE_NAME, read_settings
from listkeeper.store.files import write_atomically
from listkeeper.store.history import open_repository
from listkeeper.store.history.driver import ATTRIBUTE, configure_driver
from listkeeper.store.workspace import find_root
from listkeeper.validate.scope import visible

if TYPE_CHECKING:
    from listkeeper.settings import Settings

FEWEST_FILES: Final = 4
ATTRIBUTES: Final = ".gitattributes"


@click.command("merge-driver")
@click.argument("files", nargs=-1, metavar="%O %A %B %P [%L]")
@click.option("--install", is_flag=True, help="Have Git call this in this clone from now on.")
@root_option
def merge_driver(files: tuple[str, ...], *, install: bool, root: Path) -> None:
    """Merge two edits of one file, statement by statement; Git calls this.

    The arguments are those of gitattributes(5): the common ancestor, ours (which the result
    replaces), theirs, the path of the file, and the length of conflict markers.

    Ends with 1 where markers are left to be resolved by hand.
    """
    if install:
        _install(find_root(root))
        return
    if len(files) < FEWEST_FILES:
        raise UsageError("Git calls this with %O %A %B %P; --install tells it to")
    base, ours, theirs = (Path(name).read_bytes() for name in files[:3])
    length = int(files[4]) if files[4:] and files[4].isdecimal() else MARKER_LENGTH
    merged = merge_files(base, ours, theirs, _settings(Path(files[3])), length)
    write_atomically(Path(files[1]), merged.data)
    if merged.reason:
        click.echo(visible(f"{files[3]}: not merged by statements: {merged.reason}"), err=True)
    sys.exit(1 if merged.conflicts else 0)


def _settings(path: Path) -> Settings | None:
    """Read the settings of the lists that a file lies in; None where they are in conflict too."""
    try:
        settings = find_root(path.parent) / FILE_NAME
        return read_settings(settings.read_text(encoding="utf-8-sig"))
    except (ListkeeperError, OSError, UnicodeDecodeError):
        return None


def _install(root: Path) -> None:
    """Name the driver in ``.gitattributes`` and in this clone's configuration."""
    program = Path(sys.argv[0]).resolve()
    if program.name != "listkeeper" or not program.is_file():
        program = Path(sys.executable).parent / "listkeeper"
    if not program.is_file():
        raise ListkeeperError("no installed listkeeper is found that Git could call")
    with open_repository(root) as repository:
        configure_driver(repository, program)
    path = root / ATTRIBUTES
    text = path.read_text("utf-8") if path.is_file() else ""
    if ATTRIBUTE not in text.splitlines():
        text = text if not text or text.endswith("\n") else f"{text}\n"
        write_atomically(path, f"{text}{ATTRIBUTE}\n".encode())
        click.echo(f"wrote {ATTRIBUTES}: commit it", err=True)
    click.echo("Git merges files of the lists by statements in this clone", err=True)
