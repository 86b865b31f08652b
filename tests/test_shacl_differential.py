"""The engine against pyshacl, on shapes and data that hypothesis makes up.

Left out are the few things on which the two are known to differ: pyshacl's ill-formed literals,
comparisons of dates and of mixed types (rdflib orders what SPARQL does not), and regular
expressions beyond what XPath and Python share.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pyshacl
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listkeeper.shacl import compile_shapes
from listkeeper.shacl.terms import SH, XSD
from shacl_cases import PREFIXES, index

if TYPE_CHECKING:
    from listkeeper.shacl import Result

NODES = [":a", ":b", ":c", "_:u", "_:v"]
LITERALS = ["1", "2", "-3", '"text"', '"tx"', '""', '"text"@en', '"tekst"@nl', "true", '"2"']
PREDICATES = [":p", ":q", ":r"]
CLASSES = [":C", ":D", ":E"]

node = st.sampled_from(NODES)
term = st.sampled_from(NODES + LITERALS)
predicate = st.sampled_from(PREDICATES)
number = st.integers(0, 3)

triple = st.one_of(
    st.builds("{} {} {} .".format, node, predicate, term),
    st.builds("{} a {} .".format, node, st.sampled_from(CLASSES)),
)
data_graphs = st.lists(triple, max_size=14).map(
    lambda lines: "\n".join([":D <http://www.w3.org/2000/01/rdf-schema#subClassOf> :C .", *lines])
)

# pyshacl walks the inverse of a sequence in the sequence's own order, where SPARQL turns it
# round (https://www.w3.org/TR/sparql11-query/#propertypaths): only predicates are inverted here.
paths = st.recursive(
    st.one_of(predicate, st.builds("[ sh:inversePath {} ]".format, predicate)),
    lambda inner: st.one_of(
        st.builds("( {} {} )".format, inner, inner),
        st.builds("[ sh:alternativePath ( {} {} ) ]".format, inner, inner),
        st.builds("[ sh:zeroOrMorePath {} ]".format, inner),
        st.builds("[ sh:oneOrMorePath {} ]".format, inner),
        st.builds("[ sh:zeroOrOnePath {} ]".format, inner),
    ),
    max_leaves=3,
)
value_constraints = st.one_of(
    st.builds("sh:class {}".format, st.sampled_from(CLASSES)),
    st.builds(
        "sh:nodeKind sh:{}".format,
        st.sampled_from(
            ["IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral"]
        ),
    ),
    st.builds(
        "sh:datatype {}".format, st.sampled_from(["xsd:integer", "xsd:string", "rdf:langString"])
    ),
    st.builds("sh:minLength {}".format, st.integers(1, 3)),
    st.builds("sh:maxLength {}".format, number),
    st.builds("sh:pattern '{}'".format, st.sampled_from(["^t", "x", "t$", "^.*k.*$"])),
    st.builds("sh:languageIn ( {} )".format, st.sampled_from(["'en'", "'nl' 'fr'", ""])),
    st.builds("sh:in ( {} {} )".format, st.sampled_from([":a", "1"]), st.sampled_from(LITERALS)),
    st.builds("sh:hasValue {}".format, st.sampled_from([":a", *LITERALS])),
    st.builds("sh:equals {}".format, predicate),
    st.builds("sh:disjoint {}".format, predicate),
)
property_constraints = st.one_of(
    value_constraints,
    st.builds("sh:minCount {}".format, number),
    st.builds("sh:maxCount {}".format, number),
    st.just("sh:uniqueLang true"),
)


def joined(parts: list[str]) -> str:
    """Put constraints together, each parameter at most once."""
    return " ; ".join({part.split()[0]: part for part in parts}.values())


def wider(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Make shapes around shapes."""
    reference = st.one_of(
        st.builds("sh:not {}".format, inner),
        inner.map(lambda text: f"sh:{'not' if text.startswith('[ sh:path') else 'node'} {text}"),
        st.builds("sh:{} ( {} {} )".format, st.sampled_from(["and", "or", "xone"]), inner, inner),
    )
    qualified = st.builds(
        "sh:qualifiedValueShape {} ; sh:qualified{}Count {}".format,
        inner,
        st.sampled_from(["Min", "Max"]),
        number,
    )
    own = st.one_of(property_constraints, property_constraints, reference, qualified)
    constraints = st.lists(own, min_size=1, max_size=3).map(joined)
    property_shape = st.builds("[ sh:path {} ; {} ]".format, paths, constraints)
    closed = st.just("sh:closed true ; sh:ignoredProperties ( rdf:type :q )")
    part = st.one_of(
        value_constraints, reference, closed, property_shape.map("sh:property {}".format)
    )
    node_shape = st.lists(part, min_size=1, max_size=3).map(joined).map("[ {} ]".format)
    return st.one_of(property_shape, node_shape)


shapes = st.recursive(value_constraints.map("[ {} ]".format), wider, max_leaves=5)
targets = st.one_of(
    st.sampled_from([":a", ":b", "1", "'text'@en"]).map("sh:targetNode {}".format),
    st.sampled_from(CLASSES).map("sh:targetClass {}".format),
    predicate.map("sh:targetSubjectsOf {}".format),
    predicate.map("sh:targetObjectsOf {}".format),
)


@st.composite
def shapes_graphs(draw: st.DrawFn) -> str:
    """Make a shapes graph with one target."""
    severity = draw(st.sampled_from(["", "sh:severity sh:Warning ;"]))
    return f":shape {draw(targets)} ; {severity} {draw(shapes)[1:-1]} ."


def ours(shapes_graph: str, data: str) -> Counter[tuple[str, ...]]:
    """Validate with the engine."""
    return Counter(map(told, compile_shapes(index(shapes_graph)).validate(index(data))))


def told(result: Result) -> tuple[str, ...]:
    """Write a result so that it can be compared with pyshacl's."""
    path = result.path
    return (
        plain(result.focus_node),
        "" if path is None else plain(path) if isinstance(path, ox.NamedNode) else "[]",
        "" if result.value is None else plain(result.value),
        str(result.component),
        str(result.severity),
    )


def plain(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> str:
    """Write a term; a blank node is as good as another."""
    return "[]" if isinstance(term, ox.BlankNode) else str(term)


PROPERTIES = ("focusNode", "resultPath", "value", "sourceConstraintComponent", "resultSeverity")


def theirs(shapes_graph: str, data: str) -> Counter[tuple[str, ...]]:
    """Validate with pyshacl."""
    data_graph = rdflib.Graph().parse(data=PREFIXES + data, format="turtle")
    shapes = rdflib.Graph().parse(data=PREFIXES + shapes_graph, format="turtle")
    _, report, _ = pyshacl.validate(data_graph, shacl_graph=shapes)
    assert isinstance(report, rdflib.Graph)
    namespace = rdflib.Namespace(SH)
    return Counter(
        tuple(foreign(report.value(result, namespace[name])) for name in PROPERTIES)
        for result in report.objects(None, namespace["result"])
    )


def foreign(term: object) -> str:
    """Write one of rdflib's terms as ours are written."""
    if term is None or isinstance(term, rdflib.BNode):
        return "" if term is None else "[]"
    if isinstance(term, rdflib.Literal):
        return str(ox.Literal(
            str(term),
            datatype=None if term.language else ox.NamedNode(term.datatype or XSD + "string"),
            language=term.language,
        ))  # fmt: skip
    return f"<{term}>"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(shapes_graphs(), data_graphs)
def test_both_engines_give_the_same_results(shapes_graph: str, data: str) -> None:
    """Focus node, path, value, component and severity agree, result by result."""
    assert ours(shapes_graph, data) == theirs(shapes_graph, data)


ordered = st.one_of(
    st.builds(
        "sh:{}{} {}".format,
        st.sampled_from(["min", "max"]),
        st.sampled_from(["Inclusive", "Exclusive"]),
        st.sampled_from(["1", "2.5", "-3", "2e0"]),
    ),
    st.builds("sh:lessThan{} {}".format, st.sampled_from(["", "OrEquals"]), predicate),
)
numbers = st.lists(
    st.builds(
        "{} {} {} .".format,
        st.sampled_from([":a", ":b"]),
        predicate,
        st.sampled_from(["1", "2", "-3", "2.5", "1.0"]),
    ),
    max_size=8,
).map("\n".join)


@settings(max_examples=60, deadline=None)
@given(st.lists(ordered, min_size=1, max_size=3).map(joined), numbers)
def test_both_engines_order_numbers_alike(constraints: str, data: str) -> None:
    """Ranges and property pairs agree over integers and decimals; rdflib rewrites doubles."""
    shapes_graph = f":shape sh:targetNode :a, :b ; sh:path :p ; {constraints} ."
    assert ours(shapes_graph, data) == theirs(shapes_graph, data)
