"""Keeping a server at the newest lists that are whole, while it answers.

What is new is read, checked by the load rules and prepared in a thread; then it takes the place
of the old at a stroke. Where it is broken the last good edition stays, and what is wrong is told.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final

import anyio.to_thread

from listkeeper.collecting import give_back_memory, paused_collection
from listkeeper.errors import ListkeeperError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from listkeeper.edition import Edition
    from listkeeper.publish.publication import Publication
    from listkeeper.web.serving import Serving
    from listkeeper.web.sources import Snapshot, Source

SHOWN: Final = 5
"""Findings that are told one by one."""

LOG: Final = logging.getLogger("listkeeper.web")


class Keeper:
    """Serves what a source has, and something newer once that is whole."""

    def __init__(
        self,
        source: Source,
        first: Snapshot,
        publish: Callable[[Edition], Publication],
        releases: Callable[[], Mapping[str, Callable[[], Edition]]] = dict,
    ) -> None:
        """Keep what is served.

        Args:
            source: where editions come from.
            first: what is served to begin with, whole or not.
            publish: makes a publication of an edition, ready to answer.
            releases: the releases that can be asked, read anew each time.
        """
        self._source = source
        self._publish = publish
        self._releases = releases
        self._seen = self._served = first
        self._wanted = asyncio.Event()
        self.swapped = asyncio.Event()
        """Set when something else is served; whoever waits for it clears it."""

    def attach(self, serving: Serving) -> None:
        """Keep what this serves, from the first edition on."""
        self.serving = serving
        serving.releases = self._releases()
        self._tell(self._served)
        serving.failure = _told(self._served)

    def wake(self) -> None:
        """Have a look soon: something may have changed."""
        self._wanted.set()

    async def run(self, seconds: float | None = None) -> None:
        """Look when woken, and every so often.

        Args:
            seconds: between two looks without being woken; None for never.
        """
        while True:
            with anyio.move_on_after(seconds):
                await self._wanted.wait()
            self._wanted.clear()
            await self.refresh()

    async def refresh(self) -> None:
        """Have a look, and serve what is new if it is whole."""
        try:
            made = await anyio.to_thread.run_sync(self._look)
        except (ListkeeperError, OSError) as error:
            self._fail(str(error))
            return
        self._serve(*made)
        del made
        await anyio.to_thread.run_sync(give_back_memory)

    def catch_up(self) -> None:
        """Have a look before anything is answered, as one that takes another's place has to."""
        try:
            self._serve(*self._look())
        except (ListkeeperError, OSError) as error:
            self._fail(str(error))

    @paused_collection()
    def _look(self) -> tuple[Snapshot, Publication | None, Mapping[str, Callable[[], Edition]]]:
        found = self._source.look(self._seen)
        is_new = found is not self._served and found.edition is not self._served.edition
        fit = not found.findings or bool(self._served.findings)
        publication = self._publish(found.edition) if is_new and fit else None
        return found, publication, self._releases()

    def _serve(
        self,
        found: Snapshot,
        publication: Publication | None,
        releases: Mapping[str, Callable[[], Edition]],
    ) -> None:
        self.serving.releases = releases
        self._seen = found
        if publication is not None:
            self._served = found
            self.serving.swap(publication, findings=len(found.findings))
            self._tell(found)
            LOG.warning("now serving %s", found.name)
            self.swapped.set()
        self._fail(_told(found))

    def _tell(self, snapshot: Snapshot) -> None:
        self.serving.edition_name = snapshot.name
        self.serving.verdict = snapshot.verdict

    def _fail(self, why: str) -> None:
        """Say what keeps something newer from being served; nothing where nothing does."""
        if why and why != self.serving.failure:
            LOG.warning("still serving %s: %s", self._served.name, why)
        self.serving.failure = why


def _told(snapshot: Snapshot) -> str:
    """Say what is wrong with a snapshot, in a few lines; nothing where nothing is."""
    lines = list(snapshot.findings[:SHOWN])
    if len(snapshot.findings) > SHOWN:
        rest = len(snapshot.findings) - SHOWN
        lines.append(f"and {rest} more; `listkeeper check` tells them all")
    return "\n".join((*lines, snapshot.passed_over)).strip()
