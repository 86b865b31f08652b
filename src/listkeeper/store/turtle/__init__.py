"""Turtle with places and comments: reading, canonical writing, formatting.

pyoxigraph is the parser of record. This package gives what it does not: where each term stands,
every problem of a text, its comments, and one canonical form that Git can compare and merge.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from listkeeper.store.turtle.canonical import fmt
    from listkeeper.store.turtle.comments import Comments, attach
    from listkeeper.store.turtle.places import (
        Comment,
        Place,
        Problem,
        Sentence,
        Statement,
        Statements,
        locate,
    )
    from listkeeper.store.turtle.spelling import language_tag
    from listkeeper.store.turtle.statements import read_statements
    from listkeeper.store.turtle.tokens import Kind, Token, read_tokens
    from listkeeper.store.turtle.writer import write

__all__ = [
    "Comment",
    "Comments",
    "Kind",
    "Place",
    "Problem",
    "Sentence",
    "Statement",
    "Statements",
    "Token",
    "attach",
    "fmt",
    "language_tag",
    "locate",
    "read_statements",
    "read_tokens",
    "write",
]

_PARTS: Final = {
    **dict.fromkeys(("Comment", "Place", "Problem", "Sentence", "Statement"), "places"),
    **dict.fromkeys(("Statements", "locate"), "places"),
    **dict.fromkeys(("Comments", "attach"), "comments"),
    **dict.fromkeys(("Kind", "Token", "read_tokens"), "tokens"),
    "fmt": "canonical",
    "language_tag": "spelling",
    "read_statements": "statements",
    "write": "writer",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - as different as the names are
    """Load the part that a name comes from when it is first asked for.

    A check that shows nothing needs no lexer, and reading needs no writer.
    """
    if name not in _PARTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PARTS[name]}"), name)
