"""Telling what changed between two states of our lists some 5,000 changes apart, as a whole."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from pathlib import Path

from history import ROOT, ROUNDS, git
from listkeeper.changes.compare import compare
from listkeeper.changes.difference import difference
from listkeeper.edition import load, reload
from listkeeper.publish.change_reports import FORMATS, changelog
from listkeeper.store.history import open_repository, open_revision
from timing import in_turn, table, whole_process

MOST = 2.0
"""Seconds in which the command tells the changes."""

EDITS = (
    (r'skos:prefLabel "', 'skos:prefLabel "New: '),
    (r'skos:definition "', 'skos:definition "Now: '),
    (r"(def:meetsNeed <need/)\d+", r"\g<1>10001"),
    (r"skos:notation ", 'skos:scopeNote "Seen again."@en ;\n    skos:notation '),
)
"""What is replaced in each service: its name, definition and a need; a note is added."""


def make_states(folder: Path) -> None:
    """Commit our lists twice: as they are, and with every service edited."""
    shutil.copytree(ROOT / "vocabularies", folder / "vocabularies")
    shutil.copy(ROOT / "listkeeper.toml", folder)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "As they are")
    for path in sorted((folder / "vocabularies" / "services").glob("*/*.ttl")):
        text = path.read_text("utf-8")
        for pattern, instead in EDITS:
            text = re.sub(pattern, instead, text)
        path.write_text(text, "utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Edits")


def main() -> int:
    """Print the times; 1 when the whole command takes too long."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "lists"
        make_states(folder)
        with open_repository(folder) as repository:
            before = load(open_revision(repository, "HEAD~1"))
            after = reload(open_revision(repository, "HEAD"), before)
            changes = compare(before, after)
            program = str(Path(sys.executable).parent / "listkeeper")
            command = (program, "diff", "HEAD~1..HEAD", "-C", str(folder))
            timed = in_turn(
                {
                    "listkeeper diff, the whole command": whole_process(command),
                    "opening one state": lambda: load(open_revision(repository, "HEAD~1")),
                    "the difference of the graphs": lambda: difference(before, after),
                    "telling the changes": lambda: compare(before, after),
                    "an equal state": lambda: compare(after, after),
                    **{f"as {kind}": lambda k=kind: FORMATS[k](changes) for kind in FORMATS},
                    "as a changelog": lambda: changelog(changes),
                },
                ROUNDS,
            )
    number = len(changes.changes)
    statements = len(changes.difference.removed) + len(changes.difference.added)
    print(table(f"{number:,} changes, {statements:,} statements", timed))
    return int(timed[0].median > MOST)


if __name__ == "__main__":
    sys.exit(main())
