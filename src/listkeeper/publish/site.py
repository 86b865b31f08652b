"""The static site: every document as a file, for any web server, object store or CDN.

A file holds byte for byte what the server answers. Nothing depends on the clock, so building
twice gives the same bytes.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, TypeVar

from listkeeper.errors import ListkeeperError, UnsupportedError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from listkeeper.publish.publication import Document, Publication

T = TypeVar("T")

MARKER: Final = ".listkeeper-build"
"""File by which an earlier build is known, and may be replaced."""

MARKER_TEXT: Final = b"This folder is made by `listkeeper build` and replaced by the next build.\n"


@dataclass(frozen=True, kw_only=True, slots=True)
class Built:
    """What a build came to."""

    files: int
    bytes: int
    refused: tuple[UnsupportedError, ...]
    """Why documents are missing: their formats cannot carry what is in the lists."""


def build(publication: Publication, out: Path, *, dry_run: bool = False) -> Built:
    """Write the whole site into a folder, in one step: it is the old one or the new one.

    Args:
        publication: what is written.
        out: the folder, which must not exist, be empty or be an earlier build.
        dry_run: whether to render everything and write nothing.

    Raises:
        UsageError: when the folder holds something else.
        ListkeeperError: when something cannot be written; the old folder then stands.
    """
    if dry_run:
        _refuse_foreign(out.resolve())
        return _write(publication, None)
    return write_folder(out, partial(_write, publication))


def write_folder(out: Path, fill: Callable[[Path], T]) -> T:
    """Fill a folder and put it in its place in one step.

    Args:
        out: the folder, which must not exist, be empty or be an earlier build.
        fill: fills a folder that does not exist yet; what it returns is returned.

    Raises:
        UsageError: when the folder holds something else.
        ListkeeperError: when it cannot be written; the old folder then stands.
    """
    out = out.resolve()
    _refuse_foreign(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        workshop = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    except OSError as error:
        raise ListkeeperError(f"{out}: cannot be written: {error.strerror}") from error
    try:
        # A folder inside: the one that mkdtemp makes could be read by its owner alone.
        filled = fill(workshop / "new")
        swap(workshop, out)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return filled


def rendered(publication: Publication) -> Iterator[tuple[Document, bytes | UnsupportedError]]:
    """Render every file of the site once, or tell why its format cannot carry it."""
    by_file = {document.file: document for document in publication.documents.values()}
    for document in by_file.values():
        try:
            yield document, publication.render(document)
        except UnsupportedError as error:
            yield document, error


def _write(publication: Publication, folder: Path | None) -> Built:
    files, size, refused = 0, 0, []
    if folder:
        start_folder(folder)
    for document, outcome in rendered(publication):
        if isinstance(outcome, UnsupportedError):
            refused.append(UnsupportedError(f"{document.file} left out: {outcome}"))
            continue
        files, size = files + 1, size + len(outcome)
        if folder:
            write_file(folder, document.file, outcome)
    return Built(files=files, bytes=size, refused=tuple(refused))


def start_folder(folder: Path) -> None:
    """Make a folder with the mark by which a later build may replace it."""
    folder.mkdir()
    (folder / MARKER).write_bytes(MARKER_TEXT)


def write_file(folder: Path, name: str, data: bytes) -> None:
    """Write a file of the site.

    Raises:
        ListkeeperError: when its name leads elsewhere, or it cannot be written.
    """
    if not is_safe(name):
        raise ListkeeperError(f"{name!r}: an address that is no file name; rename the entry")
    path = folder / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ListkeeperError(f"{name}: cannot be written: {reason}") from error


def is_safe(name: str) -> bool:
    r"""Say whether a file of the site stays inside it, on any system.

    >>> is_safe("service/559.ttl"), is_safe("../up.ttl"), is_safe("a//b"), is_safe("c\\d")
    (True, False, False, False)
    """
    parts = name.split("/")
    plain = name.isprintable() and not set('\\:*?"<>|') & set(name)
    return plain and not PurePosixPath(name).is_absolute() and not {"", ".", ".."} & set(parts)


def _refuse_foreign(out: Path) -> None:
    """Refuse a folder that somebody may want to keep."""
    if not out.exists() or (out / MARKER).is_file():
        return
    if not out.is_dir() or any(out.iterdir()):
        message = f"{out}: is not an earlier build; give --out a folder that does not exist"
        raise UsageError(message)


def swap(workshop: Path, out: Path) -> None:
    """Put the folder ``new`` of a workshop where the old one was; if that fails, undo it.

    Raises:
        ListkeeperError: when it cannot be done.
    """
    old = workshop / "old"
    try:
        if out.exists():
            out.rename(old)
        (workshop / "new").rename(out)
    except OSError as error:
        if old.exists() and not out.exists():
            old.rename(out)
        raise ListkeeperError(f"{out}: cannot be replaced: {error.strerror}") from error
