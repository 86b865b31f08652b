"""A check of the same lists is answered from memory, and never by what is no longer so."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from listkeeper.store.cache import Cache
from repository import write_repository
from seeded import CLEAN, SETTINGS

if TYPE_CHECKING:
    from collections.abc import Callable

TOLD: Final = "told from memory\n"
ENTRY: Final = "vocabularies/needs/10001.ttl"


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """A repository without findings, with shapes of its own."""
    folder = write_repository(tmp_path / "lists", CLEAN, SETTINGS)
    (folder / "shapes").mkdir()
    for path in (Path(__file__).parent.parent / "shapes").glob("*.ttl"):
        (folder / "shapes" / path.name).write_bytes(path.read_bytes())
    return folder


def check(lists: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command with a cache of its own, beside the lists."""
    own = {"LISTKEEPER_CACHE": str(lists.parent / "cache"), **environment}
    command = [sys.executable, "-c", "from listkeeper.cli import run; run()", "check"]
    return subprocess.run(
        [*command, "-C", str(lists), *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **own},
    )


def forge(lists: Path) -> None:
    """Check once, and put other words in the place of each verdict kept, rightly sealed."""
    check(lists)
    folder = lists.parent / "cache"
    for path in folder.iterdir():
        verdict = {"text": TOLD, "remark": "and a remark", "exit": 1}
        Cache(folder=str(folder)).write(path.name, verdict)


def test_the_same_lists_are_not_checked_again(lists: Path) -> None:
    """What was said is said again: text, remark and exit code."""
    forge(lists)
    done = check(lists)

    assert (done.stdout, done.stderr, done.returncode) == (TOLD, "and a remark\n", 1)


def test_what_is_told_twice_is_told_alike(lists: Path) -> None:
    """With findings too, and with their places."""
    path = lists / ENTRY
    path.write_bytes(path.read_bytes().replace(b'"10001"', b'"10001" ; skos:broder <need/10002>'))
    first = check(lists)
    second = check(lists)

    assert first.returncode == 1
    assert "skos:broder" in first.stdout
    assert (second.stdout, second.stderr, second.returncode) == (first.stdout, "", 1)


def _rewrite(path: Path, old: bytes, new: bytes) -> None:
    """Change a file and nothing that a listing of its folder shows: neither size nor time."""
    assert len(old) == len(new)
    data, before = path.read_bytes(), path.stat()
    assert old in data
    path.write_bytes(data.replace(old, new))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES: Final[dict[str, Callable[[Path], object]]] = {
    "a byte of an entry, size and time as before": lambda lists: _rewrite(
        lists / ENTRY, b"current", b"proposd"
    ),
    "a byte of a shape, size and time as before": lambda lists: _rewrite(
        lists / "shapes" / "concept.ttl", b"sh:Violation", b"sh:Warning  "
    ),
    "the settings": lambda lists: (lists / "listkeeper.toml").write_text(
        SETTINGS + 'site_name = "Other"\n', encoding="utf-8"
    ),
    "a file more": lambda lists: (lists / "vocabularies" / "needs" / "2.txt").touch(),
    "a file less": lambda lists: (lists / ENTRY).unlink(),
    "a file elsewhere": lambda lists: (lists / ENTRY).rename(lists / (ENTRY[:-4] + "0.ttl")),
    "a file that is a link": lambda lists: (lists / "vocabularies" / "x").symlink_to("needs"),
    "a shape more": lambda lists: (lists / "shapes" / "new.ttl").touch(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_always_seen(lists: Path, change: str) -> None:
    """Content decides: nothing that a verdict follows from changes without being noticed."""
    forge(lists)
    CHANGES[change](lists)

    assert TOLD not in check(lists).stdout


@pytest.mark.parametrize(
    "words",
    [
        ("--severity", "info"),
        ("--format", "json"),
        ("--engine", "none"),
        ("--no-cache",),
    ],
)
def test_other_words_are_another_question(lists: Path, words: tuple[str, ...]) -> None:
    """A verdict answers the very words it was given for; it can be left out too."""
    forge(lists)

    assert TOLD not in check(lists, *words).stdout


def test_the_cache_can_be_switched_off(lists: Path) -> None:
    """By the environment, for all commands."""
    forge(lists)

    assert TOLD not in check(lists, LISTKEEPER_CACHE="off").stdout


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {"text": 1, "remark": "", "exit": 0},
        {"text": "", "remark": "", "exit": 7},
        {"text": "", "exit": 0},
    ],
)
def test_a_verdict_of_another_form_is_not_told(lists: Path, value: object) -> None:
    """It is as if there were none."""
    expected = check(lists).stdout
    folder = lists.parent / "cache"
    for path in folder.iterdir():
        Cache(folder=str(folder)).write(path.name, value)

    assert check(lists).stdout == expected


def test_a_broken_cache_is_mended(lists: Path) -> None:
    """Garbage is passed over in silence, and the next verdict takes its place."""
    expected = check(lists).stdout
    (path,) = (lists.parent / "cache").iterdir()
    path.write_bytes(b"\x80\x04garbage")
    done = check(lists)

    assert (done.stdout, done.stderr) == (expected, "")
    assert path.read_bytes().startswith(b"listkeeper 1 ")


def test_a_cache_of_others_is_left_alone(lists: Path) -> None:
    """Where others may write, nothing is read and nothing written."""
    forge(lists)
    folder = lists.parent / "cache"
    folder.chmod(0o777)

    assert TOLD not in check(lists).stdout
    assert len(list(folder.iterdir())) == 1
