"""The static site: what the server answers, as files."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from listkeeper.errors import ListkeeperError, UsageError
from listkeeper.publish.site import Part, build
from listkeeper.publish.site_folder import MARKER, swap
from published import need, publish, published
from sample import sample_edition

if TYPE_CHECKING:
    from collections.abc import Callable

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


def need_file(folder: Path, number: int) -> Path:
    """Find the file of a need."""
    return folder / "vocabularies" / "needs" / f"{number}.ttl"


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Tell each file of a site from any other that was written in its place."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != MARKER)
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in files
    }


MANY = {f"needs/{number}.ttl": need(number) for number in range(10, 30)}


def test_only_what_changed_is_written_again(tmp_path: Path) -> None:
    """The files of the entry and its list; of all the others the very file is kept."""
    build(published(tmp_path / "lists", MANY), tmp_path / "site")
    before = stamps(tmp_path / "site")
    edited = {**MANY, "needs/12.ttl": need(12, 'skos:definition "Anew."@en ;')}

    again = published(tmp_path / "edited", edited)
    built = build(again, tmp_path / "site")

    after = stamps(tmp_path / "site")
    written = {file.split(".")[0] for file in after if after[file] != before[file]}
    assert written == {"need/12", "list/needs", "catalogue", ""}  # "": /.well-known/void
    assert contents(tmp_path / "site").keys() == before.keys() | {MARKER}
    assert built.changed < 25 < built.files
    assert built.rendered < 40 < built.files


def test_an_incremental_build_is_the_same_as_a_new_one(tmp_path: Path) -> None:
    """With entries edited, added and gone."""
    build(published(tmp_path / "lists", MANY), tmp_path / "site")
    edited = {**MANY, "needs/31.ttl": need(31), "needs/12.ttl": need(12, label="Other")}
    del edited["needs/20.ttl"]
    again = published(tmp_path / "edited", edited)

    build(again, tmp_path / "site")
    build(again, tmp_path / "anew")

    one, other = contents(tmp_path / "site"), contents(tmp_path / "anew")
    del one[MARKER], other[MARKER]
    assert one == other


def test_nothing_changed_and_nothing_is_written(sample: Publication, tmp_path: Path) -> None:
    """Only what tells of everything is even rendered."""
    build(sample, tmp_path / "site")
    before = stamps(tmp_path / "site")

    built = build(sample, tmp_path / "site")

    assert stamps(tmp_path / "site") == before
    assert (built.changed, built.rendered < 20) == (0, True)


def _linked(file: Path) -> None:
    file.unlink()
    file.symlink_to("/etc/passwd")


SPOILED: dict[str, Callable[[Path], object]] = {
    "another text": lambda file: file.write_bytes(b"mine"),
    "the same length": lambda file: file.write_bytes(file.read_bytes()[::-1]),
    "gone": lambda file: file.unlink(),
    "a link": _linked,
}


@pytest.mark.parametrize("how", SPOILED)
def test_a_file_that_is_not_as_it_was_written_is_made_again(how: str, tmp_path: Path) -> None:
    """Whoever changed it, and however."""
    publication = published(tmp_path / "lists", {"needs/6.ttl": need(6)})
    build(publication, tmp_path / "site")
    good = contents(tmp_path / "site")

    SPOILED[how](tmp_path / "site" / "need" / "6.ttl")
    build(publication, tmp_path / "site")

    del good[MARKER]
    found = contents(tmp_path / "site")
    assert {file: found[file] for file in good} == good
    assert not (tmp_path / "site" / "need" / "6.ttl").is_symlink()


@pytest.mark.parametrize("state", [b"", b"nonsense\n", b"a b c d\n", b"\xff\xfe"])
def test_a_mark_that_cannot_be_read_costs_a_whole_build(state: bytes, tmp_path: Path) -> None:
    """And nothing else."""
    publication = published(tmp_path / "lists", {"needs/6.ttl": need(6)})
    build(publication, tmp_path / "site")
    good = contents(tmp_path / "site")
    (tmp_path / "site" / MARKER).write_bytes(state)

    built = build(publication, tmp_path / "site")

    found = contents(tmp_path / "site")
    del good[MARKER], found[MARKER]
    assert (found, built.rendered) == (good, built.files)


def test_processes_make_the_same_site(tmp_path: Path) -> None:
    """Whichever of them renders what."""
    publication = publish(sample_edition(tmp_path / "lists", more=400))
    alone = build(publication, tmp_path / "one")
    shared = build(publication, tmp_path / "two", processes=3)

    one, two = contents(tmp_path / "one"), contents(tmp_path / "two")
    del one[MARKER], two[MARKER]
    assert (one, alone) == (two, shared)


def test_a_refusal_is_told_each_time(tmp_path: Path) -> None:
    """Also where nothing is rendered again."""
    publication = published(tmp_path / "lists", {"needs/6.ttl": need(6, label="=1+1")})

    told = [str(error) for error in build(publication, tmp_path / "site").refused]
    again = [str(error) for error in build(publication, tmp_path / "site").refused]

    assert told == again
    assert len(told) == 2


def test_a_part_is_opened_once(tmp_path: Path) -> None:
    """It never changes, so the next build takes it as it is; another key is another part."""
    publication = published(tmp_path / "lists", {"needs/6.ttl": need(6)})
    past = published(tmp_path / "past", {"needs/7.ttl": need(7)})
    opened: list[str] = []

    def part(key: str) -> Part:
        def open_part() -> Publication:
            opened.append(key)
            return past

        return Part(prefix="release/2026.11/", key=key, open=open_part)

    for key in ("a", "a", "b"):
        build(publication, tmp_path / "site", parts=[part(key)])
    (tmp_path / "site" / "release" / "2026.11" / "need" / "7.ttl").unlink()
    build(publication, tmp_path / "site", parts=[part("b")])

    assert opened == ["a", "b", "b"]
    released = contents(tmp_path / "site" / "release" / "2026.11")
    assert released == {d.file: past.render(d) for d in past.documents.values()}
    build(publication, tmp_path / "site")
    assert not (tmp_path / "site" / "release").exists()


def test_what_a_dead_build_left_is_swept(tmp_path: Path) -> None:
    """A workshop of a killed process; a folder of another name is left alone."""
    left, mine = tmp_path / ".site-abcd1234", tmp_path / ".site-thesis"
    (left / "new").mkdir(parents=True)
    (left / "new" / "index.html").write_text("half")
    (mine / "new").mkdir(parents=True)
    (tmp_path / ".site-efgh5678").mkdir()
    (tmp_path / ".site-efgh5678" / "thesis.txt").write_text("Chapter 1")

    build(published(tmp_path / "lists", {"needs/6.ttl": need(6)}), tmp_path / "site")

    hidden = {path.name for path in tmp_path.iterdir() if path.name.startswith(".")}
    assert hidden == {".site-thesis", ".site-efgh5678"}


def test_a_site_that_a_dead_build_moved_away_is_put_back(tmp_path: Path) -> None:
    """Where folders cannot change places in one step, it may die between two."""
    publication = published(tmp_path / "lists", {"needs/6.ttl": need(6)})
    build(publication, tmp_path / "site")
    (tmp_path / ".site-abcd1234").mkdir()
    (tmp_path / "site").rename(tmp_path / ".site-abcd1234" / "old")

    built = build(publication, tmp_path / "site")

    assert (built.changed, (tmp_path / "site" / "index.html").is_file()) == (0, True)
    assert not (tmp_path / ".site-abcd1234").exists()


KILLED = """
import sys
from pathlib import Path
from published import need, published
from listkeeper.publish.site import Part, build
folder = Path(sys.argv[1])
for number in range(10**6):
    files = {f"needs/{n}.ttl": need(n, label=f"Name {number}") for n in range(10, 20)}
    build(published(folder / "lists", files), folder / "site")
    print(number, flush=True)
"""


def test_a_reader_meets_one_build_or_another_whatever_kills_them(tmp_path: Path) -> None:
    """Killed at any moment, it leaves a whole site: every page has the name of one build."""
    for delay in (0.05, 0.13, 0.31):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(tmp_path)],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parent,
        )
        assert process.stdout
        process.stdout.readline()
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        pages = [tmp_path / "site" / "need" / f"{number}.ttl" for number in range(10, 20)]
        assert len({re.findall("Name ([0-9]+)", page.read_text())[0] for page in pages}) == 1

    build(published(tmp_path / "last", {"needs/6.ttl": need(6)}), tmp_path / "site")
    assert not list(tmp_path.glob(".site-*"))


def test_a_new_site_takes_the_place_of_the_old_in_one_step(tmp_path: Path) -> None:
    """A reader that asks again and again always finds one."""
    publication = published(tmp_path / "lists", {"needs/6.ttl": need(6)})
    build(publication, tmp_path / "site")
    missed, done = [], Event()

    def look() -> None:
        while not done.is_set():
            if not (tmp_path / "site" / "index.html").exists():
                missed.append(time.monotonic())

    reader = Thread(target=look)
    reader.start()
    for _ in range(20):
        build(publication, tmp_path / "site")
    done.set()
    reader.join()

    assert missed == []
