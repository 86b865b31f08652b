"""Vocabularies of others are held to SKOS, and each finding stands at its line, in any syntax."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox
import pytest

from listkeeper.exchange.reading import SYNTAXES, Source
from listkeeper.exchange.reading.parsing import BOUNDS
from listkeeper.exchange.reading.syntaxes import syntax_named
from listkeeper.validate import Severity
from listkeeper.validate.foreign import FOREIGN_RULES, SKOS_RULES, Asked, check_sources
from listkeeper.workers import Bounds

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.validate import Finding, Report

HEAD: Final = (
    "@prefix : <https://v.example/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> ."
    " @prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> ."
    " @prefix dct: <http://purl.org/dc/terms/> ."
    " @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
    " @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
)
SOUND: Final = (
    ":s a skos:ConceptScheme ; skos:prefLabel 'Colours'@en ; skos:hasTopConcept :a .\n"
    ":a a skos:Concept ; skos:prefLabel 'hue'@en ; skos:definition 'A colour.'@en .\n"
    ":b a skos:Concept ; skos:prefLabel 'red'@en ; skos:definition 'As blood.'@en ;\n"
    "  skos:inScheme :s ; skos:broader :a .\n"
    ":c a skos:Concept ; skos:prefLabel 'blue'@en ; skos:definition 'As the sky.'@en ;\n"
    "  skos:inScheme :s ; skos:broader :a .\n"
)
"""A vocabulary without a fault; a case adds one below it, from line 8 on."""

CASES: Final = [
    (":s a skos:Concept .", "LK020", 8),
    (":b skos:altLabel 'red'@en .", "LK021", 8),
    (":b skos:prefLabel 'ruby'@en .", "LK022", 8),
    (":b skos:prefLabel 'a', 'b' .", "LK022", 8),
    (":b skos:related :a .", "LK023", 8),
    (":d skos:broader :b ; skos:related :a .", "LK023", 8),
    (":g a skos:Collection, skos:Concept .", "LK024", 8),
    (":b skos:exactMatch :x . :x skos:exactMatch :c .\n:b skos:relatedMatch :c .", "LK025", 9),
    (":a skos:broader :b .", "LK026", 8),
    (":b skos:preferredLabel 'x' .", "LK031", 8),
    (":b skos:altLabel ''@en .", "LK110", 8),
    (":b skos:altLabel ' x'@en .", "LK111", 8),
    (":b skos:altLabel 'a\u00a0b'@en .", "LK112", 8),
    (":b skos:altLabel 'a\u202eb'@en .", "LK113", 8),
    (":b skos:altLabel 'e\u0301'@en .", "LK114", 8),
    (":b rdfs:seeAlso <javascript:alert> .", "LK120", 8),
    (":b skos:definition '" + "x" * 21_000 + "'@en .", "LK122", 8),
    (":b skos:altLabel 'x' ; skos:prefLabel 'y' .", "LK109", 8),
    (":b skos:altLabel 'x'@qq .", "LK163", 8),
    (":b skos:notation '1' . :c skos:notation '1' .", "LK162", 8),
    (":d a skos:Concept ; skos:inScheme :s .", "LK161", 8),
    (":z a skos:ConceptScheme .", "LK402", 8),
    (":d a skos:Concept ; skos:inScheme :s ; skos:prefLabel 'x'@en .", "LK403", 8),
    (":b skos:altLabel :c .", "LK404", 8),
    (":b skos:altLabel 7 .", "LK404", 8),
    (":b skos:prefLabel 'rot'@de .", "LK405", 2),
    (":b skosxl:altLabel :l . :l a skosxl:Label .", "LK406", 8),
    (":d a skos:Concept ; skos:prefLabel 'x'@en .", "LK407", 8),
    (":d skos:broader :a . :a skos:narrower :b, :d .", "LK408", 7),
    (":b skos:broader 'hue' .", "LK409", 8),
    (":b skos:broader :s .", "LK410", 8),
    (":b skos:inScheme :a .", "LK410", 8),
    (":b skos:related :nowhere .", "LK411", 8),
    (":d skos:prefLabel 'x'@en . :b skos:related :d .", "LK412", 8),
    ("<rel> a skos:Concept ; skos:prefLabel 'x'@en .", "LK413", 8),
    ("[] a skos:Concept ; skos:prefLabel 'x'@en .", "LK413", 1),
    (":b rdfs:seeAlso <skos:thing> .", "LK414", 8),
    (":b dct:modified '2024-13-45'^^xsd:date .", "LK415", 8),
    (":b dct:modified '2024'^^<xsd:gYear>, '2025'^^<xsd:gYear> .", "LK416", 8),
]
"""What is added, the rule it breaks, and the line it is told at."""


def source(text: str | bytes, syntax: str = "turtle", path: str = "colours.ttl") -> Source:
    found = syntax_named(syntax)
    assert found is not None
    return Source(path=path, syntax=found, data=text if isinstance(text, bytes) else text.encode())


def report_of(*texts: str, bounds: Bounds = BOUNDS) -> Report:
    sources = [source(text, path=f"{n}.ttl") for n, text in enumerate(texts)]
    return check_sources([sources], [], Asked(bounds=bounds))


def codes(report: Report) -> dict[str, int]:
    return Counter(finding.code for finding in report.findings)


def test_a_sound_vocabulary_has_no_finding() -> None:
    """Not even a note."""
    assert report_of(HEAD + SOUND).findings == ()


@pytest.mark.parametrize(("text", "code", "line"), CASES)
def test_each_fault_is_told_at_its_line(text: str, code: str, line: int) -> None:
    """With the rule it breaks, and what to do."""
    found = [f for f in report_of(HEAD + SOUND + text).findings if f.code == code]

    assert [f.line for f in found][:1] == [line]
    assert all(f.path == "0.ttl" and f.remedy for f in found)


def test_every_rule_of_others_has_a_case() -> None:
    """LK400 and LK401 have tests of their own."""
    assert {rule.code for rule in SKOS_RULES} - {code for _, code, _ in CASES} == {"LK400", "LK401"}


def test_labels_of_skos_xl_count() -> None:
    """Their literal forms are labels (S55 to S57)."""
    text = ":b skosxl:prefLabel :l . :l a skosxl:Label ; skosxl:literalForm 'ruby'@en ."

    assert codes(report_of(HEAD + SOUND + text)) == {"LK022": 1}


def test_a_habit_is_told_once() -> None:
    """What most concepts lack is one finding that counts them."""
    many = "".join(f":n{n} a skos:Concept ; skos:prefLabel 'n{n}'@en .\n" for n in range(50))
    found = [f for f in report_of(HEAD + SOUND + many).findings if f.code == "LK407"]

    assert len(found) == 1
    assert found[0].message.startswith("50 of 53 concepts are in no concept scheme")


def test_files_are_apart_unless_taken_together() -> None:
    """What one file describes is there for the other."""
    first = HEAD + SOUND + ":b skos:related :d ."
    second = HEAD + ":d a skos:Concept ; skos:prefLabel 'x'@en ; skos:definition 'x'@en ;\n"
    second += "  skos:inScheme :s ; skos:altLabel ' y'@en ."
    apart = check_sources([[source(first)], [source(second, path="b.ttl")]], [], Asked())
    together = report_of(first, second)

    assert codes(apart)["LK411"] == 2  # :d in the first file, :s in the second
    assert {f.code: f.place for f in together.findings} == {"LK111": "1.ttl:3:36"}


def test_a_file_without_concepts_is_told() -> None:
    """Nothing is taken for sound that was not looked at."""
    assert codes(report_of("<urn:a> <urn:b> 'c' .")) == {"LK401": 1}


def test_every_problem_of_a_turtle_file_is_told() -> None:
    """Not the first alone; a file that can not be read hides no other."""
    broken = source(HEAD + ":a skos:prefLabel ; .\n:b skos:broader [ .\n:c a a a .", path="x.ttl")
    report = check_sources([[broken], [source(HEAD + SOUND)]], [], Asked())

    assert codes(report)["LK001"] >= 2
    assert {f.path for f in report.findings} == {"x.ttl"}
    assert report.entries == 3


def test_a_check_stays_within_its_bounds() -> None:
    """Going beyond them is a finding, with what was being done."""
    text = HEAD + "".join(f":n{n} skos:broader :n{n + 1} .\n" for n in range(60_000))
    found = report_of(text, bounds=Bounds(seconds=0.1)).findings

    assert [f.code for f in found] == ["LK400"]
    assert "and was stopped" in found[0].message


@pytest.mark.shared
def test_the_same_is_found_in_every_syntax(shared: Path) -> None:
    """Rocks of the CGI, written again by pyoxigraph: the same findings, at a line of each."""
    data = (shared / "data" / "skos" / "simplelithology.ttl").read_bytes()
    triples = [quad.triple for quad in ox.parse(data, format=ox.RdfFormat.TURTLE)]
    reports = {}
    for syntax in SYNTAXES:
        written = ox.serialize(triples, format=syntax.format) or b""
        given = [source(written, syntax.name, f"rocks{syntax.endings[0]}")]
        reports[syntax.name] = check_sources([given], [], Asked())
    told = {name: sorted(f.message for f in r.findings) for name, r in reports.items()}

    assert all(messages == told["turtle"] for messages in told.values())
    assert not any(f.place.endswith(":1:1") for r in reports.values() for f in r.findings)


@pytest.mark.shared
def test_known_faults_of_rocks(shared: Path) -> None:
    """CGI's simple lithology: two clashes of labels, four of relations, each at its line."""
    path = shared / "data" / "skos" / "simplelithology.ttl"
    lines = path.read_text(encoding="utf-8").splitlines()
    report = check_sources([[source(path.read_bytes())]], [], Asked(least=Severity.ERROR))
    errors = report.at_least(Severity.ERROR)

    assert Counter(f.code for f in errors) == {"LK021": 2, "LK023": 4}
    assert [lines[f.line - 1].strip() for f in errors if f.code == "LK021"] == [
        '"白云岩"@zh ;',
        '"ryolit"@sv ;',
    ]
    assert all("skos:related <" in lines[f.line - 1] for f in errors if f.code == "LK023")


@pytest.mark.shared
def test_known_faults_of_resource_types(shared: Path) -> None:
    """COAR: 24 hidden labels that are addresses, two targets that are no concepts, one type."""
    path = shared / "data" / "skos" / "coar_resourcetypes_v1.1_skos.ttl"
    report = check_sources([[source(path.read_bytes())]], [], Asked())
    found = codes(report)

    assert (found["LK404"], found["LK412"], found["LK416"], report.entries) == (24, 2, 1, 58)
    assert next(f for f in report.findings if f.code == "LK416").message.endswith(
        "1,252 values have it"
    )


CONTEXT: Final = b"""{"@context": {"@vocab": "http://www.w3.org/2004/02/skos/core#", "id": "@id",
  "type": "@type", "concept": {"@reverse": "http://www.w3.org/2004/02/skos/core#inScheme"},
  "broader": {"@type": "@id"}, "narrower": {"@type": "@id"}, "related": {"@type": "@id"},
  "topConceptOf": {"@type": "@id"},
  "title": "http://purl.org/dc/terms/title", "license": {"@id": "http://purl.org/dc/terms/license",
  "@type": "@id"}, "description": "http://purl.org/dc/terms/description",
  "identifier": "http://purl.org/dc/terms/identifier"}}"""


@pytest.mark.shared
def test_activities_need_a_copy_of_their_context(shared: Path) -> None:
    """OpenActive's list names a context elsewhere; with a copy it is read, lines and all."""
    path = shared / "data" / "skos" / "activity-list.jsonld"
    given = source(path.read_bytes(), "json-ld", path.name)
    without = check_sources([[given]], [], Asked()).findings
    contexts = {"https://openactive.io/": CONTEXT}
    report = check_sources([[given]], [], Asked(contexts=contexts))

    assert [(f.code, f.line, f.column) for f in without] == [("LK001", 2, 16)]
    assert report.entries == 768
    assert not report.at_least(Severity.ERROR)
    assert all(named(f, path) for f in report.findings if f.focus and f.line > 1)


def named(finding: Finding, path: Path) -> bool:
    """Say whether the line of a finding, or one just above it, names what it is about."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return finding.focus in "\n".join(lines[max(finding.line - 12, 0) : finding.line])


def test_rules_shared_with_our_lists_keep_their_codes() -> None:
    """A code means one thing wherever it is told."""
    assert len({rule.code for rule in FOREIGN_RULES}) == len(FOREIGN_RULES)


FILES: Final = ("simplelithology.ttl", "coar_resourcetypes_v1.1_skos.ttl", "activity-list.jsonld")


@pytest.mark.shared
@pytest.mark.parametrize("name", FILES)
def test_the_page_tells_what_is_found(shared: Path, root: Path, name: str) -> None:
    """The table of docs/check-any-skos.md holds the figures of today."""
    syntax = "json-ld" if name.endswith("jsonld") else "turtle"
    given = source((shared / "data" / "skos" / name).read_bytes(), syntax, name)
    asked = Asked(contexts={"https://openactive.io/": CONTEXT})
    report = check_sources([[given]], [], asked)
    page = (root / "docs" / "check-any-skos.md").read_text()
    row = next(line for line in page.splitlines() if f"`{name}`" in line and line.startswith("|"))
    told = [cell.strip().split(":")[0].split(" ")[0] for cell in row.split("|")[2:6]]

    counts = [str(number) for number in report.counts.values()]
    assert told == [str(report.entries), *("none" if n == "0" else n for n in counts)]
