"""The states that rows were made from: found in Git by the name of the bytes, or in the sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from listkeeper.exchange.sheets.columns import STATE
from listkeeper.exchange.sheets.entry import NOTATION, Entry
from listkeeper.graph import Graph, URINode
from listkeeper.store.parsing import parse
from listkeeper.store.workspace import FileKind, SourceFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from listkeeper.edition import Edition
    from listkeeper.exchange.sheets.columns import SheetColumn
    from listkeeper.exchange.sheets.reading import Incoming

    Blobs = Callable[[Iterable[str]], Mapping[str, bytes]]
    """Gives the bytes of those blobs, by their names, that the history has."""


@dataclass(frozen=True, kw_only=True)
class Bases:
    """Former states of the entries of one list."""

    edition: Edition = field(repr=False)
    segment: str
    columns: Sequence[SheetColumn]
    incoming: Incoming = field(repr=False)
    blobs: Blobs = field(repr=False)

    @cached_property
    def _known(self) -> Mapping[str, bytes]:
        """The states that the sheet names and the history has."""
        place = self.incoming.header.index(STATE) if STATE in self.incoming.header else -1
        states = {row.cell(place).text.strip() for row in self.incoming.rows} if place >= 0 else ()
        names = {state: state.rpartition(" ")[2] for state in states}
        found = self.blobs(set(names.values()))
        return {state: found[name] for state, name in names.items() if name in found}

    def cells(self, code: str, state: str) -> Mapping[str, str] | None:
        """Give the cells of an entry as they were in a state; None where nothing tells.

        Where the state is that of another entry, its cells say so by their code.

        Args:
            code: the entry's.
            state: as the row names it.
        """
        if state in self._known:
            return self._read(code, self._known[state])
        carried = self.incoming.base.get(code, {})
        return carried if carried.get(STATE) == state else None

    def _read(self, code: str, data: bytes) -> Mapping[str, str] | None:
        minter = self.edition.minter
        triples, error = parse(SourceFile(path="", data=data, kind=FileKind.CONCEPT))
        graph = Graph(triples)
        asked = URINode(minter.concept(self.segment, code))
        coded = [subject for subject in graph.subjects() if graph.objects(subject, NOTATION)]
        node = asked if graph.properties(asked) else next(iter(coded), None)
        if error or not isinstance(node, URINode):
            return None
        return Entry(node=node, graph=graph, edition=self.edition).cells(self.columns)
