"""What a SPARQL query of a shapes graph says, told by rdflib's SPARQL parser and algebra.

It decides what the specification forbids, what this engine does not do, and whether a query may
run once for all focus nodes: once each group has ``$this`` bound, every operator but those of
:data:`_PER_NODE` keeps the solutions of different values of ``$this`` apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from listkeeper.shacl.errors import Failure, Refused, ShapesError
from listkeeper.shacl.sparql_reach import constant_predicates, reads_lexical_forms
from listkeeper.shacl.sparql_text import variables, with_bindings
from listkeeper.shacl.sparql_tree import (
    child,
    is_binding,
    mentions,
    projection,
    unbound_groups,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rdflib.plugins.sparql.parserutils import CompValue

_FORBIDDEN: Final = {
    "MinusGraphPattern": "MINUS",
    "ServiceGraphPattern": "SERVICE",
    "InlineData": "VALUES",
    "ValuesClause": "VALUES",
}
"""https://www.w3.org/TR/shacl/#pre-binding."""
_PER_NODE: Final = frozenset(
    {"Slice", "LimitOffsetClauses", "Group", "GroupClause", "HavingClause"}
)
"""Operators that look at many solutions at once; so do the aggregates."""
_OPTIONAL: Final = frozenset({"shapesGraph", "currentShape"})
"""Pre-bound variables that a sub-select need not return."""
_ESCAPE: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
"""A character by its number, which SPARQL allows anywhere:
https://www.w3.org/TR/sparql11-query/#codepointEscape."""
_CHARACTERS: Final = 0x110000


@dataclass(frozen=True, slots=True)
class Query:
    """A query ready to run, its variables bound by the graph of bindings."""

    text: str
    names: frozenset[str]
    """The pre-bound variables it mentions, and ``this``."""
    at_once: bool
    """Whether it may run once for all focus nodes."""
    predicates: frozenset[str] | None
    """The predicates it reads, or None: any."""
    lexical: bool
    """Whether its answer may depend on lexical forms."""


@dataclass(frozen=True, slots=True)
class Source:
    """A query as it stands in the shapes graph."""

    where: str
    """What to call it in errors."""
    text: str
    prefixes: Mapping[str, str]
    form: str
    """``SELECT`` or ``ASK``."""
    names: frozenset[str]
    """The variables that are bound before it runs, ``this`` among them."""
    missing: frozenset[str] = frozenset()
    """Those that might have been: optional parameters that a shape does not give."""


def read_query(source: Source) -> Query:
    """Check a query against the rules of pre-binding and make it ready to run.

    Raises:
        ShapesError: it is no SPARQL, or of the wrong form.
        Failure: the specification forbids something in it.
        Refused: the engine does not do something in it.
    """
    text, tree, algebra = _parsed(source)
    if tree.name.upper() != f"{source.form}QUERY":
        raise ShapesError(f"{source.where} is not a {source.form} query")
    if source.form == "SELECT" and "this" not in projection(tree):
        raise ShapesError(f"{source.where} does not return $this")
    return Query(
        text=text,
        names=(variables(source.text) & source.names) | {"this"},
        at_once=not any(_looks_at_many(node.name) for node in algebra),
        predicates=constant_predicates(algebra),
        lexical=reads_lexical_forms(algebra),
    )


def _parsed(source: Source) -> tuple[str, CompValue, list[CompValue]]:
    # rdflib's parser takes 0.15 s to import: only shapes with SPARQL wait for it.
    from pyparsing import ParseException  # noqa: PLC0415 - see above
    from rdflib.plugins.sparql.algebra import translateQuery  # noqa: PLC0415 - see above
    from rdflib.plugins.sparql.parser import parseQuery  # noqa: PLC0415 - see above

    head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in source.prefixes.items())
    try:
        _forbid(source, parseQuery(head + source.text)[1])
    except (ParseException, RecursionError) as error:
        _refuse_unseen(source, head + source.text, error)
    _try_out(source, head + source.text)
    text = head + with_bindings(source.text, source.names)
    try:
        parsed = parseQuery(text)
    except (ParseException, RecursionError) as error:
        raise Refused(f"{source.where}: its parser says {error}") from error
    tree = parsed[1]
    # Translating rewrites the parsed tree, so the rules of the text are looked at before.
    _forbid(source, tree)
    _refuse(source, tree)
    return text, tree, list(walk(translateQuery(parsed).algebra))


def _refuse_unseen(source: Source, text: str, error: Exception) -> None:
    """Refuse what the parser can not read and the engine might: planning SERVICE asks its host."""
    plain = _ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16) % _CHARACTERS), text)
    if "service" in plain.lower():
        raise Refused(f"{source.where}: its parser says {error}") from error


def _try_out(source: Source, text: str) -> None:
    """Have the engine that will run a query plan it, on no data; never one with SERVICE."""
    try:
        ox.Store().query(text)
    except SyntaxError as error:
        raise ShapesError(f"{source.where} is not SPARQL: {error}") from error
    except RuntimeError as error:
        raise Refused(f"{source.where}: {error}") from error


def _looks_at_many(name: str) -> bool:
    return name in _PER_NODE or name.startswith("Aggregate")


def _forbid(source: Source, tree: CompValue) -> None:
    for node in walk(tree):
        word = _FORBIDDEN.get(node.name)
        if word is not None:
            raise Failure(f"{source.where} uses {word}, which pre-binding forbids")
        for name in _assigned(node):
            if name in source.names | source.missing:
                raise Failure(f"{source.where} assigns the pre-bound variable ?{name}")
        if node.name == "SubSelect":
            _forbid_hiding(source, node)


def _assigned(node: CompValue) -> Iterator[str]:
    if node.name == "vars" and child(node, "evar"):
        yield str(child(node, "evar"))
    elif node.name in {"Bind", "GroupAs"} and child(node, "var"):
        yield str(child(node, "var"))


def _forbid_hiding(source: Source, node: CompValue) -> None:
    needed = {"this"} | (source.names & mentions(node)) - _OPTIONAL
    hidden = ", ".join(f"?{name}" for name in sorted(needed - projection(node)))
    if hidden:
        raise Failure(f"{source.where} has a sub-select that does not return {hidden}")


def _refuse(source: Source, tree: CompValue) -> None:
    for node in walk(tree):
        if node.name == "DatasetClause":
            raise Refused(f"{source.where} uses FROM")
        if node.name == "GraphGraphPattern" and not is_binding(node):
            term = child(node, "term")
            if type(term).__name__ != "Variable" or str(term) != "shapesGraph":
                raise Refused(f"{source.where} uses GRAPH with other than $shapesGraph")
    for missing in unbound_groups(tree, source.names):
        names = ", ".join(f"?{name}" for name in sorted(missing))
        raise Refused(f"{source.where}: no place found to bind {names}")
