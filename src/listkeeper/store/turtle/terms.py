"""From tokens to terms: what an IRI, a prefixed name or a string stands for where it stands."""

from __future__ import annotations

import re
from typing import Final, cast

import pyoxigraph as ox

from listkeeper.graph import Literal, URINode
from listkeeper.namespaces import RDF, XSD
from listkeeper.store.turtle.tokens import Kind, Token

BOOLEAN: Final = URINode(XSD + "boolean")
NUMBERS: Final = {
    Kind.INTEGER: URINode(XSD + "integer"),
    Kind.DECIMAL: URINode(XSD + "decimal"),
    Kind.DOUBLE: URINode(XSD + "double"),
}
"""Datatype of each form of number."""

LANGUAGE_DATATYPES: Final = frozenset({URINode(f"{RDF}langString"), URINode(f"{RDF}dirLangString")})
"""Datatypes that only a language tag gives."""

ESCAPES: Final = dict(zip("tbnrf\"'\\", "\t\b\n\r\f\"'\\", strict=True))
"""Character behind a backslash, and the character it stands for."""

_ESCAPE = re.compile(r"\\(?:u(.{4})|U(.{8})|(.))")
_LOCAL_ESCAPE = re.compile(r"\\(.)")
_PLACE = re.compile(r"^Parser error at line .*?: ")


UNDECLARED: Final = URINode("urn:x-listkeeper:undeclared")
"""What names with a prefix stand for that was told to be unknown; telling it again helps nobody."""


class MisreadError(Exception):
    """A token that stands for nothing here; the message says why and what to do."""


def reason(error: SyntaxError) -> str:
    """Give what pyoxigraph says is wrong, without the place."""
    return _PLACE.sub("", str(error.msg))


def resolve(reference: str, base: str) -> URINode:
    """Resolve an IRI reference, written as between ``<`` and ``>``, against a base.

    pyoxigraph's own parser is asked, so that the two readings cannot differ. As RFC 3986
    section 5.2 lets it, it leaves a reference that has a scheme as it is.

    >>> resolve("../need/69#a", "https://lists.example.org/id/service/559")
    <NamedNode value=https://lists.example.org/id/need/69#a>

    Raises:
        MisreadError: when the result is not an absolute IRI.
    """
    line = f"<x:s> <x:p> <{reference}> ."
    try:
        quad = next(ox.parse(line, format=ox.RdfFormat.TURTLE, base_iri=base or None))
    except SyntaxError as error:
        message = f"<{reference}> is not an IRI here ({reason(error)}): correct it"
        raise MisreadError(message if base else f"{message}, or give the file a @base") from error
    return cast("URINode", quad.object)


def unescaped(text: str) -> str:
    r"""Replace the escapes of a string or an IRI.

    >>> unescaped(r'caf\u00E9 \"x\"')
    'café "x"'
    """
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else ESCAPES[found[3]]


def unquoted(text: str) -> str:
    r"""Give what a string in quotes of any of the four kinds says.

    >>> unquoted("'''it's'''")
    "it's"
    """
    quotes = 3 if text[:3] in {'"""', "'''"} else 1
    return unescaped(text[quotes:-quotes])


def literal(value: str, *, language: str = "", datatype: URINode | None = None) -> Literal:
    """Make a literal.

    Raises:
        MisreadError: when the language tag is not one (RFC 5646), or the datatype needs one.
    """
    if datatype in LANGUAGE_DATATYPES:
        raise MisreadError(f"{datatype} needs a language tag: write @en, or another, instead")
    try:
        return Literal(value, language=language or None, datatype=datatype)
    except ValueError as error:
        subject = f"@{language} is not a language tag" if language else "not a text"
        raise MisreadError(f"{subject} ({error}): correct it") from error


class Declarations:
    """The base and the prefixes as they stand at a place of the text."""

    def __init__(self, base: str) -> None:
        """Begin with a base, empty for none, and no prefix."""
        self.base = base
        self.prefixes: dict[str, str] = {}
        self._known: dict[str, URINode] = {}
        self._missing: set[str] = set()

    def declare_base(self, token: Token) -> None:
        """Take another base."""
        self.base = self.node(token).value
        self._known.clear()

    def declare_prefix(self, name: Token, namespace: Token) -> None:
        """Take a prefix, or another namespace for it."""
        self.prefixes[name.text[:-1]] = self.node(namespace).value
        self._known.clear()

    def node(self, token: Token) -> URINode:
        """Give the node that an IRI or a prefixed name stands for.

        Raises:
            MisreadError: when its prefix is unknown, the first time; or the result is not an
                absolute IRI.
        """
        text = token.text
        node = self._known.get(text)
        if node is None:
            node = self._resolved(text) if token.kind is Kind.IRI else self._expanded(text)
            self._known[text] = node
        return node

    def _resolved(self, text: str) -> URINode:
        return resolve(text[1:-1], self.base)

    def _expanded(self, text: str) -> URINode:
        prefix, _, local = text.partition(":")
        if prefix in self._missing and prefix not in self.prefixes:
            return UNDECLARED
        if prefix not in self.prefixes:
            self._missing.add(prefix)
            known = ", ".join(f"{name}:" for name in self.prefixes) or "none"
            raise MisreadError(f"the prefix {prefix}: is not declared (declared: {known})")
        iri = self.prefixes[prefix] + _LOCAL_ESCAPE.sub(r"\1", local)
        try:
            return URINode(iri)
        except ValueError as error:
            raise MisreadError(f"{text} stands for no IRI ({error}): correct it") from error
