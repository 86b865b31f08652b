"""Manifests: text that says one thing in one way, and is refused where it does not."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listkeeper.errors import ContentError
from listkeeper.release.manifest import DataFile, Manifest, Previous, data_file, read_manifest

HASH: Final = "0123456789abcdef" * 4
MANIFEST: Final = Manifest(
    release="2026.11",
    date="2026-11-28",
    base="https://lists.example.org/",
    previous=Previous("2026.10", HASH),
    authored=HASH,
    published=HASH,
    files={"list/needs.csv": data_file(b"x"), "def.ttl": data_file(b"")},
)

HASHES: Final = st.text("0123456789abcdef", min_size=64, max_size=64)
NAMES: Final = st.text("abcdefghé0123456789._-", min_size=1, max_size=12).filter(
    lambda n: n.strip(".")
)
PATHS: Final = st.lists(NAMES, min_size=1, max_size=3).map("/".join)
FILES: Final = st.dictionaries(
    PATHS, st.builds(DataFile, HASHES, st.integers(0, 10**9)), max_size=9
)


@given(files=FILES, previous=st.none() | st.builds(Previous, st.just("2026.10"), HASHES))
def test_what_is_written_is_read(files: dict[str, DataFile], previous: Previous | None) -> None:
    """Reading undoes writing; the order of files does not count."""
    made = Manifest(
        release="2026.11",
        date="d",
        base="b",
        previous=previous,
        authored=HASH,
        published=HASH,
        files=files,
    )
    turned = dict(reversed(files.items()))
    other = Manifest(
        release="2026.11",
        date="d",
        base="b",
        previous=previous,
        authored=HASH,
        published=HASH,
        files=turned,
    )

    assert read_manifest(made.write(), "m") == made
    assert made.write() == other.write()


def test_a_line_for_each_file() -> None:
    """JSON that Git and people can compare, and sums that `sha256sum` reads."""
    lines = MANIFEST.write().decode().splitlines()

    assert f'  "def.ttl": {{"sha256": "{data_file(b"").sha256}", "bytes": 0}},' in lines
    assert json.loads(MANIFEST.write())["previous"] == {"release": "2026.10", "sha256": HASH}
    assert MANIFEST.sums().decode().splitlines()[0] == f"{data_file(b'').sha256}  def.ttl"


def edited(**keys: Any) -> bytes:  # noqa: ANN401 - any JSON
    """Write the manifest with other values."""
    return json.dumps({**json.loads(MANIFEST.write()), **keys}).encode()


WRONG: Final = (
    b"", b"[]", b"null", b"{}", b"\xff", b"[" * 100_000, b"9" * 10_000,
    edited(format=2), edited(format="1"), edited(release=1), edited(previous={}),
    edited(graph={}), edited(graph={"authored": "x", "published": HASH}),
    edited(files=[]), edited(files={"a": 1}),
    edited(files={"../a": {"sha256": HASH, "bytes": 1}}),
    edited(files={"/etc/a": {"sha256": HASH, "bytes": 1}}),
    edited(files={"a": {"sha256": HASH, "bytes": "1"}}),
    edited(files={"a": {"sha256": HASH.upper(), "bytes": 1}}),
)  # fmt: skip


@pytest.mark.parametrize("data", WRONG, ids=range(len(WRONG)))
def test_what_is_no_manifest(data: bytes) -> None:
    """One line with the place; no path leads out of the release."""
    with pytest.raises(ContentError, match=r"^m: is no manifest of a release$"):
        read_manifest(data, "m")


def test_another_form() -> None:
    """What says the same in other bytes has another hash, so it is not taken for a manifest."""
    with pytest.raises(ContentError, match="of another form"):
        read_manifest(edited(), "m")
    with pytest.raises(ContentError, match="of another form"):
        read_manifest(MANIFEST.write().replace(b"\n", b"\r\n"), "m")
