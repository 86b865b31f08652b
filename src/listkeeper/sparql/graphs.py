"""The graphs that are asked: the current edition's and those of releases, by their names."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Protocol

import pyoxigraph as ox

from listkeeper.publish.rdf import serialize

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from listkeeper.edition import Edition

NO_RELEASES: Final[Mapping[str, Callable[[], Edition]]] = MappingProxyType({})


class Graphs(Protocol):
    """Graphs by their names."""

    @property
    def current(self) -> str:
        """Name of the graph that is asked when a query names none."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all there are, the current one first."""

    @property
    def size(self) -> int:
        """Number of triples of the current one."""

    @property
    def base(self) -> str:
        """The base URI: relative IRIs of queries are relative to it."""

    @property
    def language(self) -> str:
        """The default language."""

    def n_triples(self, name: str) -> bytes:
        """Give a graph as N-Triples."""


class EditionGraphs:
    """The published graph of an edition, and of releases that are opened when asked."""

    def __init__(
        self,
        edition: Edition,
        releases: Mapping[str, Callable[[], Edition]] = NO_RELEASES,
    ) -> None:
        """Name the graphs.

        Args:
            edition: what is asked when a query names no graph.
            releases: name of each release, such as ``2026.11``, to what opens it.
        """
        minter = edition.minter
        catalogue = edition.vocabulary.catalogue
        self._edition = edition
        self.base = minter.base
        self.language = edition.settings.default_language
        self.current: str = catalogue.uri if catalogue else f"{minter.identifiers}catalogue"
        self._open: dict[str, Callable[[], Edition]] = {
            self.current: lambda: edition,
            **{f"{minter.base}release/{name}": opening for name, opening in releases.items()},
        }

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all graphs, the current one first."""
        return tuple(self._open)

    @property
    def size(self) -> int:
        """Number of triples of the current graph."""
        return len(self._edition.published)

    def n_triples(self, name: str) -> bytes:
        """Give a graph as N-Triples."""
        return serialize(self._open[name]().published, ox.RdfFormat.N_TRIPLES)
