"""The data files of a release as a folder: kept anywhere, and made again at any time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from listkeeper.errors import ContentError
from listkeeper.publish.site_folder import MARKER, start_folder, write_file, write_folder
from listkeeper.release.data_files import data_files
from listkeeper.release.manifest import Manifest, data_file, read_manifest, sha256

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.publish.publication import Publication

MANIFEST: Final = "manifest.json"
SUMS: Final = "SHA256SUMS"
OWN: Final = frozenset({MANIFEST, SUMS, MARKER})
"""Files of the folder that are not those of the release."""

TOLD: Final = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """What differs between files and the manifest that is to tell of them."""

    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Say whether anything does."""
        return bool(self.changed or self.missing or self.added)

    def __str__(self) -> str:
        """Name the first files of each kind."""
        kinds = (("other", self.changed), ("missing", self.missing), ("too many", self.added))
        return "; ".join(f"{len(paths)} {word} ({_first(paths)})" for word, paths in kinds if paths)


def compare_rendered(publication: Publication, manifest: Manifest) -> Comparison:
    """Render every data file and hold it against a manifest."""
    found = {path: data_file(data).sha256 for path, data in data_files(publication)}
    return _compare(found, manifest)


def write_artifact(publication: Publication, manifest: Manifest, out: Path) -> int:
    """Write the data files of a release with its manifest and their sums, in one step.

    Args:
        publication: of the lists as released.
        manifest: the release's.
        out: the folder, which must not exist, be empty or be an earlier build.

    Returns:
        how many files of the release were written.

    Raises:
        ContentError: when what is rendered is not what was released; nothing is written then.
        UsageError: when the folder holds something else.
    """
    return write_folder(out, partial(_write, publication, manifest))


def compare_folder(folder: Path) -> tuple[Manifest, Comparison]:
    """Hold the files of a folder against the manifest in it.

    Raises:
        ContentError: when it has no manifest that can be read.
    """
    place = folder / MANIFEST
    if not place.is_file():
        raise ContentError(f"has no {MANIFEST}: it is no release's folder", path=str(folder))
    manifest = read_manifest(place.read_bytes(), str(place))
    paths = (path for path in folder.rglob("*") if path.is_file())
    named = {path.relative_to(folder).as_posix(): path for path in paths}
    found = {name: sha256(path.read_bytes()) for name, path in named.items() if name not in OWN}
    return manifest, _compare(found, manifest)


def _write(publication: Publication, manifest: Manifest, folder: Path) -> int:
    start_folder(folder)
    found = {}
    for path, data in data_files(publication):
        found[path] = sha256(data)
        write_file(folder, path, data)
    compared = _compare(found, manifest)
    if compared:
        why = "this version of Listkeeper renders it otherwise, or its tag was tampered with"
        raise ContentError(f"{manifest.release}: is not what was released: {compared}; {why}")
    write_file(folder, MANIFEST, manifest.write())
    write_file(folder, SUMS, manifest.sums())
    return len(found)


def _compare(found: dict[str, str], manifest: Manifest) -> Comparison:
    told = manifest.files
    return Comparison(
        changed=tuple(p for p in sorted(found) if p in told and told[p].sha256 != found[p]),
        missing=tuple(path for path in sorted(told) if path not in found),
        added=tuple(path for path in sorted(found) if path not in told),
    )


def _first(paths: tuple[str, ...]) -> str:
    more = ", …" if len(paths) > TOLD else ""
    return ", ".join(paths[:TOLD]) + more
