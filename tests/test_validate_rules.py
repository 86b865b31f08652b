"""Every rule in Python finds the defect it is for, at its place, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from listkeeper.validate import RULES
from seeded import CLEAN, SETTINGS, Seed, expected, report_of, sown, told
from seeds_near import NEAR
from seeds_quality import QUALITY

if TYPE_CHECKING:
    from pathlib import Path

BILINGUAL: Final = SETTINGS.replace('["en"]', '["en", "cy"]')
REBASED: Final = SETTINGS + 'also_answers_for = ["https://old.example.org/"]\n'
S1, S2, S3 = "services/1.ttl", "services/20/200001.ttl", "services/20/200002.ttl"
N1, N2 = "needs/10001.ttl", "needs/10002.ttl"
DUTY, POWER = "powers-and-duties/10001.ttl", "powers-and-duties/10002.ttl"
LIST, TERMS = "services/list.ttl", "definitions.ttl"
NEEDS: Final = "vocabularies/needs/list.ttl"
REVIEW: Final = "    def:reviewStatus <status/not-reviewed> ;\n"
CURRENT, RETIRED = "adms:status <status/current> .", "adms:status <status/retired> "
GONE: Final = (
    f'{RETIRED};\n    def:endDate "2025-01-01"^^xsd:date ; def:retirementReason "Gone."@en .'
)

NEED: Final = """\
{0}<need/{1}>
    a skos:Concept, def:Need ;
    skos:inScheme <list/needs> ;
    {2}skos:notation "{3}" ;
    skos:prefLabel "Company"@en ;
    def:reviewStatus <status/not-reviewed> ;
    adms:status <status/current> .
"""

FILES: Final = (
    Seed("LK001", N1, "skos:notation", "‸nonsuch:notation"),
    Seed("LK004", "needs/README.md", "", "Read me."),
    Seed("LK006", N1, REVIEW, f"{REVIEW}    ‸skos:note [] ;\n"),
    Seed("LK012", "needs/10003.ttl", "", "<need/10003> a owl:Thing ."),
    Seed("LK013", N1, "", "\n‸<need/10009> rdfs:seeAlso <need/10001> ."),
    Seed("LK014", S2, "", "\n‸<need/10001> rdfs:seeAlso <need/10002> .", also=("LK013",)),
    Seed("LK011", LIST, "<list/services>\n", "<list/service>\n", also=("LK040", "LK050")),
    Seed(
        *("LK011", "services/list-internal.ttl", "a skos:ConceptScheme", "a rdfs:Resource"),
        also=(),
    ),
)

INTEGRITY: Final = (
    Seed("LK020", LIST, "a skos:ConceptScheme", "a skos:ConceptScheme, ‸skos:Concept"),
    Seed("LK021", S1, '"Book lending"@en', '"Book lending"@en, ‸"Libraries"@en'),
    Seed(
        "LK021", S1, "    skos:scope", '    skos:hiddenLabel ‸"Book lending"@en ;\n    skos:scope'
    ),
    Seed("LK022", S1, '"Libraries"@en', '"Libraries"@en, ‸"Library"@en'),
    Seed("LK022", S1, '"Libraries"@en', '"Libraries"@en, "A", ‸"B"'),
    Seed("LK023", N2, REVIEW, f"{REVIEW}    skos:related ‸<need/10001> ;\n"),
    Seed("LK023", N1, REVIEW, f"{REVIEW}    skos:related ‸<need/10002> ;\n"),
    Seed(
        "LK024",
        "services/groups.ttl",
        "a skos:Coll",
        "a ‸skos:ConceptScheme, skos:Coll",
        also=("LK086",),
    ),
    Seed(
        "LK025", N1, REVIEW, f"{REVIEW}    skos:exactMatch <urn:a> ; skos:broadMatch ‸<urn:a> ;\n"
    ),
    Seed(
        *("LK025", N1, REVIEW),
        f"{REVIEW}    skos:exactMatch <urn:a>, <urn:b> ; skos:relatedMatch ‸<urn:b> ;\n",
    ),
    Seed("LK026", N1, REVIEW, f"{REVIEW}    skos:broader ‸<need/10002> ;\n"),
)

TERMS_AND_LINKS: Final = (
    Seed("LK030", S1, "def:meetsNeed", "‸def:meetNeed", also=("LK054", "LK134")),
    Seed("LK030", S1, "def:Service ;", "‸def:Servise ;", also=("LK080",)),
    Seed("LK031", S1, "skos:altLabel", "‸skos:altlabel"),
    Seed("LK031", S1, "skosxl:Label", "‸skosxl:Lable"),
    Seed("LK032", N1, REVIEW, f"{REVIEW}    skos:narrower ‸<need/10002> ;\n"),
    Seed("LK040", S1, "<need/10002>", "‸<need/10009>"),
    Seed("LK040", S1, "<need/10002>", "<need/10002>, ‸<nead/10002>"),
    Seed("LK040", S3, "<service/200001> .", "‸<service/200009> ."),
    Seed("LK040", "services/uses.ttl", "<service/1>", "‸<service/11>"),
    Seed("LK041", N1, REVIEW, f"{REVIEW}    def:meetsNeed ‸<need/10002> ;\n"),
    Seed("LK042", S1, "<need/10002>", "<need/10002>, ‸<service/200001>"),
    Seed("LK043", N2, CURRENT, GONE, at=S1, where="‸<need/10002>"),
    Seed("LK043", N1, CURRENT, GONE, at=N2, where="‸<need/10001>"),
    Seed("LK044", N1, REVIEW, f"{REVIEW}    def:metBy ‸<service/1> ;\n"),
    Seed("LK045", S1, "<need/10002>", "<need/10002>, ‸<service/1>", also=("LK042",)),
    Seed("LK046", S1, "<need/10002>", "<need/10002>, ‸<need/new-fun>", also=("LK040",)),
    Seed("LK047", N2, CURRENT, "adms:status <status/proposed> .", at=S1, where="‸<need/10002>"),
    Seed("LK048", N2, "skos:broader <need/10001>", "skos:broader ‸<service/1>"),
    Seed(
        *("LK049", S1, "<need/10002>", "<need/10002>, ‸<https://old.example.org/id/need/10001>"),
        settings=REBASED,
    ),
    Seed(
        "LK050",
        TERMS,
        "def:rangeList <list/powers>",
        "‸def:rangeList <list/rights>",
        also=("LK042",),
    ),
    Seed("LK051", POWER, REVIEW, f"{REVIEW}    def:general true ;\n", S1, "‸<power-or-duty/10002>"),
    Seed("LK052", S2, "def:linkType def:meetsNeed", "‸def:linkType def:metBy"),
    Seed(
        "LK053",
        S2,
        REVIEW,
        f"{REVIEW}    def:meetsNeed <need/10001> ;\n",
        where="‸<service/200001#no-need>\n",
        at=S2,
    ),
    Seed(
        "LK054",
        S1,
        "    def:meetsNeed <need/10002> ;\n",
        "",
        TERMS,
        "‸def:minimumCoverage",
        also=("LK134",),
    ),
)

NAMES: Final = (
    Seed("LK060", N1, '"10001"', '"10003"', N1, "‸skos:notation"),
    Seed("LK060", "needs/10003.ttl", "", NEED.format("‸", "7", "", "10003")),
    Seed("LK061", "needs/1-mar.ttl", "", NEED.format("", "1-mar", "‸", "1-mar")),
    Seed("LK061", "needs/Tree.ttl", "", NEED.format("", "Tree", "‸", "Tree")),
    Seed("LK061", "needs/a.csv.ttl", "", NEED.format("", "a.csv", "‸", "a.csv")),
    Seed("LK062", "needs/list.ttl", 'def:segment "need"', '‸def:segment "search"', also=("LK060",)),
    Seed(
        "LK062",
        "needs/list.ttl",
        'def:segment "need"',
        '‸def:segment "legislation"',
        also=("LK060",),
    ),
    Seed("LK063", "needs/x/10002.ttl", "", NEED.format("", "0", "‸", "10002"), also=("LK060",)),
    Seed("LK064", "services/ids.txt", "", "‸200011\n"),
    Seed("LK064", "services/ids.txt", "", "‸9-1 backwards\n"),
    Seed("LK065", "services/ids.txt", "", "200001 promised\n", at=S2, where="‸skos:notation"),
    Seed(
        "LK065", "services/ids.txt", "", "200000-200001 promised\n", at=S2, where="‸skos:notation"
    ),
    Seed(
        "LK066",
        S1,
        "    skos:exactMatch <http://id.esd.org.uk/service/1> ;\n",
        "",
        at=S1,
        where="‸skos:notation",
    ),
    Seed(
        "LK067",
        S1,
        "<http://id.esd.org.uk/service/1>",
        "<http://id.esd.org.uk/service/1>, ‸<http://id.esd.org.uk/service/2>",
    ),
)

LIFE: Final = (
    Seed("LK070", S1, 'dct:modified "2013-04-04"', '‸dct:modified "2012-04-04"'),
    Seed("LK070", S3, 'def:endDate "2024', '‸def:endDate "2019'),
    Seed(
        "LK071", S3, '    def:endDate "2024-01-01"^^xsd:date ;\n', "", at=S3, where="‸adms:status"
    ),
    Seed(
        "LK072",
        S3,
        '    def:retirementReason "There are no gas lamps left."@en ;\n',
        "",
        at=S3,
        where="‸adms:status",
    ),
    Seed("LK073", S2, CURRENT, f"‸dct:isReplacedBy <service/1> ;\n    {CURRENT}"),
    Seed("LK073", S2, CURRENT, f'‸def:retirementReason "Gone."@en ;\n    {CURRENT}'),
    Seed(
        "LK074",
        S3,
        "dct:isReplacedBy <service/200001>",
        "dct:isReplacedBy ‸<service/200002>",
        also=("LK075",),
    ),
    Seed("LK075", S2, CURRENT, GONE, at=S3, where="‸<service/200001>"),
)

PROFILE: Final = (
    Seed("LK080", N1, "a skos:Concept, def:Need", "‸a skos:Concept"),
    Seed("LK080", POWER, "def:Power", "def:Duty", at=POWER, where="‸a skos:Concept"),
    Seed(
        "LK081",
        N1,
        "skos:inScheme <list/needs>",
        "‸skos:inScheme <list/internal>",
        also=("LK080", "LK082"),
    ),
    Seed("LK082", N1, "<list/needs>", "<list/needs>, ‸<list/internal>", also=("LK080",)),
    Seed("LK083", N1, REVIEW, '    skos:definition ‸"To come to know new things."@en ;\n'),
    Seed(
        "LK083",
        S1,
        '"Lends books to everyone who lives in the area."@en',
        '"Lends books to everyone who lives in the area."@en, ‸"Yn benthyg llyfrau i bawb yno."@cy',
        also=("LK102",),
    ),
    Seed(
        "LK084",
        S1,
        '    skos:definition "Lends books to everyone who lives in the area."@en ;\n',
        "",
        at=S1,
        where="‸<service/1#definition-en>\n",
        also=("LK085",),
    ),
    Seed("LK085", N1, REVIEW, "", at=N1, where="‸<need/10001>"),
    Seed(
        "LK086",
        "needs/list.ttl",
        '    def:accuracy "Read twice."@en ;\n',
        "",
        at="needs/list.ttl",
        where="‸<list/needs>",
    ),
)

DEFINED: Final = '"Lends books to everyone who lives in the area."@en'

EDITORIAL: Final = (
    Seed("LK130", S1, DEFINED, '‸"Lends many sorts of."@en'),
    Seed("LK130", S1, DEFINED, f'‸"Lends books {"and more books " * 17}to everyone in it."@en'),
    Seed(
        "LK131",
        S2,
        REVIEW,
        '    skos:definition ‸"Lends  BOOKS to everyone who lives in the area"@en ;\n',
        also=("LK083",),
    ),
    Seed("LK132", S1, DEFINED, '‸"Libraries: Libraries and libraries, libraries too."@en'),
    Seed("LK133", S1, DEFINED, '‸"Lends books to everyone in the area for £2."@en'),
    Seed("LK133", S1, DEFINED, '‸"Lends books to everyone in the area for 3 weeks."@en'),
    Seed("LK133", S1, DEFINED, '‸"Lends books to everyone in the area, 5 per cent off."@en'),
    Seed(
        "LK055", S1, "def:meetsNeed <need/10002>", 'def:meetsNeed ‸"10002"', also=("LK054", "LK134")
    ),
    Seed(
        "LK134",
        S1,
        "    def:meetsNeed <need/10002> ;\n",
        "",
        at=S1,
        where="‸<service/1>\n",
        also=("LK054",),
    ),
)

LAW: Final = (
    Seed("LK090", N1, "a skos:Concept, def:Need", "‸a skos:Concept, def:Need, def:Power"),
    Seed(
        "LK091",
        DUTY,
        '"A council must lend books to people in its area."',
        '‸"A council lends books to people in its area."',
    ),
    Seed(
        "LK091",
        POWER,
        REVIEW,
        '    skos:definition ‸"Makes byelaws for its own parks."@en ;\n',
        also=("LK083",),
    ),
    Seed(
        "LK092",
        POWER,
        'def:evidenceHeading "Byelaws"',
        f'‸def:evidenceHeading "{"Byelaws " * 15}too"',
    ),
    Seed(
        "LK093",
        DUTY,
        "def:evidenceAddress <https://www.legislation.gov.uk/ukpga/1964/75/section/7>",
        "‸def:evidenceAddress <https://www.legislation.gov.uk/ukpga/1964/75/section/75>",
    ),
    Seed("LK093", DUTY, '"7(1)"', '"7A(1)"', at=DUTY, where="‸def:evidenceAddress"),
    Seed("LK093", POWER, '"2/3(5)"', '"1/3(5)"', at=POWER, where="‸def:evidenceAddress"),
    Seed(
        "LK094",
        DUTY,
        "def:evidenceAddress <https://www.legislation.gov.uk/ukpga/1964/75",
        "‸def:evidenceAddress <https://www.legislation.gov.uk/ukpga/1964/7",
    ),
    Seed("LK095", DUTY, "def:legislation <legislation/10001>", "‸def:legislation <need/10001>"),
    Seed(
        "LK096",
        DUTY,
        "def:evidenceAddress <https://www.legislation.gov.uk/ukpga/1964/75/section/7>",
        "‸def:evidenceAddress <https://www.legislation.gov.uk/ukpga/1964/75/part/7>",
    ),
)

LABELS: Final = (
    Seed("LK100", S2, '"Street lighting"@en', '‸"libraries "@en', also=("LK111",)),
    Seed(
        "LK101",
        N1,
        '"Learning"@en',
        '"Dysgu"@cy',
        at=N1,
        where="‸skos:prefLabel",
        settings=BILINGUAL,
        also=("LK106",),
    ),
    Seed("LK102", N1, '"Learning"@en', '"Learning"@en, ‸"Lernen"@de'),
    Seed("LK103", N1, '"Learning"@en', '"Learning"@en ; def:draftLabel ‸"Teaching"@en'),
    Seed("LK104", S1, 'skosxl:literalForm "Library services"', '‸skosxl:literalForm "Libraries"'),
    Seed("LK105", N1, '"Learning"@en', '‸"Learning & play"@en'),
)

TEXTS: Final = (
    Seed("LK110", N1, '"Learning"@en', '"Learning"@en ; skos:altLabel ‸""@en'),
    Seed("LK111", N1, '"Learning"@en', '‸"Learning "@en'),
    Seed("LK111", N1, '"Learning"@en', '‸"Learning  more"@en'),
    Seed(
        "LK111",
        S1,
        '"Lends books to everyone who lives in the area."@en',
        '‸"Lends books to everyone who lives in the area.\\n"@en',
    ),
    Seed("LK112", N1, '"Learning"@en', '‸"Learning\u00a0more"@en'),
    Seed("LK113", N1, '"Learning"@en', '‸"Learning\\u202Emore"@en'),
    Seed("LK113", N1, '"Learning"@en', '‸"Learning\\u0000more"@en'),
    Seed(
        "LK113",
        S1,
        '"Lends books to everyone who lives in the area."@en',
        '‸"Lends\u200bbooks to all who live in the area."@en',
    ),
    Seed("LK114", N1, '"Learning"@en', '‸"Cafe\u0301"@en'),
    *(Seed("LK115", N1, '"Learning"@en', f'‸"{sign}Learning"@en') for sign in "=+-@"),
    Seed(
        "LK115",
        S1,
        '"Lends books to everyone who lives in the area."@en',
        '‸"-Lends books to everyone who lives in the area."@en',
    ),
)

LIMITS: Final = (
    Seed("LK120", N1, REVIEW, f"{REVIEW}    dct:source ‸<javascript:alert(1)> ;\n"),
    Seed("LK120", N1, REVIEW, f"{REVIEW}    skos:exactMatch ‸<data:text/html,x> ;\n"),
    Seed("LK121", N1, "", f"\n#{'x' * 256 * 1024}"),
    Seed("LK122", N1, REVIEW, f'{REVIEW}    skos:scopeNote ‸"{"é" * 11000}"@en ;\n'),
)

ALL: Final = (
    *(*FILES, *INTEGRITY, *TERMS_AND_LINKS, *NAMES, *LIFE),
    *(*PROFILE, *LAW, *LABELS, *TEXTS, *LIMITS, *EDITORIAL),
    *QUALITY,
)


ELSEWHERE: Final = {
    *("LK002", "LK003", "LK005", "LK007", "LK009", "LK010", "LK015", "LK097", "LK106"),
    *(f"LK{number}" for number in range(140, 150)),
    *(f"LK{number}" for number in range(340, 344)),
}
"""Rules whose defects are files, histories or shapes: other tests name them."""


@pytest.mark.parametrize("seed", ALL, ids=lambda seed: seed.title)
def test_defect_is_found(tmp_path: Path, seed: Seed) -> None:
    """A seeded defect is found by its rule at its place, and by no other rule."""
    assert {(seed.code, *expected(seed))} == told(tmp_path, seed, None)


def test_clean_repository_has_no_finding(tmp_path: Path) -> None:
    """Every case's clean counterpart: without the defect there is nothing to tell."""
    assert report_of(tmp_path, CLEAN, None, SETTINGS).findings == ()


def test_every_rule_has_a_case(root: Path) -> None:
    """No rule is without a seeded defect, here or where its defects are made."""
    tests = "".join(path.read_text() for path in (root / "tests").glob("test_*.py"))
    codes = {rule.code for rule in RULES}

    assert codes - ELSEWHERE == {seed.code for seed in ALL} - ELSEWHERE
    assert [code for code in sorted(codes & ELSEWHERE) if f'"{code}"' not in tests] == []


def test_codes_and_names_are_unique() -> None:
    """A code, and a name, is that of one rule."""
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert len({rule.name for rule in RULES}) == len(RULES)


ALLOWED: Final = (
    ("fifteen words of a heading", POWER, '"Byelaws"', f'"{"Byelaws " * 14}too"'),
    ("a retired entry keeps its label", S3, '"Gas lighting"@en', '"Street lighting"@en'),
    (
        "a retired entry keeps its links",
        S3,
        "adms:status",
        "def:meetsNeed <need/10002> ; adms:status",
    ),
    ("a text may have several lines", S1, '"Mobile ones too."', '"Mobile.\\nOnes too."'),
    ("a joiner that languages are written with", N1, '"Learning"', '"Lear\\u200Dning"'),
    (
        "a capital in the scheme of an address",
        N1,
        REVIEW,
        f"{REVIEW} dct:source <HTTPS://a.org/> ;",
    ),
    ("an address to write to", N1, REVIEW, f"{REVIEW} dct:source <mailto:a@example.org> ;"),
    ("the end of life may lie ahead", N1, REVIEW, f'{REVIEW} def:endDate "2999-01-01"^^xsd:date ;'),
    ("a fixed status needs no list", N1, "status/current", "status/proposed"),
    (
        "capitals in the address of a provision",
        POWER,
        "/schedule/2/paragraph/3",
        "/SCHEDULE/2/paragraph/3",
    ),
)


def codes_of(folder: Path, seed: Seed) -> set[str]:
    """Return the codes of all that is found."""
    return {f.code for f in report_of(folder, sown(seed), None, seed.settings).findings}


@pytest.mark.parametrize("seed", NEAR, ids=lambda seed: seed.title)
def test_the_nearest_sound_text_is_left_alone(tmp_path: Path, seed: Seed) -> None:
    """What differs from a rule's defect by a hair, and is none, is not told by that rule."""
    assert seed.code not in codes_of(tmp_path, seed)


def test_every_rule_has_a_near_miss() -> None:
    """No rule is without a text that it nearly, and rightly does not, tell."""
    assert {rule.code for rule in RULES} - ELSEWHERE <= {seed.code for seed in NEAR}


@pytest.mark.parametrize(("why", "path", "old", "new"), ALLOWED, ids=[case[0] for case in ALLOWED])
def test_near_miss_is_no_finding(tmp_path: Path, why: str, path: str, old: str, new: str) -> None:
    """What looks like a defect and is none is left alone."""
    files = sown(Seed("", path, old, new))

    assert report_of(tmp_path, files, None, SETTINGS).findings == (), why


def test_retired_target_names_its_replacement(tmp_path: Path) -> None:
    """The remedy for a link to a retired entry is the entry that took its place."""
    files = sown(Seed("", S1, "def:meetsNeed <need/10002>", "skos:broader <service/200002>"))
    report = report_of(tmp_path, files, None, SETTINGS)
    found = next(finding for finding in report.findings if finding.code == "LK043")

    assert 'service/200001 "Street lighting"' in found.remedy
    assert 'service/200002 "Gas lighting", which is retired' in found.message


def test_retired_entry_keeps_its_link_to_a_retired_one(tmp_path: Path) -> None:
    """What was true when both were in use may stay written."""
    files = {
        **CLEAN,
        N2: CLEAN[N2].replace(CURRENT, GONE),
        S1: CLEAN[S1].replace("<need/10002>", "<need/10001>"),
        S3: CLEAN[S3].replace("adms:status", "def:meetsNeed <need/10002> ;\n    adms:status"),
    }

    assert report_of(tmp_path, files, None, SETTINGS).findings == ()


def test_notations_apart_by_case_only(tmp_path: Path) -> None:
    """A1 and a1 are one notation: some file systems and many people do not tell them apart."""
    files = {
        **CLEAN,
        "needs/A1.ttl": NEED.format("", "A1", "", "A1"),
        "needs/a1.ttl": NEED.format("", "a1", "", "a1").replace("Company", "Rest"),
    }
    report = report_of(tmp_path, files, None, SETTINGS)

    told_of = {(f.code, f.path) for f in report.findings} - {("LK156", NEEDS)}
    assert told_of == {
        ("LK063", "vocabularies/needs/a1.ttl"),
        ("LK167", "vocabularies/needs/a1.ttl"),
    }


def test_unknown_link_type_is_guessed(tmp_path: Path) -> None:
    """A mistyped link type is answered with the nearest one that exists."""
    files = sown(Seed("", S1, "def:meetsNeed", "def:meetNeeds"))
    report = report_of(tmp_path, files, None, SETTINGS)

    assert "Did you mean def:meetsNeed?" in {finding.remedy for finding in report.findings}


def test_language_coverage_is_counted(tmp_path: Path) -> None:
    """Each list tells how many of its entries in use have a label in each further language."""
    files = sown(Seed("", N1, '"Learning"@en', '"Learning"@en, "Dysgu"@cy'))
    report = report_of(tmp_path, files, None, BILINGUAL)
    told_of = {f.message for f in report.findings if f.code == "LK106"}

    assert "list/needs: 1 of 2 entries have a label in cy" in told_of
    assert "list/services: 0 of 2 entries have a label in cy" in told_of
    assert report.conforms


def test_messages_show_no_control_characters(tmp_path: Path) -> None:
    """A hostile label is written out by number, so that it cannot act on a terminal."""
    files = sown(Seed("", N1, '"Learning"@en', '"\\u001B[31m\\u202Ered"@en'))
    messages = "".join(f.message for f in report_of(tmp_path, files, None, SETTINGS).findings)

    assert "\\u001b[31m\\u202ered" in messages
    assert messages.isprintable()


ELSEWHERE_BOUND: Final = """def:fallsOn a def:LinkType ; rdfs:label "falls on"@en ;
    owl:inverseOf def:boundBy .
"""
BODY: Final = "<organisation-type/1> a skos:Concept ; def:nation def:Scotland ."


@pytest.mark.parametrize(
    ("nations", "found"), [("def:England", True), ("def:England, def:Scotland", False), ("", False)]
)
def test_a_duty_falls_on_bodies_of_its_nations(tmp_path: Path, nations: str, found: bool) -> None:  # noqa: FBT001 - a column of the table
    """A body that exists in none of the nations it applies in can not be bound."""
    applies = f"def:appliesIn {nations} ;" if nations else ""
    duty = f"""<power-or-duty/1> a skos:Concept, def:Duty ; {applies}
        def:fallsOn <organisation-type/1> ."""
    files = {
        "definitions.ttl": ELSEWHERE_BOUND,
        "powers-and-duties/1.ttl": duty,
        "organisation-types/1.ttl": BODY,
    }
    codes = {finding.code for finding in report_of(tmp_path, files, None, SETTINGS).findings}

    assert ("LK097" in codes) is found
