"""What ``check --fix`` puts right, what it leaves alone, and the laws that it keeps."""

from __future__ import annotations

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from listkeeper.editing.mending import Mending, mend
from listkeeper.editing.patches import patch
from listkeeper.editing.tidying import STEPS, tidied
from listkeeper.edition import Edition, load
from listkeeper.graph import Literal, URINode
from listkeeper.namespaces import XSD
from listkeeper.store.files import write_all
from listkeeper.store.workspace import open_workspace
from listkeeper.validate import RULES, check
from repository import HEADER, edition_of
from seeded import CLEAN, SETTINGS

if TYPE_CHECKING:
    from collections.abc import Mapping

TODAY: Final = "2026-11-22"
NEED: Final = "needs/10001.ttl"
SERVICE: Final = "services/1.ttl"
LABEL: Final = 'skos:prefLabel "Learning"@en'
ENTRY: Final = "https://lists.example.org/id/"


def canonical(folder: Path) -> dict[str, str]:
    """Give the clean repository in canonical form, header apart."""
    edition = edition_of(folder, CLEAN, SETTINGS)
    mending = mend(edition, before=None, today=TODAY)
    files = {path: file.data for path, file in edition.files.items()} | dict(mending.contents)
    return {path.removeprefix("vocabularies/"): data.decode() for path, data in files.items()}


def written(folder: Path, files: Mapping[str, str]) -> Edition:
    """Write files as they are, without a header, and load them."""
    contents = {f"vocabularies/{path}": text.encode() for path, text in files.items()}
    write_all(folder, {"listkeeper.toml": SETTINGS.encode(), **contents})
    return load(open_workspace(folder))


@pytest.fixture(scope="module")
def tidy(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The clean repository in canonical form."""
    return canonical(tmp_path_factory.mktemp("tidy"))


def changed(tidy: Mapping[str, str], path: str, old: str, new: str) -> dict[str, str]:
    """Change a snippet of a file that has it once."""
    assert tidy[path].count(old) == 1
    return {**tidy, path: tidy[path].replace(old, new)}


def mended(folder: Path, now: Mapping[str, str], then: Mapping[str, str] | None = None) -> Mending:
    """Write two states of the lists and mend the later one."""
    before = None if then is None else written(folder / "then", then)
    return mend(written(folder / "now", now), before=before, today=TODAY)


def words(mending: Mending) -> list[str]:
    return [f"{repair.code} {repair.words}".strip() for repair in mending.repairs]


def test_nothing_to_do(tmp_path: Path, tidy: dict[str, str]) -> None:
    """Lists in order stay as they are."""
    assert mended(tmp_path, tidy, tidy) == Mending(contents={}, repairs=(), refused=())


# Texts

TEXTS: Final[tuple[tuple[str, bool, str, list[str]], ...]] = (
    (' Learning "@en', True, "Learning", ["LK111"]),
    ('Learning\\tand  play"@en', True, "Learning and play", ["LK111"]),
    ('Learning  and play\\n"@en', False, "Learning  and play", ["LK111"]),
    ('Learning\u00a0on\u2003line"@en', True, "Learning on line", ["LK112"]),
    ('Caf\u0065\u0301"@en', True, "Caf\u00e9", ["LK114"]),
    ('\u2000 e\u0301  x"', True, "\u00e9 x", ["LK112", "LK111", "LK111", "LK114"]),
    ('Learning\u200bonline"@en', True, "Learning\u200bonline", []),
    (' "', True, " ", []),
    (' 2013-01-01"^^xsd:date', False, " 2013-01-01", []),
)
"""A text, whether it is a name, what becomes of it and for which rules."""


@pytest.mark.parametrize(("text", "is_name", "expected", "codes"), TEXTS)
def test_texts(tmp_path: Path, text: str, is_name: bool, expected: str, codes: list[str]) -> None:  # noqa: FBT001 - a row of the table
    """White space and letters with one right answer are put right, and nothing else is."""
    predicate = "skos:prefLabel" if is_name else "skos:definition"
    files = {NEED: f'<need/10001> a skos:Concept ; {predicate} "{text} .'}
    mending = mend(edition_of(tmp_path, files), before=None, today=TODAY)
    write_all(tmp_path, mending.contents)
    graph = load(open_workspace(tmp_path)).authored
    literals = [o.value for _, _, o in graph if isinstance(o, Literal)]

    assert literals == [expected]
    assert [repair.code for repair in mending.repairs if repair.code] == codes


ODD: Final = st.text(
    st.one_of(
        st.sampled_from(" \t\r\n\u00a0\u2000\u3000\x85\x1c\u0301e\u212b\u0344\u1100\u1161a"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=12,
)


@given(ODD, st.booleans(), st.sampled_from(["en", None]))
def test_a_text_put_right_is_right(text: str, is_name: bool, language: str | None) -> None:  # noqa: FBT001 - drawn
    """Putting it right again changes nothing, and its language stays."""
    once, _ = tidied(Literal(text, language=language), is_name=is_name)

    assert tidied(once, is_name=is_name) == (once, ())
    assert once.language == language


def test_other_datatypes_are_left_alone() -> None:
    """What white space means in them is theirs to say."""
    term = Literal(" 1", datatype=URINode(f"{XSD}integer"))

    assert tidied(term, is_name=True) == (term, ())


def test_a_comment_stays_with_its_text(tmp_path: Path) -> None:
    """The line that is put right keeps what stands beside and above it."""
    files = {NEED: '<need/10001> a skos:Concept ;\n  # above\n  skos:prefLabel " A"@en . # beside'}
    mending = mend(edition_of(tmp_path, files), before=None, today=TODAY)
    (data,) = mending.contents.values()

    assert b'    # above\n    skos:prefLabel "A"@en . # beside\n' in data


def test_form(tmp_path: Path, tidy: dict[str, str]) -> None:
    """Order, prefixes and a byte order mark are put right; whole vocabularies are left alone."""
    untidy = {NEED: "\ufeff" + HEADER + CLEAN[NEED], "rocks.ttl": '<urn:a> <urn:b> " x"  .'}
    mending = mended(tmp_path, {**tidy, **untidy})

    assert words(mending) == ["LK007 byte order mark taken out", "brought into canonical form"]
    assert mending.contents == {f"vocabularies/{NEED}": tidy[NEED].encode()}


def test_order_follows_the_default_language(tmp_path: Path) -> None:
    """What `--fix` writes is what `fmt` writes, whichever language comes first."""
    welsh = SETTINGS.replace('["en"]', '["cy", "en"]')
    files = {NEED: '<need/10001> a skos:Concept ; skos:prefLabel " A"@en, "B"@cy .'}
    (data,) = mend(edition_of(tmp_path, files, welsh), before=None, today=TODAY).contents.values()

    assert data.index(b'"B"@cy') < data.index(b'"A"@en')


LEFT: Final = (
    ("a syntax error", '<need/10001> a skos:Concept ; skos:prefLabel " A"@en', 0),
    ("a node without a name", '<need/10001> skos:prefLabel " A"@en ; skos:note [] .', 1),
    ("a merge left unfinished", "<<<<<<< HEAD\n<need/10001> a skos:Concept .", 0),
)


@pytest.mark.parametrize(("why", "text", "refused"), LEFT, ids=[case[0] for case in LEFT])
def test_files_left_alone(tmp_path: Path, why: str, text: str, refused: int) -> None:
    """A file that cannot be written anew without loss stays; what is no Turtle the check tells."""
    mending = mend(edition_of(tmp_path, {NEED: text}), before=None, today=TODAY)

    assert (dict(mending.contents), mending.repairs) == ({}, ()), why
    assert [error.path for error in mending.refused] == [f"vocabularies/{NEED}"] * refused


# Against the lists before the change


def test_renamed(tmp_path: Path, tidy: dict[str, str]) -> None:
    """The name that an entry had is kept as a former one, and the date moves."""
    mending = mended(tmp_path, changed(tidy, NEED, LABEL, 'skos:prefLabel "Study"@en'), tidy)
    text = mending.contents[f"vocabularies/{NEED}"].decode()

    assert words(mending) == ['former name "Learning"@en recorded', f"dct:modified set to {TODAY}"]
    assert f'    dct:modified "{TODAY}"^^xsd:date .\n' in text
    assert text.endswith(
        "\n<need/10001#former-1>\n"
        "    a skosxl:Label ;\n"
        '    skosxl:literalForm "Learning"@en ;\n'
        f'    def:replacedOn "{TODAY}"^^xsd:date .\n'
    )


def test_renamed_again(tmp_path: Path, tidy: dict[str, str]) -> None:
    """A further former name gets the next number, and the date stands once."""
    now = changed(tidy, SERVICE, '"Libraries"@en', '"Library"@en')
    text = mended(tmp_path, now, tidy).contents[f"vocabularies/{SERVICE}"].decode()

    assert "<service/1#former-2>" in text
    assert text.count("dct:modified") == 1


KEPT: Final = (
    ("as another label", '"Learning"@en', '"Study"@en ;\n    skos:altLabel "Learning"@en'),
    ("in another language", '"Learning"@en', '"Learning"@en, "Dysgu"@cy'),
    ("white space apart", '"Learning"@en', '" Learning "@en'),
)


@pytest.mark.parametrize(("why", "old", "new"), KEPT, ids=[case[0] for case in KEPT])
def test_no_former_name(tmp_path: Path, tidy: dict[str, str], why: str, old: str, new: str) -> None:
    """A name that is kept is no former one."""
    mending = mended(tmp_path, changed(tidy, NEED, old, new), tidy)

    assert not any("former" in repair.words for repair in mending.repairs), why


def test_names_of_proposals_are_not_kept(tmp_path: Path, tidy: dict[str, str]) -> None:
    """Nobody was to use them."""
    then = changed(tidy, NEED, "<status/current>", "<status/proposed>")
    now = changed(then, NEED, LABEL, 'skos:prefLabel "Study"@en')

    assert words(mended(tmp_path, now, then)) == [f"dct:modified set to {TODAY}"]


DATED: Final = '"2013-04-04"^^xsd:date'
AHEAD: Final = '"2030-01-01"^^xsd:date'
DATES: Final = (
    ("a change", DATED, DATED, '"Mobile too."@en', True),
    ("no change", DATED, DATED, '"Mobile ones too."@en', False),
    ("a date that moved", DATED, '"2026-11-20"^^xsd:date', '"Mobile too."@en', False),
    (
        "a second change today",
        f'"{TODAY}"^^xsd:date',
        f'"{TODAY}"^^xsd:date',
        '"M"',
        False,
    ),
    ("a date to come", AHEAD, AHEAD, '"Mobile too."@en', False),
    ("only the form", DATED, DATED, '  "Mobile ones too."@en', False),
)


@pytest.mark.parametrize(("why", "old", "date", "note", "moves"), DATES, ids=[d[0] for d in DATES])
def test_date_of_modification(  # noqa: PLR0913 - a row of the table
    tmp_path: Path, tidy: dict[str, str], why: str, old: str, date: str, note: str, *, moves: bool
) -> None:
    """It moves where an entry is not what it was and its date is."""
    then = changed(tidy, SERVICE, DATED, old)
    now = changed(changed(then, SERVICE, old, date), SERVICE, '"Mobile ones too."@en', note)

    assert (f"dct:modified set to {TODAY}" in words(mended(tmp_path, now, then))) is moves, why


def test_new_entries_have_no_past(tmp_path: Path, tidy: dict[str, str]) -> None:
    """Nothing is recorded of an entry that was not there."""
    then = {path: text for path, text in tidy.items() if path != NEED}

    assert mended(tmp_path, tidy, then).repairs == ()


# Laws

BROKEN: Final = (
    (LABEL, 'skos:prefLabel "  Learning\u00a0"@en'),
    (LABEL, 'skos:prefLabel "Cafe\u0301"@en'),
    (LABEL, LABEL + ' ; skos:altLabel "x  y"@en, "x y"@en'),
    ("a skos:Concept, def:Need", "a def:Need,skos:Concept"),
    ("<need/10001>", "# a comment\n<need/10001>"),
    ("adms:status", "skos:note ' n ' ; adms:status"),
    (".\n", ".\n\n\n"),
    ("<status/current> .", "<status/current> ."),
)
"""Changes of an entry that leave it Turtle; any of them go together."""


@settings(deadline=None, max_examples=40)
@given(breaks=st.sets(st.sampled_from(BROKEN)), past=st.booleans())
@example(breaks=set(BROKEN), past=True)
def test_laws(breaks: set[tuple[str, str]], *, past: bool) -> None:
    """Mending twice is mending once, and the graph changes by the repairs named alone."""
    text = CLEAN[NEED]
    for old, new in sorted(breaks):
        text = text.replace(old, new, 1)
    with TemporaryDirectory() as name:
        folder = Path(name)
        edition = edition_of(folder / "now", {**CLEAN, NEED: text}, SETTINGS)
        before = edition_of(folder / "then", CLEAN, SETTINGS) if past else None
        first = mend(edition, before=before, today=TODAY)
        write_all(folder / "now", first.contents)
        again = load(open_workspace(folder / "now"))
        second = mend(again, before=before, today=TODAY)

    gone, come = (
        set(a.authored) - set(b.authored) for a, b in ((edition, again), (again, edition))
    )
    named = [repair for repair in first.repairs if repair.words != "brought into canonical form"]
    assert (dict(second.contents), second.repairs) == ({}, ())
    assert not first.refused
    assert bool(gone | come) == bool(named)
    assert all(isinstance(term, Literal) for _, _, term in gone)
    ours = {"skos:prefLabel", "skos:altLabel", "skos:note", "dct:modified", "former"}
    assert {repair.words.split(" ")[0].rstrip(":") for repair in named} <= ours


MENDED: Final = tuple(rule for rule in RULES if rule.mend)


def test_each_rule_that_is_mended_is_a_step() -> None:
    """The column of the table of rules says what is true."""
    known = {*(step.code for step in STEPS), "LK007"}

    assert known <= {rule.code for rule in MENDED}


def test_rules_hold_where_they_were_mended(tmp_path: Path, tidy: dict[str, str]) -> None:
    """What `--fix` says it mends, the check does not find any more."""
    bad = changed(tidy, NEED, LABEL, 'skos:prefLabel "\u00a0Cafe\u0301  x"@en')
    edition = written(tmp_path, {**bad, NEED: "\ufeff" + bad[NEED]})
    found = {finding.code for finding in check(edition, shapes_folder=None).findings}
    write_all(tmp_path, mend(edition, before=None, today=TODAY).contents)
    left = check(load(open_workspace(tmp_path)), shapes_folder=None).findings

    assert {"LK007", "LK111", "LK112", "LK114"} <= found
    assert not {"LK007", "LK111", "LK112", "LK114"} & {finding.code for finding in left}


# Patches

CONTENTS: Final = st.lists(
    st.sampled_from(["a", "b", "", "\r", "\x0b", "caf\u00e9 \u2028", "--- a"]), max_size=6
).map("\n".join)


@settings(deadline=None, max_examples=40)
@given(CONTENTS, CONTENTS)
def test_a_patch_is_what_git_applies(old: str, new: str) -> None:
    """Applied to the old files it gives the new ones, whatever ends their lines."""
    with TemporaryDirectory() as name:
        file = Path(name) / "a.ttl"
        file.write_bytes(old.encode())
        changes = patch({"a.ttl": old.encode()}, {"a.ttl": new.encode()})
        if old and new and old != new:
            words = ["git", "apply", "--whitespace=nowarn", "-"]
            subprocess.run(words, cwd=name, input=changes, check=True, capture_output=True)

            assert file.read_bytes() == new.encode()
