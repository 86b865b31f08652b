"""A compiled SHACL engine: Core and SHACL-SPARQL, over data parsed by pyoxigraph.

It stands alone: nothing else of this package is imported here, and the folder can be lifted out.

>>> from listkeeper.shacl import Index, compile_shapes
>>> shapes = compile_shapes(Index.parse('''
... @prefix sh: <http://www.w3.org/ns/shacl#> .
... <urn:shape> sh:targetNode <urn:a> ; sh:property <urn:shape-label> .
... <urn:shape-label> sh:path <urn:label> ; sh:maxLength 3 .
... '''))
>>> results = shapes.validate(Index.parse('<urn:a> <urn:label> "long" .'))
>>> [result.messages[0].value for result in results]
['"long" is longer than 3 characters']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from listkeeper.shacl.engine import Shapes, compile_shapes
    from listkeeper.shacl.errors import Failure, Recursive, Refused, ShaclError, ShapesError
    from listkeeper.shacl.index import Index
    from listkeeper.shacl.results import Result, report_graph

__all__ = [
    "Failure",
    "Index",
    "Recursive",
    "Refused",
    "Result",
    "ShaclError",
    "Shapes",
    "ShapesError",
    "compile_shapes",
    "report_graph",
]

_PARTS: Final = {
    **dict.fromkeys(("Shapes", "compile_shapes"), "engine"),
    **dict.fromkeys(("Failure", "Recursive", "Refused", "ShaclError", "ShapesError"), "errors"),
    **dict.fromkeys(("Result", "report_graph"), "results"),
    "Index": "index",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - as different as the names are
    """Load the part that a name comes from when it is first asked for.

    Who only reads patterns or catches errors does not load the engine.
    """
    if name not in _PARTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PARTS[name]}"), name)
