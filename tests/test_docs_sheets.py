"""What docs/spreadsheets.md and docs/import.md show is what the commands print."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from test_readme import Step, pattern, steps

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PAGES = ("spreadsheets.md", "import.md")


@pytest.mark.parametrize("page", PAGES)
def test_every_command_prints_what_the_page_shows(page: str, tmp_path: Path) -> None:
    """They are run in order, in one new repository, as a reader would."""
    shown = steps((ROOT / "docs" / page).read_text(encoding="utf-8"))
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    begin = (
        "listkeeper init lists",
        "cd lists && git init -q && git add -A",
        "cd lists && git -c user.name=a -c user.email=a@e.org -c commit.gpgsign=false commit -qm x",
    )
    for command in begin:
        subprocess.run(["bash", "-c", command], cwd=tmp_path, env=environment, check=True)
    assert shown
    for step in shown:
        run_as_shown(step, tmp_path / "lists", environment)


def run_as_shown(step: Step, folder: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(
        ["bash", "-c", step.command], cwd=folder, env=environment, capture_output=True, check=False
    )
    printed = done.stdout.decode()

    assert done.returncode == 0, done.stderr.decode()
    assert re.fullmatch(pattern(step.output), printed), f"{step.command}\n{printed}"
