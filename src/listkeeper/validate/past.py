"""How the lists were: what releases contain, and the revision that a change is held against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from listkeeper.uris import URI

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from listkeeper.edition import Edition
    from listkeeper.model import Concept
    from listkeeper.validate.scope import Scope

BASE: Final = "the base"
"""What the revision that a change is held against is called in messages."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Layer:
    """Files as they were once, read together; of each path there is one."""

    edition: Edition
    names: Mapping[str, str]
    """Path to where that file is from: the latest release that has it, or :data:`BASE`."""
    is_released: bool

    def name(self, path: str) -> str:
        """Say where a file is from."""
        return self.names.get(path, BASE)


@dataclass(frozen=True, kw_only=True, eq=False)
class Past:
    """What the rules of continuity look back to."""

    released: tuple[Layer, ...]
    """What releases have otherwise than the files at hand, the latest first."""
    base: Layer
    """What the base revision has otherwise."""
    base_date: str
    """Day on which the base revision was committed, as ISO 8601 writes it."""
    has_releases: bool
    bases: Mapping[str, str]
    """Each base URI that was in use, and the latest release or revision that has it."""
    unread: tuple[tuple[str, str], ...] = ()
    """Releases that could not be read, and why."""

    @property
    def layers(self) -> tuple[Layer, ...]:
        """Releases and the base."""
        return (*self.released, self.base)


def layers_of(scope: Scope) -> tuple[Layer, ...]:
    """Give releases and base; nothing where a check looks at the files alone."""
    return scope.past.layers if scope.past else ()


def uri_now(scope: Scope, layer: Layer, uri: str) -> URI:
    """Give the URI that one of an earlier base has today."""
    before = layer.edition.minter.base
    return URI(scope.minter.base + uri.removeprefix(before) if uri.startswith(before) else uri)


def pairs(scope: Scope) -> Iterator[tuple[Layer, Concept, Concept]]:
    """Give each entry as it was and as it is, where its file was another."""
    concepts = scope.vocabulary.concepts
    for layer in layers_of(scope):
        for old in layer.edition.vocabulary.concepts.values():
            new = concepts.get(uri_now(scope, layer, old.uri))
            if new is not None:
                yield layer, old, new
