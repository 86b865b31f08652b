"""Rewriting a Turtle text canonically, and refusing to where something would be lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from listkeeper.errors import ContentError, OutsideProfileError, TurtleSyntaxError
from listkeeper.store.turtle.comments import attach
from listkeeper.store.turtle.spelling import BEYOND, is_kept
from listkeeper.store.turtle.statements import read_statements
from listkeeper.store.turtle.terms import reason
from listkeeper.store.turtle.tokens import BYTE_ORDER_MARK
from listkeeper.store.turtle.writer import write

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from listkeeper.graph import Triple
    from listkeeper.store.turtle.places import Problem, Statement


def fmt(
    text: str, *, base: str, prefixes: Mapping[str, str], language: str = "en", path: str = ""
) -> str:
    """Rewrite a Turtle text canonically, keeping every triple and every comment.

    Prefixes that the text declares and uses beyond the given ones are kept behind them. The
    result is parsed again, and given only if it says what the text says.

    Args:
        text: a file of the lists; a byte order mark and CRLF are normalised.
        base: the base of the lists; empty for none.
        prefixes: the prefixes of the lists, in their order.
        language: the default language, whose texts come first.
        path: the file's name, for errors.

    Raises:
        TurtleSyntaxError: with the first problem, when the text is not Turtle.
        OutsideProfileError: when it says what canonical Turtle does not keep.
    """
    text = text.removeprefix(BYTE_ORDER_MARK)
    read = read_statements(text, base=base)
    _refuse_problems(read.problems, path)
    _refuse_terms(read.statements, path)
    said = _parsed(text, base, path)
    require_agreement(said, {found.triple for found in read.statements}, path)
    known = {**prefixes, **_others(read.prefixes, prefixes)}  # ours win over the same namespace
    written = write(said, base=base, prefixes=known, comments=attach(read), language=language)
    require_agreement(said, _parsed(written, base, path), path)
    return written


def _others(declared: Mapping[str, str], prefixes: Mapping[str, str]) -> dict[str, str]:
    """Give the declared prefixes that are new, in order of their names."""
    return {prefix: declared[prefix] for prefix in sorted(declared) if prefix not in prefixes}


def _refuse_problems(problems: Iterable[Problem], path: str) -> None:
    for problem in problems:
        kind: type[ContentError] = OutsideProfileError if problem.is_foreign else TurtleSyntaxError
        raise kind(problem.message, path=path, line=problem.line, column=problem.column)


def _refuse_terms(statements: Iterable[Statement], path: str) -> None:
    for found in statements:
        for place in (found.subject, found.object):
            if not is_kept(place.term):
                message = BEYOND.format("a blank node, such as one in brackets,")
                raise OutsideProfileError(message, path=path, line=place.line, column=place.column)


def _parsed(text: str, base: str, path: str) -> set[Triple]:
    """Read a text with the parser of record."""
    quads = ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=base or None)
    try:
        return {(quad.subject, quad.predicate, quad.object) for quad in quads}
    except SyntaxError as error:
        line, column = error.lineno or 0, error.offset or 0
        raise TurtleSyntaxError(reason(error), path=path, line=line, column=column) from error


def require_agreement(said: set[Triple], other: set[Triple], path: str) -> None:
    """Refuse to go on when two readings differ: better no change than a wrong one.

    Raises:
        TurtleSyntaxError: naming the first triple that only one of them has.
    """
    for triple in sorted(said ^ other, key=str):
        statement = " ".join(str(term) for term in triple)
        message = f"two readings of the text differ about {statement}: write it in another way"
        raise TurtleSyntaxError(message, path=path)
