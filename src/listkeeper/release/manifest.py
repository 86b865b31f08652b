"""The manifest of a release: the hash and size of each data file that it publishes.

It is text with one line for each file, so that two of them can be compared, and Git keeps the
next for the price of the lines that differ.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from listkeeper.errors import ContentError
from listkeeper.publish.site_folder import is_safe
from listkeeper.release.digest import ALGORITHM

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT: Final = 1
HEX: Final = re.compile(r"[0-9a-f]{64}")
LARGEST: Final = 64 * 2**20
"""Bytes of a manifest that is read."""


class DataFile(NamedTuple):
    """What a release says of one of its files."""

    sha256: str
    """Of its bytes, 64 hexadecimal digits."""
    bytes: int
    """How many there are."""


class Previous(NamedTuple):
    """The release before, and the hash of its manifest."""

    release: str
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """What a release publishes."""

    release: str
    date: str
    base: str
    """The base of its URIs."""
    previous: Previous | None
    """None for the first release."""
    authored: str
    """Digest of the authored graph, RDFC-1.0 with SHA-256: no version changes it."""
    published: str
    """Digest of the published graph, which has what this version derives from the other too."""
    files: Mapping[str, DataFile]
    """Path from the base, such as ``service/559.ttl``, to what is known of the file."""

    def write(self) -> bytes:
        """Write it; the same manifest gives the same bytes."""
        head = {
            "format": FORMAT,
            "release": self.release,
            "date": self.date,
            "base": self.base,
            "previous": self.previous._asdict() if self.previous else None,
            "graph": {
                "canonicalization": f"{ALGORITHM}, SHA-256",
                "authored": self.authored,
                "published": self.published,
            },
        }
        lines = [
            f"  {json.dumps(path)}: {json.dumps(self.files[path]._asdict())}"
            for path in sorted(self.files)
        ]
        start = json.dumps(head, indent=1).removesuffix("\n}")
        files = ",\n".join(lines)
        return f'{start},\n "files": {{\n{files}\n }}\n}}\n'.encode()

    @property
    def sha256(self) -> str:
        """The hash of the manifest itself, which the tag carries."""
        return sha256(self.write())

    def sums(self) -> bytes:
        """Write the hashes as `sha256sum --check` reads them."""
        return "".join(
            f"{self.files[path].sha256}  {path}\n" for path in sorted(self.files)
        ).encode()


def sha256(data: bytes) -> str:
    """Give the SHA-256 of bytes as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def data_file(data: bytes) -> DataFile:
    """Give what a manifest says of a file."""
    return DataFile(sha256(data), len(data))


def read_manifest(data: bytes, place: str) -> Manifest:
    """Read a manifest.

    Args:
        data: its bytes.
        place: where they come from, for errors.

    Raises:
        ContentError: when it is none, or none of the form that is known here.
    """
    if len(data) > LARGEST:
        raise ContentError(f"is larger than {LARGEST >> 20} MB: no manifest", path=place)
    try:
        found = _manifest(json.loads(data))
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise ContentError("is no manifest of a release", path=place) from error
    if found.write() != data:
        raise ContentError("is a manifest of another form than is known here", path=place)
    return found


def _manifest(value: Any) -> Manifest:  # noqa: ANN401 - whatever JSON there is
    found = Manifest(
        release=_text(value["release"]),
        date=_text(value["date"]),
        base=_text(value["base"]),
        previous=_previous(value["previous"]),
        authored=_hash(value["graph"]["authored"]),
        published=_hash(value["graph"]["published"]),
        files={_path(path): _file(row) for path, row in value["files"].items()},
    )
    if value["format"] != FORMAT:
        raise ValueError
    return found


def _previous(value: Any) -> Previous | None:  # noqa: ANN401 - see above
    return None if value is None else Previous(_text(value["release"]), _hash(value["sha256"]))


def _file(row: Any) -> DataFile:  # noqa: ANN401 - see above
    if not isinstance(row["bytes"], int):
        raise TypeError
    return DataFile(_hash(row["sha256"]), row["bytes"])


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _hash(value: object) -> str:
    if not HEX.fullmatch(_text(value)):
        raise ValueError
    return str(value)


def _path(value: str) -> str:
    if not is_safe(value):
        raise ValueError
    return value
