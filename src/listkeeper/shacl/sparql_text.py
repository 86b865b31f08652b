"""SPARQL text cut into tokens, and rewritten so that variables are bound before it runs.

Pre-binding (https://www.w3.org/TR/shacl/#pre-binding) asks that ``$this`` and the parameters have
their values everywhere in a query. Each group that mentions such a variable is made to begin with
a pattern that binds it from a graph of bindings. One node or a thousand may be put there, so one
text serves both ways of running a query; :mod:`listkeeper.shacl.sparql_queries` has a real parser
confirm that every group was reached, and decides which way is sound.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

BINDINGS: Final = "urn:x-shacl-bindings"
"""The named graph of bindings; also its only subject."""
SHAPES_GRAPH: Final = "urn:x-shacl-shapes-graph"
"""The named graph that holds the shapes, for ``GRAPH $shapesGraph``."""

_TOKEN: Final = re.compile(
    r"""
      (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<comment>\#[^\n\r]*)
    | (?P<string>\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}
        |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
    | [?$](?P<variable>\w+)
    | (?P<brace>[{}])
    | (?P<word>[^\W\d][\w.-]*(?::[\w.:%-]*)?|:[\w.:%-]*)
    | (?P<space>\s+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


def binding_iri(name: str) -> str:
    """Name the predicate that binds a variable.

    >>> binding_iri("this")
    'urn:x-shacl-bindings:this'
    """
    return f"{BINDINGS}:{name}"


def _tokens(text: str) -> Iterator[re.Match[str]]:
    position = 0
    while position < len(text):
        found = _TOKEN.match(text, position)
        if found is None:  # pragma: no cover - the last branch takes any character
            return
        yield found
        position = found.end()


def with_path(text: str, path: str) -> str:
    """Put a path in the place of ``$PATH``.

    >>> with_path("SELECT $this { $this $PATH ?value } # $PATH", "<urn:p>")
    'SELECT $this { $this <urn:p> ?value } # $PATH'
    """
    return "".join(path if found["variable"] == "PATH" else found[0] for found in _tokens(text))


def variables(text: str) -> frozenset[str]:
    """Give every variable a query mentions."""
    return frozenset(found["variable"] for found in _tokens(text) if found["variable"])


@dataclass(slots=True)
class _Brace:
    """An opening brace: where it is, and what is said up to its closing one."""

    place: int
    outer: _Brace | None
    mentioned: set[str] = field(default_factory=set)
    sub_select: bool = False
    fresh: bool = True


def with_bindings(text: str, names: Collection[str]) -> str:
    """Make each group that mentions some of the variables begin by binding those.

    The outermost group binds ``$this`` and whatever is mentioned anywhere; the group of a
    sub-select binds what is mentioned anywhere in the sub-select.
    """
    pieces: list[str] = []
    braces: list[_Brace] = []
    mentioned = set(variables(text)) & set(names) | {"this"}
    inner: _Brace | None = None
    for found in _tokens(text):
        if found["brace"] == "{":
            if inner is not None:
                inner.fresh = False
            inner = _Brace(len(pieces), inner)
            braces.append(inner)
        elif inner is not None:
            inner = _noted(found, inner, names)
        pieces.append(found[0])
    for brace in braces:
        if not brace.sub_select:
            pieces[brace.place] = "{" + _pattern(_wanted(brace, mentioned))
    return "".join(pieces)


def _noted(found: re.Match[str], inner: _Brace, names: Collection[str]) -> _Brace | None:
    """Note one token of a group; gives the group that goes on after it."""
    if found["brace"]:
        if inner.outer is not None:
            inner.outer.mentioned |= inner.mentioned
        return inner.outer
    if found["space"] or found["comment"]:
        return inner
    if inner.fresh:
        inner.fresh = False
        inner.sub_select = found[0].lower() == "select"
    if found["variable"] in names:
        inner.mentioned.add(found["variable"])
    return inner


def _wanted(brace: _Brace, everything: set[str]) -> set[str]:
    if brace.outer is None:
        return everything
    return brace.outer.mentioned if brace.outer.sub_select else brace.mentioned


def _pattern(names: Collection[str]) -> str:
    if not names:
        return " "
    pairs = " ; ".join(f"<{binding_iri(name)}> ?{name}" for name in sorted(names))
    return f" GRAPH <{BINDINGS}> {{ <{BINDINGS}> {pairs} }} "
