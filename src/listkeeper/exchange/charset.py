"""From bytes to text: UTF-8 first, then what spreadsheets write; nothing is dropped unseen."""

from __future__ import annotations

import codecs
import re
from typing import Final

from listkeeper.errors import ContentError

MAXIMUM_SIZE: Final = 50_000_000
"""Bytes of the largest file that is read."""

MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks with the charset each stands for (Unicode, section 23.8)."""

FALLBACKS: Final = ("cp1252", "latin-1")
"""What is tried where text is not UTF-8; the last one reads any bytes."""

_LEAD: Final = re.compile("[\u00c2-\u00f4]")
"""The first byte of a UTF-8 sequence, read as Latin-1."""


def decode(data: bytes, path: str, maximum: int = MAXIMUM_SIZE) -> tuple[str, str]:
    r"""Decode a file's bytes.

    Returns:
        The text without its byte order mark, and the name of the charset it was read as.

    Raises:
        ContentError: when the file is too large, or its mark and its bytes disagree.

    >>> decode(b"caf\xe9", "a.csv")
    ('café', 'cp1252')
    """
    if len(data) > maximum:
        raise ContentError(f"is larger than {maximum:,} bytes; split it", path=path)
    for mark, charset in MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], charset, path), charset
    return next(
        (text, charset)
        for charset in ("utf-8", *FALLBACKS)
        if (text := _decoded(data, charset)) is not None
    )


def _marked(data: bytes, charset: str, path: str) -> str:
    try:
        return data.decode(charset)
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(charset, errors="replace").count("\n") + 1
        message = f"begins as {charset} and is not ({error.reason}); save it as UTF-8"
        raise ContentError(message, path=path, line=line) from error


def _decoded(data: bytes, charset: str) -> str | None:
    try:
        return data.decode(charset)
    except UnicodeDecodeError:
        return None


def encoded_once(text: str) -> str:
    """Undo a second encoding: UTF-8 that was taken for Windows or Latin text and encoded again.

    Text that does not give UTF-8 that way is left as it is, so nothing is guessed.

    >>> encoded_once("Street cafÃ© licence")
    'Street café licence'
    >>> encoded_once("Île de Ré")
    'Île de Ré'
    """
    if not _LEAD.search(text):
        return text
    for charset in FALLBACKS:
        try:
            return text.encode(charset).decode("utf-8")
        except UnicodeError:
            continue
    return text
