"""Finer points of single rules, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from listkeeper.characters import FORBIDDEN, UNUSUAL_SPACE
from listkeeper.validate.formats import json_text, text
from listkeeper.validate.report import Severity
from listkeeper.validate.scope import LONGEST_QUOTE, quoted, visible
from seeded import CLEAN, SETTINGS, Seed, report_of, sown

if TYPE_CHECKING:
    from pathlib import Path

DUTY: Final = "powers-and-duties/10001.ttl"
N1, N2 = "needs/10001.ttl", "needs/10002.ttl"
ACT: Final = "https://www.legislation.gov.uk/ukpga/1964/75"

READ: Final = (
    ("section", "7", f"{ACT}/section/7", ()),
    ("section", "7(1)", f"{ACT}/section/7/enacted", ()),
    ("section", "149A(1)(b)", f"{ACT}/section/149A", ()),
    ("section", "149A", f"{ACT}/section/149", ("LK093",)),
    ("section", "75", f"{ACT}/section/7", ("LK093",)),
    ("section", "75", ACT, ("LK096",)),
    ("section", "7", f"{ACT}/crossheading/general/2020-03-31", ("LK096",)),
    ("section", "7", f"{ACT}/part/7", ("LK096",)),
    ("section", "7", f"{ACT}/section/7#section-9", ()),
    ("regulation", "4", f"{ACT}/regulation/4", ()),
    ("regulation", "4", f"{ACT}/section/4", ("LK096",)),
    ("schedule-paragraph", "4/3(5)", f"{ACT}/schedule/4/paragraph/3", ()),
    ("schedule-paragraph", "4/3(5)", f"{ACT}/schedule/4/paragraph/5", ("LK093",)),
    ("schedule-paragraph", "4/3(5)", f"{ACT}/schedule/3/paragraph/3", ("LK093",)),
    ("schedule-paragraph", "4/3(5)", f"{ACT}/schedule/4", ("LK096",)),
    ("section", "7", "https://www.legislation.gov.uk/ukpga/1964/7/section/7", ("LK094",)),
    ("section", "7", "https://www.legislation.gov.uk/ukpga/1965/75/section/7", ("LK094",)),
    ("section", "7", "http://legislation.gov.uk/id/ukpga/1964/75/section/7", ()),
    ("section", "7", "https://example.org/acts/section/7", ()),
    ("part", "IV", f"{ACT}/part/IV", ("LK096",)),
)


@pytest.mark.parametrize(("kind", "number", "address", "codes"), READ)
def test_address_read(
    tmp_path: Path, kind: str, number: str, address: str, codes: tuple[str, ...]
) -> None:
    """The address read is that of the provision, of a larger part, or of something else."""
    duty = CLEAN[DUTY].replace('"section"', f'"{kind}"').replace('"7(1)"', f'"{number}"')
    files = {**CLEAN, DUTY: duty.replace(f"<{ACT}/section/7>", f"<{address}>")}

    assert codes == tuple(f.code for f in report_of(tmp_path, files, None, SETTINGS).findings)


SAME: Final = (
    ('"Learning"@en', True),
    ('"LEARNING"@en', True),
    ('"Learning"@cy, "Reading"@en', False),
    ('"Learnings"@en', False),
)


@pytest.mark.parametrize(("label", "is_same"), SAME)
def test_same_label(tmp_path: Path, label: str, is_same: bool) -> None:  # noqa: FBT001 - a row of the table
    """Labels are the same in one language of one list, capitals apart."""
    files = sown(Seed("", N2, '"Reading"@en', label))
    codes = {f.code for f in report_of(tmp_path, files, None, SETTINGS).findings}

    assert ("LK100" in codes) is is_same


def test_same_label_in_another_list(tmp_path: Path) -> None:
    """A service and a need may have one label."""
    files = sown(Seed("", N2, '"Reading"@en', '"Libraries"@en'))

    assert report_of(tmp_path, files, None, SETTINGS).findings == ()


CHARACTERS: Final = (
    *((chr(code), FORBIDDEN) for code in (0, 8, 11, 12, 14, 31, 127, 128, 159, 173)),
    *((chr(code), FORBIDDEN) for code in range(0x202A, 0x202F)),
    *((chr(code), FORBIDDEN) for code in range(0x2066, 0x206A)),
    *((chr(code), FORBIDDEN) for code in (0x200B, 0x200E, 0x200F, 0x2028, 0x2029, 0xFEFF)),
    *((chr(code), UNUSUAL_SPACE) for code in (0xA0, 0x2003, 0x2009, 0x202F, 0x3000)),
)
FINE: Final = "\t\n\r aA1£é€ŵÁ漢🙂'\u2019\u201c\u201d\u2013-\u200c\u200d\u0301"


@pytest.mark.parametrize(("character", "form"), CHARACTERS, ids=lambda value: ascii(value)[:9])
def test_characters_refused(character: str, form: object) -> None:
    """Each character that acts, hides or only looks like a space is refused, by one rule."""
    assert [form] == [each for each in (FORBIDDEN, UNUSUAL_SPACE) if each.search(character)]


@pytest.mark.parametrize("character", FINE, ids=ascii)
def test_characters_taken(character: str) -> None:
    """Letters of any language, signs, joiners, tabs and line ends are taken."""
    assert not FORBIDDEN.search(character)
    assert not UNUSUAL_SPACE.search(character)


CIRCLES: Final = (
    ("<need/10001>", 'need/10001 "Learning" → need/10001 "Learning" goes in a circle'),
    (
        "<need/10002>",
        'need/10001 "Learning" → need/10002 "Reading" → need/10001 "Learning" goes in a circle',
    ),
)


@pytest.mark.parametrize(("target", "message"), CIRCLES)
def test_circle_names_its_members(tmp_path: Path, target: str, message: str) -> None:
    """A circle is told once, by the way it goes."""
    line = "    def:reviewStatus <status/not-reviewed> ;\n"
    files = sown(Seed("", N1, line, f"{line}    skos:broader {target} ;\n"))
    found = [f for f in report_of(tmp_path, files, None, SETTINGS).findings if f.code == "LK026"]

    assert [message] == [finding.message for finding in found]


def test_exact_match_through_others(tmp_path: Path) -> None:
    """Exact matches are followed in both directions before they are compared with others."""
    colours = """\
<urn:a> a skos:Concept ; skos:prefLabel "a"@en ; skos:exactMatch <urn:x> .
<urn:b> a skos:Concept ; skos:prefLabel "b"@en ; skos:exactMatch <urn:x> ;
    skos:narrowMatch <urn:a> ."""
    report = report_of(tmp_path, {**CLEAN, "colours.ttl": colours}, None, SETTINGS)

    assert ("LK025", 24) in {(f.code, f.line) for f in report.findings}


def test_related_in_either_direction_is_told_once(tmp_path: Path) -> None:
    """A clash written from both sides is one finding."""
    colours = """\
<urn:a> a skos:Concept ; skos:prefLabel "a"@en ; skos:related <urn:c> .
<urn:b> a skos:Concept ; skos:prefLabel "b"@en ; skos:broader <urn:a> .
<urn:c> a skos:Concept ; skos:prefLabel "c"@en ; skos:broader <urn:b> ; skos:related <urn:a> ."""
    report = report_of(tmp_path, {**CLEAN, "colours.ttl": colours}, None, SETTINGS)

    (found,) = (finding for finding in report.findings if finding.code == "LK023")
    assert found.line == 22
    assert '"a" is above' in found.message


SHOWN: Final = (
    ("plain", "plain"),
    ("a\x1b[31mb", "a\\u001b[31mb"),
    ("a\u202eb", "a\\u202eb"),
    ("a\nb", "a\\u000ab"),
    ("caf\udce9", "caf\\udce9"),
    ("ŵ漢🙂", "ŵ漢🙂"),
)


@pytest.mark.parametrize(("written", "shown"), SHOWN, ids=ascii)
def test_visible(written: str, shown: str) -> None:
    """What cannot be seen is written by its number; everything else as it is."""
    assert visible(written) == shown


def test_long_quotations_are_cut() -> None:
    """A message quotes the beginning of a long text."""
    assert quoted("x" * 1000) == f'"{"x" * LONGEST_QUOTE}…"'


def test_odd_file_names_are_harmless(tmp_path: Path) -> None:
    """A file name that acts on terminals, or is no text at all, is written by numbers."""
    files = {**CLEAN, "needs/\x1b[31m\udce9.txt": "x"}
    report = report_of(tmp_path, files, None, SETTINGS)
    for told in (text(report, Severity.INFO), json_text(report, Severity.INFO)):
        assert "\x1b" not in told
        assert "udce9.txt" in told
        told.encode()


LONG: Final = "9" * 5000


def test_numbers_of_thousands_of_digits(tmp_path: Path) -> None:
    """A code, a range and a first number too long for Python are compared all the same."""
    files = {
        **CLEAN,
        N1: CLEAN[N1].replace('"10001"', f'"{LONG}"'),
        "services/list.ttl": CLEAN["services/list.ttl"].replace("200001", LONG),
        "services/ids.txt": f"{LONG} tried out\n1{LONG}-2{LONG} another's\n",
        "needs/ids.txt": f"{LONG} tried out\n",
    }
    found = {f.code: f for f in report_of(tmp_path, files, None, SETTINGS).findings}

    assert {"LK060", "LK061", "LK065", "LK066"} <= found.keys()
    assert "LK064" not in found


COLLIDING: Final = (
    (("needs/caf\u00e9.txt", "needs/cafe\u0301.txt"), True),
    (("needs/STRASSE.txt", "needs/stra\u00dfe.txt"), True),
    (("needs/\uff41.txt", "needs/a.txt"), True),
    (("needs/x/1.txt", "needs/X/2.txt"), True),
    (("needs/cafe.txt", "needs/caf\u00e9.txt"), False),
    (("needs/x/1.txt", "needs/y/1.txt"), False),
)


@pytest.mark.parametrize(("paths", "collide"), COLLIDING, ids=ascii)
def test_paths_that_other_machines_fold(
    tmp_path: Path,
    paths: tuple[str, str],
    collide: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """Two names that Windows or macOS take for one are told at the second."""
    files = {**CLEAN, **dict.fromkeys(paths, "x")}
    codes = {f.code for f in report_of(tmp_path, files, None, SETTINGS).findings}

    assert ("LK167" in codes) is collide
