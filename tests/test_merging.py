"""Thirty branches merged one after another, and the merge driver as Git calls it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from checkout import ENVIRONMENT, Checkout, make_checkout
from compared import edit
from listkeeper.store.files import write_all
from listkeeper.store.formatting import reformat
from listkeeper.store.workspace import open_workspace
from merging import BRANCHES, MANNERS, simulate
from sample import write_sample

PROGRAM: Final = Path(sys.executable).parent / "listkeeper"
LIBRARIES: Final = "services/05/559.ttl"
FILE: Final = f"vocabularies/{LIBRARIES}"


def figures(root: Path) -> dict[str, tuple[int, ...]]:
    """What docs/merging.md says of each way of working."""
    page = (root / "docs" / "merging.md").read_text("utf-8")
    rows = re.findall(r"^\| ([^|]+?) \|((?: \d+ \|)+)$", page, flags=re.MULTILINE)
    return {name: tuple(map(int, re.findall(r"\d+", found))) for name, found in rows}


@pytest.mark.parametrize("name", [name for name in MANNERS if not MANNERS[name].attribute])
def test_thirty_people_at_work_damage_nothing(name: str, tmp_path: Path, root: Path) -> None:
    """The merged lists say what the merged branches meant, and break no rule that main kept.

    In conflict is only what collides: one code taken twice, which renumbering resolves, and one
    entry edited twice in the same place.
    """
    outcome = simulate(tmp_path, MANNERS[name], PROGRAM)

    assert (outcome.damage, outcome.findings, outcome.unexplained) == (0, frozenset(), 0)
    assert outcome.same_code == (BRANCHES - 1 if MANNERS[name].takes_next_free else 0)
    assert outcome.merged + outcome.renumbered + outcome.same_entry == BRANCHES
    assert outcome.row == figures(root)[name]


def test_damage_would_be_noticed(tmp_path: Path, root: Path) -> None:
    """Git's union merge mixes entries without a word: the figures and the check both tell."""
    (name,) = (name for name in MANNERS if MANNERS[name].attribute)

    outcome = simulate(tmp_path, MANNERS[name], PROGRAM)

    assert outcome.merged == BRANCHES
    assert outcome.damage > 0
    assert outcome.findings
    assert outcome.row == figures(root)[name]


def test_the_driver_leaves_fewer_branches_to_people(root: Path) -> None:
    """In each pair of ways of working, by the figures that the tests above hold."""
    set_aside = {name: row[3] for name, row in figures(root).items()}
    pairs = [(name, driven) for name in set_aside if (driven := f"{name}, merge driver") in MANNERS]

    assert set(set_aside) == set(MANNERS)
    assert len(pairs) == 2
    assert all(set_aside[driven] < set_aside[name] for name, driven in pairs)


@pytest.fixture(params=["", "lists"], ids=["at the top", "in a folder"])
def checkout(tmp_path: Path, request: pytest.FixtureRequest) -> Checkout:
    """Canonical lists with the driver installed, in the repository's root or below it."""
    made = make_checkout(tmp_path / "a 'git' repository", request.param)
    write_sample(made.root)
    workspace = open_workspace(made.root)
    write_all(made.root, reformat(workspace.files, workspace.settings)[0])
    install(made)
    made.record("Start")
    return made


def install(checkout: Checkout) -> subprocess.CompletedProcess[str]:
    command = [str(PROGRAM), "merge-driver", "--install", "-C", str(checkout.root)]
    return subprocess.run(command, check=True, capture_output=True, text=True)


def branched(checkout: Checkout, theirs: tuple[str, str], ours: tuple[str, str]) -> None:
    """Edit one file on a branch, and otherwise on main."""
    checkout.git("checkout", "--quiet", "-b", "theirs")
    edit(checkout.root, [(LIBRARIES, *theirs)])
    checkout.record("Theirs")
    checkout.git("checkout", "--quiet", "main")
    edit(checkout.root, [(LIBRARIES, *ours)])
    checkout.record("Ours")


def merge(checkout: Checkout) -> subprocess.CompletedProcess[str]:
    command = ["git", "merge", "--no-edit", "theirs"]
    return subprocess.run(
        command, cwd=checkout.top, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )


def text(checkout: Checkout) -> str:
    return (checkout.root / FILE).read_text("utf-8")


NAME = '    skos:prefLabel "Libraries"@en ;'
BESIDE = (NAME, '    skos:prefLabel "Public libraries"@en ; # on the sign')
NEXT = ('    def:draftLabel "Llyfrgelloedd"@cy', '    def:draftLabel "Y llyfrgelloedd"@cy')


def test_edits_of_neighbouring_lines_merge(checkout: Checkout) -> None:
    """Git alone would call this a conflict; the comment of one side is kept."""
    branched(checkout, BESIDE, NEXT)

    done = merge(checkout)

    assert done.returncode == 0, done.stderr
    assert BESIDE[1] in text(checkout)
    assert NEXT[1] in text(checkout)
    assert checkout.git("status", "--porcelain") == ""


def test_a_contradiction_is_left_with_markers(checkout: Checkout) -> None:
    """Git knows of the conflict, and the check finds the file broken until it is resolved."""
    branched(checkout, BESIDE, (NAME, '    skos:prefLabel "Reading rooms"@en ;'))

    done = merge(checkout)

    assert done.returncode == 1
    assert "CONFLICT" in done.stdout
    shown = text(checkout).split("<<<<<<< ours\n")[1].split(">>>>>>> theirs\n")[0]
    assert shown == f'    skos:prefLabel "Reading rooms"@en ;\n=======\n{BESIDE[1]}\n'
    command = [str(PROGRAM), "check", "--engine", "none", "-C", str(checkout.root)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (checked.returncode, "559.ttl" in checked.stdout) == (1, True)


def test_a_program_that_is_gone_leaves_merging_to_git(checkout: Checkout) -> None:
    """Else one side would stand in the file alone, without a marker."""
    driver = checkout.git("config", "merge.listkeeper.driver").replace(str(PROGRAM), "/gone/away")
    checkout.git("config", "merge.listkeeper.driver", driver)
    branched(checkout, BESIDE, (NAME, '    skos:prefLabel "Reading rooms"@en ;'))

    done = merge(checkout)

    assert done.returncode == 1
    assert {"<<<<<<<", "=======", ">>>>>>>"} <= {line[:7] for line in text(checkout).splitlines()}
    assert BESIDE[1] in text(checkout)
    assert "Reading rooms" in text(checkout)


def test_broken_settings_lose_nothing(checkout: Checkout) -> None:
    branched(checkout, BESIDE, NEXT)
    (checkout.root / "listkeeper.toml").write_text("format = \n", "utf-8")
    checkout.record("Broken settings")

    done = merge(checkout)

    assert done.returncode == 1
    assert "not merged by statements" in done.stderr
    assert BESIDE[1] in text(checkout)
    assert NEXT[1] in text(checkout)


def test_installing_twice_writes_one_line(checkout: Checkout) -> None:
    before = (checkout.root / ".gitattributes").read_text("utf-8")

    again = install(checkout)

    assert (checkout.root / ".gitattributes").read_text("utf-8") == before
    assert "wrote" not in again.stderr


def test_attributes_of_others_are_kept(tmp_path: Path) -> None:
    made = make_checkout(tmp_path / "git")
    write_sample(made.root)
    (made.root / ".gitattributes").write_text("*.xlsx binary", "utf-8")

    install(made)

    lines = (made.root / ".gitattributes").read_text("utf-8").splitlines()
    assert lines == ["*.xlsx binary", "/vocabularies/**/*.ttl merge=listkeeper"]


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["a", "b"], 2, "--install tells it to"),
        (["no-base", "no-ours", "no-theirs", "x.ttl"], 3, "no-base: No such file or directory"),
        (["--install", "-C", "."], 3, "not in a Git repository"),
    ],
)
def test_the_driver_called_by_hand_says_what_it_needs(
    words: list[str], code: int, message: str, tmp_path: Path
) -> None:
    write_sample(tmp_path)

    command = [str(PROGRAM), "merge-driver", *words]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr.count("\n")) == (code, 1)
    assert message in done.stderr
