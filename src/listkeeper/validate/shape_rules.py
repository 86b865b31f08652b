"""Reading the shapes: their triples, and each as a row of the table of rules.

Shapes are data: a rule is added by adding Turtle. They are shipped for the placeholder base
and read for the base of the lists at hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from listkeeper.errors import ContentError, TurtleSyntaxError
from listkeeper.graph import Graph, URINode
from listkeeper.namespaces import DCT, RDFS, SH
from listkeeper.settings import PLACEHOLDER_BASE
from listkeeper.validate.report import Severity
from listkeeper.validate.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from listkeeper.graph import Subject

SEVERITIES: Final = {
    SH + "Violation": Severity.ERROR,
    SH + "Warning": Severity.WARNING,
    SH + "Info": Severity.INFO,
}
"""https://www.w3.org/TR/shacl/#severity"""

UNCODED: Final = "LK200"

REACHING_OUT: Final = Rule(
    "LK340",
    "shape-reaches-out",
    Severity.ERROR,
    "Shapes read nothing but the lists, and run nothing.",
    "Remove it: what shapes need lies in the folder of shapes.",
    "https://www.w3.org/TR/shacl/#security",
    guard=True,
)
UNSAFE_PATTERN: Final = Rule(
    "LK341",
    "unsafe-pattern",
    Severity.ERROR,
    "A pattern in a shape is one that RE2 reads as SHACL does: no text keeps it busy.",
    "Write the pattern without back-references, look-around and \\w; see docs/shacl.md.",
    "https://www.w3.org/TR/shacl/#security",
    guard=True,
)
UNUSABLE: Final = Rule(
    "LK342",
    "unusable-shapes",
    Severity.ERROR,
    "Shapes are Turtle and well-formed, and none refers to itself or reaches out.",
    "Correct the shape; no shape was run.",
    "https://www.w3.org/TR/shacl/#ill-formed-shapes-graphs",
    guard=True,
)
OVERRUN: Final = Rule(
    "LK343",
    "endless-shapes",
    Severity.ERROR,
    "Shapes come to an end, in seconds for thousands of entries.",
    "Look for a query that combines everything with everything; no result was taken.",
    "docs/check.md#shapes",
    guard=True,
)
SAFETY: Final = (REACHING_OUT, UNSAFE_PATTERN, UNUSABLE, OVERRUN)
"""What holds for shapes themselves, looked at before they are run."""

NAMES: Final = {
    "code": URINode(DCT + "identifier"),
    "name": URINode(SH + "name"),
    "message": URINode(SH + "message"),
    "severity": URINode(SH + "severity"),
    "remedy": URINode(RDFS + "comment"),
    "specification": URINode(RDFS + "seeAlso"),
}
"""What a row takes from a shape, and the property that holds it."""


def read_shapes(folder: Path, base: str) -> Graph:
    """Read every Turtle file of a folder of shapes.

    Args:
        folder: where they lie.
        base: the base URI of the lists; it takes the place of the placeholder.

    Raises:
        TurtleSyntaxError: when a file is not Turtle.
        ContentError: when there is none.
    """
    graph = Graph()
    paths = sorted(folder.glob("*.ttl"))
    if not paths:
        raise ContentError("holds no shapes; put *.ttl files here", path=str(folder))
    for path in paths:
        graph.update(_read(path, base))
    if not any(predicate.value.startswith(SH) for _, predicate, _ in graph):
        message = "holds Turtle but no shape; nothing would be checked"
        raise ContentError(message, path=str(folder))
    return graph


def _read(path: Path, base: str) -> Graph:
    data = path.read_bytes().replace(PLACEHOLDER_BASE.encode(), base.encode())
    try:
        # files may use the same blank node labels for different nodes
        quads = list(ox.parse(data, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True))
    except SyntaxError as error:
        place = {"line": error.lineno or 0, "column": error.offset or 0}
        raise TurtleSyntaxError(str(error.msg), path=str(path), **place) from error
    return Graph((quad.subject, quad.predicate, quad.object) for quad in quads)


def shape_rules(shapes: Graph) -> Mapping[Subject, Rule]:
    """Make a row of the table of rules of each shape that has a code."""
    subjects = shapes.subjects()
    coded = (subject for subject in subjects if shapes.objects(subject, NAMES["code"]))
    return {subject: _rule(shapes, subject) for subject in coded}


def uncoded_rule(shapes: Graph, subject: Subject) -> Rule:
    """Make a row of a shape without a code, so that its results are told all the same."""
    return _rule(shapes, subject)._replace(code=UNCODED)


def _rule(shapes: Graph, subject: Subject) -> Rule:
    found = {
        name: next((term.value for term in shapes.objects(subject, predicate)), "")
        for name, predicate in NAMES.items()
    }
    return Rule(
        code=found["code"],
        name=found["name"].replace(" ", "-").replace("'", ""),
        severity=SEVERITIES.get(found["severity"], Severity.ERROR),
        summary=found["message"] or "does not have the shape asked for",
        remedy=found["remedy"],
        specification=found["specification"] or "https://www.w3.org/TR/shacl/",
        shape=True,
    )
