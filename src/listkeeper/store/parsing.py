"""Parsing one file of the lists with pyoxigraph, the parser of record."""

from __future__ import annotations

import hashlib
from codecs import BOM_UTF8
from operator import attrgetter
from typing import TYPE_CHECKING, Final, TypeVar, cast

import pyoxigraph as ox

from listkeeper.errors import TurtleSyntaxError
from listkeeper.graph import BlankNode

if TYPE_CHECKING:
    from listkeeper.graph import Term, Triple
    from listkeeper.store.workspace import SourceFile

AnyTerm = TypeVar("AnyTerm", bound="Term")
TERMS: Final = attrgetter("subject", "predicate", "object")


def parse(file: SourceFile) -> tuple[list[Triple], TurtleSyntaxError | None]:
    """Parse a file; on a syntax error give no triples and the error at its place.

    A byte order mark is passed over. Blank nodes get labels of their own, in the order they
    appear in the file: the parser's are random for ``[]``, and ``_:x`` of two files are two.
    """
    try:
        quads = ox.parse(file.data.removeprefix(BOM_UTF8), format=ox.RdfFormat.TURTLE)
        triples = list(map(TERMS, quads))
    except SyntaxError as error:
        return [], _syntax_error(file.path, error)
    except MemoryError:  # the parser's buffer is bounded, and this is how it says so
        return [], TurtleSyntaxError("holds a text of more than 16 MB", path=file.path)
    kinds = {type(triple[2]) for triple in triples}
    if ox.Triple in kinds:
        return [], TurtleSyntaxError("triple terms (RDF 1.2) have no place here", path=file.path)
    found = cast("list[Triple]", triples)
    if BlankNode in kinds or any([isinstance(triple[0], BlankNode) for triple in found]):  # noqa: C419 - a list is twice as fast
        found = relabelled(found, file.path)
    return found, None


def relabelled(triples: list[Triple], path: str) -> list[Triple]:
    """Give blank nodes labels of their own, in the order in which the triples name them.

    Args:
        triples: those of a file, in its order.
        path: the file; nodes of two files are never one.
    """
    prefix = hashlib.sha256(path.encode()).hexdigest()[:8]
    labels: dict[BlankNode, BlankNode] = {}

    def own(term: AnyTerm) -> AnyTerm:
        if not isinstance(term, BlankNode):
            return term
        label = labels.setdefault(term, BlankNode(f"b{prefix}n{len(labels)}"))
        return cast("AnyTerm", label)

    return [(own(subject), predicate, own(term)) for subject, predicate, term in triples]


def _syntax_error(path: str, error: SyntaxError) -> TurtleSyntaxError:
    """Take the reason out of pyoxigraph's message, whose place is told apart."""
    reason = str(error.msg).split(": ", 1)[-1]
    return TurtleSyntaxError(reason, path=path, line=error.lineno or 0, column=error.offset or 0)
