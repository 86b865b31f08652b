"""What a build wrote, kept in the site itself, so that the next one writes only what changed.

One line for each file: fingerprint, SHA-256, size, time and path; of a document that its format
cannot carry there is a line without a size, which says why. It is trusted for nothing that is
not seen to hold: a file of another size or time than was written is made again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from listkeeper.publish.site_folder import MARKER, MARKER_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

NONE: Final = "-"
REFUSED: Final = -1
PARTS: Final = 5


class Made(NamedTuple):
    """A file of a site, as it was written."""

    file: str
    fingerprint: str
    """What it follows from; empty where that cannot be told."""
    sha256: str
    size: int
    """Bytes; -1 for a document that there is no file of."""
    time: int
    """When it was written, in nanoseconds as the file system has it."""
    problem: str = ""
    """Why there is no file."""

    @property
    def is_refused(self) -> bool:
        """Say whether the format cannot carry it."""
        return self.size == REFUSED


def refused(file: str, fingerprint: str, problem: str) -> Made:
    """Record a document that its format cannot carry."""
    return Made(file, fingerprint, NONE, REFUSED, 0, " ".join(problem.split()))


def write_state(folder: Path, made: Iterable[Made]) -> None:
    """Write what was made into the mark of the build.

    Raises:
        OSError: when it cannot be written.
    """
    rows = (
        f"{m.fingerprint or NONE} {m.sha256} {m.size} {m.time} {m.file}\t{m.problem}\n"
        for m in made
    )
    (folder / MARKER).write_bytes(MARKER_TEXT + "".join(rows).encode("utf-8", "surrogatepass"))


def read_state(folder: Path) -> Mapping[str, Made]:
    """Read what the build of a folder made, by file; nothing where that is not to be read."""
    try:
        lines = (folder / MARKER).read_bytes().removeprefix(MARKER_TEXT).decode().splitlines()
        found = [_read(line) for line in lines]
    except (OSError, ValueError):
        return {}
    return {made.file: made for made in found}


def _read(line: str) -> Made:
    fingerprint, sha256, size, time, rest = line.split(" ", PARTS - 1)
    file, _, problem = rest.partition("\t")
    known = "" if fingerprint == NONE else fingerprint
    return Made(file, known, sha256, int(size), int(time), problem)
