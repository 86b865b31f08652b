r"""Making an RDF/XML document safe to parse: one charset, no entity but plain ones.

pyoxigraph expands entities without a bound: 618 bytes gave a literal of 90 MB. Therefore a document
type declaration may hold nothing but entities whose text stands in it, without references (such as
``<!ENTITY skos "http://www.w3.org/2004/02/skos/core#">``, which many editors write). What is
scanned is what is parsed: the text is decoded here, and given on as UTF-8 without its declaration
of a charset. https://www.w3.org/TR/xml/#sec-physical-struct
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from typing import Final

from listkeeper.errors import ContentError
from listkeeper.exchange.reading.sources import LARGEST

_UNREAD: Final = (codecs.BOM_UTF32_BE, codecs.BOM_UTF32_LE, b"\x00\x00\x00<", b"<\x00\x00\x00")
"""How UTF-32 begins: no XML software has to read it. The last begins like UTF-16."""

_BEGINNINGS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
"""First bytes to charset: https://www.w3.org/TR/xml/#sec-guessing."""

_CHARSETS: Final = frozenset(
    {"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "iso-8859-15", "windows-1252"}
)
"""Charsets that a declaration may name: in each, ASCII is ASCII."""

_DECLARATION: Final = re.compile(r"\A\s*<\?xml\s[^<>]*\?>")
_ENCODING: Final = re.compile(rb"\A\s*<\?xml\s[^<>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")

_MARKUP: Final = re.compile(r"<!(?!--|\[CDATA\[)")
"""The beginning of any declaration, wherever a lenient parser might see one."""

_VALUE: Final = r"[^\"'<>&%]*+"
_ENTITY: Final = re.compile(rf"<!ENTITY\s+([A-Za-z_][\w.-]*)\s+[\"']({_VALUE})[\"']\s*>")
_PLAIN: Final = re.compile(
    rf"<!DOCTYPE\s+[A-Za-z_][\w.:-]*\s*(?:\[(?:\s|{_ENTITY.pattern})*+\]\s*)?>"
)
"""A document type declaration that is harmless; everything else is refused unread."""

_REFERENCE: Final = re.compile(r"&([A-Za-z_][\w.-]*);")
_TOLD: Final = 4_000
"""Characters of a refused declaration that are looked at to say why."""

_REASONS: Final = (
    (re.compile(r"<!ENTITY\s+%"), "declares a parameter entity"),
    (re.compile(r"<!ENTITY\s+\S+\s+[\"'][^\"']*[&%]"), "declares an entity that refers to another"),
    (re.compile(r"\b(?:SYSTEM|PUBLIC)\b"), "refers to something outside the file"),
)


def safe_document(data: bytes, path: str) -> bytes:
    """Decode a document, make sure that it is safe, and encode it as UTF-8.

    Lines are kept, so that places in what is returned are places in the file.

    Raises:
        ContentError: when its charset is not read, or it declares more than plain entities.
    """
    text = _decoded(data, path)
    text = _DECLARATION.sub(lambda found: "\n" * found[0].count("\n"), text, 1)
    first = _MARKUP.search(text)
    if first is not None:
        plain = _PLAIN.match(text, first.start())
        stray = _MARKUP.search(text, plain.end()) if plain else first
        if plain is None or stray is not None:
            raise _refused(text, (stray or first).start(), path)
        text = _with_entities(text, plain.start(), plain.end(), path)
    return text.encode()


def _decoded(data: bytes, path: str) -> str:
    charset = _charset(data, path)
    try:
        text = data.decode(charset).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"byte 0x{data[error.start]:02x} is not {charset}; save the file as UTF-8"
        raise ContentError(message, path=path, line=line) from error
    if "\0" in text:
        raise ContentError("holds NUL characters and is no XML; save it as UTF-8", path=path)
    return text


def _charset(data: bytes, path: str) -> str:
    if data.startswith(_UNREAD):
        raise ContentError("is UTF-32, which is not read; save it as UTF-8", path=path)
    marked = next((charset for mark, charset in _BEGINNINGS if data.startswith(mark)), None)
    if marked is not None:
        return marked
    declared = _ENCODING.match(data)
    name = declared[1].decode("ascii", "replace").lower() if declared else "utf-8"
    if name not in _CHARSETS:
        message = f"says it is {name!r}, which is not read; save it as UTF-8"
        raise ContentError(message, path=path, line=1)
    return name


def _refused(text: str, start: int, path: str) -> ContentError:
    """Say why a declaration is refused."""
    told = text[start : start + _TOLD]
    inside = told.split("]", 1)[0]
    why = next((words for form, words in _REASONS if form.search(inside)), "")
    why = why or "holds a declaration that is no plain entity"
    message = f"{why}, and is not read: write the text itself in place of it"
    line = text.count("\n", 0, start) + 1
    column = start - text.rfind("\n", 0, start)
    return ContentError(message, path=path, line=line, column=column)


def _with_entities(text: str, start: int, end: int, path: str) -> str:
    """Write the declared entities in the one form that the parser reads, if they stay small."""
    declared = text[start:end]
    uses = Counter(_REFERENCE.findall(text))
    size = sum(len(value) * uses[name] for name, value in _ENTITY.findall(declared))
    if size > LARGEST:
        message = f"its entities stand for {size >> 20:,} MB of text; write less"
        raise ContentError(message, path=path, line=text.count("\n", 0, start) + 1)
    return text[:start] + _ENTITY.sub(_quoted_once, declared) + text[end:]


def _quoted_once(entity: re.Match[str]) -> str:
    """Quote the value with the marks that pyoxigraph reads; both are XML's."""
    return entity[0].replace("'", '"')
