"""Running the shapes over what is ours: each result becomes a breach of the rule it has.

The compiled engine (:mod:`listkeeper.shacl`) does it. What that refuses by name is left to
pyshacl, the reference, which may also be asked for; it takes some thirty times as long. Either
runs in a worker that is stopped at a deadline.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from listkeeper.errors import ContentError
from listkeeper.graph import Graph, Literal, URINode
from listkeeper.validate.rule import Breach
from listkeeper.validate.scope import visible
from listkeeper.validate.shape_failures import failure
from listkeeper.validate.shape_rules import read_shapes, shape_rules, uncoded_rule
from listkeeper.validate.shape_safety import told_in_files, unsafe_parts, without
from listkeeper.validate.shape_work import (
    COMPILED,
    REFERENCE,
    RefusedError,
    bounds_of,
    outcomes,
)
from listkeeper.workers import Worker

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

    from listkeeper.graph import Subject, Term
    from listkeeper.validate.outcome import Outcome
    from listkeeper.validate.rule import Rule
    from listkeeper.validate.scope import Scope


class ShapeRun:
    """One running of a folder's shapes: at work from the start, to its end in a ``with`` block."""

    def __init__(
        self, scope: Scope, folder: Path, engine: str = COMPILED, patience: float = 10.0
    ) -> None:
        """Read the shapes and start to run them.

        Args:
            scope: what to check; whole vocabularies of others are left out, as the shapes are
                those of our own lists.
            folder: where the shapes lie.
            engine: what runs them, `compiled` or `pyshacl`.
            patience: seconds they may take, beside those that many data need.
        """
        self.scope = scope
        self.folder = folder
        self.remark = ""
        """Why another engine ran than the one asked for; empty where it was that one."""
        self._patience = patience
        self._refused = ""
        self._failures: list[tuple[Rule, Breach]] = []
        written = self._read()
        self.unsafe = tuple(unsafe_parts(written))
        self.shapes = without(written, self.unsafe)
        self._rules = shape_rules(self.shapes)
        self._worker = None if self._failures else self._start(engine)

    def __enter__(self) -> Self:
        """Be the run of a ``with`` block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the worker, however far it is."""
        if self._worker is not None:
            self._worker.stop()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The shapes that have a code, as rules."""
        return tuple(self._rules.values())

    def breaches(self) -> Iterator[tuple[Rule, Breach]]:
        """Give what is wrong with the shapes, and what they find."""
        yield from told_in_files(self.unsafe, self.folder)
        found = self._outcomes()
        yield from self._failures
        for outcome in found:
            focus = outcome.focus
            if isinstance(focus, Literal) or focus not in self.scope.edition.homes:
                continue  # a part that is no part: told where it is pointed to
            rule = self._rules.get(outcome.shape) or uncoded_rule(self.shapes, outcome.shape)
            yield rule, _breach(self.scope, rule, focus, outcome.path, outcome.value)

    def _read(self) -> Graph:
        try:
            return read_shapes(self.folder, self.scope.minter.base)
        except ContentError as error:
            self._fail(error)
            return Graph()

    def _start(self, engine: str) -> Worker[list[Outcome]]:
        pairs = self.scope.own_pairs
        bounds = bounds_of(pairs, engine, self._patience)
        return Worker(outcomes, engine, pairs, self.shapes, self.folder, bounds=bounds)

    def _outcomes(self) -> list[Outcome]:
        """Wait for the worker; where its engine refuses, have the other one do it."""
        if self._worker is None:
            return []
        try:
            return self._worker.result()
        except RefusedError as refused:
            self.remark = f"shapes run by {REFERENCE}: {refused}"
            self._refused = self._worker.note
            self._worker.stop()
            self._worker = self._start(REFERENCE)
            return self._outcomes()
        except ContentError as error:
            # the reference does not say at which shape it was: the one refused is the likeliest
            self._fail(error, self._worker.note or self._refused)
            return []

    def _fail(self, error: ContentError, shape: str = "") -> None:
        self._failures.append(failure(error, self.folder, self.scope.minter.base, shape))


def _breach(
    scope: Scope, rule: Rule, focus: Subject, path: URINode | None, value: Term | None
) -> Breach:
    message = f"{scope.named(focus)}: {rule.summary}"
    if value is not None and value != focus:
        message += f" (found {scope.named(value)})"
    return Breach(message=visible(message), subject=focus, predicate=path, object=value)
