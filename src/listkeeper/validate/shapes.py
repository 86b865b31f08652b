"""Running the shapes over what is ours: each result becomes a breach of the rule it has.

The compiled engine (:mod:`listkeeper.shacl`) does it. What that refuses by name is left to
pyshacl, the reference, which may also be asked for; it takes some thirty times as long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.graph import Literal, URINode
from listkeeper.shacl import Refused, ShaclError, compile_shapes
from listkeeper.validate.outcome import Outcome, unusable
from listkeeper.validate.rule import Breach
from listkeeper.validate.scope import visible
from listkeeper.validate.shape_rules import read_shapes, shape_rules, uncoded_rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from listkeeper.graph import Graph, Subject, Term, Triple
    from listkeeper.validate.rule import Rule
    from listkeeper.validate.scope import Scope

COMPILED: Final = "compiled"
REFERENCE: Final = "pyshacl"


class ShapeRun:
    """One running of a folder's shapes."""

    def __init__(self, scope: Scope, folder: Path, engine: str = COMPILED) -> None:
        """Read the shapes.

        Args:
            scope: what to check; whole vocabularies of others are left out, as the shapes are
                those of our own lists.
            folder: where the shapes lie.
            engine: what runs them, `compiled` or `pyshacl`.

        Raises:
            ContentError: when the shapes can not be read.
        """
        self.scope = scope
        self.folder = folder
        self.engine = engine
        self.shapes = read_shapes(folder, scope.minter.base)
        self.remark = ""
        """Why another engine ran than the one asked for; empty where it was that one."""

    def breaches(self) -> Iterator[tuple[Rule, Breach]]:
        """Give what the shapes find.

        Raises:
            ContentError: when the shapes can not be used.
        """
        rules = shape_rules(self.shapes)
        for outcome in self._outcomes():
            focus = outcome.focus
            if isinstance(focus, Literal) or focus not in self.scope.edition.homes:
                continue  # a part that is no part: told where it is pointed to
            rule = rules.get(outcome.shape) or uncoded_rule(self.shapes, outcome.shape)
            yield rule, _breach(self.scope, rule, focus, outcome.path, outcome.value)

    def _outcomes(self) -> Iterable[Outcome]:
        triples = [t for t in self.scope.triples if self.scope.is_ours(t[0])]
        if self.engine == COMPILED:
            try:
                return _compiled(triples, self.shapes)
            except Refused as refused:
                self.remark = f"shapes run by {REFERENCE}: {refused}"
            except ShaclError as error:
                raise unusable(str(error), self.folder) from error
        # rdflib and pyshacl take longer to load than everything else takes to run
        from listkeeper.validate.reference import outcomes  # noqa: PLC0415 - see above

        return outcomes(triples, self.shapes, self.folder)


def _compiled(triples: Iterable[Triple], shapes: Graph) -> list[Outcome]:
    return [
        Outcome(
            focus=result.focus_node,
            path=result.path if isinstance(result.path, URINode) else None,
            value=result.value,
            shape=result.source_shape,
        )
        for result in compile_shapes(shapes).validate(triples)
    ]


def _breach(
    scope: Scope, rule: Rule, focus: Subject, path: URINode | None, value: Term | None
) -> Breach:
    message = f"{scope.named(focus)}: {rule.summary}"
    if value is not None and value != focus:
        message += f" (found {scope.named(value)})"
    return Breach(message=visible(message), subject=focus, predicate=path, object=value)
