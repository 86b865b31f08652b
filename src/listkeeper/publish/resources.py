"""What is published: each concept and list, the definitions and the catalogue, by address."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from listkeeper.uris import URI

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.edition import Edition

DEFINITIONS_ADDRESS: Final = "def"
CATALOGUE_ADDRESS: Final = "catalogue"
VOID_ADDRESS: Final = ".well-known/void"
"""Where data about the data is looked for, https://www.w3.org/TR/void/#well-known."""


class ResourceKind(Enum):
    """Kinds of what is published; each has its own set of representations."""

    CONCEPT = "concept"
    LIST = "list"
    DEFINITIONS = "definitions"
    CATALOGUE = "catalogue"


@dataclass(frozen=True, kw_only=True, slots=True)
class Resource:
    """Something that is published in several formats."""

    kind: ResourceKind
    address: str
    """Path of its documents without the extension, such as ``service/559`` or ``list/needs``."""
    uri: URI
    name: str
    """The notation of a concept, the name of a list."""


def resources(edition: Edition) -> dict[str, Resource]:
    """Give everything an edition publishes, by address; subsets are lists too."""
    return {resource.address: resource for resource in _all(edition)}


def _all(edition: Edition) -> Iterator[Resource]:
    vocabulary = edition.vocabulary
    for concept in vocabulary.concepts.values():
        yield Resource(
            kind=ResourceKind.CONCEPT,
            address=concept.address,
            uri=concept.uri,
            name=concept.notation,
        )
    for name, scheme in vocabulary.schemes.items():
        address = f"list/{name}"
        yield Resource(kind=ResourceKind.LIST, address=address, uri=scheme.uri, name=name)
    yield Resource(
        kind=ResourceKind.DEFINITIONS,
        address=DEFINITIONS_ADDRESS,
        uri=URI(edition.minter.terms),
        name=DEFINITIONS_ADDRESS,
    )
    catalogue = vocabulary.catalogue
    yield Resource(
        kind=ResourceKind.CATALOGUE,
        address=CATALOGUE_ADDRESS,
        uri=catalogue.uri if catalogue else URI(edition.minter.identifiers + CATALOGUE_ADDRESS),
        name=CATALOGUE_ADDRESS,
    )
