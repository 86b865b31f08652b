"""A new lists repository: settings, catalogue, definitions, statuses and one example list."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from listkeeper.editing.rebase import rebase
from listkeeper.errors import UsageError
from listkeeper.settings import FILE_NAME
from listkeeper.store.workspace import open_workspace

STARTER: Final = Path(__file__).resolve().parent.parent / "starter"
"""The files a new repository begins with; they come with the package."""


def starter_files(base: str | None = None) -> dict[str, bytes]:
    """Give the files of a new repository.

    Args:
        base: the base URI of its identifiers; the placeholder when None.

    Raises:
        UsageError: when the base is not an http or https address ending in a slash.
    """
    files = {
        path.relative_to(STARTER).as_posix(): path.read_bytes()
        for path in sorted(STARTER.rglob("*"))
        if path.is_file()
    }
    if base is None:
        return files
    settings = files[FILE_NAME].decode()
    return {**files, **rebase(open_workspace(STARTER), settings, base)}


def require_empty(folder: Path) -> None:
    """Make sure that starting here overwrites nothing.

    Raises:
        UsageError: when the folder holds anything but Git's own.
    """
    if folder.exists() and any(path.name != ".git" for path in folder.iterdir()):
        raise UsageError(f"{folder}: is not empty; name a new folder")
