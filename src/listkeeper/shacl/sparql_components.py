"""SPARQL-based constraint components: https://www.w3.org/TR/shacl/#sparql-constraint-components."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from listkeeper.shacl.compiling import messages_of, refuse_unknown
from listkeeper.shacl.constraints import Bind, Bound, Declared, Head, Run, only, true
from listkeeper.shacl.errors import Refused, ShapesError
from listkeeper.shacl.sparql_constraints import question_of, reporting, worded
from listkeeper.shacl.terms import SH, Node, Term, local_name, sh, show

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from listkeeper.shacl.compiling import Compiler
    from listkeeper.shacl.index import Index
    from listkeeper.shacl.results import Result
    from listkeeper.shacl.sparql_store import Question

_NAME: Final = re.compile(r"[^\W\d]\w*")
_RESERVED: Final = frozenset({"this", "shapesGraph", "currentShape", "path", "PATH", "value"})


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a component."""

    predicate: ox.NamedNode
    name: str
    optional: bool


def component_constraints(compiler: Compiler, head: Head) -> Iterator[Bind]:
    """Compile the constraints that a shape declares by parameters of custom components."""
    shapes = compiler.shapes
    for component in shapes.instances(sh("ConstraintComponent")):
        if isinstance(component, ox.NamedNode) and not component.value.startswith(SH):
            parameters = _parameters(shapes, component)
            for values in _uses(shapes, head, component, parameters):
                yield _constraint(compiler, head, component, values)


def _parameters(shapes: Index, component: ox.NamedNode) -> tuple[Parameter, ...]:
    found = []
    for node in shapes.objects(component, sh("parameter")):
        predicate = only(shapes, node, sh("path"))
        if not isinstance(predicate, ox.NamedNode):
            raise ShapesError(f"{show(component)}: the parameter {show(node)} has no IRI as path")
        name = local_name(predicate.value)
        if not _NAME.fullmatch(name) or name in _RESERVED:
            raise ShapesError(f"{show(component)}: {name!r} cannot name a parameter")
        found.append(Parameter(predicate, name, true(shapes, node, sh("optional"))))
    if all(parameter.optional for parameter in found):
        raise ShapesError(f"{show(component)} has no parameter that is not optional")
    return tuple(found)


def _uses(
    shapes: Index, head: Head, component: ox.NamedNode, parameters: Sequence[Parameter]
) -> Iterator[Mapping[str, Term | None]]:
    """Give the parameter values of each constraint of a component that a shape declares."""
    given = {each: shapes.objects(head.term, each.predicate) for each in parameters}
    if not all(values or each.optional for each, values in given.items()):
        return
    if len(parameters) == 1:
        for value in given[parameters[0]]:
            yield {parameters[0].name: value}
        return
    for each, values in given.items():
        if len(values) > 1:
            raise ShapesError(
                f"{show(head.term)} has several values of {each.name} of {show(component)}"
            )
    yield {each.name: values[0] if values else None for each, values in given.items()}


def _constraint(
    compiler: Compiler, head: Head, component: ox.NamedNode, values: Mapping[str, Term | None]
) -> Bind:
    shapes = compiler.shapes
    validator, form = _validator(shapes, head, component)
    question = question_of(shapes, head, validator, form, values)
    declared = Declared(shapes, head, component, component, component, compiler.shape)
    messages = head.messages or messages_of(shapes, validator)
    if form == "SELECT":
        compiler.ask(question)
        return reporting(declared, question, messages)
    compiler.questions.append(question)
    return _asking(declared, question, messages)


def _asking(declared: Declared, question: Question, messages: Sequence[ox.Literal]) -> Bind:
    """Make each value for which an ASK says no a result."""

    def bind(run: Run) -> Bound:
        def check(focus: Term, values: Sequence[Term]) -> Sequence[Result]:
            return [
                replace(
                    declared.result(focus, value, ""),
                    messages=worded(declared, question, {"this": focus, "value": value}, messages),
                )
                for value in values
                if not run.store.holds(question, focus, value)
            ]

        return Bound(check)

    return bind


def _validator(shapes: Index, head: Head, component: ox.NamedNode) -> tuple[Node, str]:
    """Choose the validator: https://www.w3.org/TR/shacl/#constraint-components-validators."""
    special = sh("nodeValidator" if head.path is None else "propertyValidator")
    for predicate, form in ((special, "SELECT"), (sh("validator"), "ASK")):
        for node in shapes.objects(component, predicate):
            if not isinstance(node, ox.Literal):
                refuse_unknown(shapes, node)
                return node, form
    raise Refused(f"{show(component)} has no validator for {show(head.term)}")
