"""The server sends what the publication renders, byte for byte, for every document there is."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from asking import TEMPLATES, Site, make_site
from listkeeper.errors import UnsupportedError
from listkeeper.publish.publication import Publication
from listkeeper.web.serving import Shelf

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.publish.publication import Document


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The sample repository, with lists of more than one page."""
    return make_site(tmp_path_factory.mktemp("lists"), more=120)


def test_every_document_is_sent_as_rendered(site: Site) -> None:
    """Bytes and type of each URL are those that the static site has too."""
    documents = site.publication.documents
    fresh = Publication(site.publication.edition, templates=TEMPLATES)

    for path, document in documents.items():
        reply = site.ask(path)
        assert (path, reply.status) == (path, 200)
        assert reply.headers["content-type"] == document.content_type
        assert reply.body == fresh.render(fresh.documents[path]), path
    kinds = {document.kind for document in documents.values()}
    assert kinds == {"format", "plain", "page", "static"}


def test_hostile_content_is_answered_too(tmp_path: Path) -> None:
    """Texts and addresses that the checks refuse break no answer, in any format."""
    site = make_site(tmp_path, hostile=True)
    refused = []
    for path, document in site.publication.documents.items():
        reply = site.ask(path)
        if reply.status == 406:
            refused.append(path)
            with pytest.raises(UnsupportedError):
                site.publication.render(document)
        else:
            assert (path, reply.status) == (path, 200)
    assert len(refused) < len(site.publication.documents) / 10


def test_a_small_shelf_forgets_the_oldest(site: Site) -> None:
    """Answers in memory stay within the bound; what was forgotten is rendered again."""
    first = site.publication.documents["/service/559.ttl"]
    shelf = Shelf(site.publication, cache_bytes=20_000)

    assert site.ask("/service/559.ttl").body == site.publication.render(first)
    kept = keep(shelf, ["/service/559.ttl", "/service/600.ttl"])
    assert kept == {"/service/559.ttl", "/service/600.ttl"}
    keep(shelf, ["/list/services.xlsx"])
    keep(shelf, [f"/service/{number}.ttl" for number in range(300000, 300010)])
    assert shelf.kept(b"/service/559.ttl") is None
    assert shelf.kept(b"/service/300009.ttl") is not None


def test_a_slow_rendering_holds_up_no_other_answer(site: Site) -> None:
    """While a large document is made, what is in memory is answered."""
    order: list[str] = []
    quick = site.publication.documents["/service/559.ttl"]
    shelf = Shelf(site.publication)

    def make() -> bytes:
        released.wait(10)
        return b"slow"

    async def ask(document: Document, name: str) -> None:
        await shelf.answer(document)
        order.append(name)

    async def both() -> None:
        await shelf.answer(quick)
        slow = asyncio.create_task(
            ask(replace(quick, path="/slow", file="slow", make=make), "slow")
        )
        await asyncio.sleep(0.05)
        await ask(quick, "quick")
        released.set()
        await slow

    released = threading.Event()
    asyncio.run(both())
    assert order == ["quick", "slow"]


def keep(shelf: Shelf, paths: list[str]) -> set[str]:
    """Ask a shelf for documents, and say which of them it has in memory afterwards."""
    documents = shelf.publication.documents

    async def each() -> None:
        for path in paths:
            await shelf.answer(documents[path])

    asyncio.run(each())
    return {path for path in paths if shelf.kept(path.encode())}
