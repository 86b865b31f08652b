"""Whatever the files hold, a check ends with findings at places, never with an exception."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listkeeper.edition import load
from listkeeper.settings import Settings
from listkeeper.store.workspace import VOCABULARIES, SourceFile, Workspace, classify
from listkeeper.validate import check
from repository import HEADER
from seeded import CLEAN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from listkeeper.validate import Finding, Report

PREDICATES: Final = (
    *("rdf:type", "skos:inScheme", "skos:notation", "skos:prefLabel", "skos:altLabel"),
    *("skosxl:hiddenLabel", "skos:definition", "def:textRecord", "skos:broader", "skos:related"),
    *("def:meetsNeed", "def:noneKnown", "def:provision", "adms:status", "dct:created"),
    *("def:endDate", "dct:isReplacedBy", "skos:exactMatch", "def:conceptClass", "def:subsetOf"),
    *("def:segment", "def:legislation", "def:evidenceAddress", "def:provisionNumber"),
    *("def:provisionKind", "def:linkType", "owl:inverseOf", "def:rangeList", "skosxl:literalForm"),
    *("def:firstMinted", "def:formerSpace", "def:minimumCoverage", "rdfs:subClassOf"),
)
SUBJECTS: Final = (
    *("<need/10001>", "<need/10002>", "<service/1>", "<service/1#former-1>", "<list/needs>"),
    *("<list/services>", "def:meetsNeed", "<power-or-duty/10001>", "_:node", "<urn:x>"),
    *("<power-or-duty/10001#provision-1>", "<service/200001#no-need>"),
)
OBJECTS: Final = (
    *SUBJECTS,
    *("skos:Concept", "skos:ConceptScheme", "skos:Collection", "def:Power", "def:LinkType"),
    *('"text"@en', '""', '"no date"^^xsd:date', "7", "true", "[]", "( 1 2 )", '"x"^^<urn:t>'),
    *("<status/retired>", "<javascript:x>", "<need/new-fun>", '"\\u202E\\u0000"@cy-GB'),
)

triples = st.tuples(*(st.sampled_from(terms) for terms in (SUBJECTS, PREDICATES, OBJECTS)))
"""A triple that may stand in any file, sensible or not."""


def report_of(files: Mapping[str, bytes], shapes: Path | None = None) -> Report:
    """Check files that lie in no folder at all."""
    sources = tuple(
        SourceFile(path=f"{VOCABULARIES}/{path}", data=data, kind=classify(path))
        for path, data in files.items()
    )
    workspace = Workspace(root=Path(), settings=Settings(), files=sources)
    return check(load(workspace), shapes_folder=shapes)


def clean() -> dict[str, bytes]:
    """Return the clean repository as bytes."""
    heads = {path: HEADER if path.endswith(".ttl") else "" for path in CLEAN}
    return {path: (heads[path] + text).encode() for path, text in CLEAN.items()}


BREAK: Final = re.compile(r"\r\n|\n|\r")
"""Our reader and most editors take a lone carriage return for the end of a line, others do not."""


def holds(lines: list[str], finding: Finding) -> bool:
    """Say whether a finding's place is a character of the lines, or their end."""
    is_line = 1 <= finding.line <= len(lines)
    return is_line and 1 <= finding.column <= len(lines[finding.line - 1]) + 1


def assert_placed(report: Report, files: Mapping[str, bytes]) -> None:
    """Assert that each finding points into a file, at a character of it or its end."""
    for finding in report.findings:
        path = finding.path.removeprefix(f"{VOCABULARIES}/")
        text = files.get(path, b"").decode("utf-8", errors="replace")
        assert any(holds(lines, finding) for lines in (text.split("\n"), BREAK.split(text)))
        assert finding.message.isprintable()


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(sorted(CLEAN)), st.lists(triples, min_size=1, max_size=8))
def test_odd_triples(path: str, extra: list[tuple[str, str, str]]) -> None:
    """Triples that make no sense lead to findings at places."""
    files = clean()
    if path.endswith(".ttl"):
        files[path] += "".join(f"\n{s} {p} {o} ." for s, p, o in extra).encode()
    assert_placed(report_of(files), files)


@settings(deadline=None, max_examples=15)
@given(st.sampled_from(sorted(CLEAN)), st.lists(triples, min_size=1, max_size=8))
def test_odd_triples_with_shapes(path: str, extra: list[tuple[str, str, str]]) -> None:
    """The same holds when shapes are run."""
    files = clean()
    if path.endswith(".ttl"):
        files[path] += "".join(f"\n{s} {p} {o} ." for s, p, o in extra).encode()
    shapes = Path(__file__).resolve().parent.parent / "shapes"
    assert_placed(report_of(files, shapes), files)


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(sorted(CLEAN)), st.integers(0, 5000), st.binary(max_size=4))
def test_odd_bytes(path: str, offset: int, data: bytes) -> None:
    """Bytes put in anywhere lead to findings at places."""
    files = clean()
    before = files[path]
    at = offset % (len(before) + 1)
    files[path] = before[:at] + data + before[at:]
    assert_placed(report_of(files), files)


HOSTILE: Final = {
    "nested brackets": b"<need/10001> <urn:p> " + b"[ <urn:p> " * 50_000,
    "nested lists": b"<need/10001> <urn:p> " + b"( " * 50_000 + b") " * 50_000 + b".",
    "a long text": b'<need/10001> <urn:p> "' + b"x" * 5_000_000 + b'" .',
    "an open text": b'<need/10001> <urn:p> """' + b"x\n" * 500_000,
    "many faults": b"<need/10001> zz:p <urn:o> .\n" * 5_000,
    "a deep hierarchy": HEADER.encode()
    + b"".join(
        b"<urn:%d> a skos:Concept ; skos:broader <urn:%d> .\n" % (n, n + 1) for n in range(10_000)
    ),
}


@pytest.mark.parametrize("why", HOSTILE)
def test_hostile_files(why: str) -> None:
    """Files made to hang or exhaust a reader end in findings within seconds."""
    started = time.monotonic()
    report = report_of({**clean(), "needs/10001.ttl": HOSTILE[why]})

    assert any(finding.path.endswith("needs/10001.ttl") for finding in report.findings)
    assert time.monotonic() - started < 20
