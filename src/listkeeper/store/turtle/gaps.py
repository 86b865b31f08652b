"""Which mark was forgotten between two lines, so that reading goes on as if it stood there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.store.turtle.terms import NUMBERS
from listkeeper.store.turtle.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listkeeper.store.turtle.tokens import Token

MISSING: Final = {
    ".": "'.' is missing here: a statement about something else begins on line {0}",
    ";": "';' is missing here: another predicate follows on line {0}",
    ",": "',' is missing here: another object follows on line {0}",
}
"""What is said about each mark that was forgotten."""

NODES: Final = frozenset({Kind.IRI, Kind.NAME})
MARKS: Final = frozenset({Kind.DOT, Kind.SEMICOLON, Kind.COMMA})
VALUES: Final = frozenset({Kind.STRING, Kind.OPEN_NODE, Kind.OPEN_LIST, *NUMBERS})
"""What can be an object and nothing else, where a predicate may stand before it."""

NAMES: Final = frozenset({*NODES, Kind.BLANK, Kind.WORD})


def forgotten(before: Token, following: Sequence[Token]) -> str:
    """Say which mark was forgotten at the end of a line, judged by what follows.

    Args:
        before: the last token of a statement.
        following: up to three tokens behind it, of which the first is no mark.

    Returns:
        The mark; empty where that cannot be told, or where it is not a line that ends.
    """
    token, second, third = (*(t.kind for t in following), Kind.END, Kind.END, Kind.END)[:3]
    if token is Kind.END or following[0].line == before.end[0]:
        return ""
    if token is Kind.WORD:
        return {"a": ";", "prefix": ".", "base": "."}.get(following[0].text.lower(), "")
    if token in NODES and (second in VALUES or (second in NAMES and third in MARKS)):
        return ";"
    if token in {Kind.STRING, *NUMBERS} or (token in {*NODES, Kind.BLANK} and second in MARKS):
        return ","
    begins = token is Kind.LANGUAGE or (token in {*NODES, Kind.BLANK} and second in NAMES)
    return "." if begins else ""
