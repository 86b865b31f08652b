"""Walking what rdflib's SPARQL parser and algebra give."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from listkeeper.shacl.sparql_text import BINDINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib.plugins.sparql.parserutils import CompValue

_UNSEEN = frozenset({"Filter", "MinusGraphPattern"})


def child(node: CompValue, name: str) -> Any:  # noqa: ANN401 - terms, nodes and lists of either
    """Give a part of a node, or None; `node.get` would give the name itself."""
    return dict.get(node, name)


def is_node(value: object) -> bool:
    """Say whether a value is a node of the tree, not a list or a term."""
    return isinstance(value, dict) and hasattr(value, "name")


def _children(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        for key, part in value.items():
            if key != "_vars":
                yield part
    elif not isinstance(value, str) and hasattr(value, "__iter__"):
        yield from value


def walk(value: object) -> Iterator[CompValue]:
    """Give every node of a tree, outermost first."""
    queue = [value]
    while queue:
        each = queue.pop()
        if is_node(each):
            yield each  # type: ignore[misc] # is_node has just looked
        queue.extend(_children(each))


def is_variable(value: object) -> bool:
    """Say whether a value is a variable."""
    return type(value).__name__ == "Variable"


def mentions(value: object, skipping: frozenset[str] = frozenset()) -> frozenset[str]:
    """Give the variables that occur anywhere in a tree, but for some kinds of node."""
    found: set[str] = set()
    queue = [value]
    while queue:
        each = queue.pop()
        if is_variable(each):
            found.add(str(each))
        elif not (is_node(each) and each.name in skipping):  # type: ignore[attr-defined] # a node
            queue.extend(_children(each))
    return frozenset(found)


def projection(query: CompValue) -> frozenset[str]:
    """Give the variables that a query or sub-select returns."""
    listed = child(query, "projection")
    if listed:
        return frozenset(str(child(each, "evar") or child(each, "var")) for each in listed)
    return frozenset().union(*map(_in_scope, _parts(child(query, "where"))))


def _parts(group: CompValue | None) -> list[CompValue]:
    if group is None:
        return []
    return [part for part in child(group, "part") or () if not is_binding(part)]


def _in_scope(part: CompValue) -> frozenset[str]:
    if part.name in _UNSEEN:
        return frozenset()
    if part.name == "Bind":
        return frozenset({str(child(part, "var"))})
    if part.name == "SubSelect":
        return projection(part)
    if part.name == "TriplesBlock":
        return mentions(part)
    term = child(part, "term")
    own = frozenset({str(term)}) if is_variable(term) else frozenset[str]()
    return own.union(*map(_in_scope, _groups(part)))


def _groups(part: CompValue) -> Iterator[CompValue]:
    inner = child(part, "graph")
    for group in [inner] if is_node(inner) else inner or ():
        yield from [group] if group.name == "SubSelect" else _parts(group)


def is_binding(part: CompValue) -> bool:
    """Say whether a part of a group is the pattern that binds variables."""
    return part.name == "GraphGraphPattern" and str(child(part, "term")) == BINDINGS


def unbound_groups(tree: CompValue, names: frozenset[str]) -> Iterator[frozenset[str]]:
    """Give, for each group that does not begin by binding what it mentions, what is missing."""
    bindings = [child(node, "graph") for node in walk(tree) if is_binding(node)]
    for group in walk(tree):
        if group.name != "GroupGraphPatternSub" or any(group is each for each in bindings):
            continue
        parts = child(group, "part") or ()
        bound = mentions(parts[0]) if parts and is_binding(parts[0]) else frozenset[str]()
        if missing := (mentions(group) & names) - bound:
            yield missing
