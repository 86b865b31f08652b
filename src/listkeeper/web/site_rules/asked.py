"""What `Accept` may ask for, as patterns that nginx, Apache and Go's expressions all read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from listkeeper.publish.representations import REPRESENTATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

TENTHS: Final = ("", *(f"0?[.]{tenth}[0-9]*" for tenth in range(9, 0, -1)), "0?[.]0[0-9]*[1-9]")
"""Weights, the highest first; the first is that of a type with none, or with 1."""

WILDCARDS: Final = (("text/*", "html"), ("application/*", "json-ld"), ("*/*", "html"))
"""A range without a subtype and the name of what it gets: the server's first of that type."""

PARAMETERS: Final = '( *; *(charset="?utf-8"?|header=present|profile=[^,;]*))*'
"""Parameters that hold for what is here, or distinguish nothing."""


class Choice(NamedTuple):
    """A pattern of `Accept` and the ending of the file that it gets."""

    pattern: str
    extension: str


def choices() -> Iterator[Choice]:
    """Give what `Accept` may ask for, the first that matches first: by weight, then our order."""
    rows = [row for row in REPRESENTATIONS if row.negotiable]
    by_name = {row.name: row.extension for row in rows}
    named = [(row.media_type, row.extension) for row in rows]
    let_in = [(range_, by_name[name]) for range_, name in WILDCARDS]
    for weight in TENTHS:
        for media_type, extension in (*named, *let_in):
            yield Choice(_pattern(media_type, weight), extension)


def _pattern(media_type: str, weight: str) -> str:
    """Match a type with a weight, in what nginx, Apache and Go's expressions have in common."""
    literal = re.sub(r"([.+*])", r"[\1]", media_type)
    quality = f" *; *q={weight}( *;[^,]*)?" if weight else "( *; *q=1([.]0*)?( *;[^,]*)?)?"
    return f"(^|,) *{literal}{PARAMETERS}{quality} *(,|$)"
