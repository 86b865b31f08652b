"""Real Git repositories for tests: lists that are committed and released step by step."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from listkeeper.store.history import open_repository
from repository import SETTINGS, write_repository

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from listkeeper.store.history import Repository

ENVIRONMENT: Final = {
    "PATH": os.environ["PATH"],
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_ALLOW_PROTOCOL": "file",
    **{f"GIT_{who}_NAME": "Ann Editor" for who in ("AUTHOR", "COMMITTER")},
    **{f"GIT_{who}_EMAIL": "ann@example.org" for who in ("AUTHOR", "COMMITTER")},
}
DAY: Final = 86_400
START: Final = 1_767_225_600
"""2026-01-01; every commit and tag is a day after the one before."""


@dataclass(kw_only=True)
class Checkout:
    """A Git repository with a lists repository in it, or in a folder of it."""

    top: Path
    below: str = ""
    days: int = field(default=0)

    @property
    def root(self) -> Path:
        """The lists repository."""
        return self.top / self.below

    def git(self, *words: str, cwd: Path | None = None) -> str:
        """Run git as people do, on the next day."""
        self.days += 1
        date = f"{START + self.days * DAY} +0000"
        env = {**ENVIRONMENT, "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
        command = ["git", *words]
        done = subprocess.run(
            command, cwd=cwd or self.top, env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def write(self, files: Mapping[str, str | None], settings: str = SETTINGS) -> None:
        """Write files below ``vocabularies/``; None removes one."""
        written = {path: text for path, text in files.items() if text is not None}
        write_repository(self.root, written, settings)
        for path in files.keys() - written.keys():
            (self.root / "vocabularies" / path).unlink(missing_ok=True)

    def commit(
        self, files: Mapping[str, str | None], message: str = "Edit", settings: str = SETTINGS
    ) -> str:
        """Write files and commit everything; give the commit's name."""
        self.write(files, settings)
        return self.record(message)

    def record(self, message: str = "Edit") -> str:
        """Commit everything as it lies there; give the commit's name."""
        self.git("add", "--all", ".")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        return self.git("rev-parse", "HEAD")

    def release(self, name: str, message: str = "A release.") -> None:
        """Tag the commit checked out."""
        self.git("tag", "--annotate", name, "--message", message)

    def open(self) -> Repository:
        """Open it for reading; the test closes it."""
        return open_repository(self.root)


def make_checkout(top: Path, below: str = "", *words: str) -> Checkout:
    """Start a Git repository on the branch ``main``."""
    top.mkdir(parents=True, exist_ok=True)
    checkout = Checkout(top=top, below=below)
    checkout.git("init", "--quiet", "--initial-branch=main", *words)
    return checkout
