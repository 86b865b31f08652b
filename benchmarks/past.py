"""The past: the history of every entry over 200 releases, cold and from disk; releases opened."""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

from history import make_releases
from listkeeper.changes.commit_log import CommitLog, read_log
from listkeeper.changes.history import EntryHistory
from listkeeper.edition import load
from listkeeper.release.past import Past
from listkeeper.store.cache import Cache
from listkeeper.store.history import open_repository
from listkeeper.store.workspace import open_workspace
from timing import in_turn, table

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 5
BOUNDS = {"cold": 2.0, "warm": 0.1, "opened": 0.5}
"""Seconds."""

TOLD = 50
"""Entries whose history is told in words."""


def every_history(log: CommitLog, paths: list[str]) -> int:
    """Say who changed each entry, when, and in which release; give the number of events."""
    return sum(
        1
        for path in paths
        for commit, _ in log.by_path[path]
        if commit.author and commit.authored and log.released[commit.id]
    )


def main() -> int:
    """Print the figures; 1 when one is over its bound."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "lists"
        folder.mkdir()
        make_releases(folder)
        edition = load(open_workspace(folder))
        concepts = list(edition.vocabulary.concepts.values())
        paths = [concept.path for concept in concepts]
        cache = Cache(folder=f"{name}/kept")
        with open_repository(folder) as repository:
            releases = repository.releases()
            past = Past(repository, ROOT / "site_templates")
            names = [release.name for release in releases]
            chance = random.Random(1)  # noqa: S311 - no secret
            timed = in_turn(
                {
                    "history of every entry, cold": lambda: every_history(
                        read_log(repository, releases), paths
                    ),
                    "history of every entry, kept on disk": lambda: every_history(
                        read_log(repository, releases, cache=cache), paths
                    ),
                    "a release opened and published": lambda: past.publication(
                        chance.choice(names)
                    ),
                    "a TimeMap of 200 releases": lambda: past.holding(
                        chance.choice(concepts).address
                    ),
                },
                ROUNDS,
            )
            log = read_log(repository, releases, cache=cache)
            count = every_history(log, paths)
            print(table(f"{len(paths):,} entries, {len(names)} releases, {count:,} events", timed))
            history = EntryHistory(repository, edition, log=log)
            start = time.perf_counter()
            told = sum(len(history.of(c)) for c in chance.sample(concepts, TOLD))
            each = (time.perf_counter() - start) / TOLD
            words = f"{each * 1000:.0f} ms an entry ({told / TOLD:.1f} events)"
            print(f"  in words, for its page: {words}")
    found = zip(timed, BOUNDS.values(), strict=False)
    return int(any(timing.median > bound for timing, bound in found))


if __name__ == "__main__":
    sys.exit(main())
