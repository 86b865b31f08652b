"""The releases that are known: what each says of its files, and the files made again."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from listkeeper.editions import Editions
from listkeeper.errors import ContentError, UsageError
from listkeeper.publish.publication import Publication
from listkeeper.release.digest import authored_digest
from listkeeper.release.manifest import read_manifest, sha256
from listkeeper.release.names import order
from listkeeper.release.records import read_records

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from listkeeper.edition import Edition
    from listkeeper.release.manifest import Manifest
    from listkeeper.release.records import Record
    from listkeeper.store.history import Repository

LATEST: Final = "latest"


class Archive:
    """Manifests of releases, the newest first, and what makes their files again."""

    def __init__(self, manifests: Sequence[Manifest], releases: Releases | None = None) -> None:
        """Know some releases.

        Args:
            manifests: what they say of their files.
            releases: what makes their files again; None where there is no repository.
        """
        self.manifests = sorted(manifests, key=lambda m: order(m.release), reverse=True)
        self._releases = releases

    def published(self, digest: str) -> Iterator[tuple[Manifest, str]]:
        """Give the releases and paths at which bytes of a hash were published."""
        for manifest in self.manifests:
            for path, file in manifest.files.items():
                if file.sha256 == digest:
                    yield manifest, path

    def named(self, name: str) -> list[str]:
        """Give the paths of all releases whose last part is a name, or that are it."""
        paths = (path for manifest in self.manifests for path in manifest.files)
        return list(dict.fromkeys(p for p in paths if p == name or p.endswith(f"/{name}")))

    def versions(self, path: str) -> list[tuple[Manifest, str]]:
        """Give each content a path had, newest first: the last release with it, and its hash."""
        found: dict[str, Manifest] = {}
        for manifest in self.manifests:
            if path in manifest.files:
                found.setdefault(manifest.files[path].sha256, manifest)
        return [(manifest, digest) for digest, manifest in found.items()]

    def remade(self, manifest: Manifest, path: str) -> bytes | None:
        """Make a file of a release again; None where it does not come out as it was."""
        if self._releases is None:
            return None
        data = self._releases.file(manifest.release, path)
        return data if data and sha256(data) == manifest.files[path].sha256 else None


class Releases:
    """The releases of a repository, opened when they are asked for."""

    def __init__(self, repository: Repository, templates: Path) -> None:
        """Open releases of a repository.

        Args:
            repository: where they are.
            templates: the folder of templates; no data file depends on it.
        """
        self.records = {record.name: record for record in read_records(repository)}
        self._editions = Editions(repository, kept=1)
        self._templates = templates
        self._publication = lru_cache(maxsize=1)(self._publish)

    def archive(self) -> Archive:
        """Give what is known of all of them that are as their tags vouch for."""
        found = [record.manifest for record in self.records.values() if record.manifest]
        return Archive(found, self)

    def record(self, name: str) -> Record:
        """Find a release by its name, or the newest by ``latest``.

        Raises:
            UsageError: when there is no such release.
        """
        if name == LATEST and self.records:
            return self.records[max(self.records, key=order)]
        if name not in self.records:
            known = ", ".join(list(self.records)[-3:]) or "none yet"
            raise UsageError(f"{name}: no such release; the last ones are {known}")
        return self.records[name]

    def publication(self, name: str) -> Publication:
        """Publish a release again."""
        return self._publication(self.records[name].release.commit)

    def file(self, name: str, path: str) -> bytes | None:
        """Make one file of a release again; None where there is no such file now."""
        publication = self.publication(name)
        document = publication.find(f"/{path}")
        return publication.render(document) if document else None

    def edition(self, record: Record) -> Edition:
        """Open a release whose manifest is vouched for and whose lists are those it tells of.

        Raises:
            ContentError: when it is not what was released.
        """
        if record.manifest is None:
            raise ContentError(f"{record.name}: cannot be verified: {record.problem}")
        edition = self._editions.open(record.release.commit)
        if authored_digest(edition) != record.manifest.authored:
            raise ContentError(f"{record.name}: its lists are not those that its manifest tells of")
        return edition

    def newest_verified(self) -> tuple[Record, Edition, tuple[str, ...]]:
        """Open the newest release that can be verified.

        Returns:
            the release, its lists, and why newer ones were passed over.

        Raises:
            ContentError: when there is none.
        """
        passed: list[str] = []
        for name in sorted(self.records, key=order, reverse=True):
            try:
                return self.records[name], self.edition(self.records[name]), tuple(passed)
            except ContentError as error:
                passed.append(str(error))
        why = "; ".join(passed) or "there is none yet: make one with `listkeeper release`"
        raise ContentError(f"no release can be served: {why}")

    def _publish(self, commit: str) -> Publication:
        return Publication(self._editions.open(commit), templates=self._templates)


def archive_of(manifest: Path) -> Archive:
    """Know one release by its manifest alone, without a repository.

    Raises:
        ContentError: when it is none.
    """
    return Archive([read_manifest(manifest.read_bytes(), str(manifest))])
