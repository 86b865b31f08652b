"""The standard report of SHACL: a graph of ``sh:ValidationReport``.

See https://www.w3.org/TR/shacl/#validation-report. Rules in Python are told like shapes, so that
one graph holds everything that was found.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from listkeeper.graph import RDF_TYPE, BlankNode, Literal, URINode
from listkeeper.namespaces import DCT, RDFS, SH, XSD
from listkeeper.validate.formats.people import silences
from listkeeper.validate.report import Severity
from listkeeper.validate.scope import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.graph import Term, Triple
    from listkeeper.validate.report import Finding, Report

RULE: Final = "urn:x-listkeeper:rule:"
"""What the IRI of a rule begins with; its code follows."""

SEVERITIES: Final = {
    Severity.ERROR: "Violation",
    Severity.WARNING: "Warning",
    Severity.INFO: "Info",
}
"""https://www.w3.org/TR/shacl/#severity"""

PREFIXES: Final = {"sh": SH, "dct": DCT, "rdfs": RDFS, "xsd": XSD}


def turtle_report(report: Report, least: Severity, *, colour: bool = False) -> str:
    """Write a report as Turtle.

    It conforms where there is no result at all, as SHACL says, warnings and notes included. A
    result's place (file, line, column) is its ``dct:source``.
    """
    del colour
    triples = _triples(report, least)
    written = BytesIO()
    ox.serialize(triples, written, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES)
    return written.getvalue().decode()


def _triples(report: Report, least: Severity) -> Iterator[ox.Triple]:
    node = BlankNode("report")
    findings = report.at_least(least)
    boolean = URINode(XSD + "boolean")
    conforms = Literal("false" if findings else "true", datatype=boolean)
    yield ox.Triple(node, RDF_TYPE, URINode(SH + "ValidationReport"))
    yield ox.Triple(node, URINode(SH + "conforms"), conforms)
    if report.silenced:
        yield ox.Triple(node, URINode(RDFS + "comment"), Literal(silences(report)))
    for number, finding in enumerate(findings):
        result = BlankNode(f"result{number}")
        yield ox.Triple(node, URINode(SH + "result"), result)
        for subject, predicate, term in _result(result, finding):
            yield ox.Triple(subject, predicate, term)


def _result(node: BlankNode, finding: Finding) -> Iterator[Triple]:
    """Describe a finding; one about a file as a whole has the file's name as its focus."""
    described: dict[str, Term] = {
        SH + "focusNode": URINode(finding.focus)
        if finding.focus
        else Literal(visible(finding.path)),
        SH + "resultSeverity": URINode(SH + SEVERITIES[finding.severity]),
        SH + "sourceConstraintComponent": URINode(RULE + finding.code),
        SH + "resultMessage": Literal(finding.message),
        DCT + "source": Literal(visible(finding.place)),
        DCT + "identifier": Literal(finding.code),
    }
    if finding.predicate:
        described[SH + "resultPath"] = URINode(finding.predicate)
    if finding.remedy:
        described[RDFS + "comment"] = Literal(finding.remedy)
    if finding.specification.startswith(("http://", "https://")):
        described[RDFS + "seeAlso"] = URINode(finding.specification)
    yield node, RDF_TYPE, URINode(SH + "ValidationResult")
    for predicate, term in described.items():
        yield node, URINode(predicate), term
