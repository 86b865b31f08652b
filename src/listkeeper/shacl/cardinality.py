"""How many values: sh:minCount, sh:maxCount.

https://www.w3.org/TR/shacl/#core-components-count
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from listkeeper.shacl.constraints import Bind, Bound, Declared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listkeeper.shacl.results import Result
    from listkeeper.shacl.terms import Term


def min_count(declared: Declared) -> Bind:
    """Compile sh:minCount."""
    least = declared.integer()

    def check(focus: Term, values: Sequence[Term]) -> Sequence[Result]:
        if len(values) >= least:
            return ()
        return (declared.result(focus, None, f"{len(values)} values, at least {least} wanted"),)

    return lambda _run: Bound(check, bad_count=lambda count: count < least)


def max_count(declared: Declared) -> Bind:
    """Compile sh:maxCount."""
    most = declared.integer()

    def check(focus: Term, values: Sequence[Term]) -> Sequence[Result]:
        if len(values) <= most:
            return ()
        return (declared.result(focus, None, f"{len(values)} values, at most {most} allowed"),)

    return lambda _run: Bound(check, bad_count=lambda count: count > most)
