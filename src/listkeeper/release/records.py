"""What the repository keeps of each release: its manifest, vouched for by its tag.

The manifest lies in the commit released, as ``releases/2026.11.json``, so that every clone has
it; the tag's message carries its hash. No data file says anything of a commit, the clock or the
manifest, so all of them can be made from the tag again, and the manifest with them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from listkeeper.errors import ContentError, HistoryError
from listkeeper.release.manifest import Previous, read_manifest, sha256

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listkeeper.release.manifest import Manifest
    from listkeeper.store.history import Release, Repository

FOLDER: Final = "releases"
TRAILER: Final = re.compile(r"^Manifest-SHA256: ([0-9a-f]{64})$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """A release with its manifest, or with what is wrong with it."""

    release: Release
    sha256: str = ""
    """Hash of the manifest as the tag gives it."""
    manifest: Manifest | None = None
    """None where it is not what the tag vouches for, or not there."""
    problem: str = ""
    """What is wrong; empty where nothing is."""

    @property
    def name(self) -> str:
        """The release's name."""
        return self.release.name


def manifest_path(name: str) -> str:
    """Give the path of a release's manifest, from the lists repository's root.

    >>> manifest_path("2026.11")
    'releases/2026.11.json'
    """
    return f"{FOLDER}/{name}.json"


def tag_message(manifest: Manifest) -> str:
    """Write the message of a release's tag, which vouches for the manifest."""
    return (
        f"Release {manifest.release}\n\n"
        f"Date: {manifest.date}\n"
        f"Graph-RDFC-1.0-SHA256: {manifest.published}\n"
        f"Manifest-SHA256: {manifest.sha256}\n"
    )


def read_records(repository: Repository, releases: Iterable[Release] = ()) -> tuple[Record, ...]:
    """Read the releases of a repository with their manifests, the oldest first.

    Each manifest is held against its tag, and against what the release before says of itself.

    Args:
        repository: where they are.
        releases: those wanted; all, where none is named.
    """
    wanted = tuple(releases) or repository.releases()
    found: list[Record] = []
    for release in wanted:
        record = _record(repository, release)
        known = {r.name: r for r in found}
        found.append(_chained(record, known))
    return tuple(found)


def vouched_hash(message: str) -> str:
    """Give the hash of the manifest that a tag's message carries; empty where it has none."""
    found = TRAILER.findall(message)
    return found[-1] if found else ""


def _record(repository: Repository, release: Release) -> Record:
    vouched = vouched_hash(release.message)
    problem = release.problem
    if not problem and not vouched:
        problem = "the tag carries no manifest's hash: it was not made by `listkeeper release`"
    if problem:
        return Record(release=release, sha256=vouched, problem=problem)
    try:
        data = _stored(repository, release)
        manifest = read_manifest(data, f"{release.name}:{manifest_path(release.name)}")
    except (HistoryError, ContentError) as error:
        return Record(release=release, sha256=vouched, problem=str(error))
    if sha256(data) != vouched or manifest.release != release.name:
        problem = "its manifest is not the one that its tag vouches for"
        return Record(release=release, sha256=vouched, problem=problem)
    return Record(release=release, sha256=vouched, manifest=manifest)


def _stored(repository: Repository, release: Release) -> bytes:
    """Read the manifest in the commit released.

    Raises:
        HistoryError: when it is not there.
    """
    entry = repository.trees.find(repository.folder(release.commit), manifest_path(release.name))
    if entry is None:
        raise HistoryError(f"{release.name}: has no {manifest_path(release.name)}")
    return repository.objects.read(entry.id).data


def _chained(record: Record, known: dict[str, Record]) -> Record:
    """Hold a manifest against the one before: what is told of it must be what is there."""
    previous = record.manifest.previous if record.manifest else None
    if previous is None or previous.release not in known:
        return record
    if known[previous.release].sha256 == previous.sha256:
        return record
    problem = f"its manifest names another {previous.release} than there is: history was rewritten"
    return Record(release=record.release, sha256=record.sha256, problem=problem)


def previous_of(record: Record | None) -> Previous | None:
    """Give what a manifest says of the release before."""
    return Previous(record.name, record.sha256) if record and record.sha256 else None
