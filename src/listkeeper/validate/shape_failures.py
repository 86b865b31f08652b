"""Shapes that can not be used, told as findings in the files of shapes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from listkeeper.graph import URINode
from listkeeper.settings import PLACEHOLDER_BASE
from listkeeper.validate.places import first_places
from listkeeper.validate.rule import Breach
from listkeeper.validate.scope import visible
from listkeeper.validate.shape_rules import OVERRUN, UNUSABLE
from listkeeper.workers import OverrunError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from listkeeper.errors import ContentError
    from listkeeper.validate.rule import Rule

_NAMED: Final = re.compile(r"<([^<>\s]+)>")


def failure(error: ContentError, folder: Path, base: str, shape: str = "") -> tuple[Rule, Breach]:
    """Make the breach of shapes that can not be read, compiled or run to their end.

    Args:
        error: why.
        folder: where the shapes lie.
        base: the base URI of the lists, which they were read for.
        shape: the shape that was at work; empty where none was.
    """
    rule = OVERRUN if isinstance(error, OverrunError) else UNUSABLE
    if error.line:
        place = (folder / error.path.rsplit("/", 1)[-1], error.line, error.column)
    else:
        place = _place(folder, base, [*_NAMED.findall(error.message), shape])
    file, line, column = place
    at = f" at <{shape}>" if shape and rule is OVERRUN else ""
    message = visible(
        f"running the shapes{at} {error.message}" if rule is OVERRUN else error.message
    )
    path = f"{folder.name}/{file.name}"
    return rule, Breach(message=message, path=path, line=line, column=column)


def _place(folder: Path, base: str, names: list[str]) -> tuple[Path, int, int]:
    """Find the first of some shapes in the files; the beginning of one where none is there."""
    places = dict(_shapes(folder, base))
    found = next((places[name] for name in names if name in places), None)
    files = sorted(folder.glob("*.ttl"))
    return found or (files[0] if files else folder, 1, 1)


def _shapes(folder: Path, base: str) -> Iterator[tuple[str, tuple[Path, int, int]]]:
    """Give each subject of the files that has a name, with its place."""
    for path in sorted(folder.glob("*.ttl")):
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        for (subject, predicate, _), place in first_places(text).items():
            if predicate is None and isinstance(subject, URINode):
                yield subject.value.replace(PLACEHOLDER_BASE, base, 1), (path, *place)
