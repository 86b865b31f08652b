"""From bytes to a graph: pyoxigraph parses, what it can not say of an error is looked up here."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from typing import TYPE_CHECKING, Final, cast
from xml.parsers import expat

import pyoxigraph as ox

from listkeeper.errors import ContentError
from listkeeper.exchange.reading.contexts import remote_context, with_contexts
from listkeeper.exchange.reading.entities import safe_document
from listkeeper.exchange.reading.words import shown
from listkeeper.graph import Graph, Triple
from listkeeper.workers import MEBIBYTE, Bounds, OverrunError, run_bounded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from listkeeper.exchange.reading.sources import Source
    from listkeeper.workers import Tell

BOUNDS: Final = Bounds(seconds=60, memory=2048 * MEBIBYTE, result=512 * MEBIBYTE)
"""What reading one file may take."""

_ENDLESS: Final = re.compile(rb"""["][^"]{16000000}|['][^']{16000000}|<[^<>]{16000000}""")
"""More between two marks than the parser's buffer takes, which is 16 MB."""
_IN_MESSAGE: Final = re.compile(r"'([^']+)'")
_REMOTE: Final = "LoadDocumentCallback"


def read_source(source: Source, *, contexts: Mapping[str, bytes], bounds: Bounds = BOUNDS) -> Graph:
    """Parse a source in a process of its own; its triples come back in the order of the file.

    Args:
        source: what to read.
        contexts: copies of JSON-LD contexts by address.
        bounds: what it may take.

    Raises:
        ContentError: when it can not be read, or takes too much; with its place.
    """
    try:
        lines = run_bounded(_as_n_triples, source, contexts, bounds=bounds)
    except OverrunError as error:
        raise ContentError(f"reading it {error.message}; split it", path=source.path) from error
    quads = ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)
    return Graph(_triples(quads, source.path))


def _as_n_triples(tell: Tell, source: Source, contexts: Mapping[str, bytes]) -> bytes:
    """Parse and write again: half the size of pickled terms, and read back faster."""
    del tell
    triples = (ox.Triple(*triple) for triple in parse_source(source, contexts=contexts))
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def parse_source(source: Source, *, contexts: Mapping[str, bytes]) -> Graph:
    """Parse a source in this process, without bounds.

    Args:
        source: what to parse; named graphs are merged.
        contexts: copies of JSON-LD contexts by address.

    Raises:
        ContentError: when it can not be read; with its place where one is known.
    """
    data = _prepared(source, contexts)
    try:
        quads = ox.parse(data, format=source.syntax.format, base_iri=base_of(source))
        graph = Graph(_triples(quads, source.path))
    except SyntaxError as error:
        raise _located(error, source, data) from error
    except MemoryError as error:  # the parser's buffer is bounded, and this is how it says so
        found = _ENDLESS.search(data)
        if found is None:
            raise
        line = data.count(b"\n", 0, found.start()) + 1
        raise ContentError(
            "holds a text of more than 16 MB", path=source.path, line=line
        ) from error
    _require_whole(source, data)
    return graph


def _require_whole(source: Source, data: bytes) -> None:
    """Make sure that an XML document has its end: pyoxigraph takes one cut off for whole."""
    if source.syntax.format == ox.RdfFormat.RDF_XML:
        line, column, reason = _xml_place(data, "")
        if line:
            raise ContentError(reason, path=source.path, line=line, column=column)


def base_of(source: Source) -> str:
    """Give what relative IRIs are resolved against: an address that tells that they were.

    Standards resolve them against the address that a file was fetched from, which is not known.
    """
    name = re.sub(r"[^A-Za-z0-9._~-]", "_", source.path.rsplit("/", 1)[-1])
    return f"{RELATIVE}{name}"


RELATIVE: Final = "relative:///"
"""How addresses begin that were relative, in a file that states no base."""


def _prepared(source: Source, contexts: Mapping[str, bytes]) -> bytes:
    if source.syntax.format == ox.RdfFormat.RDF_XML:
        return safe_document(source.data, source.path)
    data = source.data.removeprefix(BOM_UTF8)
    if source.syntax.format == ox.RdfFormat.JSON_LD and contexts:
        return with_contexts(data, contexts, source.path)
    return data


def _triples(quads: Iterator[ox.Quad], path: str) -> Iterator[Triple]:
    for quad in quads:
        if isinstance(quad.object, ox.Triple):
            message = "triple terms (RDF 1.2) have no place in a vocabulary"
            raise ContentError(message, path=path)
        yield cast("Triple", (quad.subject, quad.predicate, quad.object))


def _located(error: SyntaxError, source: Source, data: bytes) -> ContentError:
    """Give an error its place: the parser's own, or that of the words it quotes."""
    message = str(error.msg)
    text = data.decode("utf-8", errors="replace")
    if _REMOTE in message:
        return remote_context(text, source.path)
    line, column = error.lineno or 0, error.offset or 0
    reason = message.split(": ", 1)[-1] if line else message
    if not line and source.syntax.format == ox.RdfFormat.RDF_XML:
        line, column, reason = _xml_place(data, reason)
    quoted = _IN_MESSAGE.search(reason)
    if not line and quoted and (start := text.find(quoted[1])) >= 0:
        line = text.count("\n", 0, start) + 1
        column = start - text.rfind("\n", 0, start)
    return ContentError(shown(reason), path=source.path, line=line, column=column)


def _xml_place(data: bytes, reason: str) -> tuple[int, int, str]:
    """Ask expat where a document is no XML; its reason is the better one too."""
    parser = expat.ParserCreate("utf-8")
    try:
        parser.Parse(data, True)  # noqa: FBT003 - positional in the standard library
    except expat.ExpatError as error:
        return error.lineno, error.offset + 1, f"is not XML: {expat.ErrorString(error.code)}"
    return 0, 0, reason
