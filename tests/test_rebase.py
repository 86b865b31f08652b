"""A move to another base changes every identifier and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listkeeper.editing.rebase import rebase
from listkeeper.edition import load
from listkeeper.errors import ContentError, UsageError
from listkeeper.settings import Settings, read_settings
from listkeeper.store.files import write_all
from listkeeper.store.workspace import FileKind, SourceFile, Workspace, open_workspace
from repository import SETTINGS, write_repository

if TYPE_CHECKING:
    from pathlib import Path

NEW = "https://lists.example.gov.uk/standard/"
OLD = "https://lists.example.org/"


def move(workspace: Workspace, base: str = NEW, settings: str = SETTINGS) -> dict[str, bytes]:
    return rebase(workspace, settings, base)


def test_identifiers_move_and_texts_stay(tmp_path: Path) -> None:
    """IRIs in angle brackets and prefixes move; a text that mentions the base does not."""
    text = f'<a/1> a skos:Concept ; skos:note "see <{OLD}id/a/1>" ; skos:exactMatch <{OLD}x> .'
    workspace = open_workspace(write_repository(tmp_path, {"a/1.ttl": text}))

    write_all(tmp_path, move(workspace))

    edition = load(open_workspace(tmp_path))
    (concept,) = edition.vocabulary.concepts.values()
    assert concept.uri == f"{NEW}id/a/1"
    assert concept.mappings == (("exactMatch", f"{NEW}x"),)
    data = edition.files["vocabularies/a/1.ttl"].data.decode()
    assert f"see <{OLD}id/a/1>" in data


def test_a_new_setting_goes_before_the_tables(tmp_path: Path) -> None:
    """The old base is recorded among the settings, not in the table of severities at their end."""
    text = SETTINGS + '\n[check.severity]\nLK105 = "off"\n'
    workspace = open_workspace(write_repository(tmp_path, {}, text))
    written = read_settings(move(workspace, settings=text)["listkeeper.toml"].decode())

    assert written.also_answers_for == (OLD,)
    assert written.severities == (("LK105", "off"),)


def test_the_old_base_is_recorded_as_answered_for(tmp_path: Path) -> None:
    """Old identifiers lead to the same entries; comments in the settings stay."""
    text = "# ours\n" + SETTINGS + 'also_answers_for = ["http://id.example.org/"]\n'
    workspace = open_workspace(write_repository(tmp_path, {}, text))

    written = move(workspace, settings=text)["listkeeper.toml"].decode()

    assert written.startswith("# ours\nformat = 1\n")
    assert read_settings(written).base_uri == NEW
    assert read_settings(written).also_answers_for == ("http://id.example.org/", OLD)


def test_there_and_back_leaves_the_lists_as_they_were(tmp_path: Path) -> None:
    """A move is undone by moving back, byte for byte."""
    write_repository(tmp_path, {"a/1.ttl": "<a/1> a skos:Concept, def:Thing ."})
    before = (tmp_path / "vocabularies/a/1.ttl").read_bytes()

    for base in (NEW, OLD):
        text = (tmp_path / "listkeeper.toml").read_text()
        write_all(tmp_path, rebase(open_workspace(tmp_path), text, base))

    assert (tmp_path / "vocabularies/a/1.ttl").read_bytes() == before
    assert read_settings((tmp_path / "listkeeper.toml").read_text()).also_answers_for == (NEW,)


def test_a_move_to_where_it_is_changes_nothing(tmp_path: Path) -> None:
    """The same base again is no change."""
    assert move(open_workspace(write_repository(tmp_path, {})), OLD) == {}


@pytest.mark.parametrize("base", ["lists.example.org", "https://x.org", "https://x.org/a b/", ""])
def test_what_is_no_base_is_refused(base: str, tmp_path: Path) -> None:
    """Nothing is written for an address that cannot carry identifiers."""
    with pytest.raises(UsageError, match="a base URI is an http or https address"):
        move(open_workspace(write_repository(tmp_path, {})), base)


def test_a_file_in_another_encoding_stops_the_move(tmp_path: Path) -> None:
    """A half-moved repository would be worse than none."""
    write_all(tmp_path, {"listkeeper.toml": b"format = 1\n", "vocabularies/a/1.ttl": b"# \xe9\n"})

    with pytest.raises(ContentError, match=r"vocabularies/a/1\.ttl: is not UTF-8"):
        move(open_workspace(tmp_path))


def test_settings_without_the_keys_get_them(tmp_path: Path) -> None:
    """A file that relies on the defaults is added to."""
    workspace = open_workspace(write_repository(tmp_path, {}, "format = 1"))

    written = move(workspace, settings="format = 1")["listkeeper.toml"].decode()

    assert read_settings(written) == Settings(base_uri=NEW, also_answers_for=(OLD,))


@given(st.text(alphabet='<>"\\#.;, \nab:/@' + OLD, max_size=60))
def test_any_text_comes_out_with_only_its_identifiers_moved(noise: str) -> None:
    """Broken Turtle is moved too: what is not an IRI stays as it stands."""
    path = "vocabularies/a/1.ttl"
    file = SourceFile(path=path, data=noise.encode(), kind=FileKind.CONCEPT)
    workspace = Workspace(root=None, settings=Settings(), files=(file,))  # type: ignore[arg-type]  # the folder is not looked at

    moved = rebase(workspace, "format = 1\n", NEW).get(path, file.data).decode()

    assert moved.replace("<" + NEW, "<" + OLD) == noise
