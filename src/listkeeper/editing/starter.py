"""A new lists repository: settings, catalogue, definitions, statuses and one example list.

Shapes and templates are not among its files: those that come with Listkeeper are used, so a newer
version brings newer ones, until the repository has a folder ``shapes/`` of its own.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from listkeeper.editing.rebase import rebase
from listkeeper.errors import UsageError
from listkeeper.settings import FILE_NAME
from listkeeper.store.workspace import VOCABULARIES, FileKind, classify, open_workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

STARTER: Final = Path(__file__).resolve().parent.parent / "starter"
"""The files a new repository begins with; they come with the package."""

SHOWN: Final = 5
"""Files in the way that are named."""


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


def list_names(paths: Iterable[str]) -> tuple[str, ...]:
    """Name the lists among files, which are named as their folders are.

    >>> list_names(["vocabularies/needs/list.ttl", "vocabularies/needs/1.ttl"])
    ('needs',)
    """
    below = (path.partition("/")[2] for path in paths if path.startswith(f"{VOCABULARIES}/"))
    return tuple(sorted(p.split("/")[0] for p in below if classify(p) is FileKind.LIST))


def require_empty(folder: Path) -> None:
    """Make sure that a folder holds nothing yet.

    Raises:
        UsageError: when it holds anything but Git's own.
    """
    if folder.exists() and any(path.name != ".git" for path in folder.iterdir()):
        raise UsageError(f"{folder}: is not empty; name a new folder, or add --into")


def require_free(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make sure that files can be written beside those of a folder without changing one.

    Raises:
        UsageError: when a file is there and says something else.
    """
    taken = [path for path in files if _differs(folder / path, files[path])]
    if taken:
        more = f" and {len(taken) - SHOWN} more" if len(taken) > SHOWN else ""
        told = ", ".join(taken[:SHOWN]) + more
        raise UsageError(f"{folder}: has another {told}; --replace writes over what is there")


def _differs(path: Path, data: bytes) -> bool:
    return path.is_symlink() or (
        path.exists() and not (path.is_file() and path.read_bytes() == data)
    )
