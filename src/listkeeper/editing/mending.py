"""Putting right what has one right answer: texts, dates, former names and the form of files.

A file that is not Turtle, or says what canonical Turtle does not keep, is left as it is.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from listkeeper.editing.changes_since import Past
from listkeeper.editing.rewriting import rewritten
from listkeeper.editing.tidying import NAMES, tidied
from listkeeper.errors import ContentError
from listkeeper.graph import Literal, URINode
from listkeeper.store.formatting import NOT_OURS, canonical
from listkeeper.store.parsing import parse
from listkeeper.store.properties import expand
from listkeeper.store.turtle.spelling import Speller
from listkeeper.store.workspace import FileKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from listkeeper.edition import Edition
    from listkeeper.graph import Triple
    from listkeeper.store.workspace import SourceFile


class Repair(NamedTuple):
    """One thing that was put right."""

    path: str
    words: str
    code: str = ""
    """The rule that asks for it; empty for the form of a file, for which there is no rule."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mending:
    """What can be put right in an edition."""

    contents: Mapping[str, bytes]
    """The new content of each file that changes, by path."""
    repairs: tuple[Repair, ...]
    refused: tuple[ContentError, ...]
    """Why files of our own form were left as they are."""


class Edits(NamedTuple):
    """Changes of the triples of one file."""

    replace: dict[Triple, Triple]
    add: list[Triple]
    repairs: list[Repair]

    def applied(self, triples: Iterable[Triple]) -> list[Triple]:
        """Give what a file says after the changes."""
        return [*(self.replace.get(triple, triple) for triple in triples), *self.add]

    def note(self, file: SourceFile, words: str, code: str = "") -> None:
        """Note what is done to a file."""
        self.repairs.append(Repair(file.path, words, code))


def mend(edition: Edition, *, before: Edition | None, today: str) -> Mending:
    """Find out what can be put right; nothing is written.

    Args:
        edition: the lists as they stand.
        before: the lists before the change at hand, for dates of modification and former names;
            None where it is not known, and these are left alone.
        today: the date, such as ``2026-11-22``.
    """
    mender = _Mender(edition, before, today)
    for file in edition.files.values():
        if file.kind not in NOT_OURS:
            mender.mend(file)
    return Mending(
        contents=mender.contents, repairs=tuple(mender.repairs), refused=tuple(mender.refused)
    )


class _Mender:
    def __init__(self, edition: Edition, before: Edition | None, today: str) -> None:
        self.edition = edition
        self.past = Past(before, edition.minter, today) if before is not None else None
        self.names = {URINode(expand(name, edition.minter)) for name in NAMES}
        self.entries: dict[str, list[URINode]] = defaultdict(list)
        for concept in edition.vocabulary.concepts.values():
            self.entries[concept.path].append(URINode(concept.uri))
        self.speller = Speller("", edition.minter.prefixes)
        self.contents: dict[str, bytes] = {}
        self.repairs: list[Repair] = []
        self.refused: list[ContentError] = []

    def mend(self, file: SourceFile) -> None:
        """Put one file right, or note why it is left as it is."""
        triples, unread = parse(file)
        if unread is not None:
            return  # the check tells it
        edits = self.edits(file, triples)
        try:
            data = self.content(file, edits)
        except ContentError as error:
            self.refused.append(error)
            return
        if data != file.data:
            self.contents[file.path] = data
            self.repairs.extend(edits.repairs)

    def content(self, file: SourceFile, edits: Edits) -> bytes:
        """Give a file's new content, and note among the repairs what is done to its form."""
        settings = self.edition.settings
        formed = canonical(file, settings)
        if file.data.startswith(BOM_UTF8):
            edits.note(file, "byte order mark taken out", "LK007")
        if formed != file.data.removeprefix(BOM_UTF8):
            edits.note(file, "brought into canonical form")
        if not (edits.replace or edits.add):
            return formed
        return rewritten(file, settings, remove=(), add=edits.add, replace=edits.replace)

    def edits(self, file: SourceFile, triples: list[Triple]) -> Edits:
        """Find out how the triples of a file are to change."""
        edits = Edits({}, [], [])
        for subject, predicate, term in triples:
            if isinstance(term, Literal):
                mended, steps = tidied(term, is_name=predicate in self.names)
                for step in steps:
                    words = f"{self.speller.node(predicate)}: {step.words}"
                    edits.note(file, words, step.code)
                    edits.replace[subject, predicate, term] = (subject, predicate, mended)
        if self.past is not None and file.kind is FileKind.CONCEPT:
            self.since(self.past, file, triples, edits)
        return edits

    def since(self, past: Past, file: SourceFile, triples: list[Triple], edits: Edits) -> None:
        """Record former names, then the date of modification, of the entries of a file."""
        for entry in self.entries.get(file.path, ()):
            for name, record in past.former_names(entry, edits.applied(triples)):
                edits.add.extend(record)
                edits.note(file, f"former name {self.speller.literal(name)} recorded")
            dated = past.modified(entry, edits.applied(triples))
            if dated is not None:
                edits.replace.update((t, dated) for t in triples if t[:2] == dated[:2])
                edits.add.append(dated)
                edits.note(file, f"dct:modified set to {past.today}")
