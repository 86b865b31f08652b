"""Finding entries by what people write for a code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.errors import UsageError
from listkeeper.search.identify import Identifier
from listkeeper.search.near import near_codes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listkeeper.edition import Edition
    from listkeeper.model import Concept

MOST_NEAR: Final = 3
LONGEST_SHOWN: Final = 60
"""Characters of what was asked for that a message shows."""


def find(edition: Edition, words: str) -> tuple[Concept, ...]:
    """Find the entries that a code, an address such as ``service/559`` or a URI names.

    A bare code may name an entry in several lists: all of them are given, in the lists' order.
    """
    return Identifier(edition).concepts(words)


class Lookup:
    """Finds the one entry that is meant, in an edition that is asked several times."""

    def __init__(self, edition: Edition) -> None:
        """Gather the codes and addresses of an edition."""
        self._edition = edition
        self._identifier = Identifier(edition)

    def all(self, words: str) -> tuple[Concept, ...]:
        """Find the entries that are named: one, or one in each of several lists for a bare code.

        Raises:
            UsageError: when there is none; near codes are told.
        """
        found = self._identifier.concepts(words)
        if not found:
            near = _named(near_codes(self._edition.vocabulary, words)[:MOST_NEAR])
            hint = f"; did you mean {near}?" if near else ""
            raise UsageError(f"no entry {_shown(words)}{hint}")
        return found

    def one(self, words: str, list_name: str = "") -> Concept:
        """Find the entry that is named.

        Args:
            words: ``service/559``, ``services 559``, a bare code, ``esdServiceType:559``, a URI.
            list_name: name of the list or subset in which a code of several lists is meant;
                empty for none.

        Raises:
            UsageError: when there is none, or there are several.
        """
        found = self.all(words)
        if len(found) > 1 and list_name:
            inside = [c for c in found if self._is_in(c, list_name)]
            found = tuple(inside) or found
        if len(found) > 1:
            names = _named(found, " and ")
            raise UsageError(f"{_shown(words)} names {names}: say which list is meant")
        return found[0]

    def _is_in(self, concept: Concept, list_name: str) -> bool:
        uri = self._edition.minter.list_(list_name)
        return concept.list_name == list_name or uri in concept.in_schemes


def _shown(words: str) -> str:
    shown = words[:LONGEST_SHOWN]
    return shown if shown.strip() and shown.isprintable() else repr(shown)


def _named(concepts: Iterable[Concept], between: str = ", ") -> str:
    return between.join(f"{c.address} {c.label().value}" for c in concepts)
