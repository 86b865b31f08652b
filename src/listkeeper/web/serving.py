"""What is being served: one publication with the answers made from it, swapped as a whole."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import anyio
import anyio.to_thread

from listkeeper.collecting import give_back_memory
from listkeeper.web.answers import Answer, document_answer
from listkeeper.web.codings import compress
from listkeeper.web.former import former_hosts
from listkeeper.web.headers import written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from listkeeper.edition import Edition
    from listkeeper.publish.publication import Document, Publication
    from listkeeper.release.past import Past

Made = TypeVar("Made")

CACHE_BYTES: Final = 64 * 2**20
BESIDE: Final = 2048
"""Bytes of the objects that an answer consists of, besides what they say."""


class Shelf:
    """The answers for the documents of one publication, kept within a bound.

    Used from one event loop. Rendering runs in a thread, one document at a time: a large
    spreadsheet then holds up no request that is answered from memory.
    """

    def __init__(self, publication: Publication, *, cache_bytes: int = CACHE_BYTES) -> None:
        """Serve a publication.

        Args:
            publication: what is served.
            cache_bytes: how many bytes of answers are kept.
        """
        self.publication = publication
        self._limit = cache_bytes
        self._size = 0
        self._gone = 0
        """Bytes of answers let go since memory was given back."""
        self._kept: OrderedDict[tuple[str, bytes], Answer] = OrderedDict()
        self.former_hosts = former_hosts(publication.edition.settings)
        self._one_at_a_time = anyio.CapacityLimiter(1)
        self.slow = anyio.CapacityLimiter(1)
        """For what strangers send and may take long: it holds up nothing but its own kind."""
        self._made: dict[Callable[[Edition], Any], Any] = {}
        self._making = anyio.Lock()

    async def made(self, factory: Callable[[Edition], Made]) -> Made:
        """Give what a factory makes of the edition, such as an index: made once, in a thread.

        Args:
            factory: a function of the module's level, which is also the key it is kept under.
        """
        if factory not in self._made:
            async with self._making:
                if factory not in self._made:
                    edition = self.publication.edition
                    self._made[factory] = await anyio.to_thread.run_sync(factory, edition)
        return cast("Made", self._made[factory])

    async def work(self, make: Callable[[], Made]) -> Made:
        """Make something in a thread, after whatever is being rendered.

        Args:
            make: what is to be done; nothing of it is kept.
        """
        return await anyio.to_thread.run_sync(make, limiter=self._one_at_a_time)

    def kept(self, path: bytes, coding: str = "") -> Answer | None:
        """Give the answer for a document's path, as it is sent, if it is in memory.

        Args:
            path: the path as it was sent.
            coding: the content coding that is wanted; empty for none.
        """
        found = self._kept.get((coding, path))
        if found is not None:
            self._kept.move_to_end((coding, path))
        return found

    async def answer(self, document: Document, coding: str = "") -> Answer:
        """Give the answer for a document, from memory or rendered now.

        Args:
            document: what is wanted.
            coding: the content coding it is wanted in; it comes as it is where that is better.

        Raises:
            UnsupportedError: when the graph has something the format cannot carry.
        """
        path = document.path.encode()
        found = self.kept(path, coding)
        if found is None:
            found = self._keep((coding, path), await self._made_answer(document, coding))
            if self._gone > self._limit // 4:
                self._gone = 0
                await self.work(give_back_memory)
        return found

    async def _made_answer(self, document: Document, coding: str) -> Answer:
        body = await self.work(partial(self.publication.render, document))
        made = document_answer(self.publication, document, body)
        if not (coding and made.compressible):
            return made
        return made.encoded(coding, await self.work(partial(compress, body, coding)))

    def _keep(self, key: tuple[str, bytes], made: Answer) -> Answer:
        if key not in self._kept:
            made = replace(made, written=written(made.headers))
            self._kept[key] = made
            self._size += _size(made)
        while self._size > self._limit:
            size = _size(self._kept.popitem(last=False)[1])
            self._size -= size
            self._gone += size
        return made


class Serving:
    """The shelf that requests are answered from; each request takes it once.

    So no request ever sees two publications mixed, and a new one takes effect at a stroke.
    """

    def __init__(self, publication: Publication, *, findings: int = 0) -> None:
        """Serve a publication.

        Args:
            publication: what is served.
            findings: how many load rules its lists break.
        """
        self.shelf = Shelf(publication)
        self.findings = findings
        self.edition_name = "working tree"
        """What the lists served are called, such as ``release 2026.11``."""
        self.verdict = ""
        """What the full check said, in one line; empty until it has ended."""
        self.failure = ""
        """Why something newer is not served, or what is wrong with what is; empty for nothing."""
        self.releases: Mapping[str, Callable[[], Edition]] = {}
        """Name of each release that can be asked beside what is served, to what opens it."""
        self.past: Past | None = None
        """The releases and the history; None where the lists are not in Git."""

    def swap(self, publication: Publication, *, findings: int = 0) -> None:
        """Serve another publication from the next request on."""
        former = self.shelf.publication
        self.shelf = Shelf(publication)
        former.let_go()
        self.findings = findings
        self.verdict = ""


def _size(made: Answer) -> int:
    """Give the bytes that an answer takes up; its headers are there twice."""
    return len(made.body) + 2 * len(made.written) + BESIDE
