"""Reading XML into elements with places, by the standard library's expat and nothing it loads.

A document type declaration is refused, so no entity is ever declared, expanded or fetched
(https://docs.python.org/3/library/xml.html#xml-security).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from listkeeper.errors import ContentError
from listkeeper.exchange.charset import decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DEEPEST: Final = 100
"""Levels of elements within elements; lists have four or five."""

_OTHER_CHARSET: Final = re.compile(
    rb"\A\s*<\?xml[^>]*?encoding\s*=\s*[\"'](?!utf-?8[\"'])", re.IGNORECASE
)


@dataclass(slots=True)
class Element:
    """An element with its place."""

    namespace: str
    name: str
    attributes: Mapping[str, str]
    line: int
    column: int
    parts: list[str] = field(default_factory=list)
    children: list[Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text directly inside it."""
        return "".join(self.parts)

    def named(self, name: str) -> Iterator[Element]:
        """Give the children of a name."""
        return (child for child in self.children if child.name == name)

    def value(self, name: str) -> str:
        """Give the text of the first child of a name, empty where there is none."""
        return next((child.text for child in self.named(name)), "")


def read_elements(data: bytes, path: str) -> tuple[Element, str]:
    """Read an XML document.

    Returns:
        Its root, and the charset it was read as where it is not what the document says.

    Raises:
        ContentError: when it is not XML, is too large or too deep, or declares a document type.
    """
    text, charset = decode(data, path)
    builder = _Builder(path)
    if _OTHER_CHARSET.match(data):
        builder.parse(data, None)
        charset = "utf-8"
    else:
        builder.parse(text.encode(), "utf-8")
    return builder.root, "" if charset.startswith("utf") else charset


class _Builder:
    """Builds elements from what expat reports."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._open: list[Element] = []
        self._top: list[Element] = []

    @property
    def root(self) -> Element:
        return self._top[0]

    def parse(self, data: bytes, charset: str | None) -> None:
        parser = expat.ParserCreate(charset, namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        self._parser = parser
        try:
            parser.Parse(data, True)  # noqa: FBT003 - expat takes "this is all" by place only
        except expat.ExpatError as error:
            reason = expat.errors.messages[error.code]
            raise self._error(f"is not XML here ({reason})", error.lineno, error.offset) from error
        except (LookupError, ValueError) as error:
            raise ContentError(
                f"is in a charset that cannot be read ({error})", path=self._path
            ) from error

    def _error(self, message: str, line: int, offset: int) -> ContentError:
        return ContentError(message, path=self._path, line=line, column=offset + 1)

    def _refusal(self, message: str) -> ContentError:
        parser = self._parser
        return self._error(message, parser.CurrentLineNumber, parser.CurrentColumnNumber)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) >= DEEPEST:
            raise self._refusal(f"has more than {DEEPEST} elements within each other")
        namespace, _, local = name.rpartition(" ")
        element = Element(
            namespace=namespace,
            name=local,
            attributes=attributes,
            line=self._parser.CurrentLineNumber,
            column=self._parser.CurrentColumnNumber + 1,
        )
        (self._open[-1].children if self._open else self._top).append(element)
        self._open.append(element)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        self._open[-1].parts.append(text)

    def _doctype(self, *_declaration: object) -> None:
        raise self._refusal("declares a document type; take the <!DOCTYPE …> out")
