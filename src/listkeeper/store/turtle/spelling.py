"""How canonical Turtle spells a term."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeGuard

from listkeeper.graph import RDF_TYPE, XSD_STRING, Literal, URINode
from listkeeper.namespaces import XSD
from listkeeper.store.turtle.terms import MisreadError, resolve
from listkeeper.store.turtle.tokens import plain_local

if TYPE_CHECKING:
    from collections.abc import Mapping

    from listkeeper.graph import Term

SHORTHANDS: Final = {
    URINode(XSD + "integer"): re.compile(r"[+-]?[0-9]+"),
    URINode(XSD + "decimal"): re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    URINode(XSD + "boolean"): re.compile(r"true|false"),
}
"""Datatypes, and the forms of theirs that stand without quotes."""

ESCAPED: Final = re.compile(r'["\\\x00-\x1f\x7f\x85\u2028\u2029]')
"""What does not stand for itself: what the grammar forbids, and what would break a line.

Of control characters the grammar forbids only two, but editors and Git treat a text with the
others as binary, or end a line at them."""

_NAMED_ESCAPES = {'"': r"\"", "\\": r"\\", "\n": r"\n", "\r": r"\r", "\t": r"\t"}

_REGION_LENGTH = 2
_SCRIPT_LENGTH = 4


BEYOND: Final = (
    "{} cannot be kept, since canonical Turtle has only IRIs and literals: "
    "give what is meant an IRI of its own, such as that of its concept with #part-1 behind it"
)


def is_kept(term: Term) -> TypeGuard[URINode | Literal]:
    """Say whether canonical Turtle can spell a term: an IRI, or a literal of RDF 1.1."""
    if isinstance(term, Literal):
        return term.direction is None
    return isinstance(term, URINode)


def quoted(text: str) -> str:
    r"""Put a text in quotes, on one line, escaping only what must be.

    >>> print(quoted('say "no"\nor naïve'))
    "say \"no\"\nor naïve"
    """
    return f'"{ESCAPED.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    return _NAMED_ESCAPES.get(character) or f"\\u{ord(character):04X}"


def language_tag(tag: str) -> str:
    """Write a language tag in the case that RFC 5646 section 2.1.1 recommends.

    >>> language_tag("zh-hans-cn"), language_tag("EN-x-latn-gb")
    ('zh-Hans-CN', 'en-x-latn-gb')
    """
    first, *others = tag.lower().split("-")
    parts, is_after_singleton = [first], len(first) == 1
    for part in others:
        is_after_singleton = is_after_singleton or len(part) == 1
        parts.append(part if is_after_singleton else _cased(part))
    return "-".join(parts)


def _cased(part: str) -> str:
    if len(part) == _REGION_LENGTH:
        return part.upper()
    return part.title() if len(part) == _SCRIPT_LENGTH and part.isalpha() else part


class Speller:
    """Spells terms under one base and one set of prefixes, noting which prefixes are used."""

    def __init__(self, base: str, prefixes: Mapping[str, str]) -> None:
        """Keep the base, empty for none, and the prefixes; the longest namespace wins."""
        self.base = base
        self.used: set[str] = set()
        by_length = sorted(prefixes.items(), key=lambda item: len(item[1]), reverse=True)
        self._namespaces = tuple(by_length)
        self._spelled: dict[URINode, str] = {}

    def term(self, term: URINode | Literal) -> str:
        """Spell a subject or an object."""
        return self.node(term) if isinstance(term, URINode) else self.literal(term)

    def verb(self, predicate: URINode) -> str:
        """Spell a predicate."""
        return "a" if predicate == RDF_TYPE else self.node(predicate)

    def node(self, node: URINode) -> str:
        """Spell an IRI: relative to the base, else as a prefixed name, else in full."""
        spelled = self._spelled.get(node)
        if spelled is None:
            spelled = self._relative(node) or self._name(node.value) or f"<{node.value}>"
            self._spelled[node] = spelled
        return spelled

    def literal(self, literal: Literal) -> str:
        """Spell a literal, without quotes where its datatype and form allow it."""
        if literal.language:
            return f"{quoted(literal.value)}@{language_tag(literal.language)}"
        if literal.datatype == XSD_STRING:
            return quoted(literal.value)
        shorthand = SHORTHANDS.get(literal.datatype)
        if shorthand and shorthand.fullmatch(literal.value):
            return literal.value
        return f"{quoted(literal.value)}^^{self.node(literal.datatype)}"

    def _relative(self, node: URINode) -> str:
        """Spell an IRI below the base, where that leads back to it exactly."""
        if not (self.base and node.value.startswith(self.base)):
            return ""
        reference = node.value.removeprefix(self.base)
        try:
            return f"<{reference}>" if resolve(reference, self.base) == node else ""
        except MisreadError:  # such as what looks like a scheme, which stays in full
            return ""

    def _name(self, iri: str) -> str:
        """Spell an IRI with the prefix of the longest namespace that allows it."""
        for prefix, namespace in self._namespaces:
            local = iri.removeprefix(namespace)
            if local != iri and plain_local().match(local):
                self.used.add(prefix)
                return f"{prefix}:{local}"
        return ""
