"""The difference of two graphs: what is taken out and what is put in, and its algebra.

For all states A, B and C of the lists, as sets of triples::

    apply(difference(A, B), A) == B
    apply(inverse(difference(A, B)), B) == A
    apply(compose(difference(A, B), difference(B, C)), A) == C

A move to another base URI is one step of it, so that it is not told as a change of every
statement. (Composing moves asks that no state uses IRIs below the base of another.)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from listkeeper.graph import BlankNode, Graph, URINode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from typing import TypeAlias

    from listkeeper.edition import Edition
    from listkeeper.graph import Subject, Term, Triple

    Properties: TypeAlias = Mapping[URINode, Collection[Term]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """A move of the identifiers from one base URI to another."""

    before: str
    after: str

    def triple(self, triple: Triple) -> Triple:
        """Move the IRIs of a triple."""
        subject, predicate, term = triple
        moved = subject if isinstance(subject, BlankNode) else self._uri(subject)
        return moved, self._uri(predicate), self._uri(term) if isinstance(term, URINode) else term

    def text(self, uri: str) -> str:
        """Move an IRI."""
        inside = uri.startswith(self.before)
        return self.after + uri.removeprefix(self.before) if inside else uri

    def _uri(self, node: URINode) -> URINode:
        return URINode(self.text(node.value)) if node.value.startswith(self.before) else node

    def inverse(self) -> Move:
        """Give the way back."""
        return Move(before=self.after, after=self.before)


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """The triples that one state has and another has not."""

    removed: frozenset[Triple] = frozenset()
    added: frozenset[Triple] = frozenset()
    move: Move | None = None
    """A move that comes first; what is removed and added has the base URI moved to."""

    def __bool__(self) -> bool:
        """Say whether there is any."""
        return bool(self.removed or self.added or self.move)


def difference(before: Edition, after: Edition) -> Difference:
    """Compare the authored graphs of two editions; files alike in both are not looked into."""
    move = _move(before, after)
    if move is not None:
        return _whole(map(move.triple, before.authored), after.authored, move)
    removed: list[Triple] = []
    added: list[Triple] = []
    for subject in _touched(before, after):
        old, new = before.authored.properties(subject), after.authored.properties(subject)
        removed += _only(subject, old, new)
        added += _only(subject, new, old)
    return Difference(removed=frozenset(removed), added=frozenset(added))


def apply(change: Difference, graph: Iterable[Triple]) -> Graph:
    """Make the state after a difference from the one before it.

    Args:
        change: what :func:`difference` gave.
        graph: the state before; it is not altered.
    """
    moved = map(change.move.triple, graph) if change.move else graph
    result = Graph(triple for triple in moved if triple not in change.removed)
    result.update(change.added)
    return result


def inverse(change: Difference) -> Difference:
    """Give the difference that takes another back."""
    if change.move is None:
        return Difference(removed=change.added, added=change.removed)
    back = change.move.inverse()
    return Difference(
        removed=frozenset(map(back.triple, change.added)),
        added=frozenset(map(back.triple, change.removed)),
        move=back,
    )


def compose(first: Difference, second: Difference) -> Difference:
    """Give the one difference that does what two do one after the other."""
    removed, added = first.removed, first.added
    if second.move:
        removed = frozenset(map(second.move.triple, removed))
        added = frozenset(map(second.move.triple, added))
    return Difference(
        removed=(removed - second.added) | (second.removed - added),
        added=(added - second.removed) | (second.added - removed),
        move=_joined(first.move, second.move),
    )


def changed_files(before: Edition, after: Edition) -> frozenset[str]:
    """Name the files that are not alike in two editions; blobs' names spare the comparison."""
    paths = before.files.keys() | after.files.keys()
    return frozenset(path for path in paths if not _alike(before, after, path))


def _alike(before: Edition, after: Edition, path: str) -> bool:
    old, new = before.files.get(path), after.files.get(path)
    if old is None or new is None:
        return False
    if old.blob and new.blob:
        return old.blob == new.blob
    return old.data == new.data


def _touched(before: Edition, after: Edition) -> Iterator[Subject]:
    """Give every subject that a file tells of which is not alike in both, once."""
    changed = changed_files(before, after)
    found: dict[Subject, None] = {}
    for edition in (before, after):
        found |= {s: None for s, path in edition.homes.items() if path in changed}
        found |= {s: None for s, _, path in edition.repeated if path in changed}
    return iter(found)


def _only(subject: Subject, these: Properties, others: Properties) -> Iterator[Triple]:
    """Give the triples of a subject that one of two states alone has."""
    for predicate, terms in these.items():
        known = others.get(predicate, ())
        for term in terms:
            if term not in known:
                yield subject, predicate, term


def _whole(before: Iterable[Triple], after: Iterable[Triple], move: Move | None) -> Difference:
    old, new = frozenset(before), frozenset(after)
    return Difference(removed=old - new, added=new - old, move=move)


def _move(before: Edition, after: Edition) -> Move | None:
    """Tell whether one edition is at another base; not where moving would run IRIs together."""
    old, new = before.minter.base, after.minter.base
    if old == new or _uses(before, new) or _uses(after, old):
        return None
    return Move(before=old, after=new)


def _uses(edition: Edition, base: str) -> bool:
    return any(
        isinstance(t, URINode) and t.value.startswith(base)
        for triple in edition.authored
        for t in triple
    )


def _joined(first: Move | None, second: Move | None) -> Move | None:
    if first is None or second is None:
        return first or second
    is_return = first.before == second.after
    return None if is_return else Move(before=first.before, after=second.after)
