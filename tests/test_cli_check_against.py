"""``check --against`` and ``--changed``, as people and pull requests run them."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final

import pytest

from checkout import Checkout, make_checkout
from seeded import CLEAN, SETTINGS

if TYPE_CHECKING:
    from pathlib import Path

S1, N1, N2 = "services/1.ttl", "needs/10001.ttl", "needs/10002.ttl"
GONE: Final = (
    'adms:status <status/retired> ; def:endDate "2026-03-01"^^xsd:date ; '
    'def:retirementReason "Gone."@en'
)
RETIRED: Final = {N2: CLEAN[N2].replace("adms:status <status/current>", GONE)}
HALF_DONE: Final = {N1: CLEAN[N1].replace("Learning", "Learning  ")}
"""A finding that was there before: two spaces at the end."""

SHAPE: Final = """\
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix def: <https://lists.example.org/def/> .
<https://lists.example.org/shape/scope> a sh:NodeShape ;
    sh:targetClass def:Need ;
    sh:property <https://lists.example.org/shape/scope-note> .
<https://lists.example.org/shape/scope-note> a sh:PropertyShape ;
    sh:path skos:scopeNote ; sh:minCount {} ; sh:severity sh:Violation ;
    dct:identifier "LK901" ; sh:name "scope note" ; sh:message "has no scope note" .
"""


def listkeeper(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command line as a process of its own."""
    command = [sys.executable, "-c", "from listkeeper.cli import run; run()", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def check(checkout: Checkout, *words: str) -> subprocess.CompletedProcess[str]:
    return listkeeper("check", "-C", checkout.root, "--engine", "none", *words)


def found(checkout: Checkout, *words: str) -> list[tuple[str, str]]:
    """Code and file of what is found."""
    return [(f["code"], f["path"]) for f in document(checkout, *words)["findings"]]


def document(checkout: Checkout, *words: str, engine: str = "none") -> dict[str, Any]:
    done = listkeeper(
        *("check", "-C", checkout.root, "--format", "json", "--engine", engine),
        *words,
    )
    assert done.returncode in {0, 1}, done.stderr
    parsed: dict[str, Any] = json.loads(done.stdout)
    return parsed


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """Clean lists but for one old finding, released."""
    made = make_checkout(tmp_path / "lists")
    made.commit({**CLEAN, **HALF_DONE}, settings=SETTINGS)
    made.release("2026.01")
    return made


def test_nothing_changed(checkout: Checkout) -> None:
    """Old findings are none of a change that does not touch them."""
    assert ("LK111", f"vocabularies/{N1}") in found(checkout)
    assert found(checkout, "--changed") == []


def test_effects_elsewhere(checkout: Checkout) -> None:
    """A link in an untouched file that now points to a retired entry is told."""
    checkout.write(RETIRED, SETTINGS)

    assert ("LK043", f"vocabularies/{S1}") in found(checkout, "--changed")
    assert {path for _, path in found(checkout, "--changed")} == {f"vocabularies/{S1}"}


def test_a_finding_that_only_moved(checkout: Checkout) -> None:
    """An old finding on another line is not the change's."""
    text = HALF_DONE[N1].replace("    skos:notation", "    # a remark\n    skos:notation")
    checkout.write({N1: text}, SETTINGS)

    assert found(checkout, "--changed") == []


def test_a_second_of_the_same_kind(checkout: Checkout) -> None:
    """The same rule in another entry is the change's."""
    checkout.write({N2: CLEAN[N2].replace("Reading", "Reading  ")}, SETTINGS)

    assert ("LK111", f"vocabularies/{N2}") in found(checkout, "--changed")
    assert ("LK111", f"vocabularies/{N1}") not in found(checkout, "--changed")


def test_the_same_once_more(checkout: Checkout) -> None:
    """What was found once before and is found twice now is told once."""
    note = CLEAN[N2].replace("skos:notation", 'skos:note "A  "@en ;\n    skos:notation')
    checkout.commit({N2: note}, settings=SETTINGS)
    before = found(checkout).count(("LK111", f"vocabularies/{N2}"))
    checkout.write({N2: note.replace('"A  "@en', '"A  "@en,\n        "A  "@cy')}, SETTINGS)

    assert before == 1
    assert found(checkout).count(("LK111", f"vocabularies/{N2}")) == 2
    assert found(checkout, "--changed").count(("LK111", f"vocabularies/{N2}")) == 1


def test_removal_is_told_with_the_rest(checkout: Checkout) -> None:
    """What a release contains is missed, and so are the links that dangle."""
    checkout.write({N2: None}, SETTINGS)
    done = check(checkout, "--changed")

    assert done.returncode == 1
    assert 'LK140 need/10002 "Reading" is in release 2026.01 and not here' in done.stdout
    assert "LK040" in done.stdout
    assert "LK111" not in done.stdout


def test_the_main_branch_is_what_a_change_is_held_against(
    checkout: Checkout, tmp_path: Path
) -> None:
    """By default a clone compares with where it left the main branch that others see."""
    checkout.git("clone", "--quiet", f"file://{checkout.top}", str(tmp_path / "clone"))
    clone = Checkout(top=tmp_path / "clone")
    clone.commit({N2: CLEAN[N2].replace("Reading", "Reading  ")}, settings=SETTINGS)

    assert ("LK111", f"vocabularies/{N2}") in found(clone, "--changed")
    assert found(clone, "--changed", "--against", "HEAD") == []


def test_main_has_moved_on(checkout: Checkout) -> None:
    """Entries that main got since are not missed: the change is compared with where it began."""
    checkout.git("checkout", "--quiet", "-b", "change")
    checkout.git("checkout", "--quiet", "main")
    checkout.commit({"needs/10003.ttl": CLEAN[N1].replace("10001", "10003")}, settings=SETTINGS)
    checkout.git("checkout", "--quiet", "change")

    assert found(checkout, "--changed", "--against", "main") == []


def test_a_whole_check_against_a_revision(checkout: Checkout) -> None:
    """Without --changed all is told: old findings and those that look back."""
    checkout.write({N2: None}, SETTINGS)
    codes = {code for code, _ in found(checkout, "--against", "2026.01")}

    assert codes >= {"LK111", "LK140", "LK040"}


def test_severities_of_the_base_decide(checkout: Checkout) -> None:
    """A change can not lower the bar for itself; what it would do is shown apart."""
    lowered = SETTINGS + '[check.severity]\nLK111 = "off"\n'
    checkout.write({N2: CLEAN[N2].replace("Reading", "Reading  ")}, lowered)
    told = document(checkout, "--changed")

    assert ("LK111", f"vocabularies/{N2}") in [(f["code"], f["path"]) for f in told["findings"]]
    assert told["apart"][0] == (
        "The change edits what is asked: by its own shapes and severities, "
        "0 findings more and 2 fewer."
    )
    assert any(line.startswith("fewer: vocabularies/needs/10002.ttl") for line in told["apart"])


@pytest.fixture
def shaped(checkout: Checkout) -> Checkout:
    """The same with a shape of its own that nothing breaks."""
    (checkout.root / "shapes").mkdir()
    (checkout.root / "shapes" / "own.ttl").write_text(SHAPE.format(0))
    checkout.record()
    return checkout


def test_shapes_of_the_base_decide(shaped: Checkout) -> None:
    """Shapes that the change brings are not what it is judged by; their effect is shown."""
    (shaped.root / "shapes" / "own.ttl").write_text(SHAPE.format(1))
    told = document(shaped, "--changed", engine="compiled")

    assert told["findings"] == []
    assert "2 findings more and 0 fewer" in told["apart"][0]
    assert [line for line in told["apart"] if "LK901" in line and line.startswith("more: ")]


def test_a_shape_that_is_taken_away(shaped: Checkout) -> None:
    """A change that removes a shape is still held to it."""
    (shaped.root / "shapes" / "own.ttl").write_text(SHAPE.format(1))
    shaped.record()
    (shaped.root / "shapes" / "own.ttl").write_text(SHAPE.format(0))
    told = document(shaped, "--against", "HEAD", engine="compiled")

    assert [f["path"] for f in told["findings"] if f["code"] == "LK901"] == [
        f"vocabularies/{N1}",
        f"vocabularies/{N2}",
    ]
    assert "0 findings more and 2 fewer" in told["apart"][0]


def test_shown_apart_in_text_and_markdown(shaped: Checkout) -> None:
    """People see it below the sum, a pull request under a heading of its own."""
    (shaped.root / "shapes" / "own.ttl").write_text(SHAPE.format(1))
    words = ("check", "-C", shaped.root, "--changed", "--format")
    text, comment = (listkeeper(*words, form).stdout for form in ("text", "markdown"))

    assert text.startswith("0 errors, 0 warnings in 8 entries\n\nThe change edits what is asked")
    assert "### What the change asks otherwise\n\n* `The change edits" in comment


def test_a_change_of_nothing_but_code(shaped: Checkout) -> None:
    """Where shapes and severities are the same, nothing is shown apart."""
    shaped.write({N2: None}, SETTINGS)

    assert document(shaped, "--changed", engine="compiled")["apart"] == []


def test_lists_in_a_folder_of_the_repository(tmp_path: Path) -> None:
    """The lists may lie in any folder of Git's."""
    checkout = make_checkout(tmp_path, "data/lists")
    checkout.commit(dict(CLEAN), settings=SETTINGS)
    checkout.release("2026.01")
    checkout.write({N2: None}, SETTINGS)

    assert ("LK140", f"vocabularies/{N2}") in found(checkout, "--changed")


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("--against", "nonsuch"), 2, "nonsuch: no such revision"),
        (("--against", "--output=x"), 2, "--output=x: no such revision"),
        (("--against", ""), 2, "'' is not the name of a revision"),
        (("--against", "2026.10"), 2, "did you mean 2026.01?"),
    ],
)
def test_words_that_name_no_revision(
    checkout: Checkout, words: tuple[str, ...], code: int, message: str
) -> None:
    """They end with 2 and one line."""
    done = check(checkout, *words)

    assert (done.returncode, done.stdout) == (code, "")
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_without_git(tmp_path: Path) -> None:
    """There is nothing to compare with; a check without history works as ever."""
    checkout = Checkout(top=tmp_path)
    checkout.write(dict(CLEAN), SETTINGS)
    done = check(checkout, "--changed")

    assert done.returncode == 3
    assert "is not in a Git repository; everything but history works without one" in done.stderr
    assert check(checkout).returncode == 0


def test_without_a_commit(tmp_path: Path) -> None:
    """An empty repository has nothing to compare with either."""
    checkout = make_checkout(tmp_path)
    checkout.write(dict(CLEAN), SETTINGS)
    done = check(checkout, "--changed")

    assert (done.returncode, done.stdout) == (2, "")
    assert "no commit yet" in done.stderr


def test_a_shallow_clone(checkout: Checkout, tmp_path: Path) -> None:
    """What can be compared is; what is missing is said, on stderr."""
    checkout.commit({}, settings=SETTINGS)
    words = ("--quiet", "--depth=1", f"file://{checkout.top}", str(tmp_path / "clone"))
    checkout.git("clone", *words)
    done = check(Checkout(top=tmp_path / "clone"), "--changed")

    assert done.returncode == 0
    assert "git fetch --unshallow --tags" in done.stderr
    assert "LK" not in done.stdout


def test_a_shallow_clone_without_the_beginning_of_the_change(
    checkout: Checkout, tmp_path: Path
) -> None:
    """A comparison that would be wrong is refused."""
    checkout.git("checkout", "--quiet", "-b", "change")
    checkout.commit({N2: None}, settings=SETTINGS)
    origin = f"file://{checkout.top}"
    words = ("--quiet", "--depth=1", "--no-single-branch", "--branch=change", origin)
    checkout.git("checkout", "--quiet", "main")
    checkout.commit({}, "Main moves on", settings=SETTINGS)
    checkout.git("clone", *words, str(tmp_path / "clone"))
    done = check(Checkout(top=tmp_path / "clone"), "--changed", "--against", "origin/main")

    assert (done.returncode, done.stdout) == (3, "")
    assert "lacks the commit that this change began from" in done.stderr
