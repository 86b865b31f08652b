"""Opening what is to be read: regular files and standard input, up to a size, never waiting."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from listkeeper.errors import ContentError, UsageError
from listkeeper.exchange.reading.syntaxes import SYNTAXES, Syntax, syntax_named, syntax_of

if TYPE_CHECKING:
    from typing import BinaryIO

LARGEST: Final = 64 * 1024 * 1024
"""Bytes of the largest file that is read."""

STANDARD_INPUT: Final = "-"


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """The bytes of a file, and the syntax they are in."""

    path: str
    syntax: Syntax
    data: bytes = field(repr=False)


def open_source(path: str, syntax_name: str, stdin: BinaryIO) -> Source:
    """Read a file's bytes.

    Args:
        path: a file, or ``-`` for standard input.
        syntax_name: a name from :data:`SYNTAXES`; empty where the file's ending tells it.
        stdin: standard input.

    Raises:
        UsageError: when nothing tells the syntax, or the file does not exist.
        ContentError: when it is no file, can not be opened, or is too large.
    """
    syntax = syntax_named(syntax_name) if syntax_name else syntax_of(path)
    if syntax is None:
        names = ", ".join(syntax.name for syntax in SYNTAXES)
        raise UsageError(f"{path}: say with --input-format what it is, one of {names}")
    data = stdin.read(LARGEST + 1) if path == STANDARD_INPUT else _file(path)
    name = "standard input" if path == STANDARD_INPUT else path
    if len(data) > LARGEST:
        raise ContentError(f"is larger than {LARGEST >> 20} MB; split it", path=name)
    return Source(path=name, syntax=syntax, data=data)


def _file(path: str) -> bytes:
    """Read a regular file; a pipe is opened without waiting for its other end, and not read."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError as error:
        raise UsageError(f"{path}: there is no such file") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise ContentError(f"can not be opened: {reason}", path=path) from error
    mode = os.fstat(handle).st_mode
    if not stat.S_ISREG(mode):
        os.close(handle)
        what = "is a folder; name the files in it" if stat.S_ISDIR(mode) else "is no regular file"
        raise ContentError(what, path=path)
    with os.fdopen(handle, "rb") as stream:
        return stream.read(LARGEST + 1)
