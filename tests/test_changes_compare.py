"""What changed between two editions, in the words of those who keep and use lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from compared import Edit, changed, edit, loaded, told
from listkeeper.changes.compare import compare
from listkeeper.changes.kinds import ROWS, Impact, Kind
from sample import write_sample

if TYPE_CHECKING:
    from pathlib import Path

LIBRARIES = "services/05/559.ttl"
BURSARY = "services/16/1614.ttl"
DUTY = "powers-and-duties/10001.ttl"
RETIRED = (
    'adms:status <status/retired> ; def:endDate "2026-11-30"^^xsd:date ; '
    'def:retirementReason "Closed."@en ; dct:isReplacedBy <service/602>'
)
NEW = """\
<service/200002> a skos:Concept, def:Service ;
    skos:inScheme <list/services> ; skos:notation "200002" ;
    skos:prefLabel "Repair cafés"@en ; def:meetsNeed <need/69> ;
    adms:status <status/current> .
"""
RENAMED = (
    ('"Libraries"@en', '"Public libraries"@en'),
    (
        "<service/559#former-1> ;",
        "<service/559#former-1>, <service/559#former-2> ;",
    ),
    (
        "<service/559#definition-en> a",
        (
            '<service/559#former-2> a skosxl:Label ; skosxl:literalForm "Libraries"@en ; '
            'def:replacedOn "2026-11-22"^^xsd:date .\n<service/559#definition-en> a'
        ),
    ),
)

RURAL = '<list/rural> a skos:ConceptScheme ; dct:title "Rural"@en .\n'
SILENCE = """\
<service/559#quiet> a def:Silence ; def:rule "LK131" .
<service/559#former-1> a"""
CANAL = '\ndef:Canal a <urn:x:Class> ; <urn:x:p> "c" .\ndef:Channel\n'
CITES = "def:requiredByDuty <power-or-duty/10001> ; adms:status"

CASES: dict[str, tuple[tuple[Edit, ...], list[tuple[str, str, str]]]] = {
    "an entry is new": (
        (("services/2000/200002.ttl", "", NEW),),
        [("added", "200002", "")],
    ),
    "an entry is gone": (
        (("services/17/1788.ttl", "", ""),),
        [("removed", "1788", "")],
    ),
    "a proposal is gone": (
        (("services/2000/200001.ttl", "", ""),),
        [("withdrawn", "200001", "")],
    ),
    "a proposal is taken up": (
        (("services/2000/200001.ttl", "status/proposed", "status/current"),),
        [("confirmed", "200001", "")],
    ),
    "an entry in use is proposed again": (
        (("services/06/602.ttl", "status/current", "status/proposed"),),
        [("status", "602", "current → proposed")],
    ),
    "a new name, the former one recorded": (
        tuple((LIBRARIES, old, new) for old, new in RENAMED),
        [("renamed", "559", "Libraries → Public libraries (en)")],
    ),
    "a new name in one language of two": (
        ((BURSARY, "Cronfa fwrsari 16 i 19", "Cronfa fwrsari"),),
        [("renamed", "1614", "Cronfa fwrsari 16 i 19 → Cronfa fwrsari (cy)")],
    ),
    "a name in a further language": (
        (("services/06/602.ttl", '"Allotments"@en', '"Allotments"@en, "Rhandiroedd"@cy'),),
        [("label-added", "602", "Rhandiroedd (cy)")],
    ),
    "a name in a language is gone": (
        ((BURSARY, ', "Cronfa fwrsari 16 i 19"@cy', ""),),
        [("label-removed", "1614", "Cronfa fwrsari 16 i 19 (cy)")],
    ),
    "a definition says something else": (
        ((DUTY, "A library authority must", "An authority must"),),
        [
            (
                "definition",
                "10001",
                (
                    "definition (en): "
                    "A library authority must provide libraries for all who wish to use them. → "
                    "An authority must provide libraries for all who wish to use them."
                ),
            )
        ],
    ),
    "a note is gone": (
        ((LIBRARIES, '    skos:scopeNote "School libraries are not meant."@en ;\n', ""),),
        [("note", "559", "scope note (en): removed School libraries are not meant.")],
    ),
    "another place in the hierarchy": (
        (("functions/112.ttl", "    skos:broader <function/110> ;\n", ""),),
        [("moved", "112", "from 110 Leisure and culture to the top")],
    ),
    "a link less, a link more": (
        ((LIBRARIES, "<need/71>", "<need/70>"),),
        [
            ("link-added", "559", "meets need: https://lists.example.org/id/need/70"),
            ("link-removed", "559", "meets need: 71 Community facilities"),
        ],
    ),
    "retired, with a replacement": (
        (("services/06/603.ttl", "adms:status <status/current>", RETIRED),),
        [("retired", "603", "2026-11-30; Closed.; use 602 Allotments")],
    ),
    "retired, without one": (
        (
            (
                "services/06/603.ttl",
                "adms:status <status/current>",
                RETIRED.rsplit(" ;", 1)[0],
            ),
        ),
        [("retired", "603", "2026-11-30; Closed.; no replacement")],
    ),
    "another replacement": (
        (("services/06/600.ttl", "<service/1614>", "<service/606>"),),
        [
            (
                "replacement",
                "600",
                "is replaced by: 1614 16 to 19 bursary fund → 606 Pest control",
            )
        ],
    ),
    "in use again": (
        (
            ("services/06/607.ttl", "status/retired", "status/current"),
            ("services/06/607.ttl", 'def:endDate "2025-04-01"^^xsd:date ;', ""),
            (
                "services/06/607.ttl",
                'def:retirementReason "The licence was abolished."@en',
                'def:reinstatedOn "2026-11-22"^^xsd:date',
            ),
        ),
        [("reinstated", "607", "retired → current")],
    ),
    "may becomes must": (
        (
            ("powers-and-duties/10002.ttl", "def:Power,", "def:Duty,"),
            ("powers-and-duties/10002.ttl", "<list/powers>", "<list/duties>"),
        ),
        [
            ("class", "10002", "type: Power → Duty"),
            ("subset-joined", "10002", "Duties"),
            ("subset-left", "10002", "Powers"),
        ],
    ),
    "another provision": (
        ((DUTY, 'def:provisionNumber "7"', 'def:provisionNumber "7A"'),),
        [("law", "10001", "7 → 7A")],
    ),
    "a match elsewhere less": (
        ((LIBRARIES, "    skos:exactMatch <http://id.esd.org.uk/service/559> ;\n", ""),),
        [("mapping-removed", "559", "exact match: http://id.esd.org.uk/service/559")],
    ),
    "a text is reviewed": (
        ((LIBRARIES, "<status/draft>", "<status/reviewed>"),),
        [("review", "559", "Draft → Reviewed")],
    ),
    "a date alone": (
        ((LIBRARIES, 'dct:modified "2013-04-03"', 'dct:modified "2026-11-22"'),),
        [("dates", "559", "modified: 2013-04-03 → 2026-11-22")],
    ),
    "a date beside another change": (
        (
            (LIBRARIES, 'dct:modified "2013-04-03"', 'dct:modified "2026-11-22"'),
            (LIBRARIES, "Lending library", "Reading room"),
        ),
        [("alternative-label", "559", "alt label (en): Lending library → Reading room")],
    ),
    "a list is dormant": (
        (("needs/list.ttl", "status/live", "status/dormant"),),
        [("list-status", "needs", "status: Live → Dormant")],
    ),
    "about a list": (
        (("needs/list.ttl", "To try things out.", "To know what is needed."),),
        [("list-metadata", "needs", "purpose (en): To try things out. → To know what is needed.")],
    ),
    "a list under another address": (
        (("needs/list.ttl", 'def:segment "need"', 'def:segment "want"'),),
        [("list-terms", "needs", "path segment: need → want")],
    ),
    "a list is gone, its entries stay": (
        (("services/list-englishAndWelshServices.ttl", "", ""),),
        [("list-removed", "englishAndWelshServices", "")],
    ),
    "a property that nothing here reads": (
        ((LIBRARIES, "skos:notation", "<https://example.org/mood> 7 ; skos:notation"),),
        [("other", "559", "mood: added 7")],
    ),
    "a thing that nothing here knows": (
        (("needs/69.ttl", "<need/69> a", '<https://example.org/x> skos:note "y" .\n<need/69> a'),),
        [("other", "https://example.org/x", "note: added y")],
    ),
    "a list is new": (
        (("services/list-rural.ttl", "", RURAL),),
        [("list-added", "rural", "")],
    ),
    "a list under another title": (
        (("needs/list.ttl", '"Needs"@en', '"What is needed"@en'),),
        [("list-renamed", "needs", "title (en): Needs → What is needed")],
    ),
    "another code in the same file": (
        (("needs/69.ttl", 'skos:notation "69"', 'skos:notation "70"'),),
        [("code", "70", "notation: 69 → 70")],
    ),
    "a match elsewhere more": (
        (("needs/69.ttl", "skos:notation", "skos:closeMatch <urn:x:1> ; skos:notation"),),
        [("mapping-added", "69", "close match: urn:x:1")],
    ),
    "another draft label": (
        ((LIBRARIES, '"Llyfrgelloedd"@cy', '"Y llyfrgelloedd"@cy'),),
        [("draft-label", "559", "draft label (cy): Llyfrgelloedd → Y llyfrgelloedd")],
    ),
    "a former name is corrected": (
        ((LIBRARIES, '"Library services"@en', '"Library service"@en'),),
        [("former-label", "559", "Library services → Library service")],
    ),
    "something else was looked at": (
        ((LIBRARIES, "the council pages of three libraries", "two pages"),),
        [("none-known", "559", "the council pages of three libraries → two pages")],
    ),
    "a rule is silenced": (
        ((LIBRARIES, "<service/559#former-1> a", SILENCE),),
        [("silence", "559", "added LK131")],
    ),
    "a member of a group less": (
        (("circumstances/groups.ttl", "<circumstance/10002>, ", ""),),
        [("group", "https://lists.example.org/id/circumstance-group/work",
          "member: removed 10002 Out of work")],
    ),
    "another user": (
        (("services/uses.ttl", "GOV.UK's", "The"),),
        [("use", "https://lists.example.org/id/list/services#use-govuk",
          "label: GOV.UK's links to councils → The links to councils")],
    ),
    "another title of the catalogue": (
        (("catalogue.ttl", '"Sample lists"', '"Lists"'),),
        [("catalogue", "https://lists.example.org/id/catalogue", "title: Sample lists → Lists")],
    ),
    "a term is new": (
        (("definitions.ttl", "\ndef:Channel\n", CANAL),),
        [("term-added", "https://lists.example.org/def/Canal", "")],
    ),
    "a term means something else": (
        (("definitions.ttl", "\ndef:Channel\n", '\ndef:Channel <urn:x:p> "c" .\ndef:Channel\n'),),
        [("term-changed", "https://lists.example.org/def/Channel", "urn:x:p: added c")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("edits", "expected"), CASES.values(), ids=CASES)
def test_a_change_is_told_as_what_it_is(
    edits: tuple[Edit, ...], expected: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    assert told(changed(tmp_path, *edits).changes) == expected


def test_the_cases_show_every_kind() -> None:
    """But for those that have tests of their own below."""
    shown = {kind for _, changes in CASES.values() for kind, _, _ in changes}

    assert {kind.value for kind in Kind} - shown == {"base-moved", "file", "term-removed"}


def test_a_term_that_goes_is_told(tmp_path: Path) -> None:
    before = loaded(write_sample(tmp_path))
    new = "\ndef:Canal a <urn:x:Class> .\ndef:Channel\n"
    edit(tmp_path, [("definitions.ttl", "\ndef:Channel\n", new)])

    changes = compare(loaded(tmp_path), before)

    assert told(changes.changes) == [("term-removed", "https://lists.example.org/def/Canal", "")]
    assert changes.impact is Impact.BREAKING


@pytest.mark.parametrize(("edits", "expected"), CASES.values(), ids=CASES)
def test_each_statement_belongs_to_one_change(
    edits: tuple[Edit, ...], expected: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    """What the changes are made of is what the two graphs differ in, each statement once."""
    del expected

    changes = changed(tmp_path, *edits)

    removed = [triple for change in changes.changes for triple in change.removed]
    added = [triple for change in changes.changes for triple in change.added]
    assert len(removed) == len(set(removed)) == len(changes.difference.removed)
    assert set(removed) == changes.difference.removed
    assert len(added) == len(set(added)) == len(changes.difference.added)
    assert set(added) == changes.difference.added


def test_entries_that_link_to_a_changed_one_are_counted(tmp_path: Path) -> None:
    """Of a duty whose sentence changes, the services that cite it; retired ones do not count."""
    changes = changed(
        tmp_path,
        ("services/06/600.ttl", "adms:status", CITES),
        ("services/06/602.ttl", "adms:status", CITES),
        (DUTY, "A library authority must", "An authority must"),
    )

    effects = [(e.count, e.list_name, e.link_label) for c in changes.changes for e in c.effects]

    assert effects == [(2, "services", "is required by duty")]


def test_links_to_what_is_gone_are_counted_as_they_were(tmp_path: Path) -> None:
    changes = changed(
        tmp_path, ("needs/71.ttl", "", ""), (LIBRARIES, "<need/69>, <need/71>", "<need/69>")
    )

    gone = next(change for change in changes.changes if change.kind is Kind.REMOVED)
    assert [(effect.count, effect.list_name) for effect in gone.effects] == [(1, "services")]


def test_known_users_of_changed_codes_are_named(tmp_path: Path) -> None:
    """Who uses a code is told of a new name, not of a new note."""
    folder = write_sample(tmp_path)
    uses = (
        "<list/services#use-gov> a def:Use ; "
        '<http://www.w3.org/2000/01/rdf-schema#label> "GOV.UK"@en ;'
        ' dct:source "a file" ; def:usesConcept <service/559>, <service/602>, <service/1614> .\n'
    )
    edit(folder, [("services/uses.ttl", "", uses)])
    before = loaded(folder)
    edit(folder, [(LIBRARIES, '"Libraries"@en', '"Public libraries"@en')])
    edit(folder, [("services/06/602.ttl", '"Allotments"@en', '"Plots"@en')])
    edit(folder, [(BURSARY, "skos:notation", 'skos:note "x"@en ; skos:notation')])

    users = compare(before, loaded(folder)).users

    assert [(u.user, [c.code for c in u.concepts]) for u in users] == [("GOV.UK", ["559", "602"])]


def test_a_move_to_another_base_is_one_change(tmp_path: Path) -> None:
    """And what changed besides is told by the new identifiers."""
    before = loaded(write_sample(tmp_path / "a"))
    folder = write_sample(tmp_path / "b", base="https://standards.example.net/lists/")
    edit(folder, [(LIBRARIES, '"Libraries"@en', '"Public libraries"@en')])

    changes = compare(before, loaded(folder))

    assert told(changes.changes) == [
        ("renamed", "559", "Libraries → Public libraries (en)"),
        (
            "base-moved",
            "https://standards.example.net/lists/",
            "https://lists.example.org/ → https://standards.example.net/lists/",
        ),
    ]
    assert changes.changes[0].subject.uri.startswith("https://standards.example.net/")


def test_everything_is_new_where_there_was_nothing(tmp_path: Path) -> None:
    edition = loaded(write_sample(tmp_path))

    changes = compare(None, edition)

    assert set(changes.difference.added) == set(edition.authored)
    assert changes.counts[Kind.ADDED] == len(edition.vocabulary.concepts)
    assert changes.counts[Kind.LIST_ADDED] == len(edition.vocabulary.schemes)
    assert Kind.OTHER not in changes.counts


def test_a_file_that_can_not_be_read_is_told(tmp_path: Path) -> None:
    """Its entries are not compared, and nobody is to think that they are gone."""
    changes = changed(tmp_path, (LIBRARIES, "skos:notation", "skos:notation oops"))

    assert [(unread.state, unread.path) for unread in changes.unread] == [
        ("after", f"vocabularies/{LIBRARIES}")
    ]


def test_a_file_without_statements_is_told(tmp_path: Path) -> None:
    before = loaded(write_sample(tmp_path))
    (tmp_path / "vocabularies/services/ids.txt").write_text("17 spoiled\n")

    changes = compare(before, loaded(tmp_path))

    assert told(changes.changes) == [("file", "vocabularies/services/ids.txt", "")]
    assert changes.changes[0].lists == ("services",)


def test_a_subset_has_the_changes_of_its_members(tmp_path: Path) -> None:
    """559 is in a subset of the services, 602 is not."""
    changes = changed(
        tmp_path,
        (LIBRARIES, '"Libraries"@en', '"Public libraries"@en'),
        ("services/06/602.ttl", '"Allotments"@en', '"Plots"@en'),
    )

    assert [c.subject.code for c in changes.of_list("services").changes] == ["559", "602"]
    assert [c.subject.code for c in changes.of_list("englishAndWelshServices").changes] == ["559"]
    assert not changes.of_list("needs")


def test_nothing_changed_between_two_readings(tmp_path: Path) -> None:
    folder = write_sample(tmp_path, hostile=True)

    changes = compare(loaded(folder), loaded(folder))

    assert (changes.changes, changes.impact, bool(changes.difference)) == ((), None, False)


def test_gravest_impact_counts(tmp_path: Path) -> None:
    changes = changed(
        tmp_path,
        ("services/06/602.ttl", "status/current", "status/proposed"),
        (LIBRARIES, "Lending library", "Reading room"),
    )

    assert changes.impact is Impact.BREAKING
    assert changes.impacts == {Impact.BREAKING: 1, Impact.COMPATIBLE: 0, Impact.EDITORIAL: 1}


def test_every_kind_is_classed_with_its_reason(root: Path) -> None:
    """And the page for people has the same table."""
    page = (root / "docs" / "diff.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| (.*?\|.*?\|.*) \|$", page, flags=re.MULTILINE))

    assert set(ROWS) == set(Kind)
    assert rows == {
        kind.value: f"{row.title} | {row.impact.value} | {row.reason}" for kind, row in ROWS.items()
    }
