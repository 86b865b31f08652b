"""Bringing the files of a workspace into their one canonical form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.errors import ContentError
from listkeeper.store import turtle
from listkeeper.store.workspace import FileKind
from listkeeper.uris import Minter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listkeeper.settings import Settings
    from listkeeper.store.workspace import SourceFile

LARGEST: Final = 16_000_000
"""Bytes of the largest file that is formatted; the parser's own buffer ends a little above."""

NOT_OURS: Final = frozenset({FileKind.WHOLE, FileKind.IDS, FileKind.UNKNOWN})
"""Kinds of file that keep the form they came in."""


def canonical(file: SourceFile, settings: Settings) -> bytes:
    """Give a file's canonical bytes.

    Raises:
        ContentError: when it is not UTF-8, not Turtle, or not within what is written here.
    """
    minter = Minter(base=settings.base_uri)
    if len(file.data) > LARGEST:
        raise ContentError(f"is larger than {LARGEST:,} bytes; split it", path=file.path)
    try:
        text = file.data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = file.data.count(b"\n", 0, error.start) + 1
        raise ContentError("is not UTF-8; save it as UTF-8", path=file.path, line=line) from error
    try:
        language = settings.default_language
        base, prefixes = minter.identifiers, minter.prefixes
        return turtle.fmt(text, base=base, prefixes=prefixes, language=language).encode()
    except ContentError as error:
        error.path = file.path
        raise


def reformat(
    files: Iterable[SourceFile], settings: Settings
) -> tuple[dict[str, bytes], tuple[ContentError, ...]]:
    """Give the new content of each file that is not canonical, and why others were left alone."""
    changed: dict[str, bytes] = {}
    refused: list[ContentError] = []
    for file in files:
        if file.kind in NOT_OURS:
            continue
        try:
            data = canonical(file, settings)
        except ContentError as error:
            refused.append(error)
            continue
        if data != file.data:
            changed[file.path] = data
    return changed, tuple(refused)
