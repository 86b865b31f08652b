"""A small repository without a finding, and defects to be seeded into it one at a time.

A defect replaces a snippet of one file; ``‸`` in the replacement stands just before the place
at which the finding is expected, and is taken out. So every case has its clean counterpart:
the repository with the snippet as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from listkeeper.validate import check
from repository import HEADER, edition_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from listkeeper.validate import Report

MARK: Final = "‸"
SETTINGS: Final = 'format = 1\nbase_uri = "https://lists.example.org/"\nlanguages = ["en"]\n'

RECORD: Final = """
<{0}#definition-en>
    a def:TextRecord ;
    def:aboutProperty skos:definition ;
    def:authorRole "Editor" ;
    adms:status <status/draft> ;
    dct:date "2026-11-21"^^xsd:date ;
    dct:language "en" .
"""

LIST: Final = """\
<list/{0}>
    a skos:ConceptScheme ;
    dct:title "{1}"@en ;
    dct:description "All {1}."@en ;
    def:accuracy "Read twice."@en ;
    def:conceptClass def:{2} ;
    def:purpose "To name them."@en ;
    def:segment "{3}" ;
    adms:status <status/live> ;
    dct:license <https://example.org/licence> {4}.
"""


def _declared(kind: str, names: str) -> str:
    return "".join(f"def:{name} a owl:{kind} .\n" for name in names.split())


DEFINITIONS: Final = "".join(
    (
        """\
def:Service a owl:Class ; rdfs:subClassOf skos:Concept .
def:Need a owl:Class ; rdfs:subClassOf skos:Concept .
def:Legislation a owl:Class ; rdfs:subClassOf skos:Concept .
def:PowerOrDuty a owl:Class ; rdfs:subClassOf skos:Concept .
def:Power a owl:Class ; rdfs:subClassOf def:PowerOrDuty .
def:Duty a owl:Class ; rdfs:subClassOf def:PowerOrDuty .
def:meetsNeed
    a def:LinkType ;
    rdfs:label "meets need"@en ;
    rdfs:subPropertyOf skos:mappingRelation ;
    def:domainList <list/services> ;
    def:heading "Needs met"@en ;
    def:inverseHeading "Services"@en ;
    def:minimumCoverage 0.8 ;
    def:rangeList <list/needs> ;
    owl:inverseOf def:metBy ;
    sh:order 10 .
def:allowedByPower
    a def:LinkType ;
    rdfs:label "is allowed by power"@en ;
    rdfs:subPropertyOf skos:mappingRelation;
    def:domainList <list/services>;
    def:heading "Powers"@en ;
    def:inverseHeading "Allows"@en ;
    def:rangeList <list/powers> ;
    owl:inverseOf def:allowsService .
""",
        _declared("Class", "LinkType TextRecord NoneKnown Provision Use Nation England Wales"),
        _declared("Class", "Silence"),
        _declared("DatatypeProperty", "rule reason"),
        _declared("ObjectProperty", "metBy allowsService textRecord aboutProperty reviewStatus"),
        _declared(
            "ObjectProperty", "noneKnown linkType conceptClass subsetOf domainList rangeList"
        ),
        _declared("ObjectProperty", "provision legislation evidenceAddress appliesIn usesConcept"),
        _declared(
            "DatatypeProperty", "authorRole lookedAt replacedIn replacedOn endDate startDate"
        ),
        _declared(
            "DatatypeProperty", "retirementReason labelUnconfirmed draftLabel segment purpose"
        ),
        _declared("DatatypeProperty", "use owner firstMinted formerSpace accuracy heading"),
        _declared(
            "DatatypeProperty", "inverseHeading minimumCoverage publisherName general inForce"
        ),
        _declared("DatatypeProperty", "provisionKind provisionNumber provisionRole evidenceDate"),
        _declared("DatatypeProperty", "evidenceHeading evidenceVersion evidencePointInTime extent"),
        _declared("DatatypeProperty", "legislationType legislationYear legislationNumber"),
    )
)

CLEAN: Final[Mapping[str, str]] = {
    "catalogue.ttl": """\
<catalogue>
    a dcat:Catalog ;
    dct:title "Our lists"@en ;
    dct:description "What we share."@en ;
    def:publisherName "The editors"@en ;
    dct:license <https://example.org/licence> ;
    dct:rights "By the editors."@en .
""",
    "definitions.ttl": DEFINITIONS,
    "services/list.ttl": LIST.format(
        *("services", "Services", "Service", "service"),
        ';\n    dct:created "2026-01-01"^^xsd:date ;\n    def:firstMinted 200001 ;\n'
        '    def:formerSpace "http://id.esd.org.uk/service/" ',
    ),
    "services/list-internal.ttl": LIST.format(
        *("internal", "Internal services", "Service", "service", "; def:subsetOf <list/services> ")
    ),
    "services/1.ttl": """\
<service/1>
    a skos:Concept, def:Service ;
    skos:inScheme <list/services>, <list/internal> ;
    skos:notation "1" ;
    skos:prefLabel "Libraries"@en ;
    skos:altLabel "Book lending"@en ;
    skosxl:hiddenLabel <service/1#former-1> ;
    skos:definition "Lends books to everyone who lives in the area."@en ;
    skos:scopeNote "Mobile ones too."@en ;
    def:textRecord <service/1#definition-en> ;
    def:meetsNeed <need/10002> ;
    def:allowedByPower <power-or-duty/10002> ;
    skos:exactMatch <http://id.esd.org.uk/service/1> ;
    adms:status <status/current> ;
    dct:created "2013-04-03"^^xsd:date ;
    dct:modified "2013-04-04"^^xsd:date .

<service/1#former-1>
    a skosxl:Label ;
    skosxl:literalForm "Library services"@en ;
    def:replacedIn "3.00" .
"""
    + RECORD.format("service/1"),
    "services/20/200001.ttl": """\
<service/200001>
    a skos:Concept, def:Service ;
    skos:inScheme <list/services> ;
    skos:notation "200001" ;
    skos:prefLabel "Street lighting"@en ;
    def:noneKnown <service/200001#no-need> ;
    def:reviewStatus <status/not-reviewed> ;
    adms:status <status/current> .

<service/200001#no-need>
    a def:NoneKnown ;
    def:linkType def:meetsNeed ;
    dct:date "2026-11-21"^^xsd:date ;
    def:lookedAt "All needs." .
""",
    "services/20/200002.ttl": """\
<service/200002>
    a skos:Concept, def:Service ;
    skos:inScheme <list/services> ;
    skos:notation "200002" ;
    skos:prefLabel "Gas lighting"@en ;
    adms:status <status/retired> ;
    def:startDate "2020-01-01"^^xsd:date ;
    def:endDate "2024-01-01"^^xsd:date ;
    def:retirementReason "There are no gas lamps left."@en ;
    dct:isReplacedBy <service/200001> .
""",
    "services/ids.txt": "# kept back\n200009 tried out\n3000-3999 another register's\n",
    "services/groups.ttl": """\
<list/services#group-1>
    a skos:Collection ;
    skos:prefLabel "Culture"@en ;
    skos:member <service/1> .
""",
    "services/uses.ttl": """\
<list/services#use-1>
    a def:Use ;
    rdfs:label "A council"@en ;
    dct:source <https://example.org/> ;
    dct:date "2026-11-21"^^xsd:date ;
    def:usesConcept <service/1> .
""",
    "needs/list.ttl": LIST.format("needs", "Needs", "Need", "need", ""),
    "needs/10001.ttl": """\
<need/10001>
    a skos:Concept, def:Need ;
    skos:inScheme <list/needs> ;
    skos:notation "10001" ;
    skos:prefLabel "Learning"@en ;
    def:reviewStatus <status/not-reviewed> ;
    adms:status <status/current> .
""",
    "needs/10002.ttl": """\
<need/10002>
    a skos:Concept, def:Need ;
    skos:inScheme <list/needs> ;
    skos:notation "10002" ;
    skos:prefLabel "Reading"@en ;
    def:reviewStatus <status/not-reviewed> ;
    skos:broader <need/10001> ;
    adms:status <status/current> .
""",
    "legislation/list.ttl": LIST.format("legislation", "Laws", "Legislation", "legislation", ""),
    "legislation/10001.ttl": """\
<legislation/10001>
    a skos:Concept, def:Legislation ;
    skos:inScheme <list/legislation> ;
    skos:notation "10001" ;
    skos:prefLabel "Public Libraries and Museums Act 1964"@en ;
    def:evidenceAddress <https://www.legislation.gov.uk/ukpga/1964/75> ;
    def:evidenceDate "2026-11-21"^^xsd:date ;
    def:legislationNumber "75" ;
    def:legislationType "ukpga" ;
    def:legislationYear "1964" ;
    def:reviewStatus <status/not-reviewed> ;
    adms:status <status/current> .
""",
    "powers-and-duties/list.ttl": LIST.format(
        "powers-and-duties", "Powers and duties", "PowerOrDuty", "power-or-duty", ""
    ),
    "powers-and-duties/list-powers.ttl": LIST.format(
        *("powers", "Powers", "Power", "power-or-duty", "; def:subsetOf <list/powers-and-duties> ")
    ),
    "powers-and-duties/list-duties.ttl": LIST.format(
        *("duties", "Duties", "Duty", "power-or-duty", "; def:subsetOf <list/powers-and-duties> ")
    ),
    "powers-and-duties/10001.ttl": """\
<power-or-duty/10001>
    a skos:Concept, def:Duty ;
    skos:inScheme <list/duties>, <list/powers-and-duties> ;
    skos:notation "10001" ;
    skos:prefLabel "Provide a library service"@en ;
    skos:definition "A council must lend books to people in its area."@en ;
    def:textRecord <power-or-duty/10001#definition-en> ;
    def:appliesIn def:England ;
    def:general false ;
    def:inForce "in-force" ;
    def:provision <power-or-duty/10001#provision-1> ;
    adms:status <status/current> .

<power-or-duty/10001#provision-1>
    a def:Provision ;
    def:evidenceAddress <https://www.legislation.gov.uk/ukpga/1964/75/section/7> ;
    def:evidenceDate "2026-11-21"^^xsd:date ;
    def:evidenceHeading "General duty of library authorities" ;
    def:evidenceVersion "revised" ;
    def:legislation <legislation/10001> ;
    def:provisionKind "section" ;
    def:provisionNumber "7(1)" ;
    def:provisionRole "primary" .
"""
    + RECORD.format("power-or-duty/10001"),
    "powers-and-duties/10002.ttl": """\
<power-or-duty/10002>
    a skos:Concept, def:Power ;
    skos:inScheme <list/powers>, <list/powers-and-duties> ;
    skos:notation "10002" ;
    skos:prefLabel "Make byelaws"@en ;
    def:reviewStatus <status/not-reviewed> ;
    def:appliesIn def:England ;
    def:inForce "in-force" ;
    def:provision <power-or-duty/10002#provision-1> ;
    adms:status <status/current> .

<power-or-duty/10002#provision-1>
    a def:Provision ;
    def:evidenceAddress <https://www.legislation.gov.uk/ukpga/1964/75/schedule/2/paragraph/3> ;
    def:evidenceDate "2026-11-21"^^xsd:date ;
    def:evidenceHeading "Byelaws" ;
    def:evidenceVersion "enacted" ;
    def:legislation <legislation/10001> ;
    def:provisionKind "schedule-paragraph" ;
    def:provisionNumber "2/3(5)" ;
    def:provisionRole "primary" .
""",
}
"""Path below ``vocabularies/`` to text; the prefixes are put before it."""


class Seed(NamedTuple):
    """A defect: the rule it breaks, and the snippet of a file that is replaced."""

    code: str
    path: str
    old: str
    """Empty for text that is put at the end of the file, or makes the file."""
    new: str
    at: str = ""
    """File in which the finding is expected, where it is another than the one changed."""
    where: str = ""
    """Snippet of that file, with the mark."""
    also: tuple[str, ...] = ()
    """Codes of other rules that the same defect cannot but break."""
    settings: str = SETTINGS

    @property
    def title(self) -> str:
        """Name the case in the output of the tests."""
        return f"{self.code} {self.path} {self.new.strip()[:40]}"


def sown(seed: Seed) -> dict[str, str]:
    """Return the repository with one defect, the mark still in it."""
    before = CLEAN.get(seed.path, "")
    if seed.old:
        assert before.count(seed.old) == 1, f"{seed.old!r} is not once in {seed.path}"
    after = before.replace(seed.old, seed.new) if seed.old else before + seed.new
    return {**CLEAN, seed.path: after}


def expected(seed: Seed) -> tuple[str, int, int]:
    """Return file, line and column at which the finding is to be."""
    path = seed.at or seed.path
    text = sown(seed).get(path, "")
    if seed.where:
        text = text.replace(seed.where.replace(MARK, ""), seed.where)
    head = HEADER if path.endswith(".ttl") else ""
    before = (head + text).split(MARK, 1)[0] if MARK in text else ""
    return (
        f"vocabularies/{path}",
        before.count("\n") + 1,
        len(before) - (before.rfind("\n") + 1) + 1,
    )


def report_of(folder: Path, files: Mapping[str, str], shapes: Path | None, settings: str) -> Report:
    """Write a repository and check it."""
    bare = {path: text.replace(MARK, "") for path, text in files.items()}
    return check(edition_of(folder, bare, settings), shapes_folder=shapes)


def told(folder: Path, seed: Seed, shapes: Path | None) -> set[tuple[str, str, int, int]]:
    """Return code, file, line and column of what a defect leads to, known companions apart."""
    report = report_of(folder, sown(seed), shapes, seed.settings)
    codes = {finding.code for finding in report.findings}
    assert codes >= set(seed.also), f"{seed.also} is not what else is found: {codes}"
    rows = {(f.code, f.path, f.line, f.column) for f in report.findings}
    untied = {"LK156"} - {seed.code}  # most defects of links untie an entry
    return {row for row in rows if row[0] not in {*seed.also, *untied}}
