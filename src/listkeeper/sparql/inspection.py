"""What a query says, told by rdflib's SPARQL parser: what is refused, and which graphs it names.

The engine reads more than SPARQL 1.1. A query runs only when rdflib reads it too, so nothing
that the engine would do stands in a place that was not looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
from pyparsing import ParseBaseException
from rdflib.plugins.sparql.algebra import translatePrologue
from rdflib.plugins.sparql.parser import parseQuery, parseUpdate

from listkeeper.shacl.sparql_tree import child, walk
from listkeeper.sparql.queries import READ_ONLY, QueryError, Reason

if TYPE_CHECKING:
    from pyparsing import ParseResults

NO_SERVICE: Final = "SERVICE is not done here: no query may reach another machine"
LONGEST_REASON: Final = 200
"""Signs of the engine's reason that are told: it names all it would have read."""

NESTED: Final = "the query is nested too deeply"


@dataclass(frozen=True, kw_only=True, slots=True)
class Dataset:
    """The graphs that a query's own ``FROM`` clauses name."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def inspect(text: str, base: str) -> Dataset:
    """Read a query and refuse what is not done here.

    Args:
        text: the query.
        base: what its relative IRIs are relative to.

    Raises:
        QueryError: when it is no query or asks for what is not done.
    """
    tree = _parsed(text, base)
    if any(node.name == "ServiceGraphPattern" for node in walk(tree[1])):
        raise QueryError(Reason.REFUSED, NO_SERVICE)
    _try_out(text, base)
    return _dataset(tree, base)


def _parsed(text: str, base: str) -> ParseResults:
    try:
        return parseQuery(text)
    except RecursionError as error:
        raise QueryError(Reason.REFUSED, NESTED) from error
    except ValueError as error:  # an escape of a character that there is not
        raise QueryError(Reason.MALFORMED, f"not a SPARQL query: {error}") from error
    except ParseBaseException as error:
        if _is_update(text):
            raise QueryError(Reason.REFUSED, READ_ONLY) from error
        _try_out(text, base)
        raise QueryError(
            Reason.REFUSED, f"no SPARQL 1.1 that is read here (line {error.lineno}): {error.msg}"
        ) from error


def _is_update(text: str) -> bool:
    """Say whether a text is an update that asks for something; one without words is an update."""
    try:
        requests = child(parseUpdate(text), "request")
    except (ParseBaseException, RecursionError):
        return False
    return bool(requests)


def _try_out(text: str, base: str) -> None:
    """Have the engine read a query, on no data; its errors say best what is wrong."""
    try:
        ox.Store().query(text, base_iri=base)
    except (SyntaxError, UnicodeEncodeError) as error:  # the latter: half a surrogate pair
        said = str(error)
        told = said if len(said) <= LONGEST_REASON else said[:LONGEST_REASON] + "…"
        raise QueryError(Reason.MALFORMED, f"not a SPARQL query: {told}") from error


def _dataset(tree: ParseResults, base: str) -> Dataset:
    """Find the graphs of ``FROM`` and ``FROM NAMED``, as the prologue resolves them."""
    clauses = child(tree[1], "datasetClause") or ()
    prologue = translatePrologue(tree[0], base)
    graphs = {
        kind: tuple(
            str(prologue.absolutize(child(clause, kind)))
            for clause in clauses
            if child(clause, kind) is not None
        )
        for kind in ("default", "named")
    }
    return Dataset(default=graphs["default"], named=graphs["named"])
