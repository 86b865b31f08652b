"""Compiling a shapes graph, and validating data graphs against it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from listkeeper.shacl.binding import BoundShapes
from listkeeper.shacl.compiling import CompiledShape, Compiler, refuse_unknown
from listkeeper.shacl.core import KNOWN
from listkeeper.shacl.errors import Failure
from listkeeper.shacl.index import Index
from listkeeper.shacl.sparql_components import component_constraints
from listkeeper.shacl.sparql_constraints import sparql_constraints
from listkeeper.shacl.sparql_store import QueryStore, Question
from listkeeper.shacl.targets import (
    Target,
    focus_nodes,
    looks_like_a_shape,
    shapes_with_targets,
    targets,
)
from listkeeper.shacl.terms import OWL_IMPORTS, SH, Term, Triple, sh, show

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from listkeeper.shacl.results import Result


@dataclass(frozen=True, slots=True)
class Shapes:
    """A compiled shapes graph, to validate any number of data graphs with."""

    targeted: tuple[tuple[CompiledShape, tuple[Target, ...]], ...]
    """The shapes that have targets, with these."""
    graph: Index
    """The shapes graph."""
    questions: tuple[Question, ...] = ()
    """Every SPARQL query the shapes ask."""
    imports: tuple[str, ...] = ()
    """What the shapes graph says it imports: nothing is ever fetched, the caller decides."""

    def validate(
        self,
        data: Index | Iterable[Triple],
        only: Collection[Term] | None = None,
        watch: Callable[[Term], None] | None = None,
    ) -> tuple[Result, ...]:
        """Give every result for a data graph: by the shape's IRI, then focus nodes as they come.

        Args:
            data: The data graph; an :class:`Index` can be used again.
            only: Focus nodes to look at; all when None.
            watch: Called with each shape before it is run.

        Raises:
            Failure: a query says so, or the specification does.
            Refused: the data ask for what the engine does not do.
        """
        index = data if isinstance(data, Index) else Index(data)
        store = QueryStore(index, self.graph, self.questions)
        run = BoundShapes(index, store)
        found: list[Result] = []
        for shape, declared in self.targeted:
            every = focus_nodes(declared, index)
            nodes = every if only is None else [node for node in every if node in only]
            if watch is not None:
                watch(shape.head.term)
            for question in shape.at_focus:
                store.prepare(question, nodes)
            failing = frozenset(run.failing(shape)(nodes))
            in_order = filter(failing.__contains__, nodes)
            found.extend(chain.from_iterable(map(run.results(shape), in_order)))
        return tuple(found)


def compile_shapes(
    graph: Index | Iterable[Triple], watch: Callable[[Term], None] | None = None
) -> Shapes:
    """Compile a shapes graph.

    Args:
        graph: The shapes graph.
        watch: Called with each shape that has targets before it is compiled.

    Raises:
        ShapesError: the shapes graph is ill-formed.
        Failure: the specification forbids something in it.
        Refused: the engine does not do something in it.
    """
    shapes = graph if isinstance(graph, Index) else Index(graph)
    _refuse_unknown(shapes)
    compiler = Compiler(shapes, (sparql_constraints, component_constraints))
    targeted = []
    for node in shapes_with_targets(shapes):
        if watch is not None:
            watch(node)
        targeted.append((compiler.shape(node), targets(shapes, node)))
    imports = chain.from_iterable(shapes.forward(OWL_IMPORTS).values())
    return Shapes(
        targeted=tuple(targeted),
        graph=shapes,
        questions=tuple(compiler.questions),
        imports=tuple(sorted({show(term) for term in imports})),
    )


def _refuse_unknown(shapes: Index) -> None:
    for terms in shapes.forward(sh("entailment")).values():
        raise Failure(f"the entailment regime {show(terms[0])} is not supported")
    for predicate in shapes.predicates():
        if predicate.value.startswith(SH) and predicate not in KNOWN:
            for subject in shapes.forward(predicate):
                if looks_like_a_shape(shapes, subject):
                    refuse_unknown(shapes, subject)
