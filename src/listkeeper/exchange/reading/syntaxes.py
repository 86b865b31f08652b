"""The syntaxes of RDF that are read, told by a file's ending or by name."""

from __future__ import annotations

from typing import Final, NamedTuple

import pyoxigraph as ox


class Syntax(NamedTuple):
    """A row of the table of syntaxes."""

    name: str
    endings: tuple[str, ...]
    """Endings of the names of files, in lower case."""
    format: ox.RdfFormat
    is_turtle: bool = False
    """Whether it is Turtle or a part of it, so that our own reader of Turtle finds places."""

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by name: the formats of pyoxigraph cannot be, and workers may be new processes."""
        return syntax_named, (self.name,)


SYNTAXES: Final = (
    Syntax("turtle", (".ttl", ".turtle"), ox.RdfFormat.TURTLE, is_turtle=True),
    Syntax("n-triples", (".nt",), ox.RdfFormat.N_TRIPLES, is_turtle=True),
    Syntax("n-quads", (".nq",), ox.RdfFormat.N_QUADS),
    Syntax("trig", (".trig",), ox.RdfFormat.TRIG),
    Syntax("json-ld", (".jsonld", ".json"), ox.RdfFormat.JSON_LD),
    Syntax("rdf-xml", (".rdf", ".owl", ".xml", ".skos"), ox.RdfFormat.RDF_XML),
)


def syntax_named(name: str) -> Syntax | None:
    """Return the syntax of a name; None where there is none.

    >>> syntax_named("turtle").endings
    ('.ttl', '.turtle')
    """
    return next((syntax for syntax in SYNTAXES if syntax.name == name), None)


def syntax_of(path: str) -> Syntax | None:
    """Return the syntax that a file's ending tells; None where it tells none.

    >>> syntax_of("rocks.RDF").name
    'rdf-xml'
    """
    lower = path.lower()
    return next((syntax for syntax in SYNTAXES if lower.endswith(syntax.endings)), None)
