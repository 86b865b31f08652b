"""Transcripts in the documentation: run again, and written anew by ``python tests/transcripts.py``.

A block ```` ```console ```` holds commands after ``$`` and what they put out. A comment such as
``<!-- sheet services.xlsx | 510 | Scope note (English) | Of the town. -->`` is what the text around
it tells the reader to do in a spreadsheet.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parent.parent
FORGE: Final = "https://forge.example/"
LISTS: Final = ("listkeeper.toml", "vocabularies", "shapes")
BLOCK: Final = re.compile(
    r"^(?P<fence>`{3,})console\n(?P<lines>.*?)^(?P=fence)$|^<!-- sheet (?P<cell>.*?) -->$",
    re.DOTALL | re.MULTILINE,
)
VARYING: Final = (
    (re.compile(r"\b[0-9a-f]{64}\b|\b[0-9a-f]{40}\b|\b[0-9a-f]{7,12}\b"), "HASH"),
    (re.compile(r"\b20\d\d-\d\d-\d\d\b"), "DATE"),
    (re.compile(r"\b[\d,]+ (?=entries\b|of data\b)"), "N "),
)
"""What is another each time: names of objects, days; how much the lists hold."""


@dataclass(kw_only=True)
class Reader:
    """Someone who follows a page: the folder they are in, and where the forge is."""

    folder: Path
    forge: Path

    def type(self, command: str) -> str:
        """Run a command as it is typed; give what is to be seen."""
        kept = self.forge / "folder"
        script = f"{{ {command}\n}} 2>&1; code=$?; pwd > '{kept}'; exit $code"
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=self.folder,
            env=environment(self.forge),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"$ {command}\n{done.stdout}"
        self.folder = Path(kept.read_text(encoding="utf-8").strip())
        return done.stdout

    def fill_in(self, file: str, code: str, column: str, value: str) -> None:
        """Write into one cell of a workbook."""
        book = openpyxl.load_workbook(self.folder / file)
        sheet = book.worksheets[0]
        titles = [cell.value for cell in sheet[1]]
        row = next(row for row in sheet.iter_rows() if str(row[0].value) == code)
        row[titles.index(column)].value = value
        book.save(self.folder / file)


def environment(forge: Path) -> dict[str, str]:
    """Make the environment of a reader: their forge is a folder."""
    return {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(forge),
        "LC_ALL": "C.UTF-8",
        "LISTKEEPER_CACHE": "off",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_0": f"url.file://{forge}/.insteadOf",
        "GIT_CONFIG_VALUE_0": FORGE,
        "GIT_CONFIG_KEY_1": "init.defaultBranch",
        "GIT_CONFIG_VALUE_1": "main",
    }


def start(folder: Path) -> Reader:
    """Put our lists at a forge, as their first commit, and a reader before an empty folder."""
    forge, work = folder / "forge", folder / "work"
    source = forge / "source"
    source.mkdir(parents=True)
    work.mkdir()
    for name in LISTS:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, source / name)
    who = "-c user.name=Editors -c user.email=editors@example.org"
    made = Reader(folder=source, forge=forge)
    made.type(
        f"git init --quiet && git add --all && git {who} commit --quiet --message 'The lists'"
    )
    made.type("git clone --quiet --bare . ../lists.git")
    return Reader(folder=work, forge=forge)


def performed(text: str, reader: Reader) -> str:
    """Follow a page; give it with what is really put out."""

    def perform(found: re.Match[str]) -> str:
        if found["cell"] is not None:
            reader.fill_in(*(part.strip() for part in found["cell"].split("|")))
            return found[0]
        shown = "".join(
            _shown(command, reader.type(command)) for command in commands(found["lines"])
        )
        return f"{found['fence']}console\n{shown}{found['fence']}"

    return BLOCK.sub(perform, text)


def commands(lines: str) -> Iterator[str]:
    """Give the commands of a block; a backslash at the end of a line leads to the next."""
    rest = iter(lines.split("\n"))
    for line in rest:
        if line.startswith("$ "):
            whole = line[2:]
            while whole.endswith("\\"):
                whole += "\n" + next(rest)
            yield whole


def alike(text: str) -> str:
    """Leave out what is another each time."""
    for pattern, instead in VARYING:
        text = pattern.sub(instead, text)
    return text


def _shown(command: str, output: str) -> str:
    ended = output if not output or output.endswith("\n") else f"{output}\n"
    return f"$ {command}\n" + "".join(f"{line}".rstrip() + "\n" for line in ended.splitlines())


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        page = Path(sys.argv[1])
        written = performed(page.read_text(encoding="utf-8"), start(Path(scratch)))
        page.write_text(written, encoding="utf-8")
