"""``listkeeper diff`` and ``changelog``, as people and pull requests run them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from checkout import Checkout, make_checkout
from compared import edit
from sample import write_sample

LIBRARIES = "services/05/559.ttl"


def listkeeper(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command line as a process of its own."""
    command = [sys.executable, "-c", "from listkeeper.cli import run; run()", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """The sample, released; then a new name on main, and a new note on a branch; then an edit."""
    made = make_checkout(tmp_path / "git", "lists")
    write_sample(made.root)
    made.record("Start")
    made.release("2026.10")
    made.git("checkout", "--quiet", "-b", "notes")
    edit(made.root, [("needs/69.ttl", "skos:notation", 'skos:note "x"@en ; skos:notation')])
    made.record("A note")
    made.git("checkout", "--quiet", "main")
    edit(made.root, [(LIBRARIES, '"Libraries"@en', '"Public libraries"@en')])
    made.record("A name")
    edit(made.root, [("services/06/602.ttl", '"Allotments"@en', '"Plots"@en')])
    return made


RENAMED_559 = ("renamed", "559")
RENAMED_602 = ("renamed", "602")
NOTE = ("note", "69")
STATES = {
    "two revisions": (["2026.10..HEAD"], {RENAMED_559}),
    "two revisions, apart": (["2026.10", "HEAD"], {RENAMED_559}),
    "an empty end is the last commit": (["2026.10.."], {RENAMED_559}),
    "an empty beginning too": (["..2026.10"], {RENAMED_559}),
    "one revision and the working tree": (["2026.10"], {RENAMED_559, RENAMED_602}),
    "the last commit and the working tree": ([], {RENAMED_602}),
    "two branches": (["main..notes"], {RENAMED_559, NOTE}),
    "a branch since it left": (["main...notes"], {NOTE}),
}


@pytest.mark.parametrize(("words", "expected"), STATES.values(), ids=STATES)
def test_states_are_named_as_git_names_them(
    words: list[str], expected: set[tuple[str, str]], checkout: Checkout
) -> None:
    done = listkeeper("diff", *words, "-C", checkout.root / "vocabularies", "--format", "json")

    found = {(c["kind"], c["subject"]["code"]) for c in json.loads(done.stdout)["changes"]}
    assert (done.returncode, found) == (0, expected)


REFUSED = {
    "no such revision": (["2026.09..HEAD"], 2, "2026.09: no such revision; did you mean 2026.10?"),
    "an option for a revision": (["--", "--output=x"], 2, "--output=x: no such revision"),
    "too many": (["a", "b", "c"], 2, "two states at most"),
    "no such list": (["--list", "servces"], 2, "servces"),
}


@pytest.mark.parametrize(("words", "code", "message"), REFUSED.values(), ids=REFUSED)
def test_what_can_not_be_compared_is_told_in_one_line(
    words: list[str], code: int, message: str, checkout: Checkout
) -> None:
    done = listkeeper("diff", "-C", checkout.root, *words)

    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (code, "", 1)
    assert message in done.stderr


def test_without_git_only_folders_are_compared(tmp_path: Path) -> None:
    one, two = write_sample(tmp_path / "one"), write_sample(tmp_path / "two")
    edit(two, [(LIBRARIES, '"Libraries"@en', '"Public libraries"@en')])

    assert "559: Libraries → Public libraries" in listkeeper("diff", one, two).stdout
    alone = listkeeper("diff", "-C", one)
    assert (alone.returncode, "not in a Git repository" in alone.stderr) == (3, True)


def test_one_list_is_told_of(checkout: Checkout) -> None:
    done = listkeeper("diff", "main..notes", "-C", checkout.root, "--list", "needs")

    assert done.stdout.endswith("1 change: 1 editorial\n")
    assert "559" not in done.stdout


@pytest.mark.parametrize(("grave", "code"), [("breaking", 0), ("compatible", 1), ("editorial", 1)])
def test_a_build_may_fail_on_grave_changes(grave: str, code: int, checkout: Checkout) -> None:
    """A new name is compatible: it fails whoever asks for compatible changes or less."""
    assert listkeeper("diff", "-C", checkout.root, "--fail-on", grave).returncode == code


def test_a_changelog_has_its_heading(checkout: Checkout) -> None:
    done = listkeeper("changelog", "2026.10..HEAD", "--heading", "2026.11", "-C", checkout.root)

    assert done.stdout.startswith("## 2026.11\n\n1 change: 1 compatible.\n\n* `GOV.UK")
    assert "\n### `Services`\n\n**Renamed**\n\n* `559`: `Libraries` →" in done.stdout
    assert done.returncode == 0


def test_a_file_that_can_not_be_read_is_told_on_standard_error(checkout: Checkout) -> None:
    """A table has no place for it."""
    edit(checkout.root, [(LIBRARIES, "skos:notation", "oops oops")])

    done = listkeeper("diff", "-C", checkout.root, "--format", "csv")

    assert "559.ttl" in done.stderr


def test_the_page_tells_what_the_commands_print(checkout: Checkout, root: Path) -> None:
    """Each command in docs/diff.md runs."""
    page = (root / "docs" / "diff.md").read_text("utf-8")
    commands = [
        line.split("#")[0].split()[1:]
        for line in page.splitlines()
        if line.startswith(("listkeeper diff", "listkeeper changelog"))
    ]
    assert len(commands) > 4
    for words in commands:
        folders = [Path(word) for word in words if word in {"old/", "new/"}]
        for folder in folders:
            write_sample(checkout.top / folder)
        here = [str(checkout.top / w) if Path(w) in folders else w for w in words]
        done = listkeeper(*here, "-C", checkout.root)
        assert (words, done.returncode, done.stderr) == (words, 0, "")
