"""Keeping up with changes: what is whole takes the place of what was, at a stroke."""

from __future__ import annotations

import asyncio
import hashlib
import json
import weakref
from functools import partial
from typing import TYPE_CHECKING

import pytest

from asking import TEMPLATES, ask
from listkeeper.publish.publication import Publication
from listkeeper.web.app import create_app
from listkeeper.web.banner import Banner
from listkeeper.web.keeper import Keeper
from listkeeper.web.serving import Serving
from listkeeper.web.sources import WorkingTree
from published import DEFINITIONS, LIST, need
from repository import HEADER, write_repository
from served import connected, served

if TYPE_CHECKING:
    from pathlib import Path

    from asking import Reply
    from served import Heard

NEED = "vocabularies/needs/7.ttl"
BROKEN = "<need/7> skos:prefLabel 'no end"


class Kept:
    """A small repository, served and kept up with."""

    def __init__(self, folder: Path, first_need: str = "") -> None:
        """Write it with one need, and serve it as the command does."""
        self.folder = folder
        lists = {"definitions.ttl": DEFINITIONS, "needs/list.ttl": LIST}
        write_repository(folder, {**lists, "needs/7.ttl": first_need or need(7)})
        publish = partial(Publication, templates=TEMPLATES, cache_bytes=0)
        source = WorkingTree(folder, TEMPLATES)
        first = source.look(None)
        self.serving = Serving(publish(first.edition), findings=len(first.findings))
        self.keeper = Keeper(source, first, publish)
        self.keeper.attach(self.serving)
        self.app = Banner(create_app(self.serving), self.serving)

    def write(self, text: str, path: str = NEED) -> None:
        """Save a file."""
        (self.folder / path).write_text(HEADER + text, encoding="utf-8")

    def refresh(self) -> None:
        """Have the keeper look."""
        asyncio.run(self.keeper.refresh())

    def ask(self, path: str, method: str = "GET") -> Reply:
        """Ask for a path."""
        return ask(self.app, path, method=method)

    def health(self) -> dict[str, object]:
        """Read /health."""
        found: dict[str, object] = json.loads(self.ask("/health").body)
        return found


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    """One list, *needs*, with one entry."""
    return Kept(tmp_path)


def test_a_change_is_served_after_a_look(kept: Kept) -> None:
    """Until then nothing is different, and a look that finds nothing new changes nothing."""
    before = kept.serving.shelf
    kept.refresh()
    assert kept.serving.shelf is before

    kept.write(need(7, label="Friends"))
    assert "Company" in kept.ask("/need/7.ttl").text
    kept.refresh()
    assert "Friends" in kept.ask("/need/7.ttl").text


def test_the_last_good_edition_stays(kept: Kept) -> None:
    """A file that is broken is told at /health, with place and reason, and served as it was."""
    kept.write(BROKEN)
    kept.refresh()

    assert "Company" in kept.ask("/need/7.ttl").text
    health = kept.health()
    assert health["status"] == "behind"
    assert str(health["not_served"]).startswith(f"{NEED}:")
    assert health["findings"] == 0

    kept.write(need(7, label="Friends"))
    kept.refresh()
    assert "Friends" in kept.ask("/need/7.ttl").text
    assert kept.health()["status"] == "ok"
    assert kept.health()["not_served"] == ""


def test_settings_that_are_broken_are_told(kept: Kept) -> None:
    """So is a folder that is gone: the server goes on."""
    settings = kept.folder / "listkeeper.toml"
    whole = settings.read_text("utf-8")
    settings.write_text("format = [", encoding="utf-8")
    kept.refresh()
    assert "listkeeper.toml" in str(kept.health()["not_served"])

    settings.unlink()
    kept.refresh()
    assert kept.ask("/need/7.ttl").status == 200

    settings.write_text(whole, encoding="utf-8")
    kept.refresh()
    assert kept.health()["not_served"] == ""


def test_a_fault_is_shown_on_every_page(kept: Kept) -> None:
    """In a banner that names place and reason as text, whatever they hold; data has none."""
    kept.write("<need/7> skos:prefLabel <script>alert(1)</script>")
    kept.refresh()
    page = kept.ask("/need/7.html")

    assert page.status == 200
    assert f"<code>{NEED}:" in page.text
    assert "<script>alert" not in page.text
    head, _, main = page.text.partition("<main")
    assert 'role="alert"' not in head
    assert main.index('role="alert"') < main.index("Company")
    assert page.headers["content-length"] == str(len(page.body))
    assert page.headers["cache-control"] == "no-store"
    assert "etag" not in page.headers
    assert kept.ask("/need/7.html", "HEAD").body == b""
    assert kept.ask("/need/7.ttl").text.startswith("@base")


def test_a_banner_goes_when_the_fault_does(kept: Kept) -> None:
    """The page is then byte for byte what it was."""
    whole = kept.ask("/need/7.html")
    kept.write(BROKEN)
    kept.refresh()
    assert kept.ask("/need/7.html").body != whole.body
    kept.write(need(7))
    kept.refresh()
    assert kept.ask("/need/7.html").body == whole.body


def test_lists_broken_from_the_start_get_better(tmp_path: Path) -> None:
    """Where nothing good was ever served, any change is: it may be what puts it right."""
    kept = Kept(tmp_path, BROKEN)
    assert NEED in kept.ask("/list/needs.html").text

    (tmp_path / "vocabularies/needs/8.ttl").write_text(HEADER + need(8), encoding="utf-8")
    kept.refresh()
    assert kept.ask("/need/8.ttl").status == 200
    kept.write(need(7))
    kept.refresh()
    assert kept.ask("/need/7.ttl").status == 200
    assert kept.health()["findings"] == 0


def test_what_was_served_is_forgotten(kept: Kept) -> None:
    """Without Python's collector, which would hold up every request."""
    kept.ask("/need/7.html")
    kept.ask("/list/needs.csv")
    old = weakref.ref(kept.serving.shelf.publication.edition)
    kept.write(need(7, label="Friends"))
    kept.refresh()
    kept.write(need(7, label="Neighbours"))
    kept.refresh()

    assert old() is None


READERS = 64
SWAPS = 30
PATHS = ("/need/7.ttl", "/need/7.jsonld", "/need/7.html", "/id/need/7")


class Readers:
    """Many who ask for the same things again and again until it is over."""

    def __init__(self) -> None:
        """Remember what is seen at each path."""
        self.seen: dict[str, set[str]] = {path: set() for path in PATHS}
        self.answers = 0
        self.over = asyncio.Event()

    async def read(self, port: int) -> None:
        """Be one of them."""
        async with connected(port) as connection:
            while not self.over.is_set():
                for path in PATHS:
                    self._look_at(path, await connection.ask(path))

    def _look_at(self, path: str, heard: Heard) -> None:
        assert heard.status == (303 if path.startswith("/id/") else 200)
        digest = hashlib.sha256(heard.body).hexdigest()
        self.seen[path].add(digest)
        self.answers += 1
        assert heard.headers.get("etag", f'"{digest[:32]}"') == f'"{digest[:32]}"'


def test_no_reader_sees_two_editions_mixed(kept: Kept) -> None:
    """Readers ask while editions change: each body is of one edition, and has its tag."""
    readers = asyncio.run(all_at_once(kept))

    known = bodies_of_every_edition(kept)
    assert all(digests <= known[path] for path, digests in readers.seen.items())
    assert all(len(readers.seen[path]) > 2 for path in PATHS[:3])


async def all_at_once(kept: Kept, swaps: int = SWAPS) -> Readers:
    """Swap editions while readers read."""
    readers = Readers()
    async with served(kept.app) as port:
        tasks = [asyncio.create_task(readers.read(port)) for _ in range(READERS)]
        for number in range(swaps):
            kept.write(need(7, label=f"Company {number}"))
            await kept.keeper.refresh()
        readers.over.set()
        await asyncio.gather(*tasks)
    return readers


def bodies_of_every_edition(kept: Kept, swaps: int = SWAPS) -> dict[str, set[str]]:
    """Hash what each edition says at each path, with nobody else asking."""
    found: dict[str, set[str]] = {path: set() for path in PATHS}
    for label in ("Company", *(f"Company {number}" for number in range(swaps))):
        kept.write(need(7, label=label))
        kept.refresh()
        for path in PATHS:
            found[path].add(hashlib.sha256(kept.ask(path).body).hexdigest())
    return found
