"""Where in the grammar a reading stands: the open brackets, and what each waits for.

The rules are ``triples``, ``blankNodePropertyList`` and ``collection`` of
https://www.w3.org/TR/turtle/#sec-grammar-grammar, kept on a list instead of the call stack.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from listkeeper.graph import URINode
from listkeeper.namespaces import RDF
from listkeeper.store.turtle.places import Place, Statement

if TYPE_CHECKING:
    from listkeeper.graph import Term
    from listkeeper.store.turtle.tokens import Token

FIRST: Final = URINode(RDF + "first")
REST: Final = URINode(RDF + "rest")
NIL: Final = URINode(RDF + "nil")

NOWHERE: Final = Place(NIL, 0, 0, 0, 0)
"""Stands for a term that has not come yet."""


class State(Enum):
    """What an open level waits for."""

    SUBJECT = auto()
    PREDICATE = auto()
    EMPTY = auto()
    """A predicate or ``]``: just behind ``[``."""
    LONE = auto()
    """A predicate or a full stop: behind ``[…]`` in the place of a subject."""
    NEXT = auto()
    """A predicate or an end: behind ``;``."""
    OBJECT = auto()
    ITEM = auto()
    """Another item of a list, or ``)``."""
    END = auto()
    """A mark, behind an object."""


@dataclass(slots=True)
class Level:
    """A sentence, or a bracket in it that is still open."""

    state: State
    opened: Token | None = None
    """The bracket; None for a sentence."""
    subject: Place = NOWHERE
    """Of a list: its first node."""
    predicate: Place = NOWHERE
    last: Place = NOWHERE
    """Of a list: its last node."""


class Levels:
    """The open levels of a text, innermost last, and the statements read so far."""

    def __init__(self) -> None:
        """Begin in front of a sentence."""
        self.statements: list[Statement] = []
        self._open = [Level(State.SUBJECT)]

    @property
    def innermost(self) -> Level:
        """The level that the next token belongs to."""
        return self._open[-1]

    def clear(self) -> None:
        """Forget what is open and stand in front of a sentence again."""
        self._open = [Level(State.SUBJECT)]

    def put(self, place: Place) -> None:
        """Put a term where the innermost level waits for one."""
        level = self._open[-1]
        if level.state is State.OBJECT:
            self.statements.append(Statement(level.subject, level.predicate, place))
            level.state = State.END
        elif level.state is State.ITEM:
            self._append(level, place)
        elif level.state is State.SUBJECT:
            level.subject = place
            level.state = State.PREDICATE
        else:
            level.predicate = place
            level.state = State.OBJECT

    def _append(self, level: Level, item: Place) -> None:
        """Append an item to a list; what the text leaves unsaid gets the item's place."""
        node = _implied(ox.BlankNode(), item)
        if level.last is NOWHERE:
            level.subject = node
        else:
            self.statements.append(Statement(level.last, _implied(REST, item), node))
        self.statements.append(Statement(node, _implied(FIRST, item), item))
        level.last = node

    def open_node(self, bracket: Token) -> None:
        """Open ``[``."""
        node = Place(ox.BlankNode(), bracket.line, bracket.column, *bracket.end)
        self._open.append(Level(State.EMPTY, bracket, subject=node))

    def open_list(self, bracket: Token) -> None:
        """Open ``(``."""
        self._open.append(Level(State.ITEM, bracket))

    def close_node(self, bracket: Token) -> None:
        """Close the innermost ``[`` with ``]`` and put its node where it stands."""
        level = self._open.pop()
        was_subject = self._open[-1].state is State.SUBJECT
        self.put(_between(level, level.subject.term, bracket))
        if was_subject and level.state is not State.EMPTY:
            self._open[-1].state = State.LONE

    def close_list(self, bracket: Token) -> None:
        """Close the innermost ``(`` with ``)`` and put its first node where it stands."""
        level = self._open.pop()
        if level.last is not NOWHERE:
            end = Place(NIL, bracket.line, bracket.column, *bracket.end)
            self.statements.append(Statement(level.last, _implied(REST, end), end))
        self.put(_between(level, level.subject.term, bracket))


def _implied(term: Term, place: Place) -> Place:
    return Place(term, *place.start, *place.end)


def _between(level: Level, term: Term, bracket: Token) -> Place:
    opened = level.opened or bracket
    return Place(term, opened.line, opened.column, *bracket.end)
