"""SPARQL-based constraints: https://www.w3.org/TR/shacl/#sparql-constraints."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from listkeeper.shacl.compiling import messages_of, refuse_unknown
from listkeeper.shacl.constraints import Bind, Bound, Declared, Head, Run, only, true
from listkeeper.shacl.errors import Refused, ShapesError
from listkeeper.shacl.messages import filled
from listkeeper.shacl.paths import Path, path_text, values_of
from listkeeper.shacl.sparql_prefixes import prefixes_of
from listkeeper.shacl.sparql_queries import Source, read_query
from listkeeper.shacl.sparql_store import Question, original
from listkeeper.shacl.sparql_text import SHAPES_GRAPH, variables, with_path
from listkeeper.shacl.terms import Node, Term, sh, show

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from listkeeper.shacl.compiling import Compiler
    from listkeeper.shacl.index import Index
    from listkeeper.shacl.results import Result
    from listkeeper.shacl.sparql_store import Row

_ALWAYS: Final = frozenset({"this", "shapesGraph", "currentShape"})


def sparql_constraints(compiler: Compiler, head: Head) -> Iterator[Bind]:
    """Compile the sh:sparql constraints of a shape."""
    shapes = compiler.shapes
    for node in shapes.objects(head.term, sh("sparql")):
        if isinstance(node, ox.Literal):
            raise ShapesError(f"{show(head.term)}: sh:sparql {show(node)} is not a constraint")
        refuse_unknown(shapes, node)
        if true(shapes, node, sh("deactivated")):
            continue
        question = question_of(shapes, head, node, "SELECT", {})
        compiler.ask(question)
        component = sh("SPARQLConstraintComponent")
        declared = Declared(shapes, head, component, sh("sparql"), node, compiler.shape)
        yield reporting(declared, question, messages_of(shapes, node) or head.messages, node)


def question_of(
    shapes: Index,
    head: Head,
    node: Node,
    form: str,
    parameters: Mapping[str, Term | None],
) -> Question:
    """Read the query of a constraint or validator, with ``$PATH`` in its place.

    Args:
        shapes: The shapes graph.
        head: The shape the query is asked for.
        node: The constraint or validator.
        form: ``SELECT`` or ``ASK``.
        parameters: The parameters by name, None for an optional one that is not given.

    Raises:
        ShapesError, Failure, Refused: as :func:`listkeeper.shacl.sparql_queries.read_query`.
    """
    where = f"{show(head.term)}: sh:{form.lower()} of {show(node)}"
    text = only(shapes, node, sh(form.lower()))
    if not isinstance(text, ox.Literal):
        raise ShapesError(f"{where} is missing or no string")
    constants = {name: term for name, term in parameters.items() if term is not None}
    asked = frozenset({"value"} if form == "ASK" else ())
    source = Source(
        where=where,
        text=_with_path(text.value, head.path, where),
        prefixes=prefixes_of(shapes, node),
        form=form,
        names=_ALWAYS | asked | constants.keys(),
        missing=frozenset(parameters.keys() - constants.keys()),
    )
    always = {"shapesGraph": ox.NamedNode(SHAPES_GRAPH), "currentShape": head.term}
    return Question(where, read_query(source), {**constants, **always})


def _with_path(text: str, path: Path | None, where: str) -> str:
    if path is not None:
        return with_path(text, path_text(path))
    if "PATH" in variables(text):
        raise Refused(f"{where} uses $PATH on a node shape")
    return text


def reporting(
    declared: Declared,
    question: Question,
    messages: Sequence[ox.Literal],
    constraint: Node | None = None,
) -> Bind:
    """Make each solution of a SELECT a result, with the first messages there are.

    https://www.w3.org/TR/shacl/#sparql-constraints-validation
    """

    def bind(run: Run) -> Bound:
        def check(focus: Term, _values: Sequence[Term]) -> Sequence[Result]:
            return [
                replace(
                    _result(declared, run.index, focus, row),
                    messages=worded(declared, question, {**row, "this": focus}, messages),
                    source_constraint=constraint,
                )
                for row in run.store.rows(question, focus)
            ]

        return Bound(check)

    return bind


def _result(declared: Declared, index: Index, focus: Term, row: Row) -> Result:
    found = row.get("path")
    path = found if isinstance(found, ox.NamedNode) else declared.head.path
    value = row.get("value")
    if value is not None:
        value = original(value, _candidates(index, focus, path))
    elif declared.head.path is None:
        value = focus
    return declared.result(focus, value, "", path)


def _candidates(index: Index, focus: Term, path: Path | None) -> Iterator[Term]:
    if path is not None:
        yield from values_of(path, index)(focus)
    yield focus
    for _, term in index.about(focus):
        yield term


def worded(
    declared: Declared, question: Question, row: Row, messages: Sequence[ox.Literal]
) -> tuple[ox.Literal, ...]:
    """Give the messages of a solution: its own, else those given, filled in, else our words."""
    own = row.get("message")
    if isinstance(own, ox.Literal):
        return (own,)
    if not messages:
        words = f"breaks the rule of {show(declared.value)}"
        return (ox.Literal(f"{show(row['this'])} {words}"),)
    bindings = {**question.constants, **row}
    return tuple(filled(message, bindings) for message in messages)
