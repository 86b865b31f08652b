"""The digest of a graph that does not depend on the order or spelling of its triples: RDFC-1.0.

https://www.w3.org/TR/rdf-canon/. The canonical form is that of pyoxigraph. A graph of names alone
costs no more than its sorting; blank nodes can be arranged so that their naming takes for ever,
so it is done in a process that is stopped at a deadline.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from listkeeper.errors import ContentError
from listkeeper.graph import BlankNode
from listkeeper.publish.rdf import n_triples
from listkeeper.workers import Bounds, OverrunError, run_bounded

if TYPE_CHECKING:
    from listkeeper.edition import Edition
    from listkeeper.graph import Graph
    from listkeeper.workers import Tell

ALGORITHM: Final = "RDFC-1.0"
BOUNDS: Final = Bounds(seconds=60)


def authored_digest(edition: Edition, bounds: Bounds = BOUNDS) -> str:
    """Give the digest of what the files say: the same for every version of Listkeeper."""
    return _digest(edition, edition.authored, bounds)


def published_digest(edition: Edition, bounds: Bounds = BOUNDS) -> str:
    """Give the digest of what is published: what the files say, and what follows from it."""
    return _digest(edition, edition.published, bounds)


def _digest(edition: Edition, graph: Graph, bounds: Bounds) -> str:
    """Give the SHA-256 of a graph in canonical form.

    Args:
        edition: the lists.
        graph: one of its graphs.
        bounds: when to give up.

    Returns:
        64 hexadecimal digits.

    Raises:
        ContentError: when blank nodes keep the graph from being put into canonical form in time.
    """
    try:
        return run_bounded(canonical_digest, n_triples(graph), bounds=bounds)
    except OverrunError as error:
        message = f"the canonical form of the graph {error.message}: name the blank nodes in it"
        raise ContentError(message, path=_home(edition, edition.authored)) from error


def canonical_digest(tell: Tell, data: bytes) -> str:
    """Give the SHA-256 of the canonical N-Quads of a graph.

    Args:
        tell: unused; what a worker gives its task.
        data: N-Triples.
    """
    del tell
    return hashlib.sha256(canonical_n_quads(data)).hexdigest()


def canonical_n_quads(data: bytes) -> bytes:
    """Put a graph into canonical form: blank nodes named ``c14n0``, …, the lines sorted.

    Args:
        data: N-Triples.
    """
    dataset = ox.Dataset(ox.parse(data, format=ox.RdfFormat.N_TRIPLES))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    text = ox.serialize(dataset, format=ox.RdfFormat.N_QUADS) or b""
    return b"".join(sorted(text.splitlines(keepends=True)))


def _home(edition: Edition, graph: Graph) -> str:
    """Name the first file that has blank nodes."""
    nodes = (subject for subject in graph.subjects() if isinstance(subject, BlankNode))
    return next((edition.homes[node] for node in nodes if node in edition.homes), "")
