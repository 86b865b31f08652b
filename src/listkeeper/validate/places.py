"""Where a breach stands: the file, line and column of its triple, or of its subject."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from listkeeper.store.turtle import read_statements

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
        self._read: dict[str, _Index] = {}

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

    def _index(self, path: str) -> _Index | None:
        if path not in self._read and path in self._edition.files:
            self._read[path] = _index(self._edition.files[path].data)
        return self._read.get(path)


_Step = tuple["Subject", "URINode | None", "Term | None"]
_Index = dict[_Step, tuple[int, int]]


def _index(data: bytes) -> _Index:
    """Give the first place of each triple, of each predicate of a subject, of each subject."""
    found: _Index = {}
    for statement in read_statements(data.decode("utf-8-sig", errors="replace")).statements:
        subject, predicate, term = statement.triple
        found.setdefault((subject, None, None), statement.subject.start)
        found.setdefault((subject, predicate, None), statement.predicate.start)
        found.setdefault((subject, predicate, term), statement.object.start)
    return found
