"""A query as it is asked, and what came of it: what goes between the server and its workers."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from listkeeper.errors import ListkeeperError

if TYPE_CHECKING:
    from collections.abc import Sequence


READ_ONLY: Final = "this is an update; everything here is read only"


class Reason(StrEnum):
    """Why a query has no results."""

    MALFORMED = "malformed"
    """It is no SPARQL 1.1 query."""
    REFUSED = "refused"
    """It asks for something that is not done here, such as ``SERVICE``."""
    UNKNOWN_GRAPH = "unknown graph"
    NOT_LOADED = "not loaded"
    """Between worker and pool alone: the graph is known and has to be loaded first."""
    LOST = "lost"
    """Within the pool alone: the worker itself died."""
    NOT_ACCEPTABLE = "not acceptable"
    """Its results can be had in no format that was asked for."""
    TOO_MUCH = "too much"
    """It has more results than are given."""
    TOO_LONG = "too long"
    """It took longer than is allowed."""
    STOPPED = "stopped"
    """It ended before its time: nearly always for want of memory."""
    BUSY = "busy"
    """Others are being answered."""
    UNAVAILABLE = "unavailable"
    """Queries cannot be answered on this machine."""


class QueryError(ListkeeperError):
    """A query that has no results."""

    def __init__(self, reason: Reason, detail: str, graphs: Sequence[str] = ()) -> None:
        """Keep the reason.

        Args:
            reason: what kind of reason it is.
            detail: the reason in words, and what to do.
            graphs: the graphs that it is about.
        """
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.graphs = tuple(graphs)


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """A query with the dataset and the formats that its protocol request asks for."""

    text: str
    default_graphs: tuple[str, ...] = ()
    """``default-graph-uri``, https://www.w3.org/TR/sparql11-protocol/#dataset."""
    named_graphs: tuple[str, ...] = ()
    solutions: str = "json"
    """Format of the answer to SELECT and ASK; empty when none was acceptable."""
    graph: str = "turtle"
    """Format of the answer to CONSTRUCT and DESCRIBE; empty when none was acceptable."""

    @property
    def graphs(self) -> tuple[str, ...]:
        """Every graph of the dataset that the request asks for."""
        return (*self.default_graphs, *self.named_graphs)

    def packed(self) -> bytes:
        """Write it for a worker."""
        return json.dumps(asdict(self)).encode()


def read_query(packed: bytes) -> Query:
    """Read what :meth:`Query.packed` wrote."""
    parts: dict[str, Any] = json.loads(packed)
    parts |= {kind: tuple(parts[kind]) for kind in ("default_graphs", "named_graphs")}
    return Query(**parts)


@dataclass(frozen=True, kw_only=True, slots=True)
class Results:
    """The results of a query, written in a format."""

    format: str
    """Its name in :mod:`listkeeper.sparql.formats`."""
    body: bytes

    def packed(self) -> bytes:
        """Write them for the pool: a line of JSON, then the bytes."""
        head = {"format": self.format, "length": len(self.body)}
        return json.dumps(head).encode() + b"\n" + self.body


def packed_error(error: QueryError) -> bytes:
    """Write an error for the pool."""
    told = {"reason": error.reason, "detail": error.detail, "graphs": error.graphs, "length": 0}
    return json.dumps(told).encode() + b"\n"


def read_results(packed: bytes) -> Results | None:
    """Read what a worker wrote; None where it was ended before it had written all.

    Raises:
        QueryError: when that is what the worker wrote.
    """
    head, newline, body = packed.partition(b"\n")
    if not newline:
        return None
    told: dict[str, Any] = json.loads(head)
    if "reason" in told:
        raise QueryError(Reason(told["reason"]), told["detail"], told["graphs"])
    return Results(format=told["format"], body=body) if len(body) == told["length"] else None
