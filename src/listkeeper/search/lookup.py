"""Finding entries by what people write for a code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listkeeper.search.identify import Identifier

if TYPE_CHECKING:
    from listkeeper.edition import Edition
    from listkeeper.model import Concept


def find(edition: Edition, words: str) -> tuple[Concept, ...]:
    """Find the entries that a code, an address such as ``service/559`` or a URI names.

    A bare code may name an entry in several lists: all of them are given, in the lists' order.
    """
    return Identifier(edition).concepts(words)
