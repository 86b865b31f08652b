"""The examples in docs/editing.md, run one after the other on a copy of these lists."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from checkout import ENVIRONMENT
from listkeeper.cli import COMMANDS

BLOCK: Final = re.compile(r"```console\n(.*?)```", re.DOTALL)
LISTKEEPER: Final = str(Path(sys.executable).with_name("listkeeper"))


def examples(text: str) -> list[tuple[str, str]]:
    """Give each command with what it says."""
    parts = [part for block in BLOCK.findall(text) for part in block.split("$ ")[1:]]
    return [(part.split("\n", 1)[0], part.split("\n", 1)[1]) for part in parts]


def copied(root: Path, folder: Path) -> Path:
    """Copy the lists and commit them."""
    for name in ("vocabularies", "shapes"):
        shutil.copytree(root / name, folder / name)
    shutil.copy(root / "listkeeper.toml", folder)
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "Lists")):
        subprocess.run(["git", *words], cwd=folder, env=ENVIRONMENT, check=True)
    return folder


def test_the_examples(root: Path, tmp_path: Path) -> None:
    """Each does what the page says it does, and the lists are in order at the end."""
    lists = copied(root, tmp_path)
    found = examples((root / "docs" / "editing.md").read_text(encoding="utf-8"))

    assert len(found) >= 10
    for command, said in found:
        words = [LISTKEEPER, *shlex.split(command)[1:]]
        done = subprocess.run(words, cwd=lists, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr.split("\n")[0] + "\n") == (0, said), command
        assert done.stdout.startswith("--- "), command
    checked = subprocess.run([LISTKEEPER, "check"], cwd=lists, capture_output=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_every_editing_command_is_told(root: Path) -> None:
    """A command that edits has its place on the page."""
    text = (root / "docs" / "editing.md").read_text(encoding="utf-8")
    modules = {f"listkeeper.cli.{name}" for name in ("new", "link", "rename", "retire", "log")}
    names = [name for name, entry in COMMANDS.items() if entry.module in modules]

    assert len(names) > 12
    assert [name for name in names if not re.search(rf"(`|listkeeper ){name}\b", text)] == []
