"""Answering one query from a store, within its limits."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from listkeeper.errors import UnsupportedError
from listkeeper.sparql.formats import read_n_triples, write_graph, write_solutions, write_truth
from listkeeper.sparql.inspection import Dataset, inspect
from listkeeper.sparql.queries import QueryError, Reason, Results

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from listkeeper.sparql.limits import Limits
    from listkeeper.sparql.queries import Query
    from listkeeper.uris import Minter


@dataclass(frozen=True, kw_only=True, slots=True)
class Data:
    """What queries are answered from."""

    store: ox.Store
    current: str
    """Name of the graph that is asked when a query names none."""
    known: frozenset[str]
    """Names of all graphs there are."""
    loaded: frozenset[str]
    """Names of those in the store."""
    minter: Minter
    language: str
    """The default language, whose texts come first."""


def evaluate(query: Query, data: Data, limits: Limits) -> Results:
    """Answer a query.

    Raises:
        QueryError: saying why it has no results.
    """
    own = inspect(query.text, data.minter.base)
    dataset = _dataset(query, own, data)
    with _engine_errors():
        return _written(_run(query.text, data, dataset), query, data, limits)


def _run(
    text: str, data: Data, dataset: Dataset
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Have the engine answer; its results come as they are read."""
    return data.store.query(
        text,
        base_iri=data.minter.base,
        default_graph=[ox.NamedNode(name) for name in dataset.default],
        named_graphs=[ox.NamedNode(name) for name in dataset.named],
    )


@contextmanager
def _engine_errors() -> Iterator[None]:
    """Tell what the engine finds out only when it answers, such as that it can reach nobody."""
    try:
        yield
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(Reason.REFUSED, f"the query cannot be answered: {error}") from error


def _written(
    found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples,
    query: Query,
    data: Data,
    limits: Limits,
) -> Results:
    if isinstance(found, ox.QueryTriples):
        return _triples(found, query, data, limits)
    name = _acceptable(query.solutions, "SELECT and ASK")
    if isinstance(found, ox.QueryBoolean):
        return Results(format=name, body=write_truth(found, name))
    sink = Sink(limits, heading=1)
    found.serialize(sink, format=ox.QueryResultsFormat.TSV)  # type: ignore[arg-type] # writing is all that is asked of it
    return Results(format=name, body=write_solutions(sink.content, name))


def _dataset(query: Query, own: Dataset, data: Data) -> Dataset:
    """Choose the dataset: the request's, else the query's own, else the current graph.

    https://www.w3.org/TR/sparql11-protocol/#dataset
    """
    asked = Dataset(default=query.default_graphs, named=query.named_graphs)
    chosen = next((d for d in (asked, own) if d.default or d.named), None)
    if chosen is None:
        return Dataset(default=(data.current,), named=(data.current,))
    names = (*chosen.default, *chosen.named)
    _require(names, data.known, Reason.UNKNOWN_GRAPH)
    _require(names, data.loaded, Reason.NOT_LOADED)
    return chosen


def _require(names: Iterable[str], held: frozenset[str], reason: Reason) -> None:
    missing = tuple(dict.fromkeys(name for name in names if name not in held))
    if missing:
        shown = ", ".join(f"<{name}>" for name in missing[:3])
        detail = f"no such graph: {shown}; the service description names those there are"
        raise QueryError(reason, detail, missing)


def _triples(found: ox.QueryTriples, query: Query, data: Data, limits: Limits) -> Results:
    name = _acceptable(query.graph, "CONSTRUCT and DESCRIBE")
    sink = Sink(limits)
    found.serialize(sink, format=ox.RdfFormat.N_TRIPLES)  # type: ignore[arg-type] # writing is all that is asked of it
    triples = read_n_triples(sink.content)
    try:
        body = write_graph(triples, name, data.minter, data.language)
    except UnsupportedError as error:
        raise QueryError(Reason.NOT_ACCEPTABLE, str(error)) from error
    return Results(format=name, body=body)


class Sink:
    """Takes what the engine writes, a line for each row, and stops it at the limit."""

    def __init__(self, limits: Limits, *, heading: int = 0) -> None:
        """Take rows.

        Args:
            limits: how many rows and bytes are taken.
            heading: lines at the beginning that are no rows.
        """
        self._parts: list[bytes] = []
        self._lines_left = limits.rows + heading
        self._bytes_left = limits.answer_bytes
        self._limits = limits

    def write(self, data: bytes) -> int:
        """Take some bytes.

        Raises:
            QueryError: when they are too many.
        """
        self._lines_left -= data.count(b"\n")
        self._bytes_left -= len(data)
        if self._lines_left < 0 or self._bytes_left < 0:
            raise QueryError(Reason.TOO_MUCH, self._told())
        self._parts.append(data)
        return len(data)

    def flush(self) -> None:
        """Do nothing: nothing is held back."""

    @property
    def content(self) -> bytes:
        """All that was taken."""
        return b"".join(self._parts)

    def _told(self) -> str:
        most = f"{self._limits.rows:,} rows and {self._limits.answer_bytes // 2**20} MiB"
        return f"the query has more results than are given ({most}); add LIMIT, or take a download"


def _acceptable(name: str, forms: str) -> str:
    if not name:
        detail = f"the results of {forms} can be had in none of the formats asked for"
        raise QueryError(Reason.NOT_ACCEPTABLE, detail)
    return name
