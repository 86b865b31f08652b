"""Opening releases: from Git's objects, beside the same lists from a folder; 200 of them."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
from itertools import cycle
from pathlib import Path

from listkeeper.edition import load
from listkeeper.editions import Editions
from listkeeper.store.history import open_repository
from listkeeper.store.workspace import open_workspace
from listkeeper.validate.past_reading import read_past
from timing import in_turn

ROOT = Path(__file__).resolve().parent.parent
RELEASES = 200
EDITS = 12
"""Entries that each release renames."""

ROUNDS = 5
MOST = 0.5
"""Seconds in which any past release opens."""

ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "GIT_CONFIG_GLOBAL": os.devnull,
    **{f"GIT_{who}_NAME": "Benchmark" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": "benchmark@example.org" for who in ("AUTHOR", "COMMITTER")},
}


def git(folder: Path, *words: str) -> None:
    """Run git."""
    subprocess.run(["git", *words], cwd=folder, env=ENVIRONMENT, check=True, capture_output=True)  # noqa: S607 - found on the PATH


def make_releases(folder: Path) -> None:
    """Commit our lists and release them over and over, some entries renamed each time."""
    shutil.copytree(ROOT / "vocabularies", folder / "vocabularies")
    shutil.copy(ROOT / "listkeeper.toml", folder)
    git(folder, "init", "--quiet")
    entries = sorted((folder / "vocabularies" / "services").glob("*/*.ttl"))
    chance = random.Random(1)  # noqa: S311 - which entries are renamed is no secret
    for number in range(RELEASES):
        for path in chance.sample(entries, EDITS):
            before, _, after = path.read_text().partition('skos:prefLabel "')
            label, _, rest = after.partition('"')
            path.write_text(f'{before}skos:prefLabel "{label[:40]} {number}"{rest}')
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--message", f"Release {number}")
        git(folder, "tag", "-a", f"{2001 + number // 12}.{number % 12 + 1:02}", "-m", "Release")
    git(folder, "gc", "--quiet")


def main() -> int:
    """Print the figures; 1 when a release opens too slowly."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_releases(folder)
        with open_repository(folder) as repository:
            names = cycle([release.name for release in repository.releases()][::-7])
            warm = Editions(repository)
            edition = load(open_workspace(folder))
            files, head = tuple(edition.files.values()), repository.resolve("HEAD")
            timed = in_turn(
                {
                    "folder": lambda: load(open_workspace(folder)),
                    "a release, cold": lambda: Editions(repository).open(next(names)),
                    "a release, others opened": lambda: warm.open(next(names)),
                    "200 releases, what differs": lambda: read_past(repository, files, head),
                    "200 releases, all commits": lambda: list(repository.commits(head)),
                },
                ROUNDS,
            )
    base = timed[0].median
    for way in timed:
        print(f"{way.name:28} {way.median:6.3f} s  {way.median / base:5.2f} of the folder")
    return int(timed[2].median > MOST)


if __name__ == "__main__":
    sys.exit(main())
