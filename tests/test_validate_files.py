"""Files that cannot be read, in whatever way, are told at their place and hide nothing else."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

import pytest

from listkeeper.edition import load
from listkeeper.store.workspace import open_workspace
from listkeeper.validate import Severity, check, load_findings
from repository import write_repository
from seeded import CLEAN, SETTINGS

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.validate import Finding

NEED: Final = "vocabularies/needs/10001.ttl"

BYTES: Final = (
    ("latin-1", b'<a:a> <a:b> "x",\n  "caf\xe9" .', "LK002", 2, 7),
    ("UTF-16", "<a:a> <a:b> <a:c> .".encode("utf-16"), "LK002", 1, 1),
    ("a fault behind a byte order mark", b"\xef\xbb\xbf<a:a> zz:b <a:c> .", "LK001", 1, 7),
    ("no full stop", b"<a:a> <a:b> <a:c>\n", "LK001", 1, 18),
    ("unknown prefix", b"<a:a> <a:b> zz:c .", "LK001", 1, 13),
    ("bad escape", b'<a:a> <a:b>\n "\\q" .', "LK001", 2, 2),
    ("bad language tag", b'<a:a> <a:b> "x"@e_n .', "LK001", 1, 16),
    ("a triple in a triple", b"<a:a> <a:b> <<( <a:a> <a:b> <a:c> )>> .", "LK001", 1, 13),
    ("a zero byte", b"<a:a> \x00<a:b> <a:c> .", "LK001", 1, 7),
    ("nothing", b"", "LK012", 1, 1),
    ("a comment", b"# soon\n", "LK012", 1, 1),
)


def findings(folder: Path) -> tuple[Finding, ...]:
    """Check a repository, shapes and figures apart."""
    report = check(load(open_workspace(folder)), shapes_folder=None)
    return report.at_least(Severity.WARNING)


@pytest.mark.parametrize(
    ("why", "data", "code", "line", "column"), BYTES, ids=[case[0] for case in BYTES]
)
def test_unreadable_content(
    tmp_path: Path, why: str, data: bytes, code: str, line: int, column: int
) -> None:
    """A file that cannot be taken is told at the place of its fault, and causes nothing else."""
    root = write_repository(tmp_path, CLEAN, SETTINGS)
    (root / NEED).write_bytes(data)
    found = [f for f in findings(root) if f.path == NEED and f.code != "LK007"]

    assert [(code, line, column)] == [(f.code, f.line, f.column) for f in found], why


def test_byte_order_mark(tmp_path: Path) -> None:
    """A byte order mark is passed over, and told as a warning; places stay as editors count."""
    root = write_repository(tmp_path, CLEAN, SETTINGS)
    text = (root / NEED).read_bytes().replace(b'"Learning"', b'" Learning"')
    (root / NEED).write_bytes(b"\xef\xbb\xbf" + text)
    found = [(f.code, f.severity.value, f.line) for f in findings(root)]

    assert found == [("LK007", "warning", 1), ("LK111", "error", 26)]


def test_broken_file_is_no_dangling_link(tmp_path: Path) -> None:
    """Links to the entry of a file that cannot be read are not said to lead to nothing."""
    root = write_repository(tmp_path, CLEAN, SETTINGS)
    (root / NEED).write_bytes(b"<<<")

    assert {NEED} == {finding.path for finding in findings(root)}


def test_every_problem_of_a_file_is_told(tmp_path: Path) -> None:
    """A file with two faults is told of both, although parsing stopped at the first."""
    root = write_repository(tmp_path, CLEAN, SETTINGS)
    (root / NEED).write_bytes(b"<a:a> zz:b <a:c> .\n<a:a> <a:b> yy:c .\n")

    assert [(f.line, f.column) for f in findings(root)] == [(1, 7), (2, 13)]


def test_broken_file_hides_nothing(tmp_path: Path) -> None:
    """What is wrong in other files is told beside a file that cannot be read."""
    root = write_repository(tmp_path, CLEAN, SETTINGS)
    (root / NEED).write_bytes(b"<<<")
    other = root / "vocabularies/needs/10002.ttl"
    other.write_text(other.read_text().replace('"Reading"', '" Reading"'))

    assert {"LK001", "LK111"} == {finding.code for finding in findings(root)}


def test_missing_list(tmp_path: Path) -> None:
    """A folder of entries without list.ttl is told once, as the file that is missing."""
    root = write_repository(tmp_path, CLEAN, SETTINGS)
    (root / "vocabularies/needs/list.ttl").unlink()
    (root / "vocabularies/legislation/list.ttl").write_text("<<<")
    found = [(f.code, f.place) for f in findings(root)]

    assert found == [
        ("LK001", "vocabularies/legislation/list.ttl:1:1"),
        ("LK010", "vocabularies/needs/list.ttl:1:1"),
    ]


def test_list_without_its_file_still_has_notations(tmp_path: Path) -> None:
    """What can be judged without the list is judged."""
    root = write_repository(tmp_path, CLEAN, SETTINGS)
    (root / "vocabularies/needs/list.ttl").unlink()
    (root / NEED).rename(root / "vocabularies/needs/10003.ttl")

    assert {"LK010", "LK060"} == {f.code for f in findings(root)}


CONFLICT: Final = """\
<<<<<<< HEAD
    skos:prefLabel "Learning"@en ;
=======
    skos:prefLabel "Education"@en ;
>>>>>>> branch
"""


@pytest.mark.parametrize("path", ["needs/10001.ttl", "services/ids.txt", "rocks.ttl"])
def test_conflict(tmp_path: Path, path: str) -> None:
    """A file with Git's marks of a conflict is told once, at the first, with what to do."""
    root = write_repository(tmp_path, {**CLEAN, "rocks.ttl": ""}, SETTINGS)
    file = root / "vocabularies" / path
    before = file.read_text()
    file.write_text(before + CONFLICT + "# and\n" + CONFLICT)
    (found,) = findings(root)

    assert (found.code, found.path) == ("LK009", f"vocabularies/{path}")
    assert (found.line, found.column) == (before.count("\n") + 1, 1)
    assert "at 2 places, the first here" in found.message
    assert found.remedy.startswith("Finish the merge")


def test_conflict_in_a_text_is_told(tmp_path: Path) -> None:
    """Inside of a long text the marks are Turtle, and yet nobody meant them."""
    root = write_repository(tmp_path, CLEAN, SETTINGS)
    text = (root / NEED).read_text().replace('"Learning"@en', f"'''a\n{CONFLICT}'''@en")
    (root / NEED).write_text(text)

    assert "LK009" in {f.code for f in findings(root)}


MARKED: Final = (
    ("needs/10001.ttl", "Run `listkeeper fmt`"),
    ("rocks.ttl", "Save the file as UTF-8"),
)


@pytest.mark.parametrize(("path", "remedy"), MARKED)
def test_remedy_for_a_byte_order_mark(tmp_path: Path, path: str, remedy: str) -> None:
    """`fmt` is no remedy for a file that it leaves alone."""
    root = write_repository(tmp_path, {**CLEAN, "rocks.ttl": "<urn:a> a skos:Concept ."}, SETTINGS)
    file = root / "vocabularies" / path
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    found = next(f for f in findings(root) if f.code == "LK007")

    assert found.remedy.startswith(remedy)


def test_missing_catalogue(tmp_path: Path) -> None:
    """A repository without a catalogue is told so, as a warning."""
    root = write_repository(tmp_path, CLEAN, SETTINGS)
    (root / "vocabularies/catalogue.ttl").unlink()
    found = [(f.code, f.severity.value, f.path) for f in findings(root)]

    assert found == [("LK005", "warning", "vocabularies/catalogue.ttl")]


DEFINITIONS: Final = "vocabularies/definitions.ttl"


def test_missing_definitions(tmp_path: Path) -> None:
    """Lists without definitions are told so, as an error, and nothing that follows from it."""
    root = write_repository(tmp_path, CLEAN, SETTINGS)
    (root / DEFINITIONS).unlink()
    found = [(f.code, f.severity.value, f.path) for f in findings(root)]

    assert found == [("LK015", "error", DEFINITIONS)]


def test_broken_definitions(tmp_path: Path) -> None:
    """Definitions that cannot be read are told once, not at every term that they declare."""
    root = write_repository(tmp_path, CLEAN, SETTINGS)
    (root / DEFINITIONS).write_text("<<<")

    assert [f.code for f in findings(root)] == ["LK001"]


def test_whole_vocabularies_need_no_definitions(tmp_path: Path) -> None:
    """Definitions are asked of lists of our own form only."""
    root = write_repository(tmp_path, {"rocks.ttl": "<urn:a> a skos:Concept ."}, SETTINGS)

    assert "LK015" not in {f.code for f in findings(root)}


def test_symbolic_link(tmp_path: Path) -> None:
    """A link in place of a file is told, not followed."""
    root = write_repository(tmp_path, CLEAN, SETTINGS)
    shutil.move(root / NEED, tmp_path / "elsewhere.ttl")
    (root / NEED).symlink_to(tmp_path / "elsewhere.ttl")

    assert [("LK003", f"{NEED}:1:1")] == [(f.code, f.place) for f in findings(root)]


LOADED: Final = {
    "needs/10001.ttl": ("<<<", "LK001"),
    "needs/10009.ttl": ("<need/8> a skos:Concept .", "LK060"),
    "needs/10008.ttl": ("<need/10008> rdfs:seeAlso <need/10001> .", "LK012"),
    "needs/10003.ttl": ("<need/10003> a skos:Concept ; skos:related <need/7> .", "LK040"),
    "needs/tree.ttl": ('<need/tree> a skos:Concept ; skos:notation "tree" .', "LK061"),
    "rights/1.ttl": ("<rights/1> a skos:Concept .", "LK010"),
}


@pytest.mark.parametrize("path", LOADED)
def test_load_findings(tmp_path: Path, path: str) -> None:
    """What keeps the lists from being served is found, with its place."""
    text, code = LOADED[path]
    root = write_repository(tmp_path, {**CLEAN, path: text}, SETTINGS)
    found = {finding.code for finding in load_findings(load(open_workspace(root)))}

    assert {code} == found


def test_load_findings_leave_other_rules_alone(tmp_path: Path) -> None:
    """What does not keep the lists from being served is left to the full check."""
    text = CLEAN["needs/10001.ttl"].replace('"Learning"', '" Learning"')
    root = write_repository(tmp_path, {**CLEAN, "needs/10001.ttl": text}, SETTINGS)

    assert load_findings(load(open_workspace(root))) == ()
