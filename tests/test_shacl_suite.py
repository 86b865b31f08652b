"""The W3C test suite of SHACL Core and SHACL-SPARQL, every result compared."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlparse

import pyoxigraph as ox
import pytest

from listkeeper.shacl import Failure, Index, compile_shapes, report_graph
from listkeeper.shacl.terms import RDF_FIRST, sh

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path as FilePath

    from listkeeper.shacl.terms import Term

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"
WRAPPERS = ("inversePath", "alternativePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath")
COMPARED = ("focusNode", "value", "sourceConstraintComponent", "resultSeverity", "sourceShape")
EXPECTED_CASES = 120
"""Listed by the manifests of the suite; fewer would mean that some were skipped silently."""


class Case(NamedTuple):
    """One entry of a manifest."""

    manifest: Index
    entry: Term

    def part(self, node: Term, name: str) -> Term:
        """Give the one value of a property."""
        (value,) = self.manifest.objects(node, ox.NamedNode(name))
        return value

    def graph(self, name: str) -> Index:
        """Read the data graph or the shapes graph."""
        return read(self.part(self.part(self.entry, MF + "action"), SHT + name))


def read(term: Term) -> Index:
    """Read a Turtle file by its URL."""
    assert isinstance(term, ox.NamedNode)
    with open(unquote(urlparse(term.value).path), "rb") as file:  # noqa: PTH123 - a URL's path
        return Index.parse(file.read(), base_iri=term.value)


def cases(manifest: FilePath) -> Iterator[Case]:
    """Give every case of a manifest and of those it includes."""
    queue: list[Term] = [ox.NamedNode(manifest.as_uri())]
    for url in queue:
        graph = read(url)
        for included in graph.forward(ox.NamedNode(MF + "include")).values():
            queue.extend(included)
        for heads in graph.forward(ox.NamedNode(MF + "entries")).values():
            yield from (Case(graph, entry) for head in heads for entry in graph.members(head))


def comparable(graph: Index, report: Term) -> Counter[object]:
    """Give the results of a report so that two reports can be compared, blank nodes apart."""
    return Counter(
        (
            *(values(graph, result, name) for name in COMPARED),
            tuple(path_of(graph, path) for path in graph.objects(result, sh("resultPath"))),
        )
        for result in graph.objects(report, sh("result"))
    )


def values(graph: Index, result: Term, name: str) -> tuple[str, ...]:
    """Give the values of a property of a result; a blank node is as good as another."""
    terms = graph.objects(result, sh(name))
    return tuple("[]" if isinstance(term, ox.BlankNode) else str(term) for term in terms)


def path_of(graph: Index, path: Term) -> object:
    """Give a path so that two can be compared."""
    if isinstance(path, ox.NamedNode):
        return str(path)
    if graph.objects(path, RDF_FIRST):
        return tuple(path_of(graph, member) for member in graph.members(path))
    ((name, inner),) = ((n, i) for n in WRAPPERS for i in graph.objects(path, sh(n)))
    return name, path_of(graph, inner)


def answer(case: Case) -> object:
    """Validate as a case says; gives the comparable results, or the failure."""
    shapes, data = case.graph("shapesGraph"), case.graph("dataGraph")
    try:
        results = compile_shapes(shapes).validate(data)
    except Failure:
        return ox.NamedNode(SHT + "Failure")
    triples = report_graph(results)
    report = Index((t.subject, t.predicate, t.object) for t in triples)  # type: ignore[misc] # no triple is a subject here
    return comparable(report, triples[0].subject)  # type: ignore[arg-type] # see above


@pytest.mark.shared
def test_every_case_of_the_suite_gives_the_expected_results(
    shared: FilePath, capsys: pytest.CaptureFixture[str]
) -> None:
    """All 120 agree in focus node, path, value, component, severity and source shape."""
    every = list(cases(shared / "suites" / "shacl" / "tests" / "manifest.ttl"))
    wrong = []
    for case in every:
        expected = case.part(case.entry, MF + "result")
        wanted: object = expected
        if isinstance(expected, ox.BlankNode):
            wanted = comparable(case.manifest, expected)
        if answer(case) != wanted:
            wrong.append(str(case.entry))
    with capsys.disabled():
        print(f" W3C SHACL suite: {len(every) - len(wrong)} of {len(every)}")  # noqa: T201 - the figure is asked for
    assert wrong == []
    assert len(every) == EXPECTED_CASES
