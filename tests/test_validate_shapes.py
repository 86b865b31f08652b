"""Every shape finds the defect it is for, at its place, and reads like a rule."""

from __future__ import annotations

import logging
import socket
import subprocess
import sys
import time
import warnings
from typing import TYPE_CHECKING, Final

import pytest

from listkeeper.edition import load
from listkeeper.errors import ContentError
from listkeeper.graph import RDF_TYPE, URINode
from listkeeper.namespaces import SH
from listkeeper.settings import PLACEHOLDER_BASE
from listkeeper.store.workspace import open_workspace
from listkeeper.validate import check
from listkeeper.validate.rules import every_rule
from listkeeper.validate.shape_rules import NAMES, read_shapes
from repository import edition_of, write_repository
from seeded import CLEAN, MARK, SETTINGS, Seed, expected, report_of, sown, told

if TYPE_CHECKING:
    from pathlib import Path

S1, S2, S3 = "services/1.ttl", "services/20/200001.ttl", "services/20/200002.ttl"
N1 = "needs/10001.ttl"
DUTY, POWER, LAW = (
    *("powers-and-duties/10001.ttl", "powers-and-duties/10002.ttl"),
    "legislation/10001.ttl",
)
LIST, TERMS, CATALOGUE = "services/list.ttl", "definitions.ttl", "catalogue.ttl"
GROUPS, USES = "services/groups.ttl", "services/uses.ttl"
REVIEW: Final = "    def:reviewStatus <status/not-reviewed> ;\n"
DAY: Final = '"2026-11-21"^^xsd:date'


def wrong(code: str, path: str, line: str, value: str, *also: str) -> Seed:
    """Replace the value of a line `property value` by another; the finding is at that value."""
    name = line.split(" ", 1)[0]
    return Seed(code, path, line, f"{name} ‸{value}", also=also)


def double(code: str, path: str, line: str, value: str, *also: str) -> Seed:
    """Give a property a second value; the finding is at the property."""
    return Seed(code, path, line, f"‸{line}, {value}", also=also)


def without(code: str, path: str, line: str, subject: str, *also: str) -> Seed:
    """Leave a line out; the finding is at the subject."""
    return Seed(code, path, f"    {line} ;\n", "", path, f"‸{subject}\n", also)


def extra(code: str, path: str, line: str, *also: str) -> Seed:
    """Put a line into the first subject of a file."""
    old = CLEAN[path].split("    a ", 1)[1].split(" ;\n", 1)[0]
    return Seed(code, path, f"    a {old} ;\n", f"    a {old} ;\n    {line} ;\n", also=also)


CONCEPTS: Final = (
    Seed("LK201", N1, "a skos:Concept, def:Need", "a def:Need", N1, "‸a def:Need", ("LK012",)),
    without("LK202", N1, "skos:inScheme <list/needs>", "<need/10001>"),
    wrong("LK202", N1, "skos:inScheme <list/needs>", '"needs"'),
    without("LK203", N1, 'skos:notation "10001"', "<need/10001>"),
    wrong("LK203", N1, 'skos:notation "10001"', "10001"),
    double("LK203", N1, 'skos:notation "10001"', '"2"'),
    without("LK204", N1, 'skos:prefLabel "Learning"@en', "<need/10001>"),
    wrong("LK204", N1, 'skos:prefLabel "Learning"@en', '"Learning"', "LK101"),
    wrong("LK205", N1, "adms:status <status/current>", "<status/live>"),
    double("LK205", N1, "adms:status <status/current>", "<status/proposed>"),
    wrong("LK206", S1, 'dct:created "2013-04-03"^^xsd:date', '"2013-04-31"^^xsd:date', "LK070"),
    wrong("LK206", S1, 'dct:created "2013-04-03"^^xsd:date', '"4/3/13"'),
    wrong("LK207", S1, 'dct:modified "2013-04-04"^^xsd:date', '"2013"^^xsd:gYear'),
    wrong("LK208", S3, 'def:startDate "2020-01-01"^^xsd:date', '"2020-01-01"'),
    double("LK209", S3, 'def:endDate "2024-01-01"^^xsd:date', '"2024-01-02"^^xsd:date'),
    wrong("LK210", S1, 'skos:altLabel "Book lending"@en', '"Book lending"'),
    extra("LK211", S1, 'skos:hiddenLabel ‸"Books"'),
    extra("LK212", S1, 'def:draftLabel ‸"Llyfrau"'),
    wrong(
        "LK213",
        S1,
        'skos:definition "Lends books to everyone who lives in the area."@en',
        '"Lends books to everyone who lives in the area."',
        "LK083",
        "LK084",
    ),
    double(
        "LK213",
        S1,
        'skos:definition "Lends books to everyone who lives in the area."@en',
        '"Lends out books, maps and music too."@en',
    ),
    wrong("LK214", S1, 'skos:scopeNote "Mobile ones too."@en', '"Mobile ones too."'),
    extra("LK215", S1, 'skos:historyNote ‸"Renamed."'),
    wrong("LK216", "needs/10002.ttl", "skos:broader <need/10001>", '"Learning"'),
    wrong("LK217", S1, "skos:exactMatch <http://id.esd.org.uk/service/1>", '"1"', "LK066"),
    wrong("LK218", N1, "def:reviewStatus <status/not-reviewed>", "<status/draft>", "LK085"),
    extra("LK219", S1, 'def:labelUnconfirmed ‸"yes"'),
    wrong("LK220", S3, 'def:retirementReason "There are no gas lamps left."@en', '"Gone."'),
    wrong("LK222", S1, "def:textRecord <service/1#definition-en>", '"draft"', "LK083"),
    wrong("LK223", S2, "def:noneKnown <service/200001#no-need>", '"needs"'),
    wrong("LK224", S1, "skosxl:hiddenLabel <service/1#former-1>", '"Books"'),
    wrong("LK221", S3, "dct:isReplacedBy <service/200001>", '"200001"'),
)

RECORD: Final = "<service/1#definition-en>"
PARTS: Final = (
    Seed("LK230", S1, "a def:TextRecord", "a owl:Thing", S1, "‸a owl:Thing"),
    without("LK231", S1, "def:aboutProperty skos:definition", RECORD, "LK083"),
    wrong("LK231", S1, "def:aboutProperty skos:definition", '"definition"', "LK083"),
    wrong("LK232", S1, "adms:status <status/draft>", "<status/current>"),
    without("LK233", S1, f"dct:date {DAY}", RECORD),
    without("LK234", S1, 'def:authorRole "Editor"', RECORD),
    wrong("LK235", S1, 'dct:language "en"', '"en"@en'),
    Seed("LK240", S1, "a skosxl:Label", "a owl:Thing", S1, "‸a owl:Thing"),
    wrong("LK241", S1, 'skosxl:literalForm "Library services"@en', '"Library services"'),
    double("LK241", S1, 'skosxl:literalForm "Library services"@en', '"Books"@en'),
    Seed("LK242", S1, "a skosxl:Label ;", 'a skosxl:Label ;\n    def:replacedOn ‸"2013" ;'),
    double("LK243", S1, 'def:replacedIn "3.00"', '"4.00"'),
    Seed("LK245", S2, "a def:NoneKnown", "a owl:Thing", S2, "‸a owl:Thing"),
    without("LK246", S2, "def:linkType def:meetsNeed", "<service/200001#no-need>"),
    wrong("LK247", S2, f"dct:date {DAY}", '"2026-11-21"'),
    Seed("LK248", S2, 'def:lookedAt "All needs."', "def:lookedAt ‸<urn:needs>"),
    Seed(
        *("LK332", S1, ""),
        '\n‸<service/1#silence-1> a def:Silence ; def:rule "LK105" ; def:reason "So."@en .\n',
        also=("LK169",),
    ),
)

LISTS: Final = (
    without("LK250", LIST, 'dct:title "Services"@en', "<list/services>"),
    without("LK251", LIST, 'dct:description "All Services."@en', "<list/services>"),
    without("LK252", LIST, 'def:purpose "To name them."@en', "<list/services>"),
    wrong("LK253", LIST, "dct:license <https://example.org/licence>", '"OGL"'),
    wrong("LK254", LIST, "adms:status <status/live>", "<status/current>"),
    double("LK255", LIST, 'def:segment "service"', '"services"'),
    without("LK256", LIST, "def:conceptClass def:Service", "<list/services>"),
    wrong("LK257", LIST, 'dct:created "2026-01-01"^^xsd:date', '"January"'),
    extra("LK258", LIST, 'dct:modified ‸"January"'),
    wrong("LK259", LIST, "def:firstMinted 200001", '"200001"'),
    double("LK260", LIST, 'def:formerSpace "http://id.esd.org.uk/service/"', '"urn:x:"'),
    double("LK261", "services/list-internal.ttl", "def:subsetOf <list/services>", "<list/needs>"),
    extra("LK262", LIST, 'def:owner ‸"The editors"'),
    without("LK330", GROUPS, 'skos:prefLabel "Culture"@en', "<list/services#group-1>"),
    wrong("LK331", GROUPS, "skos:member <service/1>", '"1"'),
    wrong("LK310", CATALOGUE, 'dct:title "Our lists"@en', '"Our lists"'),
    without("LK311", CATALOGUE, 'dct:description "What we share."@en', "<catalogue>"),
    without("LK312", CATALOGUE, 'def:publisherName "The editors"@en', "<catalogue>"),
    without("LK313", CATALOGUE, "dct:license <https://example.org/licence>", "<catalogue>"),
    wrong("LK314", CATALOGUE, 'dct:rights "By the editors."@en', '"By the editors."'),
    without("LK320", USES, 'rdfs:label "A council"@en', "<list/services#use-1>"),
    without("LK321", USES, "dct:source <https://example.org/>", "<list/services#use-1>"),
    wrong("LK322", USES, f"dct:date {DAY}", '"yesterday"'),
    wrong("LK323", USES, "def:usesConcept <service/1>", '"1"'),
)

LINK: Final = "def:meetsNeed"
LINKS: Final = (
    without("LK270", TERMS, 'rdfs:label "meets need"@en', LINK),
    without("LK271", TERMS, "owl:inverseOf def:metBy", LINK),
    without("LK272", TERMS, "def:domainList <list/services>", LINK),
    without("LK273", TERMS, "def:rangeList <list/needs>", LINK),
    without("LK274", TERMS, 'def:heading "Needs met"@en', LINK),
    without("LK275", TERMS, 'def:inverseHeading "Services"@en', LINK),
    without("LK276", TERMS, "rdfs:subPropertyOf skos:mappingRelation", LINK),
    wrong("LK277", TERMS, "sh:order 10", '"first"'),
    wrong("LK278", TERMS, "def:minimumCoverage 0.8", "80.0", "LK054"),
)

PROVISION: Final = "<power-or-duty/10001#provision-1>"
POWERS: Final = (
    Seed("LK280", POWER, "<list/powers>, ", "", POWER, "‸skos:inScheme", ("LK042",)),
    Seed("LK281", DUTY, "<list/duties>, ", "", DUTY, "‸skos:inScheme"),
    wrong("LK282", DUTY, "def:provision <power-or-duty/10001#provision-1>", '"section 7"', "LK283"),
    Seed("LK283", DUTY, '"primary"', '"see-also"', DUTY, "‸def:provision "),
    wrong("LK284", DUTY, "def:appliesIn def:England", "def:Nation"),
    without("LK284", DUTY, "def:appliesIn def:England", "<power-or-duty/10001>"),
    without("LK285", DUTY, 'def:inForce "in-force"', "<power-or-duty/10001>"),
    wrong("LK286", DUTY, "def:general false", '"no"'),
    Seed("LK290", DUTY, "a def:Provision", "a owl:Thing", DUTY, "‸a owl:Thing"),
    without("LK291", DUTY, "def:legislation <legislation/10001>", PROVISION),
    without("LK292", DUTY, 'def:provisionKind "section"', PROVISION),
    without("LK293", DUTY, 'def:provisionNumber "7(1)"', PROVISION),
    wrong("LK294", DUTY, 'def:provisionRole "primary"', '"first"', "LK283"),
    Seed(
        "LK295",
        DUTY,
        "def:evidenceAddress <https://www.legislation.gov.uk/ukpga/1964/75/section/7>",
        'def:evidenceAddress ‸"page 7"',
    ),
    without("LK296", DUTY, f"def:evidenceDate {DAY}", PROVISION),
    wrong("LK297", DUTY, 'def:evidenceHeading "General duty of library authorities"', '""'),
    wrong("LK298", DUTY, 'def:evidenceVersion "revised"', '"latest"'),
    Seed(
        "LK299",
        DUTY,
        "a def:Provision ;",
        'a def:Provision ;\n    def:evidencePointInTime ‸"2020" ;',
    ),
    without("LK300", LAW, 'def:legislationType "ukpga"', "<legislation/10001>"),
    wrong("LK301", LAW, 'def:legislationYear "1964"', "1964"),
    double("LK302", LAW, 'def:legislationNumber "75"', '"76"'),
    Seed(
        "LK303",
        LAW,
        "def:evidenceAddress <https://www.legislation.gov.uk/ukpga/1964/75>",
        'def:evidenceAddress ‸"read"',
    ),
    wrong("LK304", LAW, f"def:evidenceDate {DAY}", '"2026"'),
    extra("LK305", LAW, "def:extent ‸<urn:France>"),
)

ALL: Final = (*CONCEPTS, *PARTS, *LISTS, *LINKS, *POWERS)


@pytest.fixture(scope="module")
def shapes(root: Path) -> Path:
    """The shapes that come with the package."""
    return root / "shapes"


@pytest.mark.parametrize("seed", ALL, ids=lambda seed: seed.title)
def test_defect_is_found(tmp_path: Path, shapes: Path, seed: Seed) -> None:
    """A seeded defect is found by its shape at its place, and by nothing else."""
    assert {(seed.code, *expected(seed))} == told(tmp_path, seed, shapes)


def test_clean_repository_conforms(tmp_path: Path, shapes: Path) -> None:
    """Every case's clean counterpart: without the defect there is nothing to tell."""
    assert report_of(tmp_path, CLEAN, shapes, SETTINGS).findings == ()


def test_every_shape_has_a_case(shapes: Path) -> None:
    """No shape is without a seeded defect."""
    rules = every_rule(shapes, PLACEHOLDER_BASE)
    coded = {rule.code for rule in rules if rule.shape} - {"LK200"}

    assert coded == {seed.code for seed in ALL}


def test_shapes_read_like_rules(shapes: Path) -> None:
    """Every property shape has a name of its own, a message, a severity, a code and a remedy."""
    graph = read_shapes(shapes, PLACEHOLDER_BASE)
    auxiliary = URINode(f"{PLACEHOLDER_BASE}def/shape/primary-role")  # part of another shape
    for subject in graph.subjects():
        if URINode(SH + "PropertyShape") in graph.objects(subject, RDF_TYPE):
            assert isinstance(subject, URINode)
            missing = {name for name, p in NAMES.items() if len(graph.objects(subject, p)) != 1}
            assert missing == (
                {"code", "remedy", "specification"} if subject == auxiliary else set()
            ), subject


def test_codes_are_unique(shapes: Path) -> None:
    """No code is that of two rules, whether in Python or in SHACL."""
    codes = [rule.code for rule in every_rule(shapes, PLACEHOLDER_BASE)]

    assert len(set(codes)) == len(codes)


def test_shapes_move_with_the_base(tmp_path: Path, shapes: Path) -> None:
    """Shapes written for the placeholder base find defects in lists with another base."""
    root = write_repository(tmp_path, sown(wrong("", N1, REVIEW.strip(" ;\n"), '"no"')), SETTINGS)
    for path in (root / "listkeeper.toml", *root.rglob("*.ttl")):
        text = path.read_text().replace(PLACEHOLDER_BASE, "https://lists.council.uk/")
        path.write_text(text.replace("‸", ""))
    report = check(load(open_workspace(root)), shapes_folder=shapes)

    assert "LK218" in {finding.code for finding in report.findings}


OWN_SHAPE: Final = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<urn:shape> a sh:PropertyShape ;
    sh:targetClass skos:Concept ;
    sh:path skos:prefLabel ;
    sh:maxLength 7 ;
    sh:message "has a long label" ;
    sh:severity sh:Warning .
"""


def test_own_shape_without_a_code(tmp_path: Path) -> None:
    """A shape of a repository's own is told with its message and severity, under one code."""
    folder = tmp_path / "shapes"
    folder.mkdir()
    (folder / "own.ttl").write_text(OWN_SHAPE)
    report = report_of(tmp_path / "lists", CLEAN, folder, SETTINGS)
    found = {(f.code, f.severity.value, f.message) for f in report.findings}

    assert (
        "LK200",
        "warning",
        'need/10001 "Learning": has a long label (found "Learning")',
    ) in found
    assert report.conforms


PATTERNED: Final = OWN_SHAPE.replace("sh:maxLength 7 ;", "{} ;\n    sh:maxLength 7 ;")
UNSAFE: Final = (
    ("owl:imports <https://example.org/shapes>", "LK340", "owl#imports"),
    ("sh:js <urn:code>", "LK340", "shacl#js"),
    ('sh:jsLibraryURL "https://example.org/x.js"', "LK340", "shacl#jsLibraryURL"),
    (r'sh:pattern "^(.)\\1"', "LK341", "back-references"),
    (r'sh:pattern "^(?=L)"', "LK341", "no such group"),
    (r'sh:pattern "^[\\w]+$"', "LK341", "the characters"),
    (r'sh:pattern "^(a"', "LK341", "RE2 says"),
    ('sh:pattern "^L" ; sh:flags "z"', "LK341", "flag 'z'"),
)


@pytest.mark.parametrize(("line", "code", "words"), UNSAFE, ids=[case[0] for case in UNSAFE])
def test_unsafe_shapes_are_told_and_not_run(
    tmp_path: Path, line: str, code: str, words: str
) -> None:
    """What reaches out or could run for ever is told where it stands; the rest is run."""
    folder = tmp_path / "shapes"
    folder.mkdir()
    owl = "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
    (folder / "own.ttl").write_text(owl + PATTERNED.replace("{}", line))
    report = report_of(tmp_path / "lists", CLEAN, folder, SETTINGS)
    (found,) = (finding for finding in report.findings if finding.code != "LK200")

    assert (found.code, found.path, found.line, found.column) == (code, "shapes/own.ttl", 7, 5)
    assert words in found.message
    assert "LK200" in {finding.code for finding in report.findings}
    assert not report.conforms


@pytest.mark.parametrize(
    "line", ['sh:pattern "^(a|b)*$"', r'sh:pattern "^[A-Z]\\d?" ; sh:flags "i"']
)
def test_safe_patterns_are_run(tmp_path: Path, line: str) -> None:
    """A pattern that RE2 reads as SHACL does is not told, and its results are."""
    folder = tmp_path / "shapes"
    folder.mkdir()
    (folder / "own.ttl").write_text(PATTERNED.replace("{}", line))
    report = report_of(tmp_path / "lists", CLEAN, folder, SETTINGS)

    assert {finding.code for finding in report.findings} == {"LK200"}


def test_a_pattern_that_explodes_takes_no_time(tmp_path: Path) -> None:
    """Nested repetitions over a text that nearly matches: others take years for it."""
    folder = tmp_path / "shapes"
    folder.mkdir()
    (folder / "own.ttl").write_text(PATTERNED.replace("{}", 'sh:pattern "^(a+)+$"'))
    files = sown(Seed("", N1, '"Learning"@en', f'"{"a" * 2000}b"@en'))
    before = time.monotonic()
    report = report_of(tmp_path / "lists", files, folder, SETTINGS)

    assert "LK200" in {finding.code for finding in report.findings}
    assert time.monotonic() - before < 10


UNUSABLE: Final = ("<urn:a>", OWN_SHAPE.replace("sh:maxLength 7", "sh:maxLength true"))


@pytest.mark.parametrize("text", UNUSABLE)
def test_unusable_shapes(tmp_path: Path, text: str) -> None:
    """Shapes that are no Turtle or not well-formed are told at their file."""
    folder = tmp_path / "shapes"
    folder.mkdir()
    (folder / "own.ttl").write_text(text)
    report = report_of(tmp_path / "lists", CLEAN, folder, SETTINGS)

    assert [finding.code for finding in report.findings] == ["LK342"]


FETCHING: Final = """
<urn:shape> sh:sparql [ sh:select "SELECT $this {} WHERE {{ {} }}" ] ; sh:targetClass skos:Concept .
"""


@pytest.mark.parametrize("engine", ["compiled", "pyshacl"])
@pytest.mark.parametrize(
    ("clause", "pattern"),
    [
        ("FROM <{}x.ttl>", "$this ?p ?o"),
        ("", "SERVICE <{}sparql> {{ $this ?p ?o }}"),
        ("", "$this ?p ?o"),
    ],
)
def test_no_shape_opens_a_connection(
    tmp_path: Path, engine: str, clause: str, pattern: str
) -> None:
    """Whatever engine runs a query, nothing is asked of the server that it names."""
    folder = tmp_path / "shapes"
    folder.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        query = FETCHING.format(clause.format(address), pattern.format(address))
        (folder / "own.ttl").write_text(OWN_SHAPE + query)
        edition = edition_of(tmp_path / "lists", CLEAN, SETTINGS)
        check(edition, shapes_folder=folder, engine=engine)
        server.settimeout(0.2)
        with pytest.raises(TimeoutError):
            server.accept()


def test_no_shapes(tmp_path: Path) -> None:
    """An empty folder of shapes is told, not taken for agreement."""
    with pytest.raises(ContentError, match="holds no shapes"):
        read_shapes(tmp_path, PLACEHOLDER_BASE)


def test_whole_vocabularies_of_others_are_not_held_to_our_shapes(
    tmp_path: Path, shapes: Path
) -> None:
    """A vocabulary in one file is checked as SKOS, not for what our own entries have."""
    files = {**CLEAN, "colours.ttl": "<urn:red> a skos:Concept ; skos:prefLabel 'red'@en ."}

    assert report_of(tmp_path, files, shapes, SETTINGS).findings == ()


def test_part_that_is_not_described(tmp_path: Path, shapes: Path) -> None:
    """A part that no file describes is told once, where it is pointed to."""
    files = sown(
        Seed("", S2, "def:noneKnown <service/200001#no-need>", "def:noneKnown <service/2#x>")
    )
    report = report_of(tmp_path, files, shapes, SETTINGS)

    assert {f.code for f in report.findings} == {"LK040"}


def test_importing_the_checks_is_cheap() -> None:
    """Neither rdflib nor pyshacl is loaded before shapes are run."""
    code = "import sys, listkeeper.validate; print({'rdflib', 'pyshacl'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "set()\n"


def test_running_shapes_says_and_changes_nothing(
    tmp_path: Path, shapes: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Odd literals write nothing on the terminal; loggers and warnings stay as they were."""
    before = (logging.getLogger("rdflib.term").disabled, list(warnings.filters))
    files = sown(wrong("", S1, 'dct:created "2013-04-03"^^xsd:date', '"2013-99-99"^^xsd:date'))
    report_of(tmp_path, files, shapes, SETTINGS)

    assert before == (logging.getLogger("rdflib.term").disabled, list(warnings.filters))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("seed", ALL, ids=lambda seed: seed.title)
def test_both_engines_find_the_same(tmp_path: Path, root: Path, seed: Seed) -> None:
    """The compiled engine and the reference agree on every seeded defect, place and words."""
    bare = {path: text.replace(MARK, "") for path, text in sown(seed).items()}
    edition = edition_of(tmp_path, bare, seed.settings)

    ours = check(edition, shapes_folder=root / "shapes")
    reference = check(edition, shapes_folder=root / "shapes", engine="pyshacl")

    assert ours.findings == reference.findings


def test_what_the_engine_refuses_is_left_to_the_reference(tmp_path: Path) -> None:
    """It is told; the shape is not ignored."""
    shapes = tmp_path / "shapes"
    shapes.mkdir()
    (shapes / "own.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "<urn:s> a sh:NodeShape ; sh:targetClass skos:Concept ; sh:property <urn:p> .\n"
        '<urn:p> sh:path skos:scopeNote ; sh:pattern "^x" ; sh:flags "m" .\n'
    )
    files = sown(Seed("", S1, "Mobile ones too.", r"Mobile ones too.\n"))
    report = check(edition_of(tmp_path, files, SETTINGS), shapes_folder=shapes)

    assert report.remark.startswith("shapes run by pyshacl: ")
    assert "LK200" in {finding.code for finding in report.findings}


HOPELESS: Final = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<urn:s> a sh:NodeShape ; sh:targetClass skos:Concept ;
    sh:sparql [ sh:select "SELECT $this WHERE { GRAPH <urn:x> { $this ?p ?o } }" ] .
"""


@pytest.mark.parametrize("engine", ["compiled", "pyshacl"])
def test_what_neither_engine_does_is_a_finding_at_the_shape(tmp_path: Path, engine: str) -> None:
    """Whatever the reference raises is told; nothing of it is a traceback."""
    shapes = tmp_path / "shapes"
    shapes.mkdir()
    (shapes / "a.ttl").write_text("")
    (shapes / "own.ttl").write_text(HOPELESS)
    lists = edition_of(tmp_path / "lists", CLEAN, SETTINGS)

    told = check(lists, shapes_folder=shapes, engine=engine).findings

    assert [finding.code for finding in told] == ["LK342"]
    if engine == "compiled":
        assert (told[0].path, told[0].line) == ("shapes/own.ttl", 4)


def test_a_pattern_that_explodes_is_stopped_with_the_reference_too(tmp_path: Path) -> None:
    """RE2 reads it in linear time; the reference runs it with Python's engine."""
    shapes = tmp_path / "shapes"
    shapes.mkdir()
    (shapes / "own.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "<urn:s> a sh:NodeShape ; sh:targetClass skos:Concept ; sh:property <urn:p> .\n"
        '<urn:p> sh:path skos:scopeNote ; sh:pattern "^(a+)+$" .\n'
    )
    files = sown(Seed("", S1, "Mobile ones too.", "a" * 40 + "!"))
    lists = edition_of(tmp_path / "lists", files, SETTINGS)
    begun = time.monotonic()

    told = check(lists, shapes_folder=shapes, engine="pyshacl", patience=1).findings

    assert time.monotonic() - begun < 30
    assert "LK343" in {finding.code for finding in told}
    found = check(lists, shapes_folder=shapes).findings
    assert "LK200" in {finding.code for finding in found}
