"""Property paths: followed over data, and written in reports."""

from __future__ import annotations

import pytest

from listkeeper.shacl import Index, ShapesError, compile_shapes, report_graph
from listkeeper.shacl.paths import read_path
from listkeeper.shacl.terms import sh
from shacl_cases import found, index, validate

DATA = ":x :p :a, :b ; :q :c . :a :p :d ; :q :c . :d :p :x . :y :p :x . :c :r :x ."
PATHS = [
    # the path, the values from :x in any order, the path as SPARQL writes it
    (":p", "a b", "p"),
    (":none", "", "none"),
    ("[ sh:inversePath :p ]", "d y", "^(p)"),
    ("( :p :q )", "c", "(p)/(q)"),
    ("( :p :p :p )", "x", "(p)/(p)/(p)"),
    ("[ sh:alternativePath ( :p :q ) ]", "a b c", "(p)|(q)"),
    ("[ sh:zeroOrMorePath :p ]", "x a b d", "(p)*"),
    ("[ sh:oneOrMorePath :p ]", "a b d x", "(p)+"),
    ("[ sh:zeroOrOnePath :p ]", "x a b", "(p)?"),
    ("[ sh:inversePath [ sh:inversePath :p ] ]", "a b", "^(^(p))"),
    ("[ sh:inversePath ( :p :q ) ]", "", "^((p)/(q))"),
    ("[ sh:inversePath ( :q :r ) ]", "a x", "^((q)/(r))"),
    ("[ sh:inversePath [ sh:alternativePath ( :p :r ) ] ]", "d y c", "^((p)|(r))"),
    ("[ sh:inversePath [ sh:oneOrMorePath :p ] ]", "d a x y", "^((p)+)"),
    ("( :p [ sh:zeroOrMorePath [ sh:inversePath :p ] ] )", "a b x d y", "(p)/((^(p))*)"),
]


@pytest.mark.parametrize(("path", "values", "text"), PATHS)
def test_paths_are_followed(path: str, values: str, text: str) -> None:
    """A path gives each value once; the result names the path it came by."""
    results = found(f":shape sh:targetNode :x ; sh:path {path} ; sh:in ( ) .", DATA)
    assert sorted(str(value) for _, _, value, _ in results) == sorted(values.split())
    assert {written for _, written, _, _ in results} <= {text}


@pytest.mark.parametrize("path", [path for path, values, _ in PATHS if values])
def test_paths_are_reported_as_they_were_declared(path: str) -> None:
    """The report's sh:resultPath reads back as the path of the shape."""
    shapes = f":shape sh:targetNode :x ; sh:path {path} ; sh:in ( ) ."
    triples = report_graph(validate(shapes, DATA)[:1])
    report = Index((t.subject, t.predicate, t.object) for t in triples)  # type: ignore[misc] # no triple is a subject here
    ((written,),) = report.forward(sh("resultPath")).values()
    declared = index(shapes)
    ((wanted,),) = declared.forward(sh("path")).values()
    assert read_path(report, written) == read_path(declared, wanted)


ILL_FORMED = [
    ("'text'", "is not a property path"),
    ("[ :says 'nothing' ]", "is not a property path"),
    ("( :p )", "at least two members"),
    ("[ sh:alternativePath ( :p ) ]", "at least two members"),
    ("[ sh:alternativePath :p ]", "not a well-formed RDF list"),
    ("_:loop . _:loop sh:inversePath _:loop", "contains itself"),
    (":p, :q", "2 values of path"),
]


@pytest.mark.parametrize(("path", "reason"), ILL_FORMED)
def test_ill_formed_paths_are_told(path: str, reason: str) -> None:
    """A path that is none is an error of the shapes graph."""
    with pytest.raises(ShapesError, match=reason):
        compile_shapes(index(f":shape sh:targetNode :x . :shape sh:path {path} ."))


def test_long_chains_do_not_recurse() -> None:
    """A path repeated ten thousand times is followed without exhausting the stack."""
    steps = "".join(f":n{number} :p :n{number + 1} ." for number in range(10_000))
    shapes = ":shape sh:targetNode :n0 ; sh:path [ sh:oneOrMorePath :p ] ; sh:maxCount 1 ."
    (result,) = validate(shapes, steps)
    assert result.messages[0].value == "10000 values, at most 1 allowed"
