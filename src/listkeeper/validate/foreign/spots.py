"""Where a breach stands in the files of others: read where they are Turtle, searched elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from listkeeper.exchange.reading import Finder
from listkeeper.exchange.reading.entities import safe_document
from listkeeper.exchange.reading.parsing import base_of
from listkeeper.validate.foreign.scope import keys_of
from listkeeper.validate.places import Spot, first_places

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from listkeeper.exchange.reading import Source
    from listkeeper.graph import Subject
    from listkeeper.validate.places import Steps
    from listkeeper.validate.rule import Breach

READ: Final = 16 * 1024 * 1024
"""Bytes up to which Turtle is read for its places; larger files are searched."""


class ForeignPlaces:
    """Finds the places of breaches in the files of one vocabulary; reads each at most once."""

    def __init__(self, sources: Sequence[Source], homes: Mapping[Subject, str]) -> None:
        """Look in some files, told which describes what."""
        self._sources = keys_of(sources)
        self._homes = homes
        self._read: dict[str, Steps] = {}
        self._searched: dict[str, Finder] = {}

    def spot(self, breach: Breach) -> Spot:
        """Give the place of a breach; the beginning of its file where nothing nearer is known."""
        source = self._source(breach)
        is_read = source.syntax.is_turtle and len(source.data) <= READ
        found = self._in_turtle(source, breach) if is_read else self._in_text(source, breach)
        return Spot(source.path, *(found or (1, 1)))

    def beginning(self, breach: Breach) -> Spot:
        """Give the beginning of a breach's file, without reading it."""
        return Spot(self._source(breach).path, 1, 1)

    def _source(self, breach: Breach) -> Source:
        home = self._homes.get(breach.subject, "") if breach.subject is not None else breach.path
        return self._sources.get(home) or next(iter(self._sources.values()))

    def _in_turtle(self, source: Source, breach: Breach) -> tuple[int, int] | None:
        if source.path not in self._read:
            text = source.data.decode("utf-8-sig", errors="replace")
            self._read[source.path] = first_places(text, base=base_of(source))
        steps = self._read[source.path]
        subject = breach.subject
        if subject is None:
            return None
        near = (
            (subject, breach.predicate, breach.object),
            (subject, breach.predicate, None),
            (subject, None, None),
        )
        return next((steps[step] for step in near if step in steps), None)

    def _in_text(self, source: Source, breach: Breach) -> tuple[int, int] | None:
        if source.path not in self._searched:
            self._searched[source.path] = Finder(source, _text(source))
        if breach.subject is None:
            return None
        return self._searched[source.path].spot(breach.subject, breach.object)


def _text(source: Source) -> str:
    if source.syntax.format == ox.RdfFormat.RDF_XML:
        return safe_document(source.data, source.path).decode()
    return source.data.decode("utf-8-sig", errors="replace")
