"""Options that several commands share, and where commands may write."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from listkeeper.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

root_option = click.option(
    "-C",
    "root",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
    help="The lists repository, or a folder inside it.",
)

KEPT: Final = ("vocabularies", "shapes", "site_templates")
"""Folders of a lists repository into which no command writes its output."""


def wants_colour(environment: Mapping[str, str]) -> bool:
    """Say whether a terminal's user wants colour: see https://no-color.org/."""
    return not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"


def require_aside(out: Path, root: Path) -> None:
    """Make sure that an output takes the place of nothing that is kept.

    Args:
        out: the file or folder to be written.
        root: the lists repository.

    Raises:
        UsageError: when it lies among the lists, or is there and is neither file nor folder.
    """
    place = out.resolve()
    inside = [name for name in KEPT if place.is_relative_to(root.resolve() / name)]
    if inside:
        raise UsageError(f"{out}: lies in {inside[0]}/ of the repository; choose another place")
    if out.exists() and not (out.is_file() or out.is_dir()):
        raise UsageError(f"{out}: is neither a file nor a folder; choose another place")
