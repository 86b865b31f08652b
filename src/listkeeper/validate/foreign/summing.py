"""Telling what many concepts lack in one line, and what few lack at each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from listkeeper.validate.rule import Breach

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listkeeper.graph import Subject
    from listkeeper.validate.foreign.scope import ForeignScope
    from listkeeper.validate.rule import Breaches

FEW: Final = 20
"""So many are told one by one, whatever share they are."""


class Lack(NamedTuple):
    """Something that concepts lack, in words."""

    one: str
    """Behind the name of a concept: "has no definition"."""
    many: str
    """Behind a number of concepts: "have no definition"."""


def told(
    scope: ForeignScope,
    found: Sequence[Subject],
    of: int,
    lack: Lack,
) -> Breaches:
    """Tell each subject that lacks something; one line for all where it is the habit of the file.

    Args:
        scope: the vocabulary.
        found: what lacks it.
        of: out of how many.
        lack: what is lacking.
    """
    if len(found) > max(FEW, of / 2):
        message = f"{len(found):,} of {of:,} {lack.many}, {scope.named(found[0])} for one"
        yield Breach(message=message, subject=next(iter(scope.schemes), found[0]))
        return
    for subject in found:
        yield Breach(message=f"{scope.named(subject)} {lack.one}", subject=subject)
