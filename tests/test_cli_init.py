"""``listkeeper init`` as people run it: repositories that work at once, and the kit into others."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from checkout import ENVIRONMENT

if TYPE_CHECKING:
    from collections.abc import Mapping

LISTKEEPER: Final = str(Path(sys.executable).with_name("listkeeper"))


def run(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    env = {**ENVIRONMENT, "LISTKEEPER_CACHE": "off"}
    return subprocess.run(
        [LISTKEEPER, *words], cwd=cwd, env=env, capture_output=True, text=True, check=False
    )


def contents(folder: Path) -> Mapping[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("forge", ["github", "gitlab"])
def test_a_new_repository_works_at_once(tmp_path: Path, forge: str) -> None:
    """Formatted, without a finding, built, and with a hook that can be run."""
    done = run("init", "lists", "--forge", forge, "--owner", "@example/editors", cwd=tmp_path)
    lists = tmp_path / "lists"

    assert done.returncode == 0, done.stderr
    assert run("fmt", "--check", cwd=lists).stdout == ""
    assert "0 errors, 0 warnings" in run("check", cwd=lists).stdout
    assert run("build", "--out", "../site", cwd=lists).returncode == 0
    assert os.access(lists / ".githooks/pre-commit", os.X_OK)


def test_the_kit_into_a_lists_repository(tmp_path: Path) -> None:
    """Its lists stay as they are; asked again, nothing changes."""
    run("init", "lists", cwd=tmp_path)
    before = contents(tmp_path / "lists")

    added = run("init", ".", "--forge", "github", cwd=tmp_path / "lists")
    after = contents(tmp_path / "lists")
    again = run("init", ".", "--forge", "github", cwd=tmp_path / "lists")

    assert (added.returncode, again.returncode) == (0, 0), added.stderr + again.stderr
    assert before.items() < after.items()
    assert contents(tmp_path / "lists") == after


def test_into_a_repository_in_use(tmp_path: Path) -> None:
    """Only where it is said, and where no file stands in the way."""
    (tmp_path / "README.md").write_text("Ours.\n", encoding="utf-8")
    (tmp_path / "code.py").touch()

    plain = run("init", ".", cwd=tmp_path)
    beside = run("init", ".", "--into", cwd=tmp_path)
    assert (plain.returncode, "add --into" in plain.stderr) == (2, True)
    assert (beside.returncode, "has another README.md" in beside.stderr) == (2, True)
    assert contents(tmp_path).keys() == {"README.md", "code.py"}

    (tmp_path / "README.md").unlink()
    assert run("init", ".", "--into", cwd=tmp_path).returncode == 0
    assert "0 errors" in run("check", cwd=tmp_path).stdout


def test_files_of_the_kit_are_renewed_when_asked(tmp_path: Path) -> None:
    """Owners never: who they are, nobody else can say."""
    run("init", "lists", "--forge", "github", cwd=tmp_path)
    workflow = tmp_path / "lists/.github/workflows/lists.yml"
    owners = tmp_path / "lists/.github/CODEOWNERS"
    written = workflow.read_bytes()
    workflow.write_text("ours", encoding="utf-8")
    owners.write_text("* @ann", encoding="utf-8")

    refused = run("init", "lists", "--forge", "github", cwd=tmp_path)
    assert (refused.returncode, "lists.yml; --replace" in refused.stderr) == (2, True)
    assert workflow.read_text(encoding="utf-8") == "ours"

    replaced = run("init", "lists", "--forge", "github", "--replace", cwd=tmp_path)
    assert (replaced.returncode, "stays as it is" in replaced.stderr) == (0, True)
    assert workflow.read_bytes() == written
    assert owners.read_text(encoding="utf-8") == "* @ann"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--forge", "githib"), "'githib' is not one of"),
        (("--forge", "github", "--owner", "ann"), "an owner is written as @person"),
        (("--forge", "github", "--package", "a b;c"), "is no requirement"),
        (("--base-uri", "lists.example"), "a base URI is"),
    ],
)
def test_what_is_off_is_told(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    """In one line, with nothing written."""
    done = run("init", "lists", *words, cwd=tmp_path)

    assert (done.returncode, said in done.stderr) == (2, True), done.stderr
    assert not (tmp_path / "lists").exists()


def test_a_dry_run_names_the_files(tmp_path: Path) -> None:
    """And writes none."""
    told = run("init", "lists", "--forge", "gitlab", "--dry-run", cwd=tmp_path).stdout

    assert ".gitlab-ci.yml\n" in told
    assert not (tmp_path / "lists").exists()
