"""The statements that differ, document by document, until a change tells of each of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from listkeeper.graph import Literal, URINode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from listkeeper.changes.difference import Difference
    from listkeeper.graph import Graph, Subject, Term, Triple


@dataclass(frozen=True, slots=True)
class Taken:
    """Statements that are told of together."""

    removed: tuple[Triple, ...] = ()
    added: tuple[Triple, ...] = ()

    def __bool__(self) -> bool:
        """Say whether there is any."""
        return bool(self.removed or self.added)

    def __add__(self, other: Taken) -> Taken:
        """Tell of both together."""
        return Taken(self.removed + other.removed, self.added + other.added)

    @property
    def before(self) -> tuple[Term, ...]:
        """The values taken out."""
        return tuple(triple[2] for triple in self.removed)

    @property
    def after(self) -> tuple[Term, ...]:
        """The values put in."""
        return tuple(triple[2] for triple in self.added)

    def by_language(self) -> Iterator[tuple[str, Taken]]:
        """Divide the statements by the language of their values; empty for those without."""
        languages = dict.fromkeys(map(_language, (*self.before, *self.after)))
        for language in languages:
            yield language, Taken(_in(self.removed, language), _in(self.added, language))


class Ledger:
    """What differs about one document and its parts; taking is final."""

    def __init__(self) -> None:
        """Start empty."""
        self._removed: dict[Subject, dict[URINode, list[Triple]]] = {}
        self._added: dict[Subject, dict[URINode, list[Triple]]] = {}

    def enter(
        self, difference_removed: Iterable[Triple], difference_added: Iterable[Triple]
    ) -> None:
        """Write statements down."""
        for book, triples in ((self._removed, difference_removed), (self._added, difference_added)):
            for triple in triples:
                book.setdefault(triple[0], {}).setdefault(triple[1], []).append(triple)

    def subjects(self) -> tuple[Subject, ...]:
        """Name the subjects with statements left."""
        return tuple(dict.fromkeys((*self._removed, *self._added)))

    def predicates(self, subject: Subject) -> tuple[URINode, ...]:
        """Name the predicates of a subject with statements left."""
        old, new = self._removed.get(subject, {}), self._added.get(subject, {})
        return tuple(dict.fromkeys((*old, *new)))

    def take(self, subject: Subject, *predicates: URINode) -> Taken:
        """Take the statements of some predicates of a subject."""
        removed = [t for p in predicates for t in _pop(self._removed, subject, p)]
        added = [t for p in predicates for t in _pop(self._added, subject, p)]
        return Taken(tuple(removed), tuple(added))

    def take_all(self, subject: Subject) -> Taken:
        """Take all statements of a subject."""
        return self.take(subject, *self.predicates(subject))

    def take_rest(self) -> Taken:
        """Take all that is left."""
        return sum(map(self.take_all, self.subjects()), Taken())


def ledgers(
    change: Difference, states: tuple[Graph, Graph], is_part: Callable[[str], bool]
) -> dict[Subject, Ledger]:
    """Give a ledger for each document that a difference is about.

    A part (``<service/559#former-1>``) belongs to the document whose IRI it extends, if either
    state says anything of that; `is_part` tells which hash IRIs are documents all the same.
    """
    found: defaultdict[Subject, Ledger] = defaultdict(Ledger)
    homes: dict[Subject, Subject] = {}

    def home(subject: Subject) -> Subject:
        if subject not in homes:
            homes[subject] = _document(subject, states, is_part)
        return homes[subject]

    for triple in sorted(change.removed, key=str):
        found[home(triple[0])].enter((triple,), ())
    for triple in sorted(change.added, key=str):
        found[home(triple[0])].enter((), (triple,))
    return dict(found)


def _document(
    subject: Subject, states: tuple[Graph, Graph], is_part: Callable[[str], bool]
) -> Subject:
    if not isinstance(subject, URINode) or not is_part(subject.value):
        return subject
    whole = URINode(subject.value.split("#", 1)[0])
    return whole if any(state.properties(whole) for state in states) else subject


def _pop(
    book: dict[Subject, dict[URINode, list[Triple]]], subject: Subject, predicate: URINode
) -> list[Triple]:
    about = book.get(subject, {})
    found = about.pop(predicate, [])
    if not about:
        book.pop(subject, None)
    return found


def _language(term: Term) -> str:
    return (term.language or "") if isinstance(term, Literal) else ""


def _in(triples: tuple[Triple, ...], language: str) -> tuple[Triple, ...]:
    return tuple(triple for triple in triples if _language(triple[2]) == language)
