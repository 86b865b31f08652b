"""Making one entry of what several files say of a code; the first file that has it gives the label.

Codes are facts, so a doubtful label never keeps an entry out; a code that cannot be a notation
does. Every choice is told in a note.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from listkeeper.characters import label_problem
from listkeeper.exchange.foreign import ForeignEntry, Note, Outcome
from listkeeper.exchange.history_notes import (
    folded,
    former_names,
    read_history,
    unexplained_name,
)
from listkeeper.exchange.labels import tidy
from listkeeper.exchange.notations import CodeBook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from listkeeper.exchange.foreign import ForeignFile, Row

HISTORY_SOURCE: Final = "History notes of the LGA's list"
"""Where former names that history notes tell were read."""


@dataclass(frozen=True, slots=True)
class Former:
    """A former name with where it was read."""

    name: str
    replaced_in: str
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MergedEntry:
    """What all files together say of one code."""

    notation: str
    label: str
    row: Row
    """The first row that has it."""
    sources: tuple[ForeignEntry, ...]
    former: tuple[Former, ...] = ()
    other_labels: tuple[str, ...] = ()
    unconfirmed: bool = False
    created: str = ""
    modified: str = ""
    broader: tuple[str, ...] = ()
    """Codes of broader entries of the same list."""
    links: tuple[tuple[str, str], ...] = ()
    """Name of the kind of link, and the code linked to."""
    subsets: tuple[str, ...] = ()

    @property
    def history(self) -> str:
        """The history notes of all files, one after the other."""
        return " ".join(source.history for source in self.sources if source.history)


@dataclass(slots=True)
class Merging:
    """The entries of one list as files tell them, and what there is to say about the rows."""

    kind: str
    """Name of the class of entries, such as ``Service``, as files write it in ``Type``."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Path to the name of a file's origin, for the source of a former name."""
    notes: list[Note] = field(default_factory=list)
    rows: set[Row] = field(default_factory=set)
    """Every row that speaks of an entry of this list."""

    def is_ours(self, kind: str) -> bool:
        """Say whether a type named in a file is the one of this list."""
        return not kind or folded(kind).replace(" ", "") == folded(self.kind)

    def merge(self, files: Sequence[ForeignFile]) -> dict[str, MergedEntry]:
        """Merge the entries of files, the first file first; by notation, in order of appearance."""
        told: dict[str, list[ForeignEntry]] = {}
        book = CodeBook()
        for file in files:
            book.open(file)
            for entry in file.entries:
                if self.is_ours(entry.kind):
                    self.rows.add(entry.row)
                    self._collect(book, entry, told)
        merged = (self._merged(notation, entries) for notation, entries in told.items())
        return {entry.notation: entry for entry in merged if entry}

    def _collect(
        self, book: CodeBook, entry: ForeignEntry, told: dict[str, list[ForeignEntry]]
    ) -> None:
        accepted, notes = book.enter(entry)
        self.notes.extend(notes)
        if accepted:
            tidied = self._tidied(accepted)
            same = told.setdefault(tidied.notation, [])
            if not any(_says_the_same(tidied, each) for each in same):
                same.append(tidied)

    def _tidied(self, entry: ForeignEntry) -> ForeignEntry:
        """Tidy the label, telling what was odd about it."""
        label = tidy(entry.label)
        for kind, words in label.oddities:
            lost = kind == "lost-characters"
            message = f"label {label.text!r}: {words}"
            outcome = Outcome.TAKEN if lost else Outcome.CHANGED
            remedy = "find the right label" if lost else ""
            self._note(entry, kind, message, remedy, outcome)
        others = (tidy(other).text for other in entry.other_labels)
        fit = tuple(other for other in others if self._is_fit(entry, other))
        taken = label.text if self._is_fit(entry, label.text) else ""
        return replace(entry, label=taken, other_labels=fit)

    def _is_fit(self, entry: ForeignEntry, name: str) -> bool:
        """Say whether the check will take a name; tell where it will not."""
        problem = label_problem(name)
        if problem:
            message = f"name {name!r} {problem}; left out: the check refuses it"
            self._note(entry, "characters", message, "correct it in the file")
        return problem is None

    def _merged(self, notation: str, entries: Sequence[ForeignEntry]) -> MergedEntry | None:
        """Merge what the files say of one code."""
        by_trust = sorted(entries, key=lambda entry: entry.unconfirmed)
        labelled = [entry for entry in by_trust if entry.label]
        for entry in entries:
            if not entry.label:
                outcome = Outcome.CHANGED if labelled else Outcome.REJECTED
                words = "has no label" + ("; another file gives it" if labelled else "")
                self._note(entry, "label", words, "give it one", outcome)
        if not labelled:
            return None
        first = labelled[0]
        return MergedEntry(
            notation=notation,
            label=first.label,
            row=first.row,
            sources=tuple(entries),
            former=tuple(self._former(first, labelled)),
            other_labels=tuple(_other_labels(entries, first.label)),
            unconfirmed=first.unconfirmed,
        )

    def _former(self, first: ForeignEntry, entries: Sequence[ForeignEntry]) -> Iterator[Former]:
        """Give the former names: those of the history notes, then the labels of later files."""
        known = {folded(first.label)}
        for former in self._from_history(first, entries):
            known.add(folded(former.name))
            yield former
        for entry in entries[1:]:
            if folded(entry.label) not in known and not entry.unconfirmed:
                known.add(folded(entry.label))
                words = f"label {entry.label!r} differs from {first.label!r} of {first.row.place}"
                self._note(entry, "other-label", f"{words}; kept as a former name")
                yield Former(entry.label, "", self.origins.get(entry.row.path, entry.row.path))

    def _from_history(
        self, first: ForeignEntry, entries: Sequence[ForeignEntry]
    ) -> Iterator[Former]:
        seen: set[str] = set()
        for entry in entries:
            if not entry.history:
                continue
            history = read_history(entry.history, first.label)
            for sentence in history.unread:
                words = f"could not read {sentence!r} in its history notes"
                self._note(entry, "history", words, "add the former name by hand")
            names = former_names(history, first.label)
            last = unexplained_name(history, first.label)
            if last:
                taken = any(folded(last) == folded(name.name) for name in names)
                self._last_name(entry, first.label, last, taken=taken)
            for name in names:
                if folded(name.name) not in seen and self._is_fit(entry, name.name):
                    seen.add(folded(name.name))
                    yield Former(name.name, name.replaced_in, HISTORY_SOURCE)

    def _last_name(self, entry: ForeignEntry, label: str, last: str, *, taken: bool) -> None:
        words = f"its history notes end with the name {last!r}, its label is {label!r}"
        done = "kept as a former name" if taken else "not kept: it may be a slip"
        self._note(entry, "last-name", f"{words}; {done}", "see which is right", Outcome.TAKEN)

    def _note(
        self,
        entry: ForeignEntry,
        kind: str,
        message: str,
        remedy: str = "",
        outcome: Outcome = Outcome.CHANGED,
    ) -> None:
        self.notes.append(
            Note(
                kind=kind,
                row=entry.row,
                notation=entry.notation,
                message=message,
                remedy=remedy,
                outcome=outcome,
            )
        )


def _says_the_same(entry: ForeignEntry, other: ForeignEntry) -> bool:
    """Say whether two rows of one file say the same, as those of a table of links do."""
    return entry.row.path == other.row.path and replace(entry, row=other.row) == other


def _other_labels(entries: Iterable[ForeignEntry], label: str) -> Iterator[str]:
    """Give the alternative labels once each."""
    known = {folded(label)}
    for entry in entries:
        for text in entry.other_labels:
            if text and folded(text) not in known:
                known.add(folded(text))
                yield text
