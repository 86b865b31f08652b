"""Merging two edits of one file, statement by statement."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listkeeper.editing.three_way import Merged, merge_files
from listkeeper.settings import Settings
from listkeeper.store.turtle import fmt, read_statements
from listkeeper.uris import Minter
from repository import HEADER

BASE = """\
# Kept by the parks team.
<service/559>
    a skos:Concept, def:Service ;
    skos:inScheme <list/services> ;
    skos:notation "559" ;
    skos:prefLabel "Libraries"@en ; # as on the sign
    skos:altLabel "Public library"@en ;
    skos:definition "Books for all."@en ;
    def:meetsNeed <need/1>,
        <need/2> ;
    adms:status <status/current> ;
    dct:modified "2026-01-01"^^xsd:date .
"""
MINTER = Minter(base="https://lists.example.org/")
FORMER = '<service/559#former-1> a skosxl:Label ; skosxl:literalForm "{}"@en .'

Swaps = tuple[tuple[str, str], ...]

AGREEING: dict[str, tuple[Swaps, Swaps, tuple[str, ...], tuple[str, ...]]] = {
    # ours, theirs, what the result says, what it does not say
    "two properties": (
        (("Libraries", "Public libraries"),),
        (("Books for all.", "Books for anyone."),),
        ("Public libraries", "Books for anyone."),
        ("Books for all.",),
    ),
    "neighbouring lines": (
        (("Public library", "Reading room"),),
        (("Books for all.", "Books for anyone."),),
        ("Reading room", "Books for anyone."),
        ("Public library", "Books for all."),
    ),
    "two links more": (
        (("<need/2>", "<need/2>, <need/3>"),),
        (("<need/2>", "<need/2>, <need/4>"),),
        ("<need/1>", "<need/2>", "<need/3>", "<need/4>"),
        (),
    ),
    "a link more, a link less": (
        (("<need/2>", "<need/2>, <need/3>"),),
        (("<need/1>,\n", ""),),
        ("<need/2>", "<need/3>"),
        ("<need/1>",),
    ),
    "both removed one link": (
        (("<need/1>,\n", ""),),
        (("<need/1>,\n", ""), ("Libraries", "Public libraries")),
        ("<need/2>", "Public libraries"),
        ("<need/1>",),
    ),
    "two further names": (
        (('"Public library"@en', '"Public library"@en, "Athenaeum"@en'),),
        (('"Public library"@en', '"Public library"@en, "Reading room"@en'),),
        ("Public library", "Athenaeum", "Reading room"),
        (),
    ),
    "two languages of one name": (
        (('"Libraries"@en', '"Libraries"@en, "Llyfrgelloedd"@cy'),),
        (('"Libraries"@en', '"Public libraries"@en'),),
        ("Llyfrgelloedd", "Public libraries"),
        ('"Libraries"@en',),
    ),
    "the same edit twice": (
        (("Libraries", "Public libraries"),),
        (("Libraries", "Public libraries"),),
        ("Public libraries",),
        ('"Libraries"',),
    ),
    "two dates of modification": (
        (("Libraries", "Public libraries"), ("2026-01-01", "2026-03-05")),
        (("Books for all.", "Books for anyone."), ("2026-01-01", "2026-02-07")),
        ("Public libraries", "Books for anyone.", "2026-03-05"),
        ("2026-02-07", "2026-01-01"),
    ),
    "two records under one number": (
        (("xsd:date .", f"xsd:date .\n{FORMER.format('Athenaeum')}"),
         ("    adms:status", "    skosxl:hiddenLabel <service/559#former-1> ;\n    adms:status")),
        (("xsd:date .", f"xsd:date .\n{FORMER.format('Reading room')}"),
         ("    adms:status", "    skosxl:hiddenLabel <service/559#former-1> ;\n    adms:status")),
        ("Athenaeum", "Reading room", "<service/559#former-1>,\n        <service/559#former-2> ;"),
        (),
    ),
    "comments of both": (
        (("# as on the sign", "# as on the signs"), ("    adms", "    # mine\n    adms")),
        (("# Kept by the parks team.", "# Kept by the culture team."),),
        ("# as on the signs", "# mine", "# Kept by the culture team."),
        ("parks",),
    ),
    "a comment on a statement that goes": (
        (("<need/1>,\n", ""),),
        (("<need/1>,", "<need/1>, # for the young"),),
        ("<need/2>", "# for the young"),
        ("<need/1>",),
    ),
    "a comment that goes with its statement": (
        (('"Libraries"@en ; # as on the sign\n', '"X"@en ;\n'),),
        (("Books for all.", "Books for anyone."),),
        ('"X"@en', "Books for anyone."),
        ("Libraries",),
    ),
}  # fmt: skip

CONTRADICTING: dict[str, tuple[Swaps, Swaps, tuple[str, ...]]] = {
    # ours, theirs, each line between markers
    "two names": (
        (("Libraries", "Public libraries"),),
        (("Libraries", "Library service"),),
        (
            '    skos:prefLabel "Public libraries"@en ; # as on the sign',
            '    skos:prefLabel "Library service"@en ; # as on the sign',
        ),
    ),
    "a text changed and removed": (
        (("Books for all.", "Books for anyone."),),
        (('    skos:definition "Books for all."@en ;\n', ""),),
        ('    skos:definition "Books for anyone."@en ;',),
    ),
    "a link led elsewhere twice": (
        (("<need/2>", "<need/3>"),),
        (("<need/2>", "<need/4>"),),
        ("        <need/3> ;", "        <need/4> ;"),
    ),
    "two statuses": (
        (("status/current", "status/retired"),),
        (("status/current", "status/proposed"),),
        ("    adms:status <status/retired> ;", "    adms:status <status/proposed> ;"),
    ),
    "two first translations": (
        (('"Libraries"@en', '"Libraries"@en, "Llyfrgelloedd"@cy'),),
        (('"Libraries"@en', '"Libraries"@en, "Y llyfrgelloedd"@cy'),),
        (
            '        "Llyfrgelloedd"@cy ; # as on the sign',
            '        "Y llyfrgelloedd"@cy ; # as on the sign',
        ),
    ),
}


def edited(swaps: Swaps) -> bytes:
    text = HEADER + BASE
    for old, new in swaps:
        assert old in text, old
        text = text.replace(old, new)
    return text.encode()


def canonical(data: bytes) -> str:
    return fmt(data.decode(), base=MINTER.identifiers, prefixes=MINTER.prefixes)


def merged(ours: Swaps, theirs: Swaps) -> Merged:
    return merge_files(edited(()), edited(ours), edited(theirs), Settings())


def between_markers(data: bytes) -> list[str]:
    lines, is_inside = [], False
    for line in data.decode().splitlines():
        if line.startswith(("<<<<<<< ", ">>>>>>> ")):
            is_inside = line.startswith("<")
        elif is_inside and line != "=======":
            lines.append(line)
    return lines


@pytest.mark.parametrize(("ours", "theirs", "said", "unsaid"), AGREEING.values(), ids=AGREEING)
def test_edits_that_agree_are_both_there(
    ours: Swaps, theirs: Swaps, said: tuple[str, ...], unsaid: tuple[str, ...]
) -> None:
    """The result is canonical, says what either side added, and not what either took away."""
    found = merged(ours, theirs)

    text = found.data.decode()
    assert (found.conflicts, found.reason) == (0, "")
    assert text == canonical(found.data)
    assert [words for words in said if words not in text] == []
    assert [words for words in unsaid if words in text] == []


@pytest.mark.parametrize(("ours", "theirs", "lines"), CONTRADICTING.values(), ids=CONTRADICTING)
def test_edits_that_contradict_each_other_are_left_to_people(
    ours: Swaps, theirs: Swaps, lines: tuple[str, ...]
) -> None:
    """Markers stand around what contradicts and around nothing else."""
    found = merged(ours, theirs)

    assert found.conflicts == 1
    assert between_markers(found.data) == list(lines)


def test_a_contradiction_does_not_keep_the_rest_from_merging() -> None:
    """A link of one side and a text of the other stand outside the markers."""
    found = merged(
        (("Libraries", "Public libraries"), ("<need/2>", "<need/2>, <need/3>")),
        (("Libraries", "Library service"), ("Books for all.", "Books for anyone.")),
    )

    text = found.data.decode()
    assert found.conflicts == 1
    assert "<need/3>" in text
    assert "Books for anyone." in text
    assert text.count("<need/3>") == text.count("Books for anyone.") == 1


def test_resolving_gives_back_either_side() -> None:
    """Keeping the first or the second half of each place gives canonical Turtle."""
    found = merged((("Libraries", "Public libraries"),), (("Libraries", "Library service"),))

    halves: tuple[list[str], list[str]] = ([], [])
    sides = [0, 1]
    for line in found.data.decode().splitlines(keepends=True):
        if line.startswith(("<<<<<<<", "=======", ">>>>>>>")):
            sides = {"<": [0], "=": [1], ">": [0, 1]}[line[0]]
            continue
        for side in sides:
            halves[side].append(line)

    expected = [
        canonical(edited((("Libraries", name),)))
        for name in ("Public libraries", "Library service")
    ]
    assert ["".join(half) for half in halves] == expected


def test_one_code_taken_twice_is_never_mixed() -> None:
    """Two new files under one name stay apart, whole, between markers."""
    ours, theirs = edited((("Libraries", "Repair cafés"),)), edited((("Libraries", "Bike hire"),))

    found = merge_files(b"", ours, theirs, Settings())

    assert found.conflicts == 1
    assert "one code" in found.reason
    assert {"Repair cafés", "Bike hire"} <= set(found.data.decode().split('"'))


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (b"<a> <b> ", "expected"),
        (b'<a> <b> "\xff" .', "not UTF-8"),
        (b"<http://e.org/a> <http://e.org/b> [] .", "blank node"),
        (b"<<<<<<< HEAD\n<a> <b> <c> .\n", ""),
    ],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_what_can_not_be_read_loses_nothing(broken: bytes, reason: str, place: int) -> None:
    """Both texts are in the file, between markers."""
    del reason
    files = [edited(()), edited((("Libraries", "One"),)), edited((("Libraries", "Two"),))]
    files[place] = broken

    found = merge_files(files[0], files[1], files[2], Settings())

    assert (found.conflicts, bool(found.reason)) == (1, True)
    for line in (*files[1].splitlines(), *files[2].splitlines()):
        assert line in found.data


def test_a_record_removed_and_added_to_is_left_to_people() -> None:
    """Else a piece of the record would stay, without the statements that explain it."""
    record = '<service/559#none-links> a def:NoneKnown ; dct:date "2026-01-01"^^xsd:date{} .\n'
    base, theirs = (edited(()) + record.format(more).encode() for more in ("", ' ; rdfs:label "x"'))

    for ours, other in ((edited(()), theirs), (theirs, edited(()))):
        found = merge_files(base, ours, other, Settings())

        assert found.conflicts == 1
        assert "def:NoneKnown" in "".join(between_markers(found.data))


def test_settings_in_conflict_leave_the_file_to_people() -> None:
    ours, theirs = edited((("Libraries", "One"),)), edited((("Libraries", "Two"),))

    found = merge_files(edited(()), ours, theirs, None, 9)

    assert found.conflicts == 1
    assert b"<<<<<<<<< ours\n" in found.data


LINES = tuple(
    [f'<service/{n}> skos:altLabel "{text}"@en .' for n in (1, 2) for text in ("a", "b", "c")]
    + [f"<service/{n}> def:meetsNeed <need/{m}> ." for n in (1, 2) for m in (1, 2, 3)]
    + [f'<service/{n}> skos:prefLabel "{text}"@{tag} .'
       for n in (1, 2) for text in ("a", "b") for tag in ("en", "cy")]
    + [f'<service/1#former-{n}> skosxl:literalForm "{t}"@en .' for n in (1, 2) for t in ("a", "b")]
)  # fmt: skip
files = st.sets(st.sampled_from(LINES)).map(lambda lines: HEADER + "\n".join(sorted(lines)))


def triples(text: str) -> set[tuple[str, ...]]:
    read = read_statements(text, base=MINTER.identifiers)
    return {tuple(map(str, found.triple)) for found in read.statements}


@given(base=files, ours=files, theirs=files)
def test_merging_is_lawful(base: str, ours: str, theirs: str) -> None:
    """Nothing that a side added is lost; what both kept stays; what is merged was said by someone.

    Parts that were renumbered are left aside: they are said under another number.
    """
    found = merge_files(base.encode(), ours.encode(), theirs.encode(), Settings())

    text = found.data.decode()
    old, mine, other = triples(base), triples(ours), triples(theirs)
    if found.conflicts:
        assert "<<<<<<<" in text
        return
    result = triples(text)
    plain = {t for t in result if "#former" not in t[0]}
    expected = (mine & other) | (mine - old) | (other - old)
    assert plain == {t for t in expected if "#former" not in t[0]}
    assert {t[2] for t in (mine - old) | (other - old)} <= {t[2] for t in result}


@given(base=files, ours=files)
def test_one_side_alone_is_taken_as_it_is(base: str, ours: str) -> None:
    for left, right in ((ours, base), (base, ours)):
        found = merge_files(base.encode(), left.encode(), right.encode(), Settings())

        assert triples(found.data.decode()) == triples(ours)
        assert found.conflicts == 0


@given(base=files, ours=files, theirs=files)
def test_either_order_finds_the_same_contradictions(base: str, ours: str, theirs: str) -> None:
    one = merge_files(base.encode(), ours.encode(), theirs.encode(), Settings())
    two = merge_files(base.encode(), theirs.encode(), ours.encode(), Settings())

    assert bool(one.conflicts) == bool(two.conflicts)
