"""Prefixes of SPARQL in shapes: https://www.w3.org/TR/shacl/#sparql-prefixes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from listkeeper.shacl.constraints import only
from listkeeper.shacl.errors import ShapesError
from listkeeper.shacl.index import reachable
from listkeeper.shacl.terms import OWL_IMPORTS, Term, sh, show

if TYPE_CHECKING:
    from listkeeper.shacl.index import Index


def prefixes_of(shapes: Index, node: Term) -> dict[str, str]:
    """Read the prefixes a query may use; raises ShapesError where two say different things.

    They are declared by the values of sh:prefixes and by what those import, as far as it is in
    the shapes graph.
    """
    found: dict[str, str] = {}
    imports = shapes.forward(OWL_IMPORTS).get
    for start in shapes.objects(node, sh("prefixes")):
        for declaring in reachable(start, imports):
            for declaration in shapes.objects(declaring, sh("declare")):
                prefix, namespace = _declared(shapes, declaration)
                if found.setdefault(prefix, namespace) != namespace:
                    raise ShapesError(f"{show(declaring)} declares the prefix {prefix} once more")
    return found


def _declared(shapes: Index, declaration: Term) -> tuple[str, str]:
    prefix = only(shapes, declaration, sh("prefix"))
    namespace = only(shapes, declaration, sh("namespace"))
    if not (isinstance(prefix, ox.Literal) and isinstance(namespace, ox.Literal)):
        raise ShapesError(f"{show(declaration)} declares no prefix and namespace")
    return prefix.value, namespace.value
