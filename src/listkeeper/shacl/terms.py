"""The terms the engine speaks of, over pyoxigraph's."""

from __future__ import annotations

from typing import Final, TypeAlias

import pyoxigraph as ox

Node: TypeAlias = ox.NamedNode | ox.BlankNode
Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal
Triple: TypeAlias = tuple[Node, ox.NamedNode, Term]

SH: Final = "http://www.w3.org/ns/shacl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"

RDF_TYPE: Final = ox.NamedNode(RDF + "type")
RDF_FIRST: Final = ox.NamedNode(RDF + "first")
RDF_REST: Final = ox.NamedNode(RDF + "rest")
RDF_NIL: Final = ox.NamedNode(RDF + "nil")
RDFS_CLASS: Final = ox.NamedNode(RDFS + "Class")
RDFS_SUBCLASS_OF: Final = ox.NamedNode(RDFS + "subClassOf")
OWL_IMPORTS: Final = ox.NamedNode("http://www.w3.org/2002/07/owl#imports")
XSD_BOOLEAN: Final = ox.NamedNode(XSD + "boolean")
XSD_INTEGER: Final = ox.NamedNode(XSD + "integer")
TRUE: Final = ox.Literal("true", datatype=XSD_BOOLEAN)
FALSE: Final = ox.Literal("false", datatype=XSD_BOOLEAN)


def sh(name: str) -> ox.NamedNode:
    """Name a term of the SHACL vocabulary.

    >>> sh("path").value
    'http://www.w3.org/ns/shacl#path'
    """
    return ox.NamedNode(SH + name)


def local_name(iri: str) -> str:
    """Cut an IRI to what follows its last hash, slash or colon.

    >>> local_name("http://example.org/ns#lang")
    'lang'
    """
    return max((iri.rpartition(mark)[2] for mark in "#/:"), key=lambda name: -len(name))


def show(term: Term) -> str:
    """Write a term as a person reads it: an IRI in brackets, a literal in quotation marks.

    >>> show(ox.Literal("chat", language="fr"))
    '"chat"@fr'
    """
    return str(term)
