"""What a Turtle text says and where: places, statements, sentences, comments, problems."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from listkeeper.graph import Subject, Term, Triple, URINode


@dataclass(frozen=True, slots=True)
class Place:
    """A term where it stands; lines and columns count from 1, the end is just behind it."""

    term: Term
    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def start(self) -> tuple[int, int]:
        """Line and column of the first character."""
        return self.line, self.column

    @property
    def end(self) -> tuple[int, int]:
        """Line and column just behind the last character."""
        return self.end_line, self.end_column


@dataclass(frozen=True, slots=True)
class Statement:
    """A triple with the places of its terms."""

    subject: Place
    predicate: Place
    object: Place

    @property
    def subject_term(self) -> Subject:
        """The subject alone."""
        return cast("Subject", self.subject.term)  # the grammar lets no literal stand there

    @property
    def triple(self) -> Triple:
        """The terms alone."""
        return self.subject_term, cast("URINode", self.predicate.term), self.object.term


@dataclass(frozen=True, slots=True)
class Sentence:
    """A directive or the statements of one subject, from its first character to its end."""

    start: tuple[int, int]
    end: tuple[int, int]
    """Line and column just behind the final full stop (or the IRI of a ``PREFIX``)."""
    is_directive: bool


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment where it stands."""

    text: str
    """With its ``#``, without white space at its end."""
    line: int
    column: int
    is_trailing: bool
    """Whether something other than a comment stands before it on its line."""

    @property
    def start(self) -> tuple[int, int]:
        """Line and column of its ``#``."""
        return self.line, self.column


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not Turtle 1.1, where it stands, and what to do."""

    message: str
    line: int
    column: int
    is_foreign: bool = False
    """Whether it belongs to a sister language: TriG, or Turtle 1.2."""


@dataclass(frozen=True, slots=True)
class Statements:
    """A whole text as read."""

    statements: tuple[Statement, ...]
    problems: tuple[Problem, ...]
    prefixes: Mapping[str, str]
    """As they stand at the end of the text."""
    base: str
    """As it stands at the end of the text; empty where there is none."""
    comments: tuple[Comment, ...]
    sentences: tuple[Sentence, ...]


def locate(
    statements: Statements,
    subject: Subject,
    predicate: URINode | None = None,
    object: Term | None = None,  # noqa: A002 - the field's own word
) -> Place | None:
    """Find where a triple stands, else where its subject first stands as a subject.

    Args:
        statements: the text as read.
        subject: the subject of the triple.
        predicate: its predicate; None finds the subject.
        object: its object; None finds the first use of the predicate.

    Returns:
        The place of the last of the three that was given, else that of the subject; None where
        the text says nothing about the subject.
    """
    about = [found for found in statements.statements if found.subject.term == subject]
    for found in about:
        if predicate is not None and found.predicate.term == predicate:
            if object is None:
                return found.predicate
            if found.object.term == object:
                return found.object
    return about[0].subject if about else None
