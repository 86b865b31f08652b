"""Where a breach stands: the file, line and column of its triple, or of its subject."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from listkeeper.store import turtle
from listkeeper.store.parsing import relabelled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.edition import Edition
    from listkeeper.graph import Subject, Term, URINode
    from listkeeper.validate.rule import Breach


class Spot(NamedTuple):
    """A place in a file; line and column count from 1."""

    path: str
    line: int
    column: int


class Places:
    """Finds the places of breaches; reads only the files that have any, each once."""

    def __init__(self, edition: Edition) -> None:
        """Look places up in the files of an edition."""
        self._edition = edition
        self._read: dict[str, Steps] = {}

    def spot(self, breach: Breach) -> Spot:
        """Find the place of a breach; the beginning of its file where nothing nearer is known."""
        if breach.line:
            return Spot(breach.path, breach.line, max(breach.column, 1))
        paths = list(self._paths(breach))
        found = [self._found(path, breach) for path in paths if breach.subject is not None]
        best = min((spot for spot in found if spot), default=None, key=lambda spot: spot[0])
        return best[1] if best else Spot(paths[0] if paths else "", 1, 1)

    def beginning(self, breach: Breach) -> Spot:
        """Give the beginning of a breach's file, without reading it."""
        return Spot(next(self._paths(breach), ""), 1, 1)

    def _paths(self, breach: Breach) -> Iterator[str]:
        """Give the files that describe the subject, the one that the breach names alone."""
        if breach.path:
            yield breach.path
        elif breach.subject is not None:
            if breach.subject in self._edition.homes:
                yield self._edition.homes[breach.subject]
            repeated = self._edition.repeated
            yield from (path for subject, _, path in repeated if subject == breach.subject)

    def _found(self, path: str, breach: Breach) -> tuple[int, Spot] | None:
        """Return how far off a file's nearest place is (0 exact), and that place."""
        index = self._index(path)
        if breach.subject is None or index is None:
            return None
        steps = (
            (breach.subject, breach.predicate, breach.object),
            (breach.subject, breach.predicate, None),
            (breach.subject, None, None),
        )
        near = ((rank, index.get(step)) for rank, step in enumerate(steps))
        return next(((rank, Spot(path, *at)) for rank, at in near if at), None)

    def _index(self, path: str) -> Steps | None:
        if path not in self._read and path in self._edition.files:
            text = self._edition.files[path].data.decode("utf-8-sig", errors="replace")
            self._read[path] = first_places(text, path=path)
        return self._read.get(path)


Step: TypeAlias = "tuple[Subject, URINode | None, Term | None]"
Steps: TypeAlias = dict[Step, tuple[int, int]]
"""A triple, a predicate of a subject or a subject alone, and where it first stands."""


def first_places(text: str, *, base: str = "", path: str = "") -> Steps:
    """Give the first place of each triple, of each predicate of a subject, of each subject.

    Args:
        text: Turtle.
        base: what relative IRIs are resolved against until the text says ``@base``.
        path: the file, whose nodes without a name get the labels that they have in an edition
            (both readings meet them in the same order, some of those in several brackets
            apart, whose place is then that of another nearby); empty where they have others.
    """
    found: Steps = {}
    statements = turtle.read_statements(text, base=base).statements
    triples = [statement.triple for statement in statements]
    labelled = relabelled(triples, path) if path else triples
    for statement, (subject, predicate, term) in zip(statements, labelled, strict=True):
        found.setdefault((subject, None, None), statement.subject.start)
        found.setdefault((subject, predicate, None), statement.predicate.start)
        found.setdefault((subject, predicate, term), statement.object.start)
    return found
