"""What an engine finds when it runs shapes, whichever engine it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from listkeeper.errors import ContentError
from listkeeper.validate.scope import visible

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.graph import Subject, Term, URINode


class Outcome(NamedTuple):
    """A validation result as both engines give it."""

    focus: Term
    path: URINode | None
    """The predicate, where the path is one."""
    value: Term | None
    shape: Subject


def unusable(why: str, folder: Path) -> ContentError:
    """Make the error for shapes that can not be used, its reason on one line."""
    reason = " ".join(visible(line.strip()) for line in why.splitlines())
    return ContentError(f"the shapes can not be used: {reason}", path=str(folder))
