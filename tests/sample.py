"""A small but rich lists repository for tests: one of every kind of thing that pages show.

``write_sample(folder)`` makes it; ``hostile=True`` adds texts and addresses that the checks
would refuse and that pages must show harmlessly all the same.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from listkeeper.edition import load
from listkeeper.store.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from listkeeper.edition import Edition

DEFINITIONS: Final = Path(__file__).resolve().parent.parent / "vocabularies" / "definitions.ttl"

SETTINGS: Final = """\
format = 1
base_uri = "https://lists.example.org/"
languages = ["en", "cy"]
site_name = "Sample lists"
contact = "lists@example.org"
"""

HEADER: Final = """\
@base <https://lists.example.org/id/> .
@prefix def: <https://lists.example.org/def/> .
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix cpsv: <http://purl.org/vocab/cpsv#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

"""

OGL: Final = "<http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/>"

LISTS: Final = (
    # folder, file, list name, title, segment, class, more
    ("services", "list", "services", "Services", "service", "Service",
     ('def:firstMinted 200001 ; def:formerSpace "http://id.esd.org.uk/service/" ; '
     'def:formerOwner "the Local Government Association" ; '
     'def:curiePrefix "esdServiceType" ; owl:versionInfo "2026.11" ; '
     'def:owner "The editors of the sample"@en ; def:otherName "LGSL" ; '
     'def:use "Give the code beside your own name for the service."@en ; '
     'def:accuracy "Read by two people."@en ; def:audience "Councils"@en ; '
     'def:completeness "A sample."@en ; def:coverage "England and Wales"@en ; '
     'def:intendedLongevity "For as long as tests run"@en ; def:provenance "Made up"@en ; '
     'def:rights "Open"@en ; def:formalStatus "Trial"@en ; def:timeliness "None"@en ; '
     'skos:scopeNote "A sample, not the real list."@en ; ')),
    ("services", "list-englishAndWelshServices", "englishAndWelshServices",
     "English and Welsh services", "service", "Service", "def:subsetOf <list/services> ; "),
    ("functions", "list", "functions", "Functions", "function", "Function", ""),
    ("needs", "list", "needs", "Needs", "need", "Need", ""),
    ("circumstances", "list", "circumstances", "Circumstances", "circumstance", "Circumstance", ""),
    ("life-events", "list", "life-events", "Life events", "life-event", "LifeEvent", ""),
    ("legislation", "list", "legislation", "Legislation", "legislation", "Legislation", ""),
    ("powers-and-duties", "list", "powers-and-duties", "Powers and duties", "power-or-duty",
     "Duty", ""),
    ("powers-and-duties", "list-powers", "powers", "Powers", "power-or-duty", "Power",
     "def:subsetOf <list/powers-and-duties> ; "),
    ("powers-and-duties", "list-duties", "duties", "Duties", "power-or-duty", "Duty",
     "def:subsetOf <list/powers-and-duties> ; "),
    ("organisation-types", "list", "organisation-types", "Organisation types",
     "organisation-type", "OrganisationType", ""),
    ("statuses", "list", "statuses", "Statuses", "status", "Status", ""),
)  # fmt: skip

STATUSES: Final = (
    *("proposed", "current", "retired", "live", "dormant", "dropped"),
    *("draft", "reviewed", "not-reviewed"),
)

CONCEPTS: Final = {
    "services/05/559": """\
<service/559> a skos:Concept, def:Service ;
    skos:inScheme <list/services>, <list/englishAndWelshServices> ;
    skos:notation "559" ;
    skos:prefLabel "Libraries"@en ;
    def:draftLabel "Llyfrgelloedd"@cy ;
    skos:altLabel "Public library"@en, "Lending library"@en ;
    skosxl:hiddenLabel <service/559#former-1> ;
    skos:definition "Books, study space and computers for anyone, with staff who help."@en ;
    skos:scopeNote "School libraries are not meant."@en ;
    def:textRecord <service/559#definition-en> ;
    def:partOfFunction <function/112> ;
    def:requiredByDuty <power-or-duty/10001> ;
    def:allowedByPower <power-or-duty/10002> ;
    def:aimedAt <circumstance/10001>, <circumstance/10003> ;
    def:meetsNeed <need/69>, <need/71> ;
    def:deliveredBy <organisation-type/10001> ;
    def:noneKnown <service/559#none-eligibleIf> ;
    adms:status <status/current> ;
    skos:exactMatch <http://id.esd.org.uk/service/559> ;
    dct:created "2013-04-03"^^xsd:date ;
    dct:modified "2013-04-03"^^xsd:date ;
    skos:historyNote "Name changed to 'Libraries' in version 4.00."@en .
<service/559#former-1> a skosxl:Label ;
    skosxl:literalForm "Library services"@en ;
    def:replacedIn "4.00" ;
    def:replacedOn "2013-04-01"^^xsd:date .
<service/559#definition-en> a def:TextRecord ;
    def:aboutProperty skos:definition ; dct:language "en" ; adms:status <status/draft> ;
    dct:date "2026-11-21"^^xsd:date ; def:authorRole "editor" .
<service/559#none-eligibleIf> a def:NoneKnown ;
    def:linkType def:eligibleIf ; dct:date "2026-11-21"^^xsd:date ;
    def:lookedAt "the council pages of three libraries" .
""",
    "services/16/1614": """\
<service/1614> a skos:Concept, def:Service ;
    skos:inScheme <list/services> ; skos:notation "1614" ;
    skos:prefLabel "16 to 19 bursary fund"@en, "Cronfa fwrsari 16 i 19"@cy ;
    skos:definition "Money for students whose means keep them from staying in education."@en ;
    def:textRecord <service/1614#definition-en> ;
    def:partOfFunction <function/112> ;
    adms:status <status/current> .
<service/1614#definition-en> a def:TextRecord ;
    def:aboutProperty skos:definition ; dct:language "en" ; adms:status <status/reviewed> ;
    dct:date "2026-11-20"^^xsd:date ; def:authorRole "editor" .
""",
    "services/06/600": """\
<service/600> a skos:Concept, def:Service ;
    skos:inScheme <list/services> ; skos:notation "600" ;
    skos:prefLabel "Education maintenance allowance"@en ;
    def:reviewStatus <status/not-reviewed> ;
    adms:status <status/retired> ; def:endDate "2025-04-01"^^xsd:date ;
    def:retirementReason "The scheme closed."@en ; dct:isReplacedBy <service/1614> .
""",
    "services/06/601": """\
<service/601> a skos:Concept, def:Service ;
    skos:inScheme <list/services> ; skos:notation "601" ;
    skos:prefLabel "Allotments and smallholdings"@en ;
    def:reviewStatus <status/not-reviewed> ;
    adms:status <status/retired> ; def:endDate "2025-04-01"^^xsd:date ;
    def:retirementReason "Two services were under one code."@en ;
    dct:isReplacedBy <service/602>, <service/603> .
""",
    "services/06/602": """\
<service/602> a skos:Concept, def:Service ;
    skos:inScheme <list/services> ; skos:notation "602" ; skos:prefLabel "Allotments"@en ;
    def:reviewStatus <status/not-reviewed> ; adms:status <status/current> .
""",
    "services/06/603": """\
<service/603> a skos:Concept, def:Service ;
    skos:inScheme <list/services> ; skos:notation "603" ; skos:prefLabel "Smallholdings"@en ;
    def:reviewStatus <status/not-reviewed> ; adms:status <status/current> .
""",
    "services/06/604": """\
<service/604> a skos:Concept, def:Service ;
    skos:inScheme <list/services> ; skos:notation "604" ; skos:prefLabel "Pest control: rats"@en ;
    def:reviewStatus <status/not-reviewed> ;
    adms:status <status/retired> ; def:endDate "2025-04-01"^^xsd:date ;
    def:retirementReason "Councils offer one service."@en ; dct:isReplacedBy <service/606> .
""",
    "services/06/605": """\
<service/605> a skos:Concept, def:Service ;
    skos:inScheme <list/services> ; skos:notation "605" ; skos:prefLabel "Pest control: wasps"@en ;
    def:reviewStatus <status/not-reviewed> ;
    adms:status <status/retired> ; def:endDate "2025-04-01"^^xsd:date ;
    def:retirementReason "Councils offer one service."@en ; dct:isReplacedBy <service/606> .
""",
    "services/06/606": """\
<service/606> a skos:Concept, def:Service ;
    skos:inScheme <list/services> ; skos:notation "606" ; skos:prefLabel "Pest control"@en ;
    def:reviewStatus <status/not-reviewed> ; adms:status <status/current> .
""",
    "services/06/607": """\
<service/607> a skos:Concept, def:Service ;
    skos:inScheme <list/services> ; skos:notation "607" ; skos:prefLabel "Dog licences"@en ;
    def:reviewStatus <status/not-reviewed> ;
    adms:status <status/retired> ; def:endDate "2025-04-01"^^xsd:date ;
    def:retirementReason "The licence was abolished."@en .
""",
    "services/06/610": """\
<service/610> a skos:Concept, def:Service ;
    skos:inScheme <list/services> ; skos:notation "610" ;
    skos:prefLabel "<script>alert('x')</script> \\"Fish\\" <b>and</b> {{ 7 * 7 }} chips"@en ;
    skos:altLabel "</title><img src=x onerror=alert(1)>"@en ;
    def:reviewStatus <status/not-reviewed> ; adms:status <status/current> .
""",
    "services/17/1788": """\
<service/1788> a skos:Concept, def:Service ;
    skos:inScheme <list/services> ; skos:notation "1788" ;
    skos:prefLabel "Find out about a local scheme"@en ; def:labelUnconfirmed true ;
    def:reviewStatus <status/not-reviewed> ; adms:status <status/current> .
""",
    "services/2000/200001": """\
<service/200001> a skos:Concept, def:Service ;
    skos:inScheme <list/services> ; skos:notation "200001" ;
    skos:prefLabel "Crèche at a café"@en ;
    def:reviewStatus <status/not-reviewed> ; adms:status <status/proposed> .
""",
    "functions/110": """\
<function/110> a skos:Concept, def:Function ;
    skos:inScheme <list/functions> ; skos:notation "110" ;
    skos:prefLabel "Leisure and culture"@en ;
    def:reviewStatus <status/not-reviewed> ; adms:status <status/current> .
""",
    "functions/112": """\
<function/112> a skos:Concept, def:Function ;
    skos:inScheme <list/functions> ; skos:notation "112" ; skos:prefLabel "Libraries"@en ;
    skos:broader <function/110> ;
    def:reviewStatus <status/not-reviewed> ; adms:status <status/current> .
""",
    "needs/69": """\
<need/69> a skos:Concept, def:Need ;
    skos:inScheme <list/needs> ; skos:notation "69" ; skos:prefLabel "Social inclusion"@en ;
    def:reviewStatus <status/not-reviewed> ; adms:status <status/current> .
""",
    "needs/71": """\
<need/71> a skos:Concept, def:Need ;
    skos:inScheme <list/needs> ; skos:notation "71" ; skos:prefLabel "Community facilities"@en ;
    def:reviewStatus <status/not-reviewed> ; adms:status <status/current> .
""",
    "circumstances/10001": """\
<circumstance/10001> a skos:Concept, def:Circumstance ;
    skos:inScheme <list/circumstances> ; skos:notation "10001" ; skos:prefLabel "Parent"@en ;
    def:impliesNeed <need/69> ;
    def:reviewStatus <status/not-reviewed> ; adms:status <status/current> .
""",
    "circumstances/10002": """\
<circumstance/10002> a skos:Concept, def:Circumstance ;
    skos:inScheme <list/circumstances> ; skos:notation "10002" ; skos:prefLabel "Out of work"@en ;
    def:reviewStatus <status/not-reviewed> ; adms:status <status/current> .
""",
    "circumstances/10003": """\
<circumstance/10003> a skos:Concept, def:Circumstance ;
    skos:inScheme <list/circumstances> ; skos:notation "10003" ;
    skos:prefLabel "Parent out of work"@en ;
    skos:broader <circumstance/10001>, <circumstance/10002> ;
    def:reviewStatus <status/not-reviewed> ; adms:status <status/current> .
""",
    "life-events/10001": """\
<life-event/10001> a skos:Concept, def:LifeEvent ;
    skos:inScheme <list/life-events> ; skos:notation "10001" ; skos:prefLabel "Having a baby"@en ;
    def:changesCircumstance <circumstance/10001> ; def:callsForService <service/559> ;
    def:reviewStatus <status/not-reviewed> ; adms:status <status/current> .
""",
    "legislation/10001": """\
<legislation/10001> a skos:Concept, def:Legislation ;
    skos:inScheme <list/legislation> ; skos:notation "10001" ;
    skos:prefLabel "Public Libraries and Museums Act 1964"@en ;
    def:legislationType "ukpga" ; def:legislationYear "1964" ; def:legislationNumber "75" ;
    def:extent def:England, def:Wales ;
    def:evidenceAddress <https://www.legislation.gov.uk/ukpga/1964/75> ;
    def:evidenceDate "2026-11-21"^^xsd:date ;
    def:reviewStatus <status/not-reviewed> ; adms:status <status/current> .
""",
    "powers-and-duties/10001": """\
<power-or-duty/10001> a skos:Concept, def:Duty, cpsv:Rule ;
    skos:inScheme <list/powers-and-duties>, <list/duties> ; skos:notation "10001" ;
    skos:prefLabel "Provide a library service"@en ;
    skos:definition "A library authority must provide libraries for all who wish to use them."@en ;
    def:textRecord <power-or-duty/10001#definition-en> ;
    def:provision <power-or-duty/10001#provision-1>, <power-or-duty/10001#provision-2> ;
    def:appliesIn def:England, def:Wales ; def:inForce "in-force" ;
    def:fallsOn <organisation-type/10001> ;
    adms:status <status/current> .
<power-or-duty/10001#definition-en> a def:TextRecord ;
    def:aboutProperty skos:definition ; dct:language "en" ; adms:status <status/draft> ;
    dct:date "2026-11-21"^^xsd:date ; def:authorRole "editor" .
<power-or-duty/10001#provision-1> a def:Provision ;
    def:legislation <legislation/10001> ; def:provisionKind "section" ; def:provisionNumber "7" ;
    def:provisionRole "primary" ;
    def:evidenceAddress <https://www.legislation.gov.uk/ukpga/1964/75/section/7> ;
    def:evidenceDate "2026-11-21"^^xsd:date ;
    def:evidenceHeading "General duty of library authorities" ; def:evidenceVersion "revised" .
<power-or-duty/10001#provision-2> a def:Provision ;
    def:legislation <legislation/10001> ; def:provisionKind "section" ; def:provisionNumber "8" ;
    def:provisionRole "see-also" ;
    def:evidenceAddress <https://www.legislation.gov.uk/ukpga/1964/75/section/8> ;
    def:evidenceDate "2026-11-21"^^xsd:date ;
    def:evidenceHeading "Restriction on charges for library facilities" ;
    def:evidenceVersion "revised" .
""",
    "powers-and-duties/10002": """\
<power-or-duty/10002> a skos:Concept, def:Power, cpsv:Rule ;
    skos:inScheme <list/powers-and-duties>, <list/powers> ; skos:notation "10002" ;
    skos:prefLabel "Make byelaws for libraries"@en ;
    skos:definition "A local authority may make byelaws on how its libraries are used."@en ;
    def:textRecord <power-or-duty/10002#definition-en> ;
    def:provision <power-or-duty/10002#provision-1> ;
    def:appliesIn def:England, def:Wales ; def:inForce "in-force" ;
    adms:status <status/current> .
<power-or-duty/10002#definition-en> a def:TextRecord ;
    def:aboutProperty skos:definition ; dct:language "en" ; adms:status <status/draft> ;
    dct:date "2026-11-21"^^xsd:date ; def:authorRole "editor" .
<power-or-duty/10002#provision-1> a def:Provision ;
    def:legislation <legislation/10001> ; def:provisionKind "section" ; def:provisionNumber "19" ;
    def:provisionRole "primary" ;
    def:evidenceAddress <https://www.legislation.gov.uk/ukpga/1964/75/section/19> ;
    def:evidenceDate "2026-11-21"^^xsd:date ; def:evidenceHeading "Byelaws" ;
    def:evidenceVersion "enacted" .
""",
    "organisation-types/10001": """\
<organisation-type/10001> a skos:Concept, def:OrganisationType ;
    skos:inScheme <list/organisation-types> ; skos:notation "10001" ;
    skos:prefLabel "County council (England)"@en ;
    def:reviewStatus <status/not-reviewed> ; adms:status <status/current> .
""",
}
"""Path below ``vocabularies/`` without the ending, and the Turtle after the prefixes."""

OTHERS: Final = {
    "catalogue": f"""\
<catalogue> a dcat:Catalog ;
    dct:title "Sample lists"@en ;
    dct:description "Lists made up for tests."@en ;
    def:publisherName "The editors of the sample"@en ;
    dct:license {OGL} ;
    dct:rights "Contains names of lists of the Local Government Association."@en .
""",
    "circumstances/groups": """\
<circumstance-group/work> a skos:Collection ;
    skos:prefLabel "Work and family"@en ;
    skos:member <circumstance/10001>, <circumstance/10002>, <circumstance/10003> .
""",
    "services/uses": """\
<list/services#use-govuk> a def:Use ;
    rdfs:label "GOV.UK's links to councils"@en ;
    dct:source "https://github.com/alphagov/publisher" ; dct:date "2026-11-21"^^xsd:date ;
    def:usesConcept <service/559>, <service/1788> .
""",
}

HOSTILE: Final = {
    "services/06/611": """\
<service/611> a skos:Concept, def:Service ;
    skos:inScheme <list/services> ; skos:notation "611" ;
    skos:prefLabel "\u202etxet desrever\u0007\u0000"@en, "שלום <i>עולם</i>"@he ;
    skos:altLabel "Z\u0351\u0353\u0359a\u0334\u0327l\u0336\u0320g\u0337o"@en ;
    skos:definition "a \\"quote\\" onload=alert(1) <style>*{display:none}</style>\\nline two"@en ;
    skos:historyNote "<!-- --><iframe src=javascript:alert(1)>"@en ;
    skos:broader <service/611>, <service/612> ;
    def:meetsNeed <javascript:alert(1)>, <https://lists.example.org/id/need/404> ;
    skos:exactMatch <javascript:alert(2)>, <data:text/html,x>, <https://example.org/fine> ;
    def:reviewStatus <status/not-reviewed> ; adms:status <status/current> .
""",
    "services/06/612": """\
<service/612> a skos:Concept, def:Service ;
    skos:inScheme <list/services> ; skos:notation "612" ; skos:broader <service/611> ;
    adms:status <status/retired> ; def:endDate "soon" ;
    def:retirementReason "<u>because</u>"@en ; dct:isReplacedBy <javascript:alert(3)> .
""",
    "services/uses": """\
<list/services#use-bad> a def:Use ; rdfs:label "<i>Someone</i>"@en ;
    dct:source "javascript:alert(4)" ; def:usesConcept <service/611> .
""",
}


def write_sample(
    folder: Path, *, hostile: bool = False, base: str = "https://lists.example.org/", more: int = 0
) -> Path:
    """Write the sample repository into a folder.

    Args:
        folder: where ``listkeeper.toml`` and ``vocabularies/`` go.
        hostile: whether to add texts and addresses that the checks refuse.
        base: the base URI of the repository.
        more: how many plain services to add, from 300000 up.

    Returns:
        the folder.
    """
    files: Mapping[str, str] = {
        **{f"{row[0]}/{row[1]}": _list(*row[2:]) for row in LISTS},
        **{f"statuses/{notation}": _status(notation) for notation in STATUSES},
        **CONCEPTS,
        **OTHERS,
        **(HOSTILE if hostile else {}),
        **{f"services/{n // 100}/{n}": _service(n) for n in range(300000, 300000 + more)},
    }
    for path, turtle in files.items():
        _write(folder / "vocabularies" / f"{path}.ttl", HEADER + turtle, base)
    _write(folder / "vocabularies" / "definitions.ttl", DEFINITIONS.read_text("utf-8"), base)
    _write(folder / "listkeeper.toml", SETTINGS, base)
    return folder


def sample_edition(
    folder: Path, *, hostile: bool = False, base: str = "https://lists.example.org/", more: int = 0
) -> Edition:
    """Write the sample repository into a folder and load it."""
    return load(open_workspace(write_sample(folder, hostile=hostile, base=base, more=more)))


def _write(file: Path, text: str, base: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    moved = text.replace("https://lists.example.org/", base).replace("\0", r"\u0000")
    file.write_text(moved, encoding="utf-8")


def _list(name: str, title: str, segment: str, concept_class: str, more: str) -> str:
    return f"""\
<list/{name}> a skos:ConceptScheme ;
    dct:title "{title}"@en ; dct:description "The sample's {title.lower()}."@en ;
    def:purpose "To try things out."@en ;
    def:segment "{segment}" ; def:conceptClass def:{concept_class} ;
    {more}adms:status <status/live> ; dct:license {OGL} .
"""


def _status(notation: str) -> str:
    return f"""\
<status/{notation}> a skos:Concept, def:Status ;
    skos:inScheme <list/statuses> ; skos:notation "{notation}" ;
    skos:prefLabel "{notation.replace("-", " ").capitalize()}"@en ;
    def:reviewStatus <status/not-reviewed> ; adms:status <status/current> .
"""


def _service(number: int) -> str:
    return f"""\
<service/{number}> a skos:Concept, def:Service ;
    skos:inScheme <list/services> ; skos:notation "{number}" ;
    skos:prefLabel "Sample service {number}"@en ; def:partOfFunction <function/112> ;
    def:reviewStatus <status/not-reviewed> ; adms:status <status/current> .
"""
