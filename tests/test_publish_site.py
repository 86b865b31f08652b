"""The static site: what the server answers, as files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from listkeeper.errors import ListkeeperError, UsageError
from listkeeper.publish.site import build
from listkeeper.publish.site_folder import MARKER, swap
from published import need, publish, published
from sample import sample_edition

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.publish.publication import Publication


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """The rich sample repository."""
    return publish(sample_edition(tmp_path_factory.mktemp("sample"), more=150))


def contents(folder: Path) -> dict[str, bytes]:
    """Read every file of a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_every_document_is_a_file_with_its_bytes(sample: Publication, tmp_path: Path) -> None:
    """File for document, and nothing beside but the mark of a build."""
    build(sample, tmp_path / "site")

    expected = {d.file: sample.render(d) for d in sample.documents.values()}
    found = contents(tmp_path / "site")
    assert found.pop(MARKER)
    assert found == expected


def test_building_twice_gives_the_same_bytes(sample: Publication, tmp_path: Path) -> None:
    """Also over the first build, and from a repository read anew."""
    build(sample, tmp_path / "site")
    first = contents(tmp_path / "site")
    again = publish(sample_edition(tmp_path / "again", more=150))

    build(again, tmp_path / "site")

    assert contents(tmp_path / "site") == first


def test_it_counts_what_it_wrote(sample: Publication, tmp_path: Path) -> None:
    """Files and bytes, without the mark."""
    built = build(sample, tmp_path / "site")

    found = contents(tmp_path / "site")
    del found[MARKER]
    assert (built.files, built.bytes) == (len(found), sum(map(len, found.values())))
    assert built.refused == ()


def test_a_dry_run_counts_the_same_and_writes_nothing(sample: Publication, tmp_path: Path) -> None:
    """Every document is made all the same."""
    would = build(sample, tmp_path / "site", dry_run=True)

    assert list(tmp_path.iterdir()) == []
    assert would == build(sample, tmp_path / "site")


def test_what_is_gone_from_the_lists_is_gone_from_the_site(tmp_path: Path) -> None:
    """An earlier build is replaced, not added to."""
    both = {"needs/6.ttl": need(6), "needs/7.ttl": need(7)}
    build(published(tmp_path / "both", both), tmp_path / "site")
    build(published(tmp_path / "one", {"needs/6.ttl": need(6)}), tmp_path / "site")

    needs = {path.name for path in (tmp_path / "site" / "need").iterdir()}
    assert {name.split(".")[0] for name in needs} == {"6"}


def test_a_folder_that_is_no_build_is_left_alone(sample: Publication, tmp_path: Path) -> None:
    """Somebody may want to keep what is in it."""
    (tmp_path / "thesis.txt").write_text("Chapter 1")

    with pytest.raises(UsageError, match="is not an earlier build"):
        build(sample, tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_an_empty_folder_may_be_filled(sample: Publication, tmp_path: Path) -> None:
    """And folders above it are made."""
    (tmp_path / "empty").mkdir()

    build(sample, tmp_path / "empty")
    build(sample, tmp_path / "new" / "site")

    assert (tmp_path / "empty" / "index.html").is_file()
    assert (tmp_path / "new" / "site" / "index.html").is_file()


def test_a_file_in_the_way_is_left_alone(sample: Publication, tmp_path: Path) -> None:
    """Neither replaced nor written into."""
    (tmp_path / "site").write_text("mine")

    with pytest.raises(UsageError, match="is not an earlier build"):
        build(sample, tmp_path / "site")
    with pytest.raises(ListkeeperError, match="site/below: cannot be written"):
        build(sample, tmp_path / "site" / "below")


def test_a_format_that_cannot_carry_the_lists_is_left_out_and_told(tmp_path: Path) -> None:
    """The rest of the site is there."""
    files = {"needs/6.ttl": need(6, label="=1+1"), "needs/7.ttl": need(7)}

    built = build(published(tmp_path / "lists", files), tmp_path / "site")

    left_out = {"need/6.csv", "list/needs.csv"}
    assert {str(error).split(" left out")[0] for error in built.refused} == left_out
    assert left_out.isdisjoint(contents(tmp_path / "site"))
    assert (tmp_path / "site" / "need" / "7.csv").is_file()


UNSAFE = ["../../up", "a/../../../b", "con|", "a\\\\b"]


@pytest.mark.parametrize("notation", UNSAFE)
def test_no_file_is_written_outside(notation: str, tmp_path: Path) -> None:
    """An entry whose code leads elsewhere stops the build; the earlier one stands."""
    build(published(tmp_path / "good", {"needs/6.ttl": need(6)}), tmp_path / "out" / "site")
    before = contents(tmp_path / "out")
    whole = f"""<http://other.example/s> a skos:ConceptScheme . <http://other.example/c>
        a skos:Concept ; skos:inScheme <http://other.example/s> ; skos:notation "{notation}" ."""

    with pytest.raises(ListkeeperError, match="is no file name; rename the entry"):
        build(published(tmp_path / "bad", {"other.ttl": whole}), tmp_path / "out" / "site")

    assert contents(tmp_path / "out") == before


def test_a_code_too_long_for_a_file_stops_the_build(tmp_path: Path) -> None:
    """In one line that names the file; nothing is left behind."""
    code = "6" * 300
    long = need(6).replace("need/6", f"need/{code}").replace('"6"', f'"{code}"')

    with pytest.raises(ListkeeperError, match=f"need/{code}.*: cannot be written: File name"):
        build(published(tmp_path / "lists", {"needs/long.ttl": long}), tmp_path / "out" / "site")

    assert list((tmp_path / "out").iterdir()) == []


def test_others_may_read_the_site(sample: Publication, tmp_path: Path) -> None:
    """A web server runs as another user: folders and files have the modes the umask leaves."""
    mask = os.umask(0o022)
    try:
        build(sample, tmp_path / "site")
    finally:
        os.umask(mask)

    assert (tmp_path / "site").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "site" / "index.html").stat().st_mode & 0o777 == 0o644


def test_the_earlier_build_stands_when_it_cannot_be_replaced(tmp_path: Path) -> None:
    """It is put back, so that there is always a site."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("old")
    (tmp_path / "workshop").mkdir()

    with pytest.raises(ListkeeperError, match="site: cannot be replaced: No such file"):
        swap(tmp_path / "workshop", tmp_path / "site")

    assert (tmp_path / "site" / "index.html").read_text() == "old"
