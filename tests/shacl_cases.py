"""What the tests of the SHACL engine share: prefixes, and a short way to write results."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from listkeeper.shacl import Index, Result, compile_shapes
from listkeeper.shacl.paths import Path, path_text
from listkeeper.shacl.terms import local_name

if TYPE_CHECKING:
    from listkeeper.shacl.terms import Term

PREFIXES = """
@prefix : <urn:t:> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

Short = tuple[str, str | None, str | None, str]
"""Focus node, path, value, component."""


def index(turtle: str) -> Index:
    """Parse Turtle that uses the prefixes above."""
    return Index.parse(PREFIXES + turtle)


def validate(shapes: str, data: str) -> tuple[Result, ...]:
    """Compile shapes and validate data, both in Turtle."""
    return compile_shapes(index(shapes)).validate(index(data))


def found(shapes: str, data: str) -> list[Short]:
    """Give the results of a validation, in short."""
    return [short(result) for result in validate(shapes, data)]


def short(result: Result) -> Short:
    """Write a result so that a test can state it."""
    return (
        word(result.focus_node),
        None if result.path is None else path_word(result.path),
        None if result.value is None else word(result.value),
        local_name(result.component.value).removesuffix("ConstraintComponent"),
    )


def word(term: Term) -> str:
    """Write an IRI by its local name, a literal by its lexical form, a blank node as ``[]``."""
    if isinstance(term, ox.BlankNode):
        return "[]"
    return local_name(term.value) if isinstance(term, ox.NamedNode) else term.value


def path_word(path: Path) -> str:
    """Write a path as SPARQL does, with local names."""
    return path_text(path).replace("<urn:t:", "").replace(">", "")
