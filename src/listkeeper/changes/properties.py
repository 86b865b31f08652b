"""Which property makes which kind of change: tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from listkeeper.changes.kinds import Kind
from listkeeper.graph import URINode
from listkeeper.store.properties import MAPPING_PROPERTIES, expand

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from listkeeper.model import LinkType
    from listkeeper.uris import Minter


class Kinds(NamedTuple):
    """The kind of change that values of a property make, added and removed."""

    added: Kind
    removed: Kind

    @property
    def is_one(self) -> bool:
        """Whether old and new values are told as one change."""
        return self.added is self.removed


def _one(kind: Kind, *properties: str) -> dict[str, Kinds]:
    return dict.fromkeys(properties, Kinds(kind, kind))


CONCEPT_PROPERTIES: Final[Mapping[str, Kinds]] = {
    **_one(Kind.CODE, "skos:notation"),
    **_one(Kind.CLASS, "rdf:type"),
    **_one(Kind.REPLACEMENT, "dct:isReplacedBy"),
    **_one(Kind.DEFINITION, "skos:definition"),
    **_one(Kind.MOVED, "skos:broader"),
    "skos:inScheme": Kinds(Kind.SUBSET_JOINED, Kind.SUBSET_LEFT),
    **dict.fromkeys(
        (f"skos:{name}" for name in MAPPING_PROPERTIES),
        Kinds(Kind.MAPPING_ADDED, Kind.MAPPING_REMOVED),
    ),
    **_one(
        Kind.LAW,
        *("def:provision", "def:appliesIn", "def:inForce", "def:general", "def:extent"),
        *("def:legislationType", "def:legislationYear", "def:legislationNumber"),
        *("def:evidenceAddress", "def:evidenceDate"),
    ),
    **_one(
        Kind.NOTE,
        *("skos:scopeNote", "skos:historyNote", "skos:editorialNote", "skos:changeNote"),
        *("skos:note", "skos:example"),
    ),
    **_one(Kind.ALTERNATIVE, "skos:altLabel", "skos:hiddenLabel"),
    **_one(Kind.DRAFT, "def:draftLabel"),
    **_one(Kind.FORMER, "skosxl:hiddenLabel"),
    **_one(Kind.REVIEW, "def:textRecord", "def:reviewStatus", "def:labelUnconfirmed"),
    **_one(Kind.NONE_KNOWN, "def:noneKnown"),
    **_one(
        Kind.DATES,
        *("dct:created", "def:startDate", "def:endDate", "def:retirementReason"),
        "def:reinstatedOn",
    ),
}
"""Property of an entry to kind; links come from the definitions, labels and status are rules."""

SCHEME_PROPERTIES: Final[Mapping[str, Kinds]] = {
    **_one(Kind.LIST_STATUS, "adms:status"),
    **_one(Kind.LIST_RENAMED, "dct:title"),
    **_one(Kind.REVIEW, "def:textRecord"),
    **_one(Kind.DRAFT, "def:draftLabel"),
    **_one(
        Kind.LIST_TERMS,
        *("def:segment", "def:conceptClass", "def:subsetOf", "def:otherName", "rdf:type"),
        *("def:formerSpace", "def:curiePrefix"),
    ),
}
"""Property of a list to kind; all others describe it."""

PART_CLASSES: Final[Mapping[str, Kind]] = {
    "def:TextRecord": Kind.REVIEW,
    "skosxl:Label": Kind.FORMER,
    "def:NoneKnown": Kind.NONE_KNOWN,
    "def:Provision": Kind.LAW,
    "def:Silence": Kind.SILENCE,
}
"""Class of a part of an entry or list to kind."""

POINTERS: Final[Mapping[Kind, str]] = {
    Kind.REVIEW: "def:textRecord",
    Kind.FORMER: "skosxl:hiddenLabel",
    Kind.NONE_KNOWN: "def:noneKnown",
    Kind.LAW: "def:provision",
}
"""Kind of the parts that a property points to."""


class Tables:
    """The tables bound to a base URI and to the kinds of links that the definitions declare."""

    def __init__(self, minter: Minter, link_types: Iterable[LinkType]) -> None:
        """Expand the prefixed names."""
        self._minter = minter
        apart = Kinds(Kind.LINK_ADDED, Kind.LINK_REMOVED)
        links = {URINode(link_type.uri): apart for link_type in link_types}
        self.concept = {**links, **self._bound(CONCEPT_PROPERTIES)}
        self.scheme = self._bound(SCHEME_PROPERTIES)
        self.parts = {self.node(name): kind for name, kind in PART_CLASSES.items()}
        self.pointers = {kind: self.node(name) for kind, name in POINTERS.items()}

    def node(self, prefixed: str) -> URINode:
        """Expand a prefixed name."""
        return URINode(expand(prefixed, self._minter))

    def _bound(self, table: Mapping[str, Kinds]) -> dict[URINode, Kinds]:
        return {self.node(name): kinds for name, kinds in table.items()}
