"""What of the data a query's algebra reads."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from listkeeper.shacl.sparql_text import BINDINGS
from listkeeper.shacl.sparql_tree import child, is_variable
from listkeeper.shacl.terms import XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.plugins.sparql.parserutils import CompValue

_LEXICAL: Final = frozenset({"Builtin_STR", "Builtin_DATATYPE", "Builtin_sameTerm"})
_TERMS: Final = 3


def _triples(nodes: Iterable[CompValue]) -> Iterator[tuple[object, object, object]]:
    for node in nodes:
        for run in child(node, "triples") or ():
            terms = list(run)
            for start in range(0, len(terms), _TERMS):
                subject, predicate, term = terms[start : start + _TERMS]
                if not str(predicate).startswith(BINDINGS):
                    yield subject, predicate, term


def constant_predicates(nodes: Iterable[CompValue]) -> frozenset[str] | None:
    """Give the predicates that a query can read, or None where it may read any.

    A path that may have no step at all (``*``, ``?``) looks at every node of the graph.
    """
    found: set[str] = set()
    for _, predicate, _ in _triples(nodes):
        names = _predicates(predicate)
        if names is None:
            return None
        found |= names
    return frozenset(found)


def _predicates(path: Any) -> set[str] | None:  # noqa: ANN401 - rdflib's paths share no useful type
    kind = type(path).__name__
    if kind == "URIRef":
        return {str(path)}
    if kind in {"SequencePath", "AlternativePath"}:
        return _all(_predicates(each) for each in path.args)
    if kind == "InvPath":
        return _predicates(path.arg)
    if kind == "MulPath" and path.mod == "+":
        return _predicates(path.path)
    return None


def _all(parts: Iterable[set[str] | None]) -> set[str] | None:
    found: set[str] = set()
    for part in parts:
        if part is None:
            return None
        found |= part
    return found


def reads_lexical_forms(nodes: Iterable[CompValue]) -> bool:
    """Say whether an answer may differ between ``"01"^^xsd:integer`` and ``1``.

    So it is with STR and its like, with aggregates, and where values meet in a triple pattern.
    """
    listed = list(nodes)
    if any(node.name in _LEXICAL or node.name.startswith("Aggregate") for node in listed):
        return True
    if XSD + "string" in _functions(listed):
        return True
    objects = Counter(str(term) for _, _, term in _triples(listed) if is_variable(term))
    constants = any(type(term).__name__ == "Literal" for _, _, term in _triples(listed))
    return constants or any(count > 1 for count in objects.values())


def _functions(nodes: Iterable[CompValue]) -> frozenset[str]:
    return frozenset(str(child(node, "iri")) for node in nodes if node.name == "Function")
