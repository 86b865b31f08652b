"""The tokens of Turtle 1.1, with their places, comments among them.

The patterns are those of the grammar (https://www.w3.org/TR/turtle/#sec-grammar-grammar).
Reading never recurses and takes time in proportion to the text, whatever the text: every
pattern that may fail late has an error pattern beside it that consumes at least as much.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

BYTE_ORDER_MARK: Final = "\ufeff"


class Kind(StrEnum):
    """What a token is."""

    BYTE_ORDER_MARK = "byte order mark"
    COMMENT = "comment"
    IRI = "iri"
    NAME = "name"
    """A prefixed name, or a prefix with its colon."""
    BLANK = "blank"
    STRING = "string"
    LANGUAGE = "language"
    """A language tag; at the start of a statement ``@prefix`` and ``@base`` too."""
    INTEGER = "integer"
    DECIMAL = "decimal"
    DOUBLE = "double"
    WORD = "word"
    """``a``, ``true``, ``false``, ``PREFIX``, ``BASE``, or a name without its colon."""
    DATATYPE = "^^"
    DOT = "."
    SEMICOLON = ";"
    COMMA = ","
    OPEN_NODE = "["
    CLOSE_NODE = "]"
    OPEN_LIST = "("
    CLOSE_LIST = ")"
    FOREIGN = "foreign"
    """A mark of TriG or of Turtle 1.2."""
    ERROR = "error"
    END = "end"
    """Comes once, after the last token, with no text."""


class Token(NamedTuple):
    """A piece of the text; `line` and `column` count from 1, in characters."""

    kind: Kind
    text: str
    line: int
    column: int
    offset: int
    message: str = ""
    """What is wrong and what to do, for an error."""

    @property
    def end(self) -> tuple[int, int]:
        """Line and column just after the token."""
        lines = LINE_BREAK.split(self.text)
        start = self.column if len(lines) == 1 else 1
        return self.line + len(lines) - 1, start + len(lines[-1])


LINE_BREAK: Final = re.compile(r"\r\n|\n|\r")

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_CHARS = rf"{_BASE}_0-9\u00b7\u0300-\u036f\u203f\u2040\-"
_CODE = (  # a surrogate is not a character
    r"\\u(?![dD][89a-fA-F])[0-9a-fA-F]{4}"
    r"|\\U(?:0000(?![dD][89a-fA-F])|000[1-9a-fA-F]|0010)[0-9a-fA-F]{4}"
)
_ESCAPE = rf"""\\[tbnrf"'\\]|{_CODE}"""
_LOCAL_ESCAPE = r"%[0-9a-fA-F]{2}|\\[_~.!$&'()*+,;=/?#@%-]"
_PREFIX = rf"[{_BASE}][{_CHARS}]*(?:\.+(?=[{_CHARS}])[{_CHARS}]*)*"
_LOCAL = (
    rf"(?:[{_BASE}_:0-9]|{_LOCAL_ESCAPE})[{_CHARS}:]*"
    rf"(?:(?:{_LOCAL_ESCAPE}|\.+(?=[{_CHARS}:]|{_LOCAL_ESCAPE}))[{_CHARS}:]*)*"
)

_QUOTES = ('"', "'")

_PLAIN_LOCAL = rf"[{_BASE}_:0-9][{_CHARS}:]*(?:\.+(?=[{_CHARS}:])[{_CHARS}:]*)*"


@cache
def plain_local() -> re.Pattern[str]:
    """Compile the local part of a prefixed name that needs no escape."""
    return re.compile(rf"{_PLAIN_LOCAL}\Z")


def _strings(escape: str) -> str:
    """Give the pattern of the four kinds of string, the long ones first."""
    long = (_string(q * 3, q * 3, q, rf"{q}(?!{q}{q})|{escape}") for q in _QUOTES)
    short = (_string(rf"{q}(?!{q}{q})", q, q + r"\r\n", escape) for q in _QUOTES)
    return "|".join((*long, *short))


def _string(start: str, end: str, special: str, others: str) -> str:
    """Give the pattern of a string of what is not special, backslashes apart, and others."""
    return rf"{start}[^{special}\\]*(?:(?:{others})[^{special}\\]*)*{end}"


PATTERNS: Final = (
    ("space", r"[ \t\r\n]+"),
    ("comment", r"#[^\r\n]*"),
    ("iri", rf'<[^\x00-\x20<>"{{}}|^`\\]*(?:(?:{_CODE})[^\x00-\x20<>"{{}}|^`\\]*)*>'),
    ("name", rf"(?:{_PREFIX})?:(?:{_LOCAL})?"),
    ("blank", rf"_:[{_BASE}_0-9][{_CHARS}]*(?:\.+(?=[{_CHARS}])[{_CHARS}]*)*"),
    ("string", _strings(_ESCAPE)),
    ("language", r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*"),
    ("double", r"[+-]?(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+"),
    ("decimal", r"[+-]?[0-9]*\.[0-9]+"),
    ("integer", r"[+-]?[0-9]+"),
    ("foreign", r"<<\(?|\)?>>|\{\|?|\|?\}|~|--[a-z]+"),
    ("mark", r"\^\^|[.;,\[\]()]"),
    ("word", _PREFIX),
    ("bad_escape", _strings(r"\\[^\r\n]")),
    ("open_long", r"\"\"\"[^\r\n]*|'''[^\r\n]*"),
    ("open_short", r"[\"'][^\r\n]*"),
    ("bad_iri", r"<[^<>\r\n]*>?"),
    ("bad_language", r"@[^\s.;,]*"),
    # An escaped quote stays with its backslash: were the quote taken to open a long string,
    # a text of many such could be searched to its end from each of them.
    ("junk", r"(?:\\[^\r\n]|[^\s<>\"'()\[\]{},;.#\\])+|[\s\S]"),
)
"""Name and pattern of each token, in the order they are tried; the last matches anything."""

COMPLAINTS: Final = {
    "bad_escape": (
        r"a string has an escape that Turtle does not know: "
        r"write \\ for a backslash, \n for a line break, \uXXXX for a character"
    ),
    "open_long": "a long string is never closed: end it with the three quotes it began with",
    "open_short": (
        r"a string is not closed on its line: close it, and write a line break in it as \n"
    ),
    "bad_iri": (
        "not an IRI: close it with '>', and percent-encode any space, quote, brace, bar, "
        "caret or backslash in it"
    ),
    "bad_language": "'@' needs a language tag after it, such as @en",
    "junk": "{0!r:.60} is not Turtle here: remove it, or put text in quotes and IRIs in <>",
}
"""What is wrong, and what to do, for each pattern that is an error."""


@cache
def _token() -> re.Pattern[str]:
    """Compile every token; when first needed, as it takes longer than loading the module."""
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in PATTERNS))


_KINDS = {str(kind): kind for kind in Kind}


def read_tokens(text: str) -> Iterator[Token]:
    """Read a text into tokens, errors and comments included; white space is left out.

    An error ends with the string or the line it stands in, and reading goes on behind it.

    >>> [str(token.kind) for token in read_tokens('<#a> a ex:B . # so')]
    ['iri', 'word', 'name', '.', 'comment', 'end']
    """
    first = 1 if text.startswith(BYTE_ORDER_MARK) else 0
    if first:
        yield Token(Kind.BYTE_ORDER_MARK, BYTE_ORDER_MARK, 1, 1, 0)
    starts = [first, *(found.end() for found in LINE_BREAK.finditer(text)), len(text) + 1]
    line = 1
    for found in _token().finditer(text, first):
        name = str(found.lastgroup)
        if name != "space":
            offset = found.start()
            while starts[line] <= offset:
                line += 1
            piece = found.group()
            kind = _KINDS.get(piece if name == "mark" else name, Kind.ERROR)
            message = COMPLAINTS.get(name, "").format(piece)
            yield Token(kind, piece, line, offset - starts[line - 1] + 1, offset, message)
    line = len(starts) - 1
    yield Token(Kind.END, "", line, len(text) - starts[line - 1] + 1, len(text))
