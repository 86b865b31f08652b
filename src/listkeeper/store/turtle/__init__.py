"""Turtle with places and comments: reading, canonical writing, formatting.

pyoxigraph is the parser of record. This package gives what it does not: where each term stands,
every problem of a text, its comments, and one canonical form that Git can compare and merge.
"""

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
