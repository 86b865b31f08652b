"""Where the lists that are served come from: the working tree, or a release."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

from listkeeper.edition import load, reload
from listkeeper.release.archive import LATEST, Releases
from listkeeper.store.history import open_repository
from listkeeper.store.workspace import open_workspace
from listkeeper.validate.faults import load_faults

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.edition import Edition
    from listkeeper.release.records import Record

WORKING_TREE: Final = "working tree"


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Snapshot:
    """An edition that could be served, and what is known of it."""

    edition: Edition
    name: str
    """What it is called, such as ``release 2026.11``."""
    findings: tuple[str, ...] = ()
    """The load rules that its lists break, each in one line."""
    passed_over: str = ""
    """Why something newer is not it; empty where nothing is."""
    verdict: str = ""
    """What the full check said, where that is known."""
    commit: str = ""
    """The commit of a release."""
    read: object = field(repr=False)
    """What it was made of: equal as long as nothing changed."""


class Source(Protocol):
    """Where editions come from."""

    def look(self, before: Snapshot | None) -> Snapshot:
        """Give what there is now: the same object as before where nothing changed.

        Raises:
            ListkeeperError: when nothing can be had.
        """


class WorkingTree:
    """The files of a folder as they are."""

    def __init__(self, root: Path, templates: Path) -> None:
        """Serve a folder.

        Args:
            root: the lists repository.
            templates: the folder of templates; when they change it is another edition too.
        """
        self._root = root
        self._templates = templates

    def look(self, before: Snapshot | None) -> Snapshot:
        """Read the files, of a folder that was read before only those that changed.

        Raises:
            ListkeeperError: when the settings are wrong, or there is no such folder any more.
        """
        workspace = open_workspace(self._root)
        read = (workspace, _contents(self._templates))
        if before is not None and before.read == read:
            return before
        edition = reload(workspace, before.edition) if before else load(workspace)
        return Snapshot(
            edition=edition, name=WORKING_TREE, findings=load_faults(edition), read=read
        )


class Released:
    """A release, or the newest that is what its tag vouches for."""

    def __init__(self, root: Path, name: str, templates: Path) -> None:
        """Serve a release.

        Args:
            root: the lists repository.
            name: the release, or ``latest``.
            templates: the folder of templates; no data file depends on it.
        """
        self._root = root
        self._name = name
        self._templates = templates

    def look(self, before: Snapshot | None) -> Snapshot:
        """Open the release, unless it is the one at hand and no tag has changed.

        Raises:
            UsageError: when there is no such release.
            ContentError: when it is not what was released.
            HistoryError: when the repository cannot be read.
        """
        with open_repository(self._root) as repository:
            tags = tuple((release.name, release.tag) for release in repository.releases())
            if before is not None and before.read == tags:
                return before
            releases = Releases(repository, self._templates)
            record, edition, passed = self._opened(releases)
        if before is not None and before.commit == record.release.commit:
            edition = before.edition
        return Snapshot(
            edition=edition,
            name=f"release {record.name}",
            passed_over="; ".join(passed),
            verdict=f"no errors when {record.name} was released",
            commit=record.release.commit,
            read=tags,
        )

    def _opened(self, releases: Releases) -> tuple[Record, Edition, tuple[str, ...]]:
        if self._name == LATEST:
            return releases.newest_verified()
        record = releases.record(self._name)
        return record, releases.edition(record), ()


def _contents(folder: Path) -> tuple[tuple[str, bytes], ...]:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return tuple((str(file), file.read_bytes()) for file in files)
