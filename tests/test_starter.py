"""A new repository works at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from listkeeper.editing.starter import list_names, require_empty, require_free, starter_files
from listkeeper.edition import Edition, load
from listkeeper.errors import UsageError
from listkeeper.store.files import write_all
from listkeeper.store.formatting import reformat
from listkeeper.store.workspace import open_workspace

if TYPE_CHECKING:
    from pathlib import Path


def started(folder: Path, base: str | None = None) -> Edition:
    write_all(folder, starter_files(base))
    return load(open_workspace(folder))


def test_the_example_list_is_there(tmp_path: Path) -> None:
    """It shows a list of two levels."""
    vocabulary = started(tmp_path).vocabulary

    assert [c.label().value for c in vocabulary.members("places")] == ["Open space", "Park"]


def test_it_begins_at_the_base_asked_for(tmp_path: Path) -> None:
    """No placeholder is left behind."""
    edition = started(tmp_path, "https://lists.example.gov.uk/")

    assert {s.uri.split("/id/")[0] for s in edition.vocabulary.schemes.values()} == {
        "https://lists.example.gov.uk"
    }
    assert not edition.settings.is_placeholder


def test_its_files_are_canonical(tmp_path: Path) -> None:
    """The formatter has nothing to say about a new repository."""
    edition = started(tmp_path)

    assert reformat(edition.files.values(), edition.settings) == ({}, ())


def test_its_terms_say_what_ours_say(tmp_path: Path, root: Path) -> None:
    """What both repositories define, they define in the same words."""
    ours = load(open_workspace(root))
    own = {"https://lists.example.org/def/", "https://lists.example.org/def/Place"}
    theirs = started(tmp_path)
    terms = [
        node
        for node, path in theirs.homes.items()
        if path.endswith("/definitions.ttl") and str(node.value) not in own
    ]

    differing = [n for n in terms if set(theirs.authored.about(n)) != set(ours.authored.about(n))]

    assert len(terms) > 30
    assert differing == []


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    """Git's own folder does not count."""
    (tmp_path / ".git").mkdir()
    require_empty(tmp_path)
    (tmp_path / "a").touch()

    with pytest.raises(UsageError, match="is not empty"):
        require_empty(tmp_path)


def test_what_is_there_is_not_written_over(tmp_path: Path) -> None:
    """The same content is no other; a link is, wherever it leads."""
    write_all(tmp_path, {"same": b"1", "other": b"1"})
    (tmp_path / "link").symlink_to(tmp_path / "same")
    (tmp_path / "folder").mkdir()
    require_free(tmp_path, {"same": b"1", "new": b"1"})

    for path in ("other", "link", "folder"):
        with pytest.raises(UsageError, match=f"has another {path}; --replace"):
            require_free(tmp_path, {path: b"2"})


def test_lists_are_named_by_their_folders() -> None:
    """Whatever else lies below the folder of vocabularies is none."""
    paths = [
        *starter_files(),
        "vocabularies/whole.ttl",
        "vocabularies/a/b/list.ttl",
        "shapes/list.ttl",
    ]

    assert list_names(paths) == ("places", "statuses")
