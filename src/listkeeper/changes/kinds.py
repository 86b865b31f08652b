"""The kinds of changes, and what each means to whoever uses the lists: one table."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Impact(Enum):
    """What a change asks of those who use the lists, the gravest first."""

    BREAKING = "breaking"
    """Something that was stored rightly holds no more: a code, an address, a list, a class."""
    COMPATIBLE = "compatible"
    """All that was stored still holds; there is something new, or another meaning, to take up."""
    EDITORIAL = "editorial"
    """Words and records; nothing to do."""

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Impact).index(self)


class Kind(Enum):
    """What became of an entry, a list or a statement, in the order in which it is told."""

    MOVED_BASE = "base-moved"
    LIST_ADDED = "list-added"
    LIST_REMOVED = "list-removed"
    LIST_STATUS = "list-status"
    LIST_TERMS = "list-terms"
    LIST_RENAMED = "list-renamed"
    LIST_METADATA = "list-metadata"
    RETIRED = "retired"
    REMOVED = "removed"
    WITHDRAWN = "withdrawn"
    CODE = "code"
    CLASS = "class"
    STATUS = "status"
    REPLACEMENT = "replacement"
    ADDED = "added"
    CONFIRMED = "confirmed"
    REINSTATED = "reinstated"
    RENAMED = "renamed"
    LABEL_ADDED = "label-added"
    LABEL_REMOVED = "label-removed"
    DEFINITION = "definition"
    MOVED = "moved"
    SUBSET_JOINED = "subset-joined"
    SUBSET_LEFT = "subset-left"
    LINK_ADDED = "link-added"
    LINK_REMOVED = "link-removed"
    MAPPING_ADDED = "mapping-added"
    MAPPING_REMOVED = "mapping-removed"
    LAW = "law"
    GROUP = "group"
    NOTE = "note"
    ALTERNATIVE = "alternative-label"
    DRAFT = "draft-label"
    FORMER = "former-label"
    REVIEW = "review"
    NONE_KNOWN = "none-known"
    SILENCE = "silence"
    DATES = "dates"
    USE = "use"
    CATALOGUE = "catalogue"
    TERM_ADDED = "term-added"
    TERM_REMOVED = "term-removed"
    TERM_CHANGED = "term-changed"
    FILE = "file"
    OTHER = "other"

    @property
    def row(self) -> Row:
        """What is known of the kind."""
        return ROWS[self]

    @property
    def title(self) -> str:
        """Heading of changes of this kind."""
        return ROWS[self].title

    @property
    def impact(self) -> Impact:
        """What they ask of those who use the lists."""
        return ROWS[self].impact


class Row(NamedTuple):
    """A kind as the table has it."""

    title: str
    impact: Impact
    reason: str
    """Why it is so classed."""
    is_felt: bool = False
    """Whether those who use the code, and entries that link to it, are told of."""


_B, _C, _E = Impact.BREAKING, Impact.COMPATIBLE, Impact.EDITORIAL

ROWS: Final[Mapping[Kind, Row]] = {
    Kind.MOVED_BASE: Row(
        "Moved to another base", _B,
        "every identifier is another; the former ones have to be answered too",
    ),
    Kind.LIST_ADDED: Row("Lists added", _C, "nothing stored refers to a new list"),
    Kind.LIST_REMOVED: Row("Lists removed", _B, "its address, and those of its entries, are gone"),
    Kind.LIST_STATUS: Row(
        "Status of a list changed", _B,
        "whether the list may be relied on is another matter now",
    ),
    Kind.LIST_TERMS: Row(
        "Addresses, classes or names of a list changed", _B,
        "entries are found under other addresses, names or classes",
    ),
    Kind.LIST_RENAMED: Row(
        "Lists renamed", _E,
        "a title is for people; addresses use the list's name",
    ),
    Kind.LIST_METADATA: Row(
        "Descriptions of lists changed", _E,
        "about the list, not of its entries",
    ),
    Kind.RETIRED: Row(
        "Retired", _B,
        "the code is not to be given out any more; use its replacement", is_felt=True,
    ),
    Kind.REMOVED: Row(
        "Removed", _B,
        "the code and its address are gone; the check forbids it after a release", is_felt=True,
    ),
    Kind.WITHDRAWN: Row(
        "Proposals withdrawn", _C,
        "nobody was to use the code of a proposal yet", is_felt=True,
    ),
    Kind.CODE: Row(
        "Codes changed", _B,
        "what was stored names nothing, or another entry", is_felt=True,
    ),
    Kind.CLASS: Row(
        "Classes changed", _B,
        "a filter by class, such as duties, finds others", is_felt=True,
    ),
    Kind.STATUS: Row(
        "Status changed", _B,
        "what was in use is not, or not yet, to be used", is_felt=True,
    ),
    Kind.REPLACEMENT: Row(
        "Replacements changed", _B,
        "who followed the replacement now holds another code", is_felt=True,
    ),
    Kind.ADDED: Row("Added", _C, "nothing stored refers to a new code"),
    Kind.CONFIRMED: Row("Proposals taken up", _C, "the code may be used now"),
    Kind.REINSTATED: Row("Reinstated", _C, "the code may be used again", is_felt=True),
    Kind.RENAMED: Row(
        "Renamed", _C,
        "codes hold; the former name still finds the entry", is_felt=True,
    ),
    Kind.LABEL_ADDED: Row(
        "Labels added in a language", _C,
        "more to show; nothing shown so far is another",
    ),
    Kind.LABEL_REMOVED: Row(
        "Labels removed in a language", _C,
        "another language is shown in its place",
    ),
    Kind.DEFINITION: Row(
        "Definitions changed", _C,
        "what belongs under the code may be more, or less: read it", is_felt=True,
    ),
    Kind.MOVED: Row("Moved in the hierarchy", _C, "codes hold; sums by parent come out otherwise"),
    Kind.SUBSET_JOINED: Row("Joined a subset", _C, "a filter by subset finds more"),
    Kind.SUBSET_LEFT: Row(
        "Left a subset", _B,
        "a filter by subset no longer finds the code", is_felt=True,
    ),
    Kind.LINK_ADDED: Row("Links added", _C, "more is known"),
    Kind.LINK_REMOVED: Row(
        "Links removed", _C,
        "codes hold; what was joined by the link is not joined any more",
    ),
    Kind.MAPPING_ADDED: Row("Matches elsewhere added", _C, "more is known"),
    Kind.MAPPING_REMOVED: Row(
        "Matches elsewhere removed", _B,
        "another body's identifier no longer leads to the code",
    ),
    Kind.LAW: Row(
        "Legal basis changed", _C,
        "what the entry rests on, or where it applies, is another: read it", is_felt=True,
    ),
    Kind.GROUP: Row("Groups changed", _C, "entries are shown together otherwise"),
    Kind.NOTE: Row("Notes changed", _E, "explains; the meaning stands in the definition"),
    Kind.ALTERNATIVE: Row("Alternative names changed", _E, "helps to find; no name that is shown"),
    Kind.DRAFT: Row("Draft labels changed", _E, "a draft is not used as a label"),
    Kind.FORMER: Row("Former names changed", _E, "helps to find; no name that is shown"),
    Kind.REVIEW: Row("Records of review changed", _E, "about who read what, and when"),
    Kind.NONE_KNOWN: Row('"None known" changed', _E, "about what was looked at, and when"),
    Kind.SILENCE: Row("Silences of rules changed", _E, "about the check"),
    Kind.DATES: Row("Dates changed", _E, "about when, not about what"),
    Kind.USE: Row("Known users changed", _E, "about who uses codes"),
    Kind.CATALOGUE: Row("Catalogue changed", _E, "about the lists as a whole"),
    Kind.TERM_ADDED: Row("Terms added", _C, "nothing stored refers to a new term"),
    Kind.TERM_REMOVED: Row("Terms removed", _B, "a class, a kind of link or a property is gone"),
    Kind.TERM_CHANGED: Row(
        "Terms changed", _C,
        "what a class or a kind of link means may be another",
    ),
    Kind.FILE: Row("Files changed", _E, "holds no statement of the lists"),
    Kind.OTHER: Row("Other statements changed", _C, "nothing of ours reads it; others may"),
}  # fmt: skip
"""Every kind: heading, impact, and the reason why it is so classed."""
