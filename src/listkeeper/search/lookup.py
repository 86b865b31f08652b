"""Finding entries by what people write for a code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listkeeper.uris import URI, natural_key

if TYPE_CHECKING:
    from listkeeper.edition import Edition
    from listkeeper.model import Concept


def find(edition: Edition, words: str) -> tuple[Concept, ...]:
    """Find the entries that a code, an address such as ``service/559`` or a URI names.

    A bare code may name an entry in several lists: all of them are given, services first.
    """
    concepts = edition.vocabulary.concepts
    words = words.strip()
    named = concepts.get(URI(words)) or concepts.get(URI(edition.minter.identifiers + words))
    if named:
        return (named,)
    folded = words.lower()
    found = (
        concept
        for concept in concepts.values()
        if folded in {concept.notation.lower(), concept.address.lower()}
        or any(target == words for _, target in concept.mappings)
    )
    return tuple(sorted(found, key=lambda c: (c.list_name != "services", natural_key(c.address))))
