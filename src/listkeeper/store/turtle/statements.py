"""Reading a Turtle text into statements with places, and every problem that can be told apart.

pyoxigraph is the parser of record: it says what a text means. This reading gives what that one
does not: places, comments, and all problems instead of the first. It never recurses, so nesting
has no limit, and it takes time in proportion to the text.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from listkeeper.graph import RDF_TYPE, Literal
from listkeeper.store.turtle.complaints import EXPECTED, unexpected
from listkeeper.store.turtle.gaps import MISSING, forgotten
from listkeeper.store.turtle.levels import Levels, State
from listkeeper.store.turtle.places import Comment, Place, Problem, Sentence, Statements
from listkeeper.store.turtle.terms import (
    BOOLEAN,
    NUMBERS,
    Declarations,
    MisreadError,
    literal,
    unquoted,
)
from listkeeper.store.turtle.tokens import Kind, Token, read_tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from listkeeper.graph import Term

MARK: Final = "a byte order mark begins the text: save it as UTF-8 without one"
_ASIDE = frozenset({Kind.COMMENT, Kind.BYTE_ORDER_MARK})
_NODES = frozenset({Kind.IRI, Kind.NAME})


def read_statements(text: str, *, base: str = "") -> Statements:
    """Read a Turtle text, going on behind the sentence in which a problem stands.

    Blank nodes without a label in the text get fresh ones; all other terms equal those that
    pyoxigraph reads.

    Args:
        text: Turtle 1.1 (https://www.w3.org/TR/turtle/).
        base: what relative IRIs are resolved against until the text says ``@base``.
    """
    return _Reading(text, base).read()


class _Reading:
    """The reading of one text."""

    def __init__(self, text: str, base: str) -> None:
        everything = tuple(read_tokens(text))
        self._comments = tuple(_comments(everything))
        self._tokens = [token for token in everything if token.kind not in _ASIDE]
        self._position = 0
        self._token = self._first = self._tokens[0]
        self._levels = Levels()
        self._declarations = Declarations(base)
        self._sentences: list[Sentence] = []
        self._problems: list[Problem] = []
        if everything[0].kind is Kind.BYTE_ORDER_MARK:
            self._problems.append(Problem(MARK, 1, 1))

    def read(self) -> Statements:
        levels = self._levels
        while self._take().kind is not Kind.END or levels.innermost.state is not State.SUBJECT:
            try:
                self._step(levels.innermost.state)
            except MisreadError as error:
                self._recover(str(error))
        return Statements(
            statements=tuple(levels.statements),
            problems=tuple(self._problems),
            prefixes=MappingProxyType(self._declarations.prefixes),
            base=self._declarations.base,
            comments=self._comments,
            sentences=tuple(self._sentences),
        )

    def _take(self) -> Token:
        """Go on to the next token; at the end of the text, stay."""
        self._token = token = self._tokens[self._position]
        if token.kind is not Kind.END:
            self._position += 1
        return token

    def _demand(self, kinds: Iterable[Kind], what: str) -> Token:
        """Go on to the next token, which has to be of a kind."""
        token = self._take()
        if token.kind not in kinds:
            raise MisreadError(unexpected(what, token))
        return token

    def _step(self, state: State) -> None:
        """Do what the table says about this token in this state."""
        if state is State.SUBJECT:
            self._first = self._token
        action = ACTIONS.get((state, self._token.kind)) or self._bridge(state)
        if action is None:
            raise MisreadError(unexpected(EXPECTED[state], self._token))
        action(self)

    def _bridge(self, state: State) -> Callable[[_Reading], None] | None:
        """Note a mark that was forgotten at the end of a line, and give what it would have done."""
        if state is not State.END or self._levels.innermost.opened:
            return None
        position = self._position - (self._token.kind is not Kind.END)
        mark = forgotten(self._tokens[position - 1], self._tokens[position : position + 3])
        if mark:
            self._miss(mark, position)
        return BRIDGES.get(mark)

    def _miss(self, mark: str, position: int) -> None:
        """Note that a mark is missing in front of a token, which is read next."""
        self._token, self._position = self._tokens[position - 1], position
        message = MISSING[mark].format(self._tokens[position].line)
        self._problems.append(Problem(message, *self._token.end))

    def _recover(self, message: str) -> None:
        """Note a problem and go on behind the next full stop."""
        self._note(message)
        while self._token.kind not in {Kind.DOT, Kind.END}:
            token = self._take()
            if token.kind is Kind.ERROR and token.line > self._problems[-1].line:
                self._note(token.message)
        self._levels.clear()

    def _note(self, message: str) -> None:
        """Note a problem at this token; at the end of the text, behind what stands last."""
        token = self._token
        is_foreign = token.kind is Kind.FOREIGN
        at_end = token.kind is Kind.END and self._position
        place = self._tokens[self._position - 1].end if at_end else (token.line, token.column)
        self._problems.append(Problem(message, *place, is_foreign))

    def _put(self, term: Term, start: Token | None = None) -> None:
        """Put a term that ends with this token."""
        start = start or self._token
        self._levels.put(Place(term, start.line, start.column, *self._token.end))

    def node(self) -> None:
        self._put(self._declarations.node(self._token))

    def blank(self) -> None:
        self._put(ox.BlankNode(self._token.text[2:]))

    def number(self) -> None:
        self._put(Literal(self._token.text, datatype=NUMBERS[self._token.kind]))

    def boolean(self) -> None:
        if self._token.text not in {"true", "false"}:
            raise MisreadError(unexpected("an object", self._token))
        self._put(Literal(self._token.text, datatype=BOOLEAN))

    def type_(self) -> None:
        if self._token.text != "a":
            raise MisreadError(unexpected("a predicate", self._token))
        self._put(RDF_TYPE)

    def string(self) -> None:
        token = self._token
        value = unquoted(token.text)
        follower = self._tokens[self._position].kind
        if follower is Kind.LANGUAGE:
            term = literal(value, language=self._take().text[1:])
        elif follower is Kind.DATATYPE:
            self._take()
            datatype = self._demand(_NODES, "the IRI of a datatype")
            term = literal(value, datatype=self._declarations.node(datatype))
        else:
            term = Literal(value)
        self._put(term, token)

    def open_node(self) -> None:
        self._levels.open_node(self._token)

    def open_list(self) -> None:
        self._levels.open_list(self._token)

    def close_node(self) -> None:
        if self._levels.innermost.opened is None:
            raise MisreadError("']' closes no '[': remove it, or open one before")
        self._levels.close_node(self._token)

    def close_list(self) -> None:
        self._levels.close_list(self._token)

    def comma(self) -> None:
        self._levels.innermost.state = State.OBJECT

    def semicolon(self) -> None:
        self._levels.innermost.state = State.NEXT

    def dot(self) -> None:
        opened = self._levels.innermost.opened
        if opened is not None:
            where = f"line {opened.line}, column {opened.column}"
            raise MisreadError(f"the '[' at {where} is still open: close it with ']'")
        self._levels.clear()
        self._end(is_directive=False)

    def directive(self) -> None:
        is_marked = self._token.kind is Kind.LANGUAGE
        word = self._token.text if is_marked else f"@{self._token.text.lower()}"
        if word not in DIRECTIVES:
            raise MisreadError(unexpected(EXPECTED[State.SUBJECT], self._token))
        DIRECTIVES[word](self)
        if is_marked:
            self._close(word)
        self._end(is_directive=True)

    def _close(self, word: str) -> None:
        """Go on behind the full stop of a directive, be it there or forgotten at a line's end."""
        following = self._tokens[self._position]
        if following.kind in {Kind.DOT, Kind.END} or following.line == self._token.end[0]:
            self._demand({Kind.DOT}, f"'.' at the end of {word}")
        else:
            self._miss(".", self._position)

    def prefix(self) -> None:
        name = self._demand({Kind.NAME}, "a prefix and its colon")
        if name.text.index(":") != len(name.text) - 1:
            raise MisreadError(unexpected("a prefix that ends with its colon", name))
        self._declarations.declare_prefix(name, self._demand({Kind.IRI}, "an IRI in <>"))

    def base(self) -> None:
        self._declarations.declare_base(self._demand({Kind.IRI}, "an IRI in <>"))

    def _end(self, *, is_directive: bool) -> None:
        start = (self._first.line, self._first.column)
        self._sentences.append(Sentence(start, self._token.end, is_directive))


DIRECTIVES: Final = {"@prefix": _Reading.prefix, "@base": _Reading.base}
"""What each directive does; ``PREFIX`` and ``BASE`` are the same without a full stop."""

BRIDGES: Final = {".": _Reading.dot, ";": _Reading.semicolon, ",": _Reading.comma}
"""What each mark does, also where it was forgotten."""

_VERBS = (State.PREDICATE, State.EMPTY, State.LONE, State.NEXT)
_RULES: tuple[tuple[tuple[State, ...], tuple[Kind, ...], Callable[[_Reading], None]], ...] = (
    ((State.SUBJECT, *_VERBS, State.OBJECT, State.ITEM), (Kind.IRI, Kind.NAME), _Reading.node),
    ((State.SUBJECT, State.OBJECT, State.ITEM), (Kind.BLANK,), _Reading.blank),
    ((State.OBJECT, State.ITEM), (Kind.STRING,), _Reading.string),
    ((State.OBJECT, State.ITEM), tuple(NUMBERS), _Reading.number),
    ((State.OBJECT, State.ITEM), (Kind.WORD,), _Reading.boolean),
    (_VERBS, (Kind.WORD,), _Reading.type_),
    ((State.SUBJECT,), (Kind.WORD, Kind.LANGUAGE), _Reading.directive),
    ((State.SUBJECT, State.OBJECT, State.ITEM), (Kind.OPEN_NODE,), _Reading.open_node),
    ((State.SUBJECT, State.OBJECT, State.ITEM), (Kind.OPEN_LIST,), _Reading.open_list),
    ((State.EMPTY, State.NEXT, State.END), (Kind.CLOSE_NODE,), _Reading.close_node),
    ((State.ITEM,), (Kind.CLOSE_LIST,), _Reading.close_list),
    ((State.END,), (Kind.COMMA,), _Reading.comma),
    ((State.NEXT, State.END), (Kind.SEMICOLON,), _Reading.semicolon),
    ((State.LONE, State.NEXT, State.END), (Kind.DOT,), _Reading.dot),
)

ACTIONS: Final = {
    (state, kind): action for states, kinds, action in _RULES for state in states for kind in kinds
}
"""What is done about a token of a kind in a state; every other pair is a problem."""


def _comments(tokens: Iterable[Token]) -> Iterator[Comment]:
    """Pick out the comments."""
    last_line = 0
    for token in tokens:
        if token.kind is Kind.COMMENT:
            is_trailing = last_line == token.line
            yield Comment(token.text.rstrip(" \t"), token.line, token.column, is_trailing)
        elif token.kind is not Kind.BYTE_ORDER_MARK:
            last_line = token.end[0]
