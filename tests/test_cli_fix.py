"""``check --fix`` and ``check --diff`` as people run them, and each form of a report."""

from __future__ import annotations

import datetime as dt
import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from lxml import etree

from listkeeper.validate.formats import FORMATS
from repository import write_repository
from seeded import CLEAN, SETTINGS

LISTKEEPER: Final = str(Path(sys.executable).with_name("listkeeper"))
NEED: Final = "vocabularies/needs/10001.ttl"


def listkeeper(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a repository, shapes apart."""
    return subprocess.run(
        [LISTKEEPER, "check", "--engine", "none", *words],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def git(root: Path, *words: str) -> str:
    person = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    done = subprocess.run(
        ["git", *person, *words], cwd=root, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """Lists in canonical form, one text of which has a stray space."""
    root = write_repository(tmp_path, CLEAN, SETTINGS)
    subprocess.run([LISTKEEPER, "fmt"], cwd=root, check=True, capture_output=True)
    change(root, '"Learning"@en', '" Learning"@en')
    return root


def change(root: Path, old: str, new: str) -> None:
    text = (root / NEED).read_text()
    assert text.count(old) == 1
    (root / NEED).write_text(text.replace(old, new))


def test_diff_shows_and_writes_nothing(lists: Path) -> None:
    """The patch is standard output, Git takes it, and 1 says that something would change."""
    before = (lists / NEED).read_bytes()
    shown = listkeeper(lists, "--diff")

    assert (shown.returncode, shown.stderr) == (1, "")
    assert (lists / NEED).read_bytes() == before
    assert shown.stdout.startswith(f"--- a/{NEED}\n+++ b/{NEED}\n@@ ")
    assert (
        '-    skos:prefLabel " Learning"@en ;\n+    skos:prefLabel "Learning"@en ;\n'
        in shown.stdout
    )
    subprocess.run(["git", "apply", "-"], cwd=lists, input=shown.stdout, text=True, check=True)
    again = listkeeper(lists, "--diff", "--fix")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


def test_fix_writes_and_checks_again(lists: Path) -> None:
    """What was done is told on standard error; standard output is the report of what is left."""
    assert "LK111" in listkeeper(lists).stdout
    fixed = listkeeper(lists, "--fix", "--format", "json")

    assert fixed.stderr == (
        f"mended {NEED}\n    LK111 skos:prefLabel: stray white space taken out\n"
    )
    assert (fixed.returncode, json.loads(fixed.stdout)["findings"]) == (0, [])
    assert '"Learning"@en' in (lists / NEED).read_text()


def test_fix_leaves_what_it_cannot_read(lists: Path) -> None:
    """A file with a syntax error stays as it is, and is told by the check."""
    change(lists, "<status/current> .\n", "<status/current>\n")
    before = (lists / NEED).read_bytes()
    fixed = listkeeper(lists, "--fix")

    assert (lists / NEED).read_bytes() == before
    assert fixed.returncode == 1
    assert "LK001" in fixed.stdout


def test_fix_without_git_records_nothing(lists: Path) -> None:
    """What a change asks to be recorded is not known without the lists before it."""
    change(lists, '" Learning"@en', '"Study"@en')
    fixed = listkeeper(lists, "--fix")

    assert fixed.stderr == ""
    assert "#former" not in (lists / NEED).read_text()


def test_fix_records_against_the_last_commit(lists: Path) -> None:
    """In a Git repository a renamed entry gets its former name and its date, once."""
    change(lists, '" Learning"@en', '"Learning"@en')
    git(lists, "init", "-q")
    git(lists, "add", "-A")
    git(lists, "commit", "-qm", "lists")
    change(lists, '"Learning"@en', '"Study"@en')
    days = {dt.datetime.now().astimezone().date().isoformat()}
    fixed = listkeeper(lists, "--fix")
    days.add(dt.datetime.now().astimezone().date().isoformat())

    assert 'former name "Learning"@en recorded' in fixed.stderr
    assert any(f"dct:modified set to {day}\n" in fixed.stderr for day in days)
    assert "<need/10001#former-1>" in (lists / NEED).read_text()
    assert listkeeper(lists, "--fix").stderr == ""


def test_fix_records_against_a_revision(lists: Path) -> None:
    """What a branch renamed in several commits is seen against where it began."""
    change(lists, '" Learning"@en', '"Learning"@en')
    git(lists, "init", "-q")
    git(lists, "add", "-A")
    git(lists, "commit", "-qm", "lists")
    git(lists, "tag", "begun")
    change(lists, '"Learning"@en', '"Study"@en')
    git(lists, "commit", "-qam", "renamed")

    assert listkeeper(lists, "--diff").stdout == ""
    assert '"Learning"@en' in listkeeper(lists, "--diff", "--against", "begun").stdout
    assert listkeeper(lists, "--diff", "--against", "nowhere").returncode == 2


def test_a_patch_on_a_terminal_is_only_text(lists: Path) -> None:
    """No text of the lists gives orders to a terminal."""
    change(lists, '" Learning"@en', '" Learning\x1b[31m"@en')
    leader, follower = pty.openpty()
    words = [LISTKEEPER, "check", "--diff"]
    subprocess.run(words, cwd=lists, stdout=follower, check=False, timeout=60)
    os.close(follower)
    shown = os.read(leader, 100_000)
    os.close(leader)

    assert b"\\u001b[31m" in shown
    assert b"\x1b[31m" not in shown


@pytest.mark.parametrize("name", FORMATS)
def test_every_form_is_had_from_the_command_line(lists: Path, name: str) -> None:
    """Standard output is the form and nothing else, and the exit code is the same for all."""
    done = listkeeper(lists, "--format", name)

    assert (done.returncode, done.stderr) == (1, "")
    assert "LK111" in done.stdout
    if name in {"json", "gitlab", "sarif"}:
        assert json.loads(done.stdout)
    if name == "junit":
        assert etree.fromstring(done.stdout).get("failures") == "1"
