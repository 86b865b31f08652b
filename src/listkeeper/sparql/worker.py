"""The process that queries are answered in: it holds the data and forks once for each query.

Started by :mod:`listkeeper.sparql.pool` as a program of its own with one thread, so that
forking is safe; a child shares the data's memory with it. Its orders come over a socket pair, a
byte for what to do and a file descriptor for the rest; when that is closed, it ends.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from listkeeper.sparql.evaluation import Data, evaluate
from listkeeper.sparql.formats import GRAPHS, SOLUTIONS
from listkeeper.sparql.limits import (
    Limits,
    address_space,
    confine,
    read_limits,
    start_clock,
)
from listkeeper.sparql.queries import Query, QueryError, packed_error, read_query
from listkeeper.sparql.wire import FORGET, LOAD, QUERY, read_all
from listkeeper.uris import Minter

if TYPE_CHECKING:
    from collections.abc import Callable

OUT_OF_THE_WAY: Final = 10
"""How far below the server's the priority of queries is."""

STANDARD_ERROR: Final = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Instructions:
    """What a worker is told when it is started."""

    control: int
    """Descriptor over which orders come."""
    limits: Limits
    current: str
    known: frozenset[str]
    base: str
    language: str


def main(words: list[str]) -> None:
    """Take orders until there are no more.

    Args:
        words: control descriptor, limits, base URI, language, then the names of the graphs, the
            current one first.
    """
    control, limits, base, language, *names = words
    instructions = Instructions(
        control=int(control),
        limits=read_limits(limits),
        current=names[0],
        known=frozenset(names),
        base=base,
        language=language,
    )
    set_errors_apart()
    for ending in (signal.SIGINT, signal.SIGTERM):
        # A terminal's Ctrl-C goes to every process; this one ends when the server does.
        signal.signal(ending, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    os.setpriority(os.PRIO_PROCESS, 0, OUT_OF_THE_WAY)
    with socket.socket(fileno=instructions.control) as channel:
        Worker(instructions).obey(channel)


class Worker:
    """Holds graphs and has children answer queries from them."""

    def __init__(self, instructions: Instructions) -> None:
        """Begin without any graph."""
        self._limits = instructions.limits
        self._data = Data(
            store=ox.Store(),
            current=instructions.current,
            known=instructions.known,
            loaded=frozenset(),
            minter=Minter(base=instructions.base),
            language=instructions.language,
        )
        self._orders: dict[bytes, Callable[[socket.socket], None]] = {
            QUERY: self._answer,
            LOAD: self._load,
            FORGET: self._forget,
        }
        rehearse(self._data, self._limits)

    def obey(self, channel: socket.socket) -> None:
        """Do what comes over the channel, until it is closed."""
        while True:
            order, descriptors, _, _ = socket.recv_fds(channel, 1, 1)
            if not order:
                return
            with socket.socket(fileno=descriptors[0]) as connection:
                self._orders[order](connection)

    def _load(self, connection: socket.socket) -> None:
        """Take a graph: a line with its name, then N-Triples."""
        name, _, lines = read_all(connection).partition(b"\n")
        graph = ox.NamedNode(name.decode())
        self._data.store.bulk_load(lines, format=ox.RdfFormat.N_TRIPLES, to_graph=graph)
        self._data = replace(self._data, loaded=self._data.loaded | {graph.value})
        connection.sendall(b"loaded")

    def _forget(self, connection: socket.socket) -> None:
        name = read_all(connection).decode()
        self._data.store.remove_graph(ox.NamedNode(name))
        self._data = replace(self._data, loaded=self._data.loaded - {name})
        connection.sendall(b"forgotten")

    def _answer(self, connection: socket.socket) -> None:
        if os.fork():
            return
        try:
            answer(connection, self._data, self._limits)
            os._exit(0)
        finally:  # nothing of the parent's may run in the child, whatever happens there
            sys.excepthook(*sys.exc_info())  # only reached by exceptions
            sys.stderr.flush()
            os._exit(1)


def answer(connection: socket.socket, data: Data, limits: Limits) -> None:
    """Answer the query that comes over a connection, in a process that ends afterwards."""
    start_clock(limits.seconds)
    query = read_query(read_all(connection))
    confine({connection.fileno(), sys.stderr.fileno()}, address_space() + limits.memory_bytes)
    connection.sendall(answered(query, data, limits))


def answered(query: Query, data: Data, limits: Limits) -> bytes:
    """Write what came of a query, results or error; nothing when there is no memory left."""
    try:
        return evaluate(query, data, limits).packed()
    except QueryError as error:
        return packed_error(error)
    except MemoryError:
        return b""


def set_errors_apart() -> None:
    """Keep standard error for Python's tracebacks: the engine tells each want of memory there."""
    sys.stderr = os.fdopen(os.dup(STANDARD_ERROR), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, STANDARD_ERROR)
    os.close(nowhere)


REHEARSALS: Final = (
    "SELECT * { VALUES ?x { 1 } OPTIONAL { ?x <urn:p>+ ?y } FILTER(REGEX(STR(?x), '^a')) }",
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c } GROUP BY ?a ORDER BY DESC(?n) LIMIT 1",
    "CONSTRUCT { <urn:a> <urn:p> 'x' } { }",
    "ASK { }",
    "INSERT DATA { <urn:a> <urn:p> 1 }",
    "no query",
)
"""Queries that between them use all that a child may need."""


def rehearse(data: Data, limits: Limits) -> None:
    """Have everything imported and made that is so at first use: a child can open no file."""
    for text in REHEARSALS:
        for solutions, graph in zip(SOLUTIONS, GRAPHS, strict=True):
            answered(Query(text=text, solutions=solutions.name, graph=graph.name), data, limits)


if __name__ == "__main__":
    main(sys.argv[1:])
