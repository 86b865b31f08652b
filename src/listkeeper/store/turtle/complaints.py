"""What is said where a text is not Turtle: what stands there, what should, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.store.turtle.levels import State
from listkeeper.store.turtle.tokens import Kind

if TYPE_CHECKING:
    from listkeeper.store.turtle.tokens import Token

EXPECTED: Final = {
    State.SUBJECT: "a subject, a prefix or a base",
    State.PREDICATE: "a predicate",
    State.EMPTY: "a predicate or ']'",
    State.LONE: "a predicate or '.'",
    State.NEXT: "a predicate or '.'",
    State.OBJECT: "an object",
    State.ITEM: "an item of the list or ')'",
    State.END: "',' before another object, ';' before another predicate or '.' at the end",
}
"""What each state waits for, in words."""

FOREIGN: Final = (
    "{0!r} belongs to named graphs (TriG) or to Turtle 1.2, which lists do not use: "
    "say it with plain triples about an IRI"
)

LONGEST_SHOWN: Final = 40


def unexpected(what: str, token: Token) -> str:
    """Say what stands where something else should, and what to do."""
    if token.kind is Kind.ERROR:
        return token.message
    if token.kind is Kind.FOREIGN:
        return FOREIGN.format(token.text)
    if token.kind is Kind.END:
        return f"the text ends where {what} should stand: complete the statement"
    cut = token.text[:LONGEST_SHOWN]
    shown = cut if cut == token.text else f"{cut}…"
    hint = "; a name needs a prefix and ':'" if token.kind is Kind.WORD else ""
    return f"expected {what}, found {shown!r}{hint}"
