"""How pool and worker talk: a byte says what is to be done, a connection carries the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import socket

QUERY: Final = b"q"
"""Order: answer the query that comes over the connection, in a child."""
LOAD: Final = b"l"
"""Order: take the graph that comes over the connection: a line with its name, then N-Triples."""
FORGET: Final = b"f"
"""Order: forget the graph whose name comes over the connection."""

BLOCK: Final = 2**20


def read_all(connection: socket.socket) -> bytes:
    """Read until the other side has written all."""
    return b"".join(iter(lambda: connection.recv(BLOCK), b""))
