"""Value types: sh:class, sh:datatype, sh:nodeKind.

https://www.w3.org/TR/shacl/#core-components-value-type
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from listkeeper.shacl.constraints import Bind, Declared, on_values, on_values_in
from listkeeper.shacl.datatypes import lexical_test
from listkeeper.shacl.terms import RDF_TYPE, SH, show

if TYPE_CHECKING:
    from listkeeper.shacl.constraints import Run, Test
    from listkeeper.shacl.terms import Term

_KINDS: Final = {
    "IRI": (ox.NamedNode,),
    "BlankNode": (ox.BlankNode,),
    "Literal": (ox.Literal,),
    "BlankNodeOrIRI": (ox.BlankNode, ox.NamedNode),
    "BlankNodeOrLiteral": (ox.BlankNode, ox.Literal),
    "IRIOrLiteral": (ox.NamedNode, ox.Literal),
}


def node_kind(declared: Declared) -> Bind:
    """Compile sh:nodeKind."""
    name = declared.iri().value.removeprefix(SH)
    kinds = _KINDS.get(name)
    if kinds is None:
        raise declared.ill_formed("one of the six node kinds")
    return on_values(declared, lambda value: isinstance(value, kinds), f"is not of kind {name}")


def datatype(declared: Declared) -> Bind:
    """Compile sh:datatype; an ill-formed literal has no datatype it may claim."""
    wanted = declared.iri()
    well_formed = lexical_test(wanted)

    def ok(value: Term) -> bool:
        return (
            isinstance(value, ox.Literal)
            and value.datatype == wanted
            and (well_formed is None or well_formed(value.value))
        )

    return on_values(declared, ok, f"is not a well-formed literal of datatype {show(wanted)}")


def instance_of(declared: Declared) -> Bind:
    """Compile sh:class."""
    wanted = declared.value
    return on_values_in(declared, lambda run: _class_test(run, wanted), f"is not a {show(wanted)}")


def _class_test(run: Run, wanted: Term) -> Test:
    types = run.index.forward(RDF_TYPE).get
    classes = run.index.subclasses(wanted)
    if len(classes) == 1:
        return lambda value: wanted in types(value, ())
    return lambda value: not classes.isdisjoint(types(value, ()))
