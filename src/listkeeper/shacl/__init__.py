"""A compiled SHACL engine: Core and SHACL-SPARQL, over data parsed by pyoxigraph.

It stands alone: nothing else of this package is imported here, and the folder can be lifted out.

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

from listkeeper.shacl.engine import Shapes, compile_shapes
from listkeeper.shacl.errors import Failure, Refused, ShaclError, ShapesError
from listkeeper.shacl.index import Index
from listkeeper.shacl.results import Result, report_graph

__all__ = [
    "Failure",
    "Index",
    "Refused",
    "Result",
    "ShaclError",
    "Shapes",
    "ShapesError",
    "compile_shapes",
    "report_graph",
]
