"""Writing the files of a site: rendered by several processes, or taken from the earlier build."""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from listkeeper.errors import ListkeeperError, UnsupportedError
from listkeeper.publish.resources import ResourceKind
from listkeeper.publish.site_folder import require_safe
from listkeeper.publish.site_state import NONE, Made, refused
from listkeeper.workers import MEBIBYTE, Bounds, Worker, forks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from listkeeper.publish.publication import Document, Publication
    from listkeeper.workers import Tell

BOUNDS: Final = Bounds(seconds=24 * 3600, memory=1 << 40, result=1024 * MEBIBYTE)
"""None to speak of: these are our own lists, which take time in proportion to their size."""

FEWEST: Final = 2000
"""Documents from which on a further process is worth its start."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """A file that the site is to have."""

    document: Document
    fingerprint: str
    prefix: str = ""
    """Folder of the part of the site that it belongs to."""

    @property
    def file(self) -> str:
        """Its path in the site."""
        return self.prefix + self.document.file

    def is_known(self, state: Mapping[str, Made]) -> bool:
        """Say whether an earlier build made it of what it follows from now."""
        known = state.get(self.file)
        return known is not None and "" != known.fingerprint == self.fingerprint


@dataclass(kw_only=True, slots=True)
class Writer:
    """Makes the files of a new site beside an earlier one."""

    before: Path
    """The earlier build, or where the first will be."""
    state: Mapping[str, Made]
    """What the earlier build made."""
    folder: Path | None = None
    """Where the new site is made; None to render only."""
    _folders: set[str] = field(default_factory=set)

    def make(self, publication: Publication, job: Job) -> Made:
        """Make one file: take it from the earlier build where nothing about it changed.

        Raises:
            ListkeeperError: when its name leads elsewhere, or it cannot be written.
        """
        require_safe(job.file)
        known = self.state.get(job.file)
        if known and job.is_known(self.state) and self.keeps(known):
            return known
        try:
            data = publication.render(job.document)
        except UnsupportedError as error:
            return refused(job.file, job.fingerprint, str(error))
        return self._write(job, data, known)

    def keeps(self, known: Made) -> bool:
        """Have what an earlier build made in the new site too; False where it is not there."""
        return known.is_refused or self._take(known)

    def _write(self, job: Job, data: bytes, known: Made | None) -> Made:
        sha256 = hashlib.sha256(data).hexdigest() if _is_told(job.document) else NONE
        if known and known.size == len(data) and self._holds(known, data) and self._take(known):
            return known._replace(fingerprint=job.fingerprint, sha256=sha256)
        time = 0
        if self.folder:
            try:
                time = self._put(self.folder / job.file, data)
            except (OSError, ValueError) as error:
                reason = getattr(error, "strerror", None) or error
                raise ListkeeperError(f"{job.file}: cannot be written: {reason}") from error
        return Made(job.file, job.fingerprint, sha256, len(data), time)

    def _holds(self, known: Made, data: bytes) -> bool:
        """Say whether the earlier build has the same bytes, so that its file may stay."""
        try:
            return (self.before / known.file).read_bytes() == data
        except OSError:
            return False

    def _take(self, known: Made) -> bool:
        """Take a file from the earlier build, if it is as it was written; tell whether it is."""
        old = self.before / known.file
        try:
            status = old.lstat()
            if (status.st_size, status.st_mtime_ns) != (known.size, known.time):
                return False
            if self.folder:
                self._link(old, self.folder / known.file)
        except OSError:  # it is gone: another build has put a newer site in its place
            return False
        return True

    def _link(self, old: Path, new: Path) -> None:
        self._make_folder(new)
        try:
            os.link(old, new)
        except FileExistsError:  # taken before, for a part that then had to be opened after all
            return
        except OSError:  # a file system without links: a copy with its times does as well
            shutil.copy2(old, new)

    def _put(self, path: Path, data: bytes) -> int:
        """Write a new file; give its time."""
        self._make_folder(path)
        path.unlink(missing_ok=True)
        with path.open("xb") as stream:
            stream.write(data)
            stream.flush()
            return os.fstat(stream.fileno()).st_mtime_ns

    def _make_folder(self, path: Path) -> None:
        folder = os.path.dirname(path)  # noqa: PTH120 - a hundred thousand times
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - as above
            self._folders.add(folder)


def written_together(
    publication: Publication, writer: Writer, jobs: Sequence[Job], processes: int
) -> list[Made]:
    """Make files in several processes at the same time; which of them makes one is no matter.

    Args:
        publication: what is rendered.
        writer: makes the files.
        jobs: the files.
        processes: how many at most; where a fork is not safe, only this one.

    Raises:
        ListkeeperError: when a file cannot be written.
    """
    unknown = sum(not job.is_known(writer.state) for job in jobs)
    count = min(processes, 1 + unknown // FEWEST) if forks() else 1
    shares = [jobs[number::count] for number in range(count)]
    workers = [Worker(_make_all, publication, writer, share, bounds=BOUNDS) for share in shares[1:]]
    try:
        made: list[Made | None] = [None] * len(jobs)
        made[::count] = _make_all(_quiet, publication, writer, shares[0])
        for number, worker in enumerate(workers, 1):
            made[number::count] = worker.result()
    finally:
        for worker in workers:
            worker.stop()
    return [each for each in made if each is not None]


def _make_all(
    tell: Tell, publication: Publication, writer: Writer, jobs: Sequence[Job]
) -> list[Made]:
    del tell
    return [writer.make(publication, job) for job in jobs]


def _quiet(note: str) -> None:
    del note


def _is_told(document: Document) -> bool:
    """Say whether the catalogue tells the hash of a document: that of a list as data."""
    resource, row = document.resource, document.representation
    return resource is not None and resource.kind is ResourceKind.LIST and row is not None
