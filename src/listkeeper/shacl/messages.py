"""Messages for people: the shape's own, with its variables filled in, or our words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Mapping

    from listkeeper.shacl.terms import Term

_VARIABLE = re.compile(r"\{[$?]([A-Za-z_][A-Za-z0-9_]*)\}")


def filled(message: ox.Literal, bindings: Mapping[str, Term]) -> ox.Literal:
    """Replace ``{$name}`` and ``{?name}`` by the values bound to them; others stay as written.

    See https://www.w3.org/TR/shacl/#sparql-constraints-message.

    >>> filled(ox.Literal("{$this} is late, {?who}"), {"this": ox.Literal("Ann")}).value
    'Ann is late, {?who}'
    """

    def value(found: re.Match[str]) -> str:
        term = bindings.get(found[1])
        return found[0] if term is None else plain(term)

    text = _VARIABLE.sub(value, message.value)
    if message.language:
        return ox.Literal(text, language=message.language)
    return ox.Literal(text)


def plain(term: Term) -> str:
    """Write a term without marks: an IRI, or a literal's lexical form."""
    return str(term) if isinstance(term, ox.BlankNode) else term.value
