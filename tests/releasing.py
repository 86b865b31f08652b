"""Releases for tests: clean lists in a real repository, and the command line in this process."""

from __future__ import annotations

import contextlib
import io
from typing import TYPE_CHECKING, NamedTuple

from checkout import Checkout, make_checkout
from listkeeper.cli import run
from seeded import CLEAN as SEEDED
from seeded import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CLEAN = {
    **SEEDED,
    "definitions.ttl": SEEDED["definitions.ttl"] + "def:nextRelease a owl:DatatypeProperty .\n",
}
SERVICE = "services/1.ttl"
NEED = "needs/10001.ttl"
RENAMED = {SERVICE: CLEAN[SERVICE].replace('"Libraries"@en', '"Public libraries"@en')}
NOTED = {
    NEED: CLEAN[NEED].replace("skos:notation", 'skos:scopeNote "A note."@en ;\n    skos:notation')
}


class Done(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


def listkeeper(*words: str | Path) -> Done:
    """Run the command line in this process."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            run([str(word) for word in words])
        except SystemExit as end:
            code = int(end.code or 0)
    return Done(code, out.getvalue(), err.getvalue())


def clean_checkout(top: Path, below: str = "") -> Checkout:
    """Commit clean lists, in the name of somebody whom Git knows."""
    made = make_checkout(top, below)
    made.git("config", "user.name", "Ann Editor")
    made.git("config", "user.email", "ann@example.org")
    made.commit(CLEAN, settings=SETTINGS)
    return made


def change(checkout: Checkout, files: Mapping[str, str | None]) -> None:
    """Commit a change."""
    checkout.commit(files, settings=SETTINGS)


def release(checkout: Checkout, name: str, *words: str) -> Done:
    """Release, on the last day of the month that the name says."""
    year, month = name.split(".")[:2]
    return listkeeper("release", name, "--date", f"{year}-{month}-28", "-C", checkout.root, *words)


def released(checkout: Checkout, *names: str) -> Checkout:
    """Release under each of some names, which has to succeed."""
    for name in names:
        done = release(checkout, name)
        assert done.code == 0, done.err
    return checkout


def state(checkout: Checkout) -> tuple[str, str, str]:
    """Give all refs, what is staged and changed, and what HEAD is."""
    return (
        checkout.git("for-each-ref"),
        checkout.git("status", "--porcelain"),
        checkout.git("rev-parse", "--symbolic-full-name", "HEAD"),
    )
