"""Descriptions as Turtle, N-Triples and RDF/XML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from listkeeper.errors import OutsideProfileError, UnsupportedError
from listkeeper.graph import RDF_TYPE, URINode
from listkeeper.namespaces import PREFIXES, RDF
from listkeeper.store.turtle.writer import write

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from listkeeper.graph import Term, Triple
    from listkeeper.uris import Minter

_NAME_START: Final = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
LOCAL_NAME: Final = re.compile(
    f"[{_NAME_START}][{_NAME_START}\\-.0-9\xb7\u0300-\u036f\u203f-\u2040]*\\Z"
)
"""What an IRI has to end with to be an element's name: an NCName,
https://www.w3.org/TR/xml-names/#NT-NCName."""

NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 has no way to say, https://www.w3.org/TR/xml/#charsets."""

RESERVED: Final = frozenset(
    RDF + name
    for name in (
        *("RDF", "Description", "ID", "about", "parseType", "resource", "nodeID", "datatype"),
        *("li", "aboutEach", "aboutEachPrefix", "bagID"),
    )
)
"""Terms of RDF/XML's own syntax, https://www.w3.org/TR/rdf-syntax-grammar/#section-Namespace."""


def prefixes(minter: Minter) -> dict[str, str]:
    """Give the prefixes of what we publish, our own terms first."""
    return {"def": minter.terms, **PREFIXES}


def turtle(triples: Sequence[Triple], minter: Minter, language: str) -> bytes:
    """Write Turtle: canonical, or as pyoxigraph writes it where there are blank nodes.

    Args:
        triples: a description.
        minter: gives the base and the prefix of our own terms.
        language: the default language, whose texts come first.

    Returns:
        UTF-8 text.
    """
    known = prefixes(minter)
    try:
        text = write(triples, base=minter.identifiers, prefixes=known, language=language)
    except OutsideProfileError:
        return serialize(triples, ox.RdfFormat.TURTLE, known)
    return text.encode()


def n_triples(triples: Iterable[Triple]) -> bytes:
    """Write N-Triples, one triple a line, the lines sorted."""
    lines = serialize(triples, ox.RdfFormat.N_TRIPLES).splitlines(keepends=True)
    return b"".join(sorted(lines))


def rdf_xml(triples: Sequence[Triple], minter: Minter) -> bytes:
    """Write RDF/XML.

    Raises:
        UnsupportedError: when the graph has what RDF/XML cannot carry.
    """
    predicates = {triple[1].value for triple in triples}
    for iri in sorted(predicates):
        _refuse_name(iri, "property")
    for _, predicate, term in triples:
        if predicate == RDF_TYPE and isinstance(term, URINode):
            _refuse_name(term.value, "class")  # pyoxigraph makes it the name of an element
        _refuse_value(predicate.value, term)
    known = prefixes(minter).items()
    used = {name: space for name, space in known if any(p.startswith(space) for p in predicates)}
    text = serialize(triples, ox.RdfFormat.RDF_XML, used)
    # An XML parser reads a bare carriage return as a line feed: only a reference keeps it.
    return text.replace(b"\r", b"&#13;")


def serialize(
    triples: Iterable[Triple], format_: ox.RdfFormat, known: dict[str, str] | None = None
) -> bytes:
    """Serialise triples with pyoxigraph."""
    statements = (ox.Triple(*triple) for triple in triples)
    return ox.serialize(statements, format=format_, prefixes=known) or b""


def _refuse_name(iri: str, kind: str) -> None:
    """Refuse a property or class that cannot be the name of an element."""
    if iri in RESERVED or not LOCAL_NAME.search(iri):
        raise UnsupportedError(f"RDF/XML cannot carry the {kind} <{iri}>: ask for another format")


def _refuse_value(iri: str, term: Term) -> None:
    """Refuse a value with a character that XML has no way to say."""
    found = NOT_XML.search(term.value)
    if found:
        character = f"the character U+{ord(found.group()):04X} in a value of <{iri}>"
        raise UnsupportedError(f"RDF/XML cannot carry {character}: ask for another format")
