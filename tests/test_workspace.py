"""A lists repository is a folder: what is read, what each file is for, what is refused."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from listkeeper.errors import ListkeeperError, SettingsError, UsageError
from listkeeper.store.assets import find_assets
from listkeeper.store.files import write_all, write_atomically
from listkeeper.store.workspace import FileKind, classify, find_root, open_workspace

if TYPE_CHECKING:
    from pathlib import Path

KINDS = [
    ("catalogue.ttl", FileKind.CATALOGUE),
    ("definitions.ttl", FileKind.DEFINITIONS),
    ("colours.ttl", FileKind.WHOLE),
    ("services/list.ttl", FileKind.LIST),
    ("services/list-internal.ttl", FileKind.SUBSET),
    ("services/ids.txt", FileKind.IDS),
    ("services/uses.ttl", FileKind.USES),
    ("circumstances/groups.ttl", FileKind.GROUPS),
    ("services/05/559.ttl", FileKind.CONCEPT),
    ("services/559.ttl", FileKind.CONCEPT),
    ("services/a/b/c/559.ttl", FileKind.CONCEPT),
    ("services/05/list.ttl", FileKind.CONCEPT),
    ("services/notes.docx", FileKind.UNKNOWN),
    ("README.md", FileKind.UNKNOWN),
]


@pytest.mark.parametrize(("path", "kind"), KINDS)
def test_a_path_tells_what_a_file_is_for(path: str, kind: FileKind) -> None:
    """No file has to be opened to know its kind."""
    assert classify(path) is kind


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with one file."""
    write_all(
        tmp_path,
        {"listkeeper.toml": b"format = 1\n", "vocabularies/things/list.ttl": b"# empty\n"},
    )
    return tmp_path


def test_the_root_is_found_from_below(repository: Path) -> None:
    """Commands work in any folder of the repository."""
    assert find_root(repository / "vocabularies" / "things") == repository.resolve()


def test_no_repository_says_how_to_start_one(tmp_path: Path) -> None:
    """Outside a repository the message names the command that makes one."""
    with pytest.raises(UsageError, match="listkeeper init"):
        open_workspace(tmp_path)


def test_no_vocabularies_folder_is_told(tmp_path: Path) -> None:
    """Settings alone are not lists."""
    (tmp_path / "listkeeper.toml").write_text("format = 1\n")

    with pytest.raises(UsageError, match="has no vocabularies/ folder"):
        open_workspace(tmp_path)


def test_settings_that_are_no_text_are_told(tmp_path: Path) -> None:
    """A wrong encoding is one line, not a traceback."""
    (tmp_path / "listkeeper.toml").write_bytes(b"format = 1 # caf\xe9\n")

    with pytest.raises(UsageError, match="is not UTF-8"):
        open_workspace(tmp_path)


def test_wrong_settings_are_told(repository: Path) -> None:
    """Opening passes the settings' problems on."""
    (repository / "listkeeper.toml").write_text("format = 9\n")

    with pytest.raises(SettingsError, match="format: 9"):
        open_workspace(repository)


def test_symbolic_links_are_not_followed(repository: Path) -> None:
    """A link could lead out of the repository; it is reported instead."""
    outside = repository.parent / "outside.ttl"
    outside.write_text("# secret\n")
    (repository / "vocabularies" / "things" / "1.ttl").symlink_to(outside)

    workspace = open_workspace(repository)

    assert [file.path for file in workspace.files] == ["vocabularies/things/list.ttl"]
    assert workspace.unreadable == (
        ("vocabularies/things/1.ttl", "is a symbolic link; put the file itself here"),
    )


def test_hidden_files_are_passed_over(repository: Path) -> None:
    """What editors and systems leave behind is no list."""
    (repository / "vocabularies" / ".DS_Store").write_bytes(b"\0")

    assert len(open_workspace(repository).files) == 1


def test_files_come_in_the_order_of_their_names(repository: Path) -> None:
    """The order does not depend on the file system."""
    names = ("b.ttl", "a.ttl", "a/list.ttl")
    write_all(repository / "vocabularies", dict.fromkeys(names, b""))

    paths = [file.path.removeprefix("vocabularies/") for file in open_workspace(repository).files]

    assert paths == ["a/list.ttl", "a.ttl", "b.ttl", "things/list.ttl"]


def test_a_file_is_replaced_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    """Writing leaves no temporary file and does not change who may read it."""
    path = tmp_path / "a" / "b.ttl"
    write_atomically(path, b"one")
    path.chmod(0o640)

    write_atomically(path, b"two")

    assert path.read_bytes() == b"two"
    assert path.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in path.parent.iterdir()] == ["b.ttl"]


def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    """The error names the file and nothing is left behind."""
    (tmp_path / "a").write_text("a file, not a folder")

    with pytest.raises(ListkeeperError, match=r"a/b\.ttl: cannot be written"):
        write_atomically(tmp_path / "a" / "b.ttl", b"x")


def test_shapes_come_from_the_repository_then_the_wheel_then_the_checkout(tmp_path: Path) -> None:
    """One function finds them in each of the three places."""
    repository, package = tmp_path / "lists", tmp_path / "python" / "src" / "listkeeper"
    package.mkdir(parents=True)
    repository.mkdir()
    places = (
        tmp_path / "python" / "shapes",
        package / "resources" / "shapes",
        repository / "shapes",
    )

    with pytest.raises(ListkeeperError, match="the folder shapes/ is missing"):
        find_assets("shapes", repository, package)
    for place in places:
        place.mkdir(parents=True)
        assert find_assets("shapes", repository, package) == place


def test_this_checkout_has_its_own_assets(root: Path, tmp_path: Path) -> None:
    """An editable install finds the folders beside its source."""
    assert find_assets("shapes", tmp_path) == root / "shapes"


def test_a_symbolic_link_is_not_written_through(tmp_path: Path) -> None:
    """It is neither replaced nor followed: the line says what to name instead."""
    (tmp_path / "kept.ttl").write_text("mine")
    (tmp_path / "link.ttl").symlink_to("kept.ttl")

    with pytest.raises(ListkeeperError, match="is a symbolic link; name the file that it leads to"):
        write_atomically(tmp_path / "link.ttl", b"new")

    assert (tmp_path / "kept.ttl").read_text() == "mine"
    assert (tmp_path / "link.ttl").is_symlink()


def test_what_a_killed_program_left_half_written_is_swept(tmp_path: Path) -> None:
    """After an hour, with the next file written there; what is being written is not."""
    old, new = tmp_path / ".write-old", tmp_path / ".write-new"
    for file in (old, new):
        file.write_text("half")
    os.utime(old, (0, 0))

    write_atomically(tmp_path / "559.ttl", b"whole")

    assert {path.name for path in tmp_path.iterdir()} == {".write-new", "559.ttl"}
