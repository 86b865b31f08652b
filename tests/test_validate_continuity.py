"""What was published stays and means what it meant: the rules that look back, on real history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pytest

from checkout import make_checkout
from listkeeper.edition import load
from listkeeper.store.workspace import open_workspace
from listkeeper.validate import RULES, check
from listkeeper.validate.against import Manner, check_against, choose
from seeded import CLEAN, SETTINGS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from checkout import Checkout
    from listkeeper.validate import Finding, Report

Files = dict[str, str | None]

S1, S2, N1, N2 = (
    *("services/1.ttl", "services/20/200001.ttl"),
    *("needs/10001.ttl", "needs/10002.ttl"),
)
IDS, LIST, TERMS = "services/ids.txt", "services/list.ttl", "definitions.ttl"
CURRENT: Final = "adms:status <status/current>"
RETIRED: Final = (
    'adms:status <status/retired> ; def:endDate "2026-03-01"^^xsd:date ; '
    'def:retirementReason "Gone."@en'
)
DEFINED: Final = "Lends books to everyone who lives in the area."
DATED: Final = 'dct:modified "2013-04-04"^^xsd:date'
FORMER: Final = "Library services"
VERSION: Final = 'owl:versionInfo "{}" ;\n    adms:status <status/live>'
LIVE: Final = "adms:status <status/live>"


def put(path: str, *swaps: tuple[str, str], source: Mapping[str, str] = CLEAN) -> Files:
    """Give one file of the clean lists with snippets of it replaced."""
    text = source[path]
    for old, new in swaps:
        assert text.count(old) == 1, f"{old!r} is not once in {path}"
        text = text.replace(old, new)
    return {path: text}


MOVED: Final = (DATED, DATED.replace("2013-04-04", "2026-05-01"))
RENAMED: Final = ('"Libraries"@en', '"Books on loan"@en')
OTHER: Final = (
    ('"Libraries"@en', '"Parking permits"@en'),
    (FORMER, "Car parks"),
    ('"Book lending"@en', '"Kerbside"@en'),
    (DEFINED, "Lets a resident leave a car in a street near home."),
)


class Case(NamedTuple):
    """A change to the released lists, and the rules of continuity that it breaks."""

    title: str
    codes: tuple[str, ...]
    change: Files
    released: Files = {}  # noqa: RUF012 - a table's default, never written to
    """What the release has otherwise than the clean lists."""
    settings: str = SETTINGS


CASES: Final = (
    Case("nothing", (), {}),
    Case("an entry is removed", ("LK140",), {S2: None, "services/20/200002.ttl": None}),
    Case("an entry is removed, its number kept back", ("LK140",), {
        N1: None, "needs/ids.txt": "10001 withdrawn\n"}),
    Case("a subset is removed", ("LK140",), {"powers-and-duties/list-duties.ttl": None}),
    Case("a term is removed", ("LK140",), put(
        TERMS, ("def:Need a owl:Class ; rdfs:subClassOf skos:Concept .\n", ""))),
    Case("a group and a use are removed", (), {
        "services/groups.ttl": None, "services/uses.ttl": None}),
    Case("a file is moved", (), {S2: None, "services/200001.ttl": CLEAN[S2]}),
    Case("a file is no Turtle any more", (), {S2: "nonsense"}),
    Case("another's vocabulary loses a concept", ("LK140",), {
        "rocks.ttl": "<http://r.example/> a skos:ConceptScheme ."}, {
        "rocks.ttl": "<http://r.example/> a skos:ConceptScheme .\n"
        "<http://r.example/#chalk> a skos:Concept ."}),
    Case("a code is given another meaning", ("LK142",), put(S1, *OTHER, MOVED)),
    Case("an entry without definitions is renamed without trace", ("LK142",), put(
        N1, ('"Learning"@en', '"Shelter"@en'))),
    Case("a rename that keeps the former name", (), put(S1, *OTHER[:1], *OTHER[2:], (
        'literalForm "Library services"@en', 'literalForm "Libraries"@en'), MOVED)),
    Case("a rename with the same definition", ("LK143",), put(S1, *OTHER[:3], MOVED)),
    Case("another definition under the same label", (), put(S1, OTHER[3], MOVED)),
    Case("a slip of the pen is mended", ("LK143",), put(N1, ("Learning", "Lerning"))),
    Case("capitals and points are changed", (), put(N1, ('"Learning"', '"LEARNING."'))),
    Case("the old name is an alternative now", (), put(S1, RENAMED, (
        '"Book lending"@en', '"Libraries"@en'), MOVED)),
    Case("retired", (), put(S2, (CURRENT, RETIRED))),
    Case("back in use without a word", ("LK144",), put(S2), put(S2, (CURRENT, RETIRED))),
    Case("proposed again without a word", ("LK144",), put(S2, ("current>", "proposed>")),
         put(S2, (CURRENT, RETIRED))),
    Case("back in use, said so", (), put(
        S2, (CURRENT, f'def:reinstatedOn "2026-04-01"^^xsd:date ; {CURRENT}')),
        put(S2, (CURRENT, RETIRED))),
    Case("back in use since before it was retired", ("LK144",), put(
        S2, (CURRENT, f'def:reinstatedOn "2026-02-01"^^xsd:date ; {CURRENT}')),
        put(S2, (CURRENT, RETIRED))),
    Case("back in use, on no date", ("LK144",), put(
        S2, (CURRENT, f'def:reinstatedOn "soon" ; {CURRENT}')), put(S2, (CURRENT, RETIRED))),
    Case("a reserved number is free", ("LK145",), put(IDS, ("200009 tried out\n", ""))),
    Case("a reserved range is smaller", ("LK145",), put(IDS, ("3000-3999", "3000-3998"))),
    Case("a reserved range is larger", (), put(IDS, ("3000-3999", "2999-4000"))),
    Case("another reason", (), put(IDS, ("tried out", "tried out twice"))),
    Case("ids.txt is gone", ("LK145",), {IDS: None}),
    Case("changed on the date it had", ("LK146",), put(S1, (DEFINED, f"{DEFINED} Free."))),
    Case("changed, and no date any more", ("LK146",), put(S1, (f" ;\n    {DATED}", ""), (
        DEFINED, f"{DEFINED} Free."))),
    Case("changed again on the day of the base", (), put(
        S1, MOVED, (DEFINED, f"{DEFINED} Free.")), put(S1, MOVED)),
    Case("only the date is gone", (), put(S1, (f" ;\n    {DATED}", ""))),
    Case("changed on a later date", (), put(S1, (DEFINED, f"{DEFINED} Free."), MOVED)),
    Case("a part is changed on the date it had", ("LK146",), put(S1, ('"3.00"', '"4.00"'))),
    Case("only written otherwise", (), put(S1, (f'"{DEFINED}"@en', f"'{DEFINED}'@en"))),
    Case("changed, where no date was", (), put(N1, ('"Learning"@en', '"Learning"@en, "Lern"@cy'))),
    Case("a list's version goes back", ("LK147",), put(LIST, (LIVE, VERSION.format("2.9"))),
         put(LIST, (LIVE, VERSION.format("2.10")))),
    Case("a list's version is gone", ("LK147",), put(LIST),
         put(LIST, (LIVE, VERSION.format("2.10")))),
    Case("a list's version goes on", (), put(LIST, (LIVE, VERSION.format("2.11"))),
         put(LIST, (LIVE, VERSION.format("2.10")))),
)  # fmt: skip


def start(folder: Path, released: Mapping[str, str | None] | None = None) -> Checkout:
    """Commit the clean lists and release them."""
    checkout = make_checkout(folder)
    checkout.commit({**CLEAN, **(released or {})}, settings=SETTINGS)
    checkout.release("2026.01")
    return checkout


def report(checkout: Checkout, revision: str | None = "HEAD", *, changed: bool = False) -> Report:
    with checkout.open() as repository:
        edition = load(open_workspace(checkout.root))
        against = choose(repository, revision)
        manner = Manner(engine="none")
        return check_against(edition, against, checkout.root, manner, only_changed=changed)


def looking_back(told: Report) -> list[Finding]:
    codes = {rule.code for rule in RULES if rule.past}
    return [finding for finding in told.findings if finding.code in codes]


def codes(checkout: Checkout, revision: str | None = "HEAD") -> tuple[str, ...]:
    return tuple(sorted({finding.code for finding in looking_back(report(checkout, revision))}))


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_a_change_after_a_release(tmp_path: Path, case: Case) -> None:
    """Each change breaks the rules that are named, and no other that looks back."""
    checkout = start(tmp_path, case.released)
    checkout.write(case.change, case.settings)

    assert codes(checkout) == case.codes


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_a_change_long_after_a_release(tmp_path: Path, case: Case) -> None:
    """It is found as well once it is committed: releases are never forgotten."""
    checkout = start(tmp_path, case.released)
    checkout.commit(case.change, settings=case.settings)
    checkout.record("Something else")
    expected = tuple(code for code in case.codes if code != "LK146")  # compares with the base

    assert codes(checkout) == expected


def test_every_rule_that_looks_back_has_a_case() -> None:
    """Those without one in the table have a test of their own below."""
    here = {code for case in CASES for code in case.codes}

    assert {rule.code for rule in RULES if rule.past} == here | {"LK141", "LK148", "LK149"}


def test_without_a_past_nothing_is_asked(tmp_path: Path) -> None:
    """A plain check looks at the files alone."""
    checkout = start(tmp_path)
    checkout.write({N1: None})
    told = check(load(open_workspace(checkout.root)), shapes_folder=None)

    assert looking_back(told) == []


def test_words_and_places(tmp_path: Path) -> None:
    """A finding names what was, in which release, and stands where it is to be mended."""
    checkout = start(tmp_path)
    checkout.write({N1: None, **put(S1, *OTHER, MOVED), **put(IDS, ("200009 tried out\n", ""))})
    told = {finding.code: finding for finding in looking_back(report(checkout))}

    assert told["LK140"].message == 'need/10001 "Learning" is in release 2026.01 and not here'
    assert told["LK140"].place == "vocabularies/needs/10001.ttl:1:1"
    assert told["LK140"].focus == "https://lists.example.org/id/need/10001"
    assert told["LK142"].message == (
        'service/1 "Parking permits" was "Libraries" in release 2026.01: '
        "the code is given another meaning"
    )
    assert (told["LK142"].path, told["LK142"].line > 1) == (f"vocabularies/{S1}", True)
    assert told["LK145"].message == "list/services: ids.txt kept 200009 back in release 2026.01"


def test_the_latest_release_is_named(tmp_path: Path) -> None:
    """What several releases have is told once, with the latest."""
    checkout = start(tmp_path)
    checkout.record()
    checkout.release("2026.02")
    checkout.commit({N1: None}, settings=SETTINGS)
    (finding,) = looking_back(report(checkout))

    assert "release 2026.02" in finding.message


def test_what_only_an_old_release_has(tmp_path: Path) -> None:
    """A release counts for ever, also where a later one, made in error, lacks the entry."""
    checkout = start(tmp_path)
    checkout.commit({N1: None}, settings=SETTINGS)
    checkout.release("2026.02")
    (finding,) = looking_back(report(checkout))

    assert finding.message == 'need/10001 "Learning" is in release 2026.01 and not here'


def test_each_of_several_former_meanings(tmp_path: Path) -> None:
    """Several releases with different texts of one file are each compared with."""
    checkout = start(tmp_path, put(N1, ("Learning", "Reading aloud")))
    checkout.commit(put(N1, ("Learning", "Shelter")), settings=SETTINGS)
    checkout.release("2026.02")
    checkout.commit(put(N1, ("Learning", "Reading  Aloud")), settings=SETTINGS)
    found = looking_back(report(checkout))

    assert [finding.code for finding in found] == ["LK142"]
    assert '"Shelter" in release 2026.02' in found[0].message


UNRELEASED: Final = (
    ({N1: None}, ("LK141",)),
    ({N1: None, "needs/ids.txt": "10001 withdrawn before any release\n"}, ()),
    ({LIST: None}, ()),
    (put(N1, ("Learning", "Lerning")), ("LK143",)),
    (put(N1, ("Learning", "Shelter")), ("LK142",)),
)


@pytest.mark.parametrize(("change", "expected"), UNRELEASED)
def test_before_the_first_release(tmp_path: Path, change: Files, expected: tuple[str, ...]) -> None:
    """What is on the main branch may be withdrawn; its number is kept back."""
    checkout = make_checkout(tmp_path)
    checkout.commit(dict(CLEAN), settings=SETTINGS)
    checkout.write(change, SETTINGS)

    assert codes(checkout) == expected


def test_an_entry_added_since_the_release(tmp_path: Path) -> None:
    """It may be withdrawn, while those of the release may not."""
    checkout = start(tmp_path, {N1: None})
    checkout.commit({N1: CLEAN[N1]}, settings=SETTINGS)
    checkout.write({N1: None, N2: None}, SETTINGS)
    found = {(f.code, f.focus.rsplit("/", 1)[-1]) for f in looking_back(report(checkout))}

    assert found == {("LK141", "10001"), ("LK140", "10002")}


def test_a_proposal_without_a_number(tmp_path: Path) -> None:
    """It is numbered, or dropped, without a trace."""
    proposal = CLEAN[N1].replace("10001", "new-learning").replace("Learning", "Warmth")
    checkout = make_checkout(tmp_path)
    checkout.commit({**CLEAN, "needs/new-learning.ttl": proposal}, settings=SETTINGS)
    checkout.write({"needs/new-learning.ttl": None}, SETTINGS)

    assert codes(checkout) == ()


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (SETTINGS.replace("lists.", "new."), ("LK148",)),
        (
            SETTINGS.replace("lists.", "new.")
            + 'also_answers_for = ["https://lists.example.org/"]\n',
            (),
        ),
    ],
)
def test_another_base(tmp_path: Path, settings: str, expected: tuple[str, ...]) -> None:
    """A move to another base removes nothing, as long as the old one is answered for."""
    checkout = start(tmp_path)
    checkout.write({}, settings)
    for path in (tmp_path / "vocabularies").rglob("*.ttl"):
        path.write_text(path.read_text().replace("https://lists.", "https://new."))

    assert codes(checkout) == expected


def test_entries_lost_in_a_move_to_another_base(tmp_path: Path) -> None:
    """What the old base had is looked for under the new one."""
    checkout = start(tmp_path)
    checkout.write(
        {N1: None},
        SETTINGS.replace("lists.", "new.") + 'also_answers_for = ["https://lists.example.org/"]\n',
    )
    for path in (tmp_path / "vocabularies").rglob("*.ttl"):
        path.write_text(path.read_text().replace("https://lists.", "https://new."))
    (finding,) = looking_back(report(checkout))

    assert (finding.code, finding.focus) == ("LK140", "https://new.example.org/id/need/10001")


def test_a_release_that_can_not_be_read(tmp_path: Path) -> None:
    """It is told, with its reason; the others are compared with all the same."""
    checkout = start(tmp_path)
    checkout.commit({N1: None}, settings="format = 9\n")
    checkout.release("2026.02")
    checkout.commit({}, settings=SETTINGS)
    found = looking_back(report(checkout))

    assert [(f.code, f.path) for f in found] == [
        ("LK149", "listkeeper.toml"),
        ("LK140", "vocabularies/needs/10001.ttl"),
    ]
    assert found[0].message.startswith("release 2026.02 can not be read: release 2026.02:")


def test_a_release_since_the_base(tmp_path: Path) -> None:
    """What was released after the base, on the way to what is checked out, counts too."""
    checkout = start(tmp_path)
    checkout.commit({"needs/10003.ttl": CLEAN[N1].replace("10001", "10003")}, settings=SETTINGS)
    checkout.release("2026.02")
    checkout.write({"needs/10003.ttl": None}, SETTINGS)
    (finding,) = looking_back(report(checkout, "HEAD~1"))

    assert finding.message == 'need/10003 "Learning" is in release 2026.02 and not here'


def test_a_release_of_another_branch(tmp_path: Path) -> None:
    """What main released after the change began is not missed in the change."""
    checkout = start(tmp_path)
    checkout.git("checkout", "--quiet", "-b", "change")
    checkout.commit({"needs/10003.ttl": CLEAN[N1].replace("10001", "10003")}, settings=SETTINGS)
    checkout.git("checkout", "--quiet", "main")
    checkout.commit({"needs/10004.ttl": CLEAN[N1].replace("10001", "10004")}, settings=SETTINGS)
    checkout.release("2026.02")
    checkout.git("checkout", "--quiet", "change")

    assert codes(checkout, "main") == ()
