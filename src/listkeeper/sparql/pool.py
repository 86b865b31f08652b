"""Queries answered by workers: how many at once, how long one waits, what is told when it fails.

One worker process holds the data and forks for each query (:mod:`listkeeper.sparql.worker`).
It is started with the first query and ends with the pool: when nobody refers to the pool any
longer, or the program ends, however it ends.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
import weakref
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from listkeeper.sparql.limits import Limits
from listkeeper.sparql.queries import Query, QueryError, Reason, Results, read_results
from listkeeper.sparql.wire import FORGET, LOAD, QUERY, read_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from listkeeper.sparql.graphs import Graphs

GRACE: Final = 2.0
"""Seconds beyond its time after which a query that has not been ended is given up."""

LOADING: Final = 60.0
"""Seconds in which a worker must have taken a graph."""

ATTEMPTS: Final = 3
"""How often a query is tried whose graphs are forgotten, or whose worker dies, before it runs."""

REPEATED: Final = frozenset({Reason.NOT_LOADED, Reason.LOST})

DYING: Final = 0.1
"""Seconds in which a process that has let go of its connections is gone."""

NOT_STARTED: Final = "queries cannot be answered: the worker did not start"


class Pool:
    """Answers queries over some graphs; may be used by many threads."""

    def __init__(self, graphs: Graphs, limits: Limits | None = None) -> None:
        """Make a pool; nothing is started yet."""
        self.graphs = graphs
        self.limits = limits or Limits()
        self._slots = threading.Semaphore(self.limits.at_once)
        self._places = threading.Semaphore(self.limits.at_once + self.limits.waiting)
        self._lock = threading.Lock()
        self._crew: _Crew | None = None

    def ask(self, query: Query) -> Results:
        """Answer a query.

        Raises:
            QueryError: saying why there are no results.
        """
        _refuse_length(query.text, self.limits.query_bytes)
        self._refuse_unknown(query.graphs)
        with self._turn():
            return self._answered(query)

    def _answered(self, query: Query) -> Results:
        wanted: Sequence[str] = query.graphs
        for _ in range(ATTEMPTS):
            try:
                return self._run(query, wanted)
            except QueryError as error:
                if error.reason not in REPEATED:
                    raise
                wanted = error.graphs or wanted
        raise QueryError(Reason.BUSY, "too many releases are being asked at once; try again")

    def _run(self, query: Query, wanted: Sequence[str]) -> Results:
        with self._lock:
            crew = self._manned()
            crew.hold((self.graphs.current, *wanted), self.limits.releases + 1)
            began = time.monotonic()
            connection = crew.order(QUERY)
        with connection:
            found = _conversation(connection, query.packed(), self.limits.seconds + GRACE)
        results = read_results(found)
        if results is None:
            raise self._ended(time.monotonic() - began, crew)
        return results

    def _ended(self, seconds: float, crew: _Crew) -> QueryError:
        """Tell why a query's process ended before its answer."""
        if seconds >= self.limits.seconds:
            detail = f"the query was ended after {self.limits.seconds:g} s; ask for less of it"
            return QueryError(Reason.TOO_LONG, detail)
        if crew.dies():
            return QueryError(Reason.LOST, "the worker died; try again")
        most = self.limits.memory_bytes // 2**20
        detail = f"the query was ended: it needed more than {most} MiB or was nested too deeply"
        return QueryError(Reason.STOPPED, detail)

    def _manned(self) -> _Crew:
        """Give the worker, started anew where there is none or it has died."""
        if self._crew is None or not self._crew.alive:
            self._crew = None  # the dead one lets go of its process first
            self._crew = _Crew(self.graphs, self.limits)
        return self._crew

    def _refuse_unknown(self, names: Iterable[str]) -> None:
        known = frozenset(self.graphs.names)
        unknown = [name for name in names if name not in known]
        if unknown:
            detail = f"no such graph: <{unknown[0][:200]}>; the service description names them"
            raise QueryError(Reason.UNKNOWN_GRAPH, detail, unknown)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait for a turn, a little while and with few others."""
        busy = QueryError(Reason.BUSY, "other queries are being answered; try again in a moment")
        if not self._places.acquire(blocking=False):
            raise busy
        try:
            if not self._slots.acquire(timeout=self.limits.patience):
                raise busy
            try:
                yield
            finally:
                self._slots.release()
        finally:
            self._places.release()


def _refuse_length(text: str, most: int) -> None:
    if len(text.encode("utf-8", "surrogatepass")) > most:
        detail = f"the query is longer than {most // 2**10} KiB"
        raise QueryError(Reason.REFUSED, detail)


class _Crew:
    """A worker process and the way to order it; used by one thread at a time."""

    def __init__(self, graphs: Graphs, limits: Limits) -> None:
        self._graphs = graphs
        self._held: dict[str, None] = {}
        """Graphs in its memory, the one asked longest ago first."""
        self._channel, theirs = socket.socketpair()
        with theirs:
            self._process = _start(theirs, graphs, limits)
        self._end = weakref.finalize(self, _end, self._channel, self._process)

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process.poll() is None

    def dies(self) -> bool:
        """Say whether it is at its end, other than after a query alone."""
        try:
            self._process.wait(DYING)
        except subprocess.TimeoutExpired:
            return False
        return True

    def hold(self, names: Iterable[str], most: int) -> None:
        """Have graphs in its memory, and forget those asked longest ago."""
        wanted = dict.fromkeys(names)
        for name in wanted:
            if name not in self._held:
                self._tell(LOAD, name.encode() + b"\n" + self._graphs.n_triples(name))
            self._held.pop(name, None)
            self._held[name] = None
        for name in [n for n in self._held if n not in wanted][: max(0, len(self._held) - most)]:
            self._tell(FORGET, name.encode())
            del self._held[name]

    def order(self, order: bytes) -> socket.socket:
        """Send an order, and give the connection over which it is carried out.

        Raises:
            QueryError: when the worker has ended.
        """
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self._channel, [order], [theirs.fileno()])
            except OSError as error:
                ours.close()
                raise QueryError(Reason.UNAVAILABLE, NOT_STARTED) from error
        return ours

    def _tell(self, order: bytes, content: bytes) -> None:
        with self.order(order) as connection:
            done = _conversation(connection, content, LOADING)
        if not done:
            raise QueryError(Reason.UNAVAILABLE, NOT_STARTED)


def _start(theirs: socket.socket, graphs: Graphs, limits: Limits) -> subprocess.Popen[bytes]:
    words = [str(theirs.fileno()), limits.packed(), graphs.base, graphs.language, *graphs.names]
    return subprocess.Popen(  # noqa: S603 - our own module with our own words
        [sys.executable, "-P", "-m", "listkeeper.sparql.worker", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        pass_fds=(theirs.fileno(),),
    )


def _end(channel: socket.socket, process: subprocess.Popen[bytes]) -> None:
    """End a worker; children under way are ended by their own clock."""
    channel.close()
    process.kill()
    process.wait()


def _conversation(connection: socket.socket, said: bytes, seconds: float) -> bytes:
    """Say something and hear the answer out; what came is given when the other side falls silent.

    Args:
        connection: the way there.
        said: all that is said.
        seconds: how long to wait for each part of the answer.
    """
    connection.settimeout(seconds)
    try:
        connection.sendall(said)
        connection.shutdown(socket.SHUT_WR)
        return read_all(connection)
    except (TimeoutError, ConnectionError):
        return b""
