"""The cache: what was kept comes back whole or not at all, and nothing about it is trusted."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listkeeper.store.cache import LARGEST, Cache, is_private, open_cache

if TYPE_CHECKING:
    from collections.abc import Callable

VALUE: Final = {"text": "Ŵyth", "numbers": [1, 2.5, None, True]}


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """An empty cache."""
    return Cache(folder=str(tmp_path / "cache"))


def test_what_was_written_is_read(cache: Cache) -> None:
    """A value comes back as it was; another key has none."""
    cache.write("a1", VALUE)

    assert cache.read("a1") == VALUE
    assert cache.read("a2") is None


def test_its_folder_is_for_its_owner_alone(cache: Cache) -> None:
    """Nobody else may read what somebody's lists say before they are published."""
    cache.write("a1", VALUE)

    assert is_private(cache.folder)
    assert (Path(cache.folder) / "a1").stat().st_mode & 0o077 == 0


def test_a_later_value_takes_the_place(cache: Cache) -> None:
    """There is one value of a key."""
    cache.write("a1", VALUE)
    cache.write("a1", [])

    assert cache.read("a1") == []


def _flipped(data: bytes) -> bytes:
    return data.replace(b"2.5", b"2.6")


BROKEN: Final[dict[str, Callable[[bytes], bytes]]] = {
    "empty": lambda _: b"",
    "cut short": lambda data: data[:-1],
    "longer": lambda data: data + b" ",
    "one bit": _flipped,
    "another form": lambda data: data.replace(b"listkeeper 1", b"listkeeper 2"),
    "no line end": lambda data: data.replace(b"\n", b" "),
    "a pickle": lambda _: b"cos\nsystem\n(S'false'\ntR.",
}


@pytest.mark.parametrize("harm", BROKEN)
def test_a_broken_file_counts_as_absent(cache: Cache, tmp_path: Path, harm: str) -> None:
    """It is not read, and the next value takes its place."""
    cache.write("a1", VALUE)
    path = tmp_path / "cache" / "a1"
    path.write_bytes(BROKEN[harm](path.read_bytes()))

    assert cache.read("a1") is None
    cache.write("a1", VALUE)
    assert cache.read("a1") == VALUE


@given(st.binary(max_size=200))
def test_no_bytes_are_harmful(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Whatever is in a file, reading gives nothing and raises nothing."""
    folder = tmp_path_factory.mktemp("cache")
    (folder / "a1").write_bytes(data)

    assert Cache(folder=str(folder)).read("a1") is None


def test_links_pipes_and_folders_are_not_followed(cache: Cache, tmp_path: Path) -> None:
    """What is no file of our own is absent; reading a pipe does not wait for a writer."""
    cache.write("a1", VALUE)
    folder = tmp_path / "cache"
    (folder / "link").symlink_to(folder / "a1")
    os.mkfifo(folder / "pipe")
    (folder / "folder").mkdir()

    assert [cache.read(name) for name in ("link", "pipe", "folder")] == [None] * 3


def test_a_file_beyond_all_bounds_is_not_read(cache: Cache, tmp_path: Path) -> None:
    """A huge file takes neither time nor memory; a huge value is not written."""
    cache.write("a1", VALUE)
    os.truncate(tmp_path / "cache" / "a1", 100 * LARGEST)
    cache.write("a2", "x" * (LARGEST + 1))

    assert cache.read("a1") is None
    assert not (tmp_path / "cache" / "a2").exists()


def test_the_oldest_go_first(tmp_path: Path) -> None:
    """The folder is bounded, drafts that a power cut left among them."""
    cache = Cache(folder=str(tmp_path / "cache"), kept=3)
    for number in range(6):
        cache.write(f"a{number}", number)
        os.utime(tmp_path / "cache" / f"a{number}", (number, number))

    assert sorted(path.name for path in Path(cache.folder).iterdir()) == ["a3", "a4", "a5"]


def test_a_disk_that_takes_nothing_is_no_error(tmp_path: Path) -> None:
    """Where no folder can be made, writing does nothing and reading finds nothing."""
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    cache = Cache(folder=str(tmp_path / "file" / "cache"))
    cache.write("a1", VALUE)

    assert cache.read("a1") is None


def test_several_processes_write_at_once(tmp_path: Path) -> None:
    """Each reader finds a whole value or none."""
    code = (
        "import sys; from listkeeper.store.cache import Cache\n"
        "cache = Cache(folder=sys.argv[1])\n"
        "for number in range(200):\n"
        "    cache.write('a1', [sys.argv[2]] * 2000)\n"
        "    found = cache.read('a1')\n"
        "    assert found is None or found in (['x'] * 2000, ['y'] * 2000), found\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "cache")]
    running = [subprocess.Popen([*command, name]) for name in ("x", "y")]

    assert [process.wait() for process in running] == [0, 0]
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["a1"]


def test_where_it_lies(tmp_path: Path) -> None:
    """The user's cache folder, another one that is asked for, or none."""
    home = {"HOME": str(tmp_path)}
    places: tuple[tuple[dict[str, str], str | None], ...] = (
        (home, f"{tmp_path}/.cache/listkeeper"),
        ({**home, "XDG_CACHE_HOME": f"{tmp_path}/xdg"}, f"{tmp_path}/xdg/listkeeper"),
        ({**home, "XDG_CACHE_HOME": "relative"}, f"{tmp_path}/.cache/listkeeper"),
        ({**home, "LISTKEEPER_CACHE": f"{tmp_path}/own"}, f"{tmp_path}/own"),
        ({**home, "LISTKEEPER_CACHE": "off"}, None),
        ({}, None),
    )
    for environment, expected in places:
        found = open_cache(environment)
        assert (found and found.folder) == expected


def test_a_folder_that_others_may_use_is_not_used(tmp_path: Path) -> None:
    """They could put things there; a link may lead anywhere."""
    for name, mode in (("open", 0o777), ("readable", 0o755)):
        (tmp_path / name).mkdir()
        (tmp_path / name).chmod(mode)
    (tmp_path / "link").symlink_to(tmp_path)
    (tmp_path / "file").touch()

    for name in ("open", "readable", "link", "file"):
        assert open_cache({"LISTKEEPER_CACHE": str(tmp_path / name)}) is None
