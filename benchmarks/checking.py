"""Checking all our lists: cold, unchanged, and with one changed file, against starting Python."""

from __future__ import annotations

import itertools
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from listkeeper.edition import load, reload
from listkeeper.store.workspace import open_workspace
from listkeeper.validate import Severity, check
from timing import in_turn, table, whole_process

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
LISTKEEPER = str(Path(sys.executable).parent / "listkeeper")
ROUNDS = 7


def copied(folder: Path) -> Path:
    """Copy the lists, the settings and the shapes into a folder, to be edited there."""
    shutil.copy(ROOT / "listkeeper.toml", folder)
    for name in ("vocabularies", "shapes"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def editor(folder: Path) -> Callable[[], object]:
    """Make the act of changing one entry's label, to another one each time."""
    path = next((folder / "vocabularies" / "services").rglob("559.ttl"))
    text = path.read_text(encoding="utf-8")
    numbers = itertools.count()

    def edit() -> None:
        label = f'"Street furniture {next(numbers)}"@en'
        path.write_text(text.replace('"Street furniture"@en', label), encoding="utf-8")

    return edit


def after(edit: Callable[[], object], act: Callable[[], object]) -> Callable[[], object]:
    """Make the act of editing, then acting; the edit takes some tenths of a millisecond."""

    def both() -> object:
        edit()
        return act()

    return both


def whole_processes(folder: Path) -> None:
    """Print the figures of the command."""
    os.environ["LISTKEEPER_CACHE"] = str(folder.parent / "cache")
    words = [LISTKEEPER, "check", "-C", str(folder)]
    ways = {
        "python -c pass": whole_process([sys.executable, "-c", "pass"]),
        "listkeeper check --no-cache": whole_process([*words, "--no-cache"]),
        "listkeeper check, nothing changed": whole_process(words),
        "listkeeper check, one file changed": after(editor(folder), whole_process(words)),
    }
    # asked between two changed states, so that nothing changed is what the cache knows
    ways["listkeeper check, nothing changed since"] = whole_process(words)
    print(table("Check of all our lists, whole processes", in_turn(ways, ROUNDS)))


def resident(folder: Path) -> None:
    """Print the figures of what stays loaded, as the server does."""
    edition = load(open_workspace(folder))
    edition.vocabulary  # noqa: B018 - read now, as the server has done before the first edit
    edit = editor(folder)

    def reloaded() -> object:
        return reload(open_workspace(folder), edition).vocabulary

    def checked() -> object:
        report = check(
            reload(open_workspace(folder), edition),
            shapes_folder=folder / "shapes",
            least=Severity.WARNING,
        )
        assert report.findings, "the lists always have notes"  # noqa: S101 - a figure of nothing would be none
        return report

    ways = {
        "load everything": lambda: load(open_workspace(folder)).vocabulary,
        "reload, one file changed": after(edit, reloaded),
        "reload and check, one file changed": after(edit, checked),
    }
    print(table("One edition after another in one process", in_turn(ways, ROUNDS)))


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "lists").mkdir()
        folder = copied(Path(name) / "lists")
        whole_processes(folder)
        resident(folder)


if __name__ == "__main__":
    main()
