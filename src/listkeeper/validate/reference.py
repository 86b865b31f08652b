"""Running shapes with pyshacl, the reference validator: the one module that knows it.

pyshacl works on rdflib graphs. The authored terms are turned into rdflib's one by one (writing
Turtle and reading it again would take five times as long), each IRI once. A warning alone makes
pyshacl's own verdict negative; ours comes from the severities of the findings instead.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, cast

import pyoxigraph as ox
import rdflib
from pyshacl import validate
from pyshacl.errors import ReportableRuntimeError

from listkeeper.graph import Literal, URINode
from listkeeper.namespaces import SH
from listkeeper.validate.outcome import Outcome, unusable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from listkeeper.graph import Graph, Subject, Term, Triple

RESULT: Final = rdflib.URIRef(SH + "result")
PARTS: Final = {
    name: rdflib.URIRef(SH + name) for name in ("focusNode", "resultPath", "value", "sourceShape")
}
"""What is read of a result: https://www.w3.org/TR/shacl/#results-validation-result"""


def outcomes(triples: Iterable[Triple], shapes: Graph, folder: Path) -> Iterator[Outcome]:
    """Run the shapes over data.

    Raises:
        ContentError: when the shapes can not be used.
    """
    report = _validate(triples, shapes, folder)
    for result in report.objects(None, RESULT):
        focus, path, value, source = (_term(report.value(result, p)) for p in PARTS.values())
        if focus is not None:
            shape = cast("Subject", source)  # SHACL lets no literal be a shape
            predicate = path if isinstance(path, URINode) else None
            yield Outcome(focus=focus, path=predicate, value=value, shape=shape)


def _validate(triples: Iterable[Triple], shapes: Graph, folder: Path) -> rdflib.Graph:
    with _quiet("rdflib.term"):
        converter = _Converter()
        data, asked = converter.graph(triples), converter.graph(shapes)
        try:
            # in place: pyshacl would copy the data first, which costs as much as converting it
            _, report, text = validate(data, shacl_graph=asked, inplace=True, inference="none")
        except ReportableRuntimeError as error:
            raise unusable(str(error), folder) from error
        except Exception as error:
            # rdflib raises bare ones for what it does not do, and pyshacl all kinds for shapes that
            # it did not foresee; anyone may propose shapes
            raise unusable(f"{type(error).__name__} in pyshacl: {error}", folder) from error
    if not isinstance(report, rdflib.Graph):
        raise unusable(text, folder)
    return report


@contextmanager
def _quiet(logger: str) -> Iterator[None]:
    """Keep rdflib from writing about odd literals on the terminal: the shapes report them."""
    log = logging.getLogger(logger)
    before, log.disabled = log.disabled, True
    try:
        yield
    finally:
        log.disabled = before


class _Converter:
    """Turns terms into rdflib's; the same IRI and blank node once, as rdflib's are slow to make."""

    def __init__(self) -> None:
        self._nodes: dict[Subject, rdflib.URIRef | rdflib.BNode] = {}

    def graph(self, triples: Iterable[Triple]) -> rdflib.Graph:
        graph = rdflib.Graph(bind_namespaces="none")
        add = graph.store.add
        for subject, predicate, term in triples:
            row = (self._node(subject), self._node(predicate), self._object(term))
            add(row, graph)
        return graph

    def _object(self, term: Term) -> rdflib.term.Node:
        return _literal(term) if isinstance(term, Literal) else self._node(term)

    def _node(self, node: Subject) -> rdflib.URIRef | rdflib.BNode:
        found = self._nodes.get(node)
        if found is None:
            kind = rdflib.URIRef if isinstance(node, URINode) else rdflib.BNode
            found = self._nodes[node] = kind(node.value)
        return found


def _literal(term: Literal) -> rdflib.Literal:
    """Keep the lexical form: rdflib would write 01 as 1."""
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    return rdflib.Literal(term.value, datatype=term.datatype.value, normalize=False)


def _term(node: rdflib.term.Node | None) -> Term | None:
    """Turn a term of a report back into one of ours."""
    if isinstance(node, rdflib.URIRef):
        return URINode(str(node))
    if isinstance(node, rdflib.BNode):
        return ox.BlankNode(str(node))
    if isinstance(node, rdflib.Literal):
        datatype = None if node.language or not node.datatype else URINode(str(node.datatype))
        return Literal(str(node), language=node.language, datatype=datatype)
    return None
