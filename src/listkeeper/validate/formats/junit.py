"""JUnit's XML, which most services that build and test show: a suite for each file.

There is no standard; this is what Ant's formatter writes and what its readers have in common.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from listkeeper.validate.report import Severity
from listkeeper.validate.scope import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listkeeper.validate.report import Finding, Report, Silenced

NAME: Final = "listkeeper check"
NOT_XML: Final = re.compile("[\ufffe\uffff]")
"""What may not stand in XML 1.0 (https://www.w3.org/TR/xml/#charsets) and `visible` lets stand."""


def junit_suites(report: Report, least: Severity, *, colour: bool = False) -> str:
    """Write a report as test suites: an error is a failure, what matters less a skipped case.

    Lists without a finding are one case that passes, since some readers refuse a file without.
    """
    del colour
    findings = report.at_least(least)
    root = Element("testsuites", {"name": NAME, **_counts(findings)})
    for path, group in groupby(findings, key=lambda finding: finding.path):
        _suite(root, path, list(group))
    if not findings:
        suite = SubElement(root, "testsuite", {"name": NAME, **_counts(()), "tests": "1"})
        SubElement(suite, "testcase", {"classname": NAME, "name": "every rule holds"})
        root.set("tests", "1")
    if report.silenced:
        _silenced(root, report.silenced)
    indent(root)
    return tostring(root, encoding="unicode", xml_declaration=False) + "\n"


def _counts(findings: Sequence[Finding]) -> dict[str, str]:
    failures = sum(finding.severity is Severity.ERROR for finding in findings)
    return {
        "tests": str(len(findings)),
        "failures": str(failures),
        "errors": "0",
        "skipped": str(len(findings) - failures),
        "time": "0",
    }


def _suite(root: Element, path: str, findings: Sequence[Finding]) -> None:
    name = _safe(path)
    suite = SubElement(root, "testsuite", {"name": name, **_counts(findings)})
    for finding in findings:
        title = f"{finding.code} at {finding.line}:{finding.column}"
        case = SubElement(suite, "testcase", {"classname": name, "name": title, "time": "0"})
        message = _safe(finding.message)
        if finding.severity is Severity.ERROR:
            told = SubElement(case, "failure", {"message": message, "type": finding.code})
            told.text = _safe(f"{finding.place} {finding.message}") + f"\n{_safe(finding.remedy)}"
        else:
            SubElement(case, "skipped", {"message": f"{finding.severity.value}: {message}"})


def _silenced(root: Element, silenced: Sequence[Silenced]) -> None:
    """Tell what is silenced as skipped cases of a suite of their own, with why."""
    number = len(silenced)
    counts = {**_counts(()), "tests": str(number), "skipped": str(number)}
    suite = SubElement(root, "testsuite", {"name": "silenced", **counts})
    for kept in silenced:
        title = {"classname": _safe(kept.finding.path), "name": _safe(kept.finding.code)}
        case = SubElement(suite, "testcase", {**title, "time": "0"})
        SubElement(case, "skipped", {"message": _safe(f"silenced: {kept.reason}")})
    for name in ("tests", "skipped"):
        root.set(name, str(int(root.get(name, "0")) + number))


def _safe(text: str) -> str:
    return NOT_XML.sub("\ufffd", visible(text))
