"""What the server makes of an edition is made once, and anew for another edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio

from listkeeper.web.serving import Shelf
from published import need, published

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.edition import Edition


def labels(edition: Edition) -> list[str]:
    return [c.label("en").value for c in edition.vocabulary.concepts.values()]


def test_what_is_made_of_an_edition_is_made_once(tmp_path: Path) -> None:
    """Ten requests at once share one index."""
    publication = published(tmp_path, {"vocabularies/needs/7.ttl": need(7)})
    shelf = Shelf(publication)
    given: list[list[str]] = []

    async def ask() -> None:
        given.append(await shelf.made(labels))

    async def ask_ten_times() -> None:
        async with anyio.create_task_group() as group:
            for _ in range(10):
                group.start_soon(ask)

    anyio.run(ask_ten_times)
    assert len({id(made) for made in given}) == 1
    assert "Company" in given[0]
