"""Taking a reviewed labels file back into the lists."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from listkeeper.editing.rewriting import rewritten
from listkeeper.errors import UsageError
from listkeeper.exchange.translations import (
    Labelled,
    LabelRow,
    current_row,
    index,
    labelled,
    record_of,
    replaced,
)
from listkeeper.graph import RDF_TYPE, Literal, URINode
from listkeeper.namespaces import ADMS, DCT, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from listkeeper.edition import Edition
    from listkeeper.graph import Triple
    from listkeeper.uris import URI

LOST: Final = re.compile(r"\w\?\w|\ufffd")
"""What a letter becomes when a file is saved in a charset that does not have it."""

LOST_REASON: Final = "letters were lost on the way; save the file as CSV UTF-8 and fill in again"
UNKNOWN: Final = "is no entry, list or kind of link here; leave the URI as it was exported"
CHANGED: Final = "the label is now {now!r}; export again and review that"
TAKEN: Final = "{label!r} is the reviewed label of {other} too; labels are unique within a list"


@dataclass(frozen=True, kw_only=True, slots=True)
class Refused:
    """A row that was not taken."""

    line: int
    uri: str
    reason: str


@dataclass(slots=True)
class Review:
    """What taking a labels file would change."""

    contents: dict[str, bytes] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    taken: int = 0
    """Rows that change something."""


def require_language(edition: Edition, language: str) -> None:
    """Make sure that labels are translated into a language.

    Raises:
        UsageError: when it is not in the settings, or is the default language.
    """
    others = edition.settings.languages[1:]
    if language not in others:
        known = ", ".join(others) or "none; add it to languages in listkeeper.toml"
        raise UsageError(f"{language}: labels are not translated into it; there are {known}")


def take_labels(edition: Edition, language: str, rows: Iterable[LabelRow], date: str) -> Review:
    """Take the rows of a labels file.

    Empty cells change nothing: a missing translation is never a deletion.

    Args:
        edition: the lists as they stand.
        language: the language of the labels; one of the settings, not the default.
        rows: what came back.
        date: today, for records of what changed.

    Raises:
        UsageError: when the language is not one that labels are translated into.
    """
    require_language(edition, language)
    return _Taking(edition, language, date).take(rows)


class _Taking:
    def __init__(self, edition: Edition, language: str, date: str) -> None:
        self.edition = edition
        self.language = language
        self.date = date
        self.things: Mapping[URI, Labelled] = index(labelled(edition))
        self.review = Review()
        self.remove: dict[str, set[Triple]] = defaultdict(set)
        self.add: dict[str, set[Triple]] = defaultdict(set)
        self.held: dict[tuple[str, str], str] = {}
        for thing in self.things.values():
            reviewed = current_row(edition, thing, language).reviewed
            self.held.setdefault((thing.list_name, reviewed.casefold()), thing.uri)

    def take(self, rows: Iterable[LabelRow]) -> Review:
        for row in rows:
            reason = self.refusal(row)
            if reason:
                refused = Refused(line=row.line, uri=row.uri, reason=reason)
                self.review.refused.append(refused)
            else:
                self.change(self.things[row.uri], row)
        files, settings = self.edition.files, self.edition.settings
        for path in sorted(self.remove.keys() | self.add.keys()):
            self.review.contents[path] = rewritten(
                files[path], settings, remove=self.remove[path], add=self.add[path]
            )
        return self.review

    def refusal(self, row: LabelRow) -> str:
        thing = self.things.get(row.uri)
        if thing is None:
            return UNKNOWN
        if LOST.search(f"{row.draft} {row.reviewed}"):
            return LOST_REASON
        now = current_row(self.edition, thing, self.language).label
        if " ".join(now.split()) != row.label:
            return CHANGED.format(now=now)
        if row.reviewed:
            key = (thing.list_name, row.reviewed.casefold())
            other = self.held.setdefault(key, row.uri)
            if other != row.uri and thing.list_name:
                return TAKEN.format(label=row.reviewed, other=other)
        return ""

    def change(self, thing: Labelled, row: LabelRow) -> None:
        """Note the triples that differ between what is held and what came back."""
        held = current_row(self.edition, thing, self.language)
        reviewed = row.reviewed or held.reviewed
        draft = "" if reviewed else row.draft or held.draft
        source = row.source or held.source
        if (reviewed, draft, source) == (held.reviewed, held.draft, held.source):
            return
        self.review.taken += 1
        draft_label = URINode(self.edition.minter.term("draftLabel"))
        for property_, text in ((thing.property, reviewed), (draft_label, draft)):
            self.note(thing.uri, *replaced(self.edition, thing.uri, property_, self.language, text))
        self.note(thing.uri, *self.record(thing, source, is_reviewed=bool(reviewed)))
        modified = URINode(DCT + "modified")
        old = [t for t in self.edition.authored.about(URINode(thing.uri)) if t[1] == modified]
        self.note(thing.uri, old, [(s, p, self.today()) for s, p, _ in old[:1]])

    def note(self, uri: URI, old: Iterable[Triple], new: Iterable[Triple]) -> None:
        path = self.edition.homes[URINode(uri)]
        gone, come = set(old), set(new)
        self.remove[path] |= gone - come
        self.add[path] |= come - gone

    def today(self) -> Literal:
        return Literal(self.date, datatype=URINode(XSD + "date"))

    def record(
        self, thing: Labelled, source: str, *, is_reviewed: bool
    ) -> tuple[list[Triple], list[Triple]]:
        """Give the record of a translation: its status, date and source."""
        minter = self.edition.minter
        node, record = URINode(thing.uri), record_of(thing.uri, self.language)
        status = URINode(minter.concept("status", "reviewed" if is_reviewed else "draft"))
        new: list[Triple] = [
            (node, URINode(minter.term("textRecord")), record),
            (record, RDF_TYPE, URINode(minter.term("TextRecord"))),
            (record, URINode(minter.term("aboutProperty")), thing.property),
            (record, URINode(minter.term("authorRole")), Literal("Translator")),
            (record, URINode(ADMS + "status"), status),
            (record, URINode(DCT + "date"), self.today()),
            (record, URINode(DCT + "language"), Literal(self.language)),
        ]
        if source:
            new.append((record, URINode(DCT + "source"), Literal(source)))
        return list(self.edition.authored.about(record)), new
