"""The folder a lists repository lives in: which files it holds and what each is for.

Works without Git. Nothing outside the folder is read: symbolic links are not followed.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final

from listkeeper.errors import ListkeeperError, UsageError
from listkeeper.settings import FILE_NAME, Settings, read_settings

if TYPE_CHECKING:
    from pathlib import Path

VOCABULARIES: Final = "vocabularies"

DEEPEST: Final = 20
"""Folders below each other that are looked into."""


class FileKind(Enum):
    """What a file under ``vocabularies/`` is for, told by its path alone."""

    CATALOGUE = "catalogue"
    DEFINITIONS = "definitions"
    LIST = "list"
    SUBSET = "subset"
    CONCEPT = "concept"
    GROUPS = "groups"
    USES = "uses"
    IDS = "ids"
    WHOLE = "whole vocabulary"
    UNKNOWN = "unknown"


PATTERNS: Final = (
    (re.compile(r"catalogue\.ttl"), FileKind.CATALOGUE),
    (re.compile(r"definitions\.ttl"), FileKind.DEFINITIONS),
    (re.compile(r"[^/]+\.ttl"), FileKind.WHOLE),
    (re.compile(r"[^/]+/list\.ttl"), FileKind.LIST),
    (re.compile(r"[^/]+/list-[^/]+\.ttl"), FileKind.SUBSET),
    (re.compile(r"[^/]+/groups\.ttl"), FileKind.GROUPS),
    (re.compile(r"[^/]+/uses\.ttl"), FileKind.USES),
    (re.compile(r"[^/]+/ids\.txt"), FileKind.IDS),
    (re.compile(r"[^/]+/(?:.+/)?[^/]+\.ttl"), FileKind.CONCEPT),
)
"""Path below ``vocabularies/`` to kind, the first that matches."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceFile:
    """A file of the lists: its path from the repository's root, its bytes and what it is for."""

    path: str
    data: bytes = field(repr=False)
    kind: FileKind
    blob: str = ""
    """Git's name of the bytes where they were read from Git; equal names are equal bytes."""

    @property
    def list_name(self) -> str:
        """Name of the list whose folder it lies in; a whole vocabulary is named by its file."""
        first = self.path.split("/")[1]
        return first.removesuffix(".ttl")

    @property
    def stem(self) -> str:
        """The file name without its ending."""
        return self.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sources:
    """The files of a lists repository at one moment, wherever they lie."""

    settings: Settings
    files: tuple[SourceFile, ...]
    unreadable: tuple[tuple[str, str], ...] = ()
    """Path and reason of each file that could not be read at all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Workspace(Sources):
    """A lists repository as it lies in a folder."""

    root: Path


def classify(path: str) -> FileKind:
    """Tell what a file is for from its path below ``vocabularies/``.

    >>> classify("services/05/559.ttl").value
    'concept'
    """
    return next((kind for form, kind in PATTERNS if form.fullmatch(path)), FileKind.UNKNOWN)


def find_root(start: Path) -> Path:
    """Find the folder with ``listkeeper.toml``, from a folder upwards.

    Raises:
        UsageError: when there is none.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder
    message = (
        f"{start}: no {FILE_NAME} here or above; run `listkeeper init DIR` to start a repository"
    )
    raise UsageError(message)


def open_workspace(start: Path) -> Workspace:
    """Read the settings and every file of the lists.

    Args:
        start: the repository's root or any folder inside it.

    Raises:
        UsageError: when there is no repository.
        SettingsError: when its settings are wrong.
    """
    root = find_root(start)
    settings = _settings(root / FILE_NAME)
    folder = root / VOCABULARIES
    if not folder.is_dir():
        raise UsageError(f"{root}: has no {VOCABULARIES}/ folder; the lists belong there")
    files: list[SourceFile] = []
    unreadable: list[tuple[str, str]] = []
    _collect(str(folder), VOCABULARIES, files, unreadable)
    return Workspace(root=root, settings=settings, files=tuple(files), unreadable=tuple(unreadable))


def _settings(path: Path) -> Settings:
    try:
        return read_settings(path.read_text(encoding="utf-8-sig"), path.name)
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: is not UTF-8 text ({error.reason})") from error
    except OSError as error:
        raise ListkeeperError(f"{path}: {error.strerror}") from error


def _collect(
    folder: str, path: str, files: list[SourceFile], unreadable: list[tuple[str, str]]
) -> None:
    """Walk a folder in the order of names; its depth is bounded, so it may recurse."""
    try:
        with os.scandir(folder) as entries:
            ordered = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        unreadable.append((path, f"cannot be looked into: {error.strerror}"))
        return
    for entry in ordered:
        below = f"{path}/{entry.name}"
        if entry.name.startswith("."):
            continue
        if entry.is_symlink():
            unreadable.append((below, "is a symbolic link; put the file itself here"))
        elif below.count("/") > DEEPEST:
            unreadable.append((below, "lies too deep; a list needs one level of folders"))
        elif entry.is_dir():
            _collect(entry.path, below, files, unreadable)
        elif entry.is_file():
            _read(entry.path, below, files, unreadable)
        else:
            unreadable.append((below, "is no regular file"))


def _read(name: str, path: str, files: list[SourceFile], unreadable: list[tuple[str, str]]) -> None:
    try:
        with open(name, "rb", buffering=0) as stream:  # noqa: PTH123 - twice as fast as Path.read_bytes
            data = stream.read()
    except OSError as error:
        unreadable.append((path, f"cannot be read: {error.strerror}"))
        return
    kind = classify(path.removeprefix(f"{VOCABULARIES}/"))
    files.append(SourceFile(path=path, data=data, kind=kind))
