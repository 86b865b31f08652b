"""A rule of the lists, and what it yields where it does not hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from listkeeper.graph import Subject, Term, URINode
    from listkeeper.validate.report import Severity
    from listkeeper.validate.scope import Scope


@dataclass(frozen=True, kw_only=True, slots=True)
class Breach:
    """A rule that does not hold, before its place is looked up.

    The place is that of the triple given; of the predicate, where there is no object; of the
    subject, where something is missing; of a file alone, where `path` is given.
    """

    message: str
    subject: Subject | None = None
    predicate: URINode | None = None
    object: Term | None = None
    path: str = ""
    line: int = 0
    column: int = 0
    remedy: str = ""
    """What to do in this case; empty where the rule's own remedy says it."""


Breaches: TypeAlias = "Iterator[Breach]"
Check: TypeAlias = "Callable[[Scope], Breaches]"


class Rule(NamedTuple):
    """A row of the table of rules."""

    code: str
    """Stable: a code is never given to another rule."""
    name: str
    severity: Severity
    summary: str
    """What has to hold, in one line."""
    remedy: str
    specification: str
    """Address of what asks for it."""
    check: Check | None = None
    """Yields the breaches; None for a rule that is found another way, such as a shape."""
    load: bool = False
    """Whether the lists can not be served while it is broken."""
    guard: bool = False
    """Whether publication relies on it: it can be neither lowered nor silenced."""
    shape: bool = False
    """Whether it is a shape: its summary says what is wrong, not what is asked."""
    mend: str = ""
    """What `listkeeper check --fix` does about it, in files of our own form; empty for nothing."""
    past: bool = False
    """Whether it compares with an earlier revision: without one it finds nothing."""

    @property
    def is_fixed(self) -> bool:
        """Say whether settings and silences leave the rule alone."""
        return self.load or self.guard
