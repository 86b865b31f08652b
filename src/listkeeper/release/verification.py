"""Whether a file is what a release published, and what it differs in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, Final

from listkeeper.errors import ContentError
from listkeeper.release.artifact import compare_rendered
from listkeeper.release.manifest import sha256
from listkeeper.release.names import order
from listkeeper.release.resaving import differences

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from listkeeper.release.archive import Archive, Releases
    from listkeeper.release.manifest import Manifest
    from listkeeper.release.resaving import Differences

COPY: Final = re.compile(r"( ?\(\d+\)|[ _-]+copy)(?=(\.[a-z-]+)*$)", re.IGNORECASE)
"""What browsers and people put into a name when they save a file again."""

MOST: Final = 8
"""Contents of a path that are compared with."""


class Outcome(Enum):
    """What became of a file since a release published it."""

    PUBLISHED = "published"
    """Its bytes are those of a release."""
    SAME_TEXT = "same text"
    """A spreadsheet or editor saved it again; it says the same."""
    REPLACED = "replaced"
    """A release published it; its bytes have since been replaced, for a reason."""
    ALTERED = "altered"
    """It says something else than what was published."""
    UNKNOWN = "unknown"
    """No release published it, nor a file of its name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What is known of a file."""

    outcome: Outcome
    sha256: str
    path: str = ""
    """What it was published as, such as ``list/services.csv``."""
    releases: tuple[str, ...] = ()
    """The releases that published it, the newest first; else the one compared with."""
    newer: str = ""
    """The newest release that has another content at that path; empty where this is the newest."""
    differences: Differences | None = None
    remark: str = ""

    @property
    def is_good(self) -> bool:
        """Say whether it may be relied on."""
        return self.outcome in {Outcome.PUBLISHED, Outcome.SAME_TEXT}


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A file that is asked about."""

    data: bytes = field(repr=False)
    name: str
    """The last part of its path or address."""
    published_as: str = ""
    """Path that the user says it was published at."""


def verify_file(
    asked: Asked, archive: Archive, replaced: Mapping[str, str] | None = None
) -> Verdict:
    """Say whether a file is what a release published.

    Args:
        asked: the file.
        archive: the releases that are known.
        replaced: hashes of published contents that were replaced since, with the reason.
    """
    digest = sha256(asked.data)
    if digest in (replaced or {}):
        return Verdict(outcome=Outcome.REPLACED, sha256=digest, remark=(replaced or {})[digest])
    found = [path for _, path in archive.published(digest)]
    wanted = _paths(asked, archive)
    # an entry's file is a list's with one row: bytes under the name of another file prove nothing
    fitting = [path for path in found if path in wanted] if wanted else found
    if fitting:
        return Verdict(
            outcome=Outcome.PUBLISHED,
            sha256=digest,
            path=fitting[0],
            releases=_with(archive, fitting[0], digest),
            newer=_newer(archive, fitting[0], digest),
        )
    verdict = _compared(asked, archive, wanted, digest)
    return replace(verdict, remark=f"its bytes are those of {found[0]}") if found else verdict


def _paths(asked: Asked, archive: Archive) -> list[str]:
    """Give the paths that a file may have been published at, by its name."""
    if asked.published_as:
        return [asked.published_as]
    names = dict.fromkeys((COPY.sub("", asked.name), asked.name))
    return [path for name in names for path in archive.named(name)]


def _compared(asked: Asked, archive: Archive, paths: Sequence[str], digest: str) -> Verdict:
    """Compare a file with what was published at some paths; the nearest is told."""
    versions = [(m, path, sha) for path in paths for m, sha in archive.versions(path)]
    best: Verdict | None = None
    remark = "" if paths else "no file of its name was published; say which it is with --as"
    for manifest, path, sha in versions[:MOST]:
        published = archive.remade(manifest, path)
        if published is None:
            remark = (
                f"{path} of {manifest.release} cannot be made again here, so it is not compared"
            )
            continue
        try:
            told = differences(path, published, asked.data, asked.name)
        except ContentError as error:
            remark = str(error)
            continue
        verdict = Verdict(
            outcome=Outcome.SAME_TEXT if told.same_text else Outcome.ALTERED,
            sha256=digest,
            path=path,
            releases=_with(archive, path, sha),
            newer=_newer(archive, path, sha),
            differences=told,
        )
        if told.same_text:
            return verdict
        if best is None or best.differences is None or told.count < best.differences.count:
            best = verdict
    return best or Verdict(outcome=Outcome.UNKNOWN, sha256=digest, remark=remark)


def _with(archive: Archive, path: str, digest: str) -> tuple[str, ...]:
    return tuple(
        m.release for m in archive.manifests if path in m.files and m.files[path].sha256 == digest
    )


def _newer(archive: Archive, path: str, digest: str) -> str:
    """Name the newest release, if it has another content at a path."""
    having = [m for m in archive.manifests if path in m.files]
    return having[0].release if having and having[0].files[path].sha256 != digest else ""


def verify_release(releases: Releases, name: str) -> tuple[str, ...]:
    """Make a release again from its tag and hold it against its manifest and those before.

    Args:
        releases: those of a repository.
        name: which one, or ``latest``.

    Returns:
        what is wrong; nothing where nothing is.

    Raises:
        UsageError: when there is no such release.
    """
    record = releases.record(name)
    earlier = [r for r in releases.records.values() if order(r.name) < order(record.name)]
    problems = [f"{r.name}: {r.problem}" for r in earlier if r.sha256 and r.problem]
    if record.manifest is None:
        return (*problems, f"{record.name}: {record.problem}")
    try:
        releases.edition(record)
    except ContentError as error:
        return (*problems, str(error))
    return (*problems, *_rendered(releases, record.name, record.manifest))


def _rendered(releases: Releases, name: str, manifest: Manifest) -> tuple[str, ...]:
    compared = compare_rendered(releases.publication(name), manifest)
    if not compared:
        return ()
    why = "the lists are those released, but this version of Listkeeper renders them otherwise"
    return (f"{name}: {why}: {compared}",)
