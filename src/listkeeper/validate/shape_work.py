"""Running shapes in a process of its own, under a deadline that grows with the data.

Shapes are data that anyone may propose: a path, a pattern or a query may ask for any amount of
work. A fork costs some milliseconds and the worker runs beside the rules in Python, so all shapes
run there, ours too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.errors import ContentError
from listkeeper.graph import URINode
from listkeeper.shacl import Recursive, Refused, ShaclError
from listkeeper.validate.outcome import Outcome, unusable
from listkeeper.workers import MEBIBYTE, Bounds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from listkeeper.graph import Graph, Subject, Term
    from listkeeper.workers import Tell

    Pairs = Mapping[URINode, Sequence[tuple[Subject, Term]]]

COMPILED: Final = "compiled"
REFERENCE: Final = "pyshacl"

TRIPLES_A_SECOND: Final = 5_000
"""A tenth of what the compiled engine does on a slow machine."""
SLOWER: Final = 40
"""How many times longer the reference takes over SHACL Core."""
BYTES_A_TRIPLE: Final = 4_096


class RefusedError(ContentError):
    """The compiled engine does not do what shapes ask for; another may."""


def bounds_of(pairs: Pairs, engine: str, patience: float) -> Bounds:
    """Give what shapes may take over some data.

    Args:
        pairs: the data.
        engine: which engine runs them.
        patience: seconds to begin with.
    """
    triples = sum(map(len, pairs.values()))
    slower = SLOWER if engine == REFERENCE else 1
    return Bounds(
        seconds=patience + slower * triples / TRIPLES_A_SECOND,
        memory=1024 * MEBIBYTE + BYTES_A_TRIPLE * triples,
    )


def outcomes(tell: Tell, engine: str, pairs: Pairs, shapes: Graph, folder: Path) -> list[Outcome]:
    """Run shapes over data, in the worker; each shape is told before it is compiled and run.

    Raises:
        RefusedError: when another engine may do it.
        ContentError: when none can.
    """
    if engine == COMPILED:
        return _compiled(tell, pairs, shapes, folder)
    # rdflib and pyshacl take longer to load than everything else takes to run
    from listkeeper.validate import reference  # noqa: PLC0415 - see above

    triples = ((s, predicate, o) for predicate, found in pairs.items() for s, o in found)
    return list(reference.outcomes(triples, shapes, folder))


def _compiled(tell: Tell, pairs: Pairs, shapes: Graph, folder: Path) -> list[Outcome]:
    # only the worker needs the engine, and it has time to load it
    from listkeeper.shacl import Index, compile_shapes  # noqa: PLC0415 - see above

    def watch(shape: Term) -> None:
        tell(shape.value)

    try:
        results = compile_shapes(shapes, watch).validate(Index.grouped(pairs), watch=watch)
    except Recursive as error:
        raise unusable(str(error), folder) from error
    except Refused as error:
        raise RefusedError(str(error)) from error
    except ShaclError as error:
        raise unusable(str(error), folder) from error
    return [
        Outcome(
            focus=result.focus_node,
            path=result.path if isinstance(result.path, URINode) else None,
            value=result.value,
            shape=result.source_shape,
        )
        for result in results
    ]
