"""Where a subject stands in JSON-LD, RDF/XML, TriG and N-Quads: by searching for its name.

These syntaxes have no reader of ours that knows places. A subject is named by an attribute, by a
member called ``@id`` or ``id``, or between brackets; where a name is written in another way than
its address or the last part of it, its place is not known.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.sax.saxutils import escape

import pyoxigraph as ox

from listkeeper.graph import BlankNode, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.exchange.reading.sources import Source
    from listkeeper.exchange.reading.syntaxes import Syntax
    from listkeeper.graph import Subject, Term


class _Way(NamedTuple):
    """How a syntax names subjects."""

    subject: re.Pattern[str]
    """Its first group is the name."""
    closes: str
    """What stands behind an object that is an address."""


_ATTRIBUTE: Final = re.compile(r"""\b(?:about|ID|nodeID)\s*=\s*["']([^"']*)["']""")
_MEMBER: Final = re.compile(r'"(?:@id|id)"\s*:\s*"((?:[^"\\]|\\.)*+)"')
_LINE: Final = re.compile(r"^\s*<([^<>\"{}|^`\\\s]*)>", re.MULTILINE)

_WAYS: Final = {
    ox.RdfFormat.RDF_XML: _Way(_ATTRIBUTE, '"'),
    ox.RdfFormat.JSON_LD: _Way(_MEMBER, '"'),
}
_BRACKETS: Final = _Way(_LINE, ">")


class Finder:
    """Finds subjects and their values in one text; reads it once, when first asked."""

    def __init__(self, source: Source, text: str) -> None:
        """Look in a text."""
        self._text = text
        self._syntax: Syntax = source.syntax
        self._way = _WAYS.get(source.syntax.format, _BRACKETS)
        self._named = dict[str, tuple[int, int]]()
        self._lines = [0]
        self._index()

    def _index(self) -> None:
        """Note where each name first stands, and where the next one does."""
        every = self._way.subject.finditer(self._text)
        runs = groupby(((each[1], each.start(1)) for each in every), key=itemgetter(0))
        found = [next(run) for _, run in runs]
        ends = [start for _, start in found[1:]] + [len(self._text)]
        for (name, start), end in zip(found, ends, strict=True):
            self._named.setdefault(name, (start, end))
        self._lines += [each.end() for each in re.finditer("\n", self._text)]

    def spot(self, subject: Subject, value: Term | None = None) -> tuple[int, int] | None:
        """Give line and column of a value of a subject, else of the subject; None if unknown."""
        names = () if isinstance(subject, BlankNode) else _names(subject.value)
        span = next((self._named[name] for name in names if name in self._named), None)
        if span is None:
            return None
        inside = (self._text.find(form, *span) for form in self._forms(value))
        return self._place(next((at for at in inside if at >= 0), span[0]))

    def _forms(self, value: Term | None) -> Iterator[str]:
        """Write a value in the ways it may stand in the text."""
        if isinstance(value, Literal):
            yield f"{escape(value.value)}<"
            yield json.dumps(value.value, ensure_ascii=False)
            yield json.dumps(value.value)
        elif isinstance(value, ox.NamedNode):
            yield from (f"{name}{self._way.closes}" for name in _names(value.value))

    def _place(self, offset: int) -> tuple[int, int]:
        low = bisect_right(self._lines, offset) - 1
        return low + 1, offset - self._lines[low] + 1


def _names(iri: str) -> Iterator[str]:
    """Give the forms an address may be written in: whole, its fragment, its last part."""
    yield iri
    if "#" in iri:
        fragment = iri.rsplit("#", 1)[1]
        yield f"#{fragment}"
        yield fragment
    yield iri.rstrip("/").rsplit("/", 1)[-1]
