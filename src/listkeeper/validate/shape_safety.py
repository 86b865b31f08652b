"""The safety of shapes: what reaches out of them, and patterns that could run for ever.

Shapes come with changes that strangers propose. What is unsafe is told at its place and left
out; the rest of the shapes runs. No engine is ever given what is told here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from listkeeper.graph import Graph, Literal, Term, URINode
from listkeeper.namespaces import OWL, SH
from listkeeper.shacl import Refused
from listkeeper.shacl.patterns import matcher
from listkeeper.store import turtle
from listkeeper.validate.rule import Breach
from listkeeper.validate.scope import visible
from listkeeper.validate.shape_rules import REACHING_OUT, UNSAFE_PATTERN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from listkeeper.graph import Triple
    from listkeeper.validate.rule import Rule

REFUSED: Final = frozenset(
    {
        URINode(OWL + "imports"),
        *(URINode(SH + name) for name in ("js", "jsLibrary", "jsLibraryURL", "jsFunctionName")),
    }
)
"""Properties that make an engine read something else, or run it."""

PATTERN: Final = URINode(SH + "pattern")
FLAGS: Final = URINode(SH + "flags")


class Unsafe(NamedTuple):
    """A triple of the shapes that is left out, and why."""

    rule: Rule
    triple: Triple
    why: str


def unsafe_parts(shapes: Graph) -> Iterator[Unsafe]:
    """Give the triples of shapes that are not safe to run."""
    for triple in shapes:
        subject, predicate, term = triple
        if predicate in REFUSED:
            why = f"<{predicate.value}> is not taken in shapes"
            yield Unsafe(REACHING_OUT, triple, why)
        elif predicate == PATTERN and isinstance(term, Literal):
            flags = "".join(flag.value for flag in shapes.objects(subject, FLAGS))
            why = _refusal(term.value, flags)
            if why:
                yield Unsafe(UNSAFE_PATTERN, triple, why)


def _refusal(pattern: str, flags: str) -> str:
    """Say why a pattern can not be run in linear time; empty where it can."""
    try:
        matcher(pattern, flags)
    except Refused as refused:
        return str(refused)
    return ""


def without(shapes: Graph, unsafe: Collection[Unsafe]) -> Graph:
    """Return the shapes without what is unsafe."""
    if not unsafe:
        return shapes
    left_out = {part.triple for part in unsafe}
    left_out |= {
        (subject, FLAGS, flags)
        for subject, predicate, _ in left_out.copy()
        if predicate == PATTERN
        for flags in shapes.objects(subject, FLAGS)
    }
    return Graph(triple for triple in shapes if triple not in left_out)


def told_in_files(unsafe: Collection[Unsafe], folder: Path) -> Iterator[tuple[Rule, Breach]]:
    """Give each unsafe part with its place: only files that may hold any are read again."""
    for path in sorted(folder.glob("*.ttl")) if unsafe else ():
        statements = turtle.read_statements(path.read_text(encoding="utf-8-sig")).statements
        for statement in statements:
            _, predicate, term = statement.triple
            part = next((part for part in unsafe if _is_that(part, predicate, term)), None)
            if part:
                line, column = statement.predicate.start
                message, file = visible(part.why), f"shapes/{path.name}"
                yield part.rule, Breach(message=message, path=file, line=line, column=column)


def _is_that(part: Unsafe, predicate: URINode, term: Term) -> bool:
    """Say whether a statement is an unsafe part: the base of addresses may differ in the file."""
    _, unsafe, held = part.triple
    return predicate == unsafe and (term == held or unsafe in REFUSED)
