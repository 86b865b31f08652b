"""Sharing the rules between two processes: those that ask the graph alone run in a worker.

The model takes as long to fill as half of the rules take to run, and the worker does not wait for
it. Which process runs a rule changes nothing about what it finds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.workers import MEBIBYTE, Bounds, Worker, forks, processors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType
    from typing import Self

    from listkeeper.validate.rule import Breach, Rule
    from listkeeper.validate.scope import Scope
    from listkeeper.workers import Tell

FEWEST_FILES: Final = 500
"""Files of a repository from which on a second process is worth its start."""

GRAPH_RULES: Final = frozenset(
    {
        *("LK006", "LK009", "LK021", "LK022", "LK025", "LK030", "LK031", "LK040", "LK110"),
        *("LK111", "LK112", "LK113", "LK114", "LK115", "LK120", "LK122", "LK150", "LK165", "LK166"),
    }
)
"""Rules that look at every text or address, and at the model only to name what they find."""

BOUNDS: Final = Bounds(seconds=3600, memory=1 << 40, result=1024 * MEBIBYTE)
"""None to speak of: these are our own rules, which take time in proportion to the lists."""


class SharedRules:
    """Rules at work over one scope, to their end in a ``with`` block."""

    def __init__(
        self, scope: Scope, rules: Sequence[Rule], fewest_files: int = FEWEST_FILES
    ) -> None:
        """Start those that a worker runs, where one is worth it.

        Args:
            scope: what the rules look at.
            rules: what is to be run.
            fewest_files: files of a repository from which on a worker is worth it.
        """
        self._scope = scope
        self._rules = rules
        is_shared = len(scope.edition.files) >= fewest_files and processors() > 1 and forks()
        self._theirs = frozenset(r.code for r in rules if is_shared and r.code in GRAPH_RULES)
        self._worker = (
            Worker(_run, scope, rules, self._theirs, bounds=BOUNDS) if is_shared else None
        )

    def __enter__(self) -> Self:
        """Be the rules of a ``with`` block."""
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

    def breaches(self) -> Iterator[tuple[Rule, Breach]]:
        """Give what the rules find: first what this process finds, then the other."""
        mine = [rule for rule in self._rules if rule.code not in self._theirs]
        yield from breaches(self._scope, mine)
        if self._worker is not None:
            for number, breach in self._worker.result():
                yield self._rules[number], breach


def breaches(scope: Scope, rules: Sequence[Rule]) -> Iterator[tuple[Rule, Breach]]:
    """Run rules one after the other in this process."""
    for rule in rules:
        if rule.check is not None:
            for breach in rule.check(scope):
                yield rule, breach


def _run(
    tell: Tell, scope: Scope, rules: Sequence[Rule], codes: frozenset[str]
) -> list[tuple[int, Breach]]:
    """Run some of the rules in the worker; a rule goes back by its number."""
    found: list[tuple[int, Breach]] = []
    for number, rule in enumerate(rules):
        if rule.code in codes:
            tell(rule.code)
            found.extend((number, breach) for _, breach in breaches(scope, (rule,)))
    return found
