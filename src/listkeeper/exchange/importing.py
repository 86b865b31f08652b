"""Importing foreign files into one list: read, merge, tie together, compare, draft."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from listkeeper.errors import UsageError
from listkeeper.exchange.dating import with_dates
from listkeeper.exchange.entries import EntryWriter, differences
from listkeeper.exchange.foreign import Note, Outcome
from listkeeper.exchange.history_notes import folded
from listkeeper.exchange.linking import Linking, with_subsets
from listkeeper.exchange.merging import MergedEntry, Merging
from listkeeper.exchange.report import FileCount, Report, count_rows
from listkeeper.exchange.writing import Draft, occupied, refuse_unreadable
from listkeeper.store.placing import lies_by_hundred, path_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from listkeeper.edition import Edition
    from listkeeper.exchange.foreign import ForeignFile, Row
    from listkeeper.exchange.linking import Subset
    from listkeeper.model import Concept, ConceptScheme


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """What is to be imported, and how it is to be read."""

    list_name: str
    files: Sequence[ForeignFile]
    """In order of precedence: the first that has a code gives its label."""
    subsets: Sequence[Subset] = ()
    link: str = ""
    """Kind of link that nesting and mappings stand for; empty to go by their names."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Path of a file to the name of its origin."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """What an import would do."""

    contents: Mapping[str, bytes]
    """Path to content of each file to be written."""
    report: Report


def kind_of(scheme: ConceptScheme) -> str:
    """Give the name of a list's class of entries, by which files call them."""
    return scheme.concept_class.rsplit("/", 1)[-1].rsplit("#", 1)[-1]


def chosen_list(edition: Edition, name: str) -> ConceptScheme:
    """Find the list to import into.

    Raises:
        UsageError: when there is none of that name, or it is a subset.
    """
    schemes = edition.vocabulary.schemes
    lists = [each.name for each in schemes.values() if not each.subset_of]
    if name in lists:
        return schemes[name]
    near = difflib.get_close_matches(name, lists, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(lists) or 'none'}"
    if name in schemes:
        hint = f"it is a subset: import into {schemes[name].subset_of}"
    raise UsageError(f"no list {name}; {hint}")


def import_files(edition: Edition, request: Request) -> Imported:
    """Import foreign files into a list; nothing is written yet.

    Raises:
        UsageError: when the list, a subset or the kind of link does not exist.
        FindingsError: when files of the list cannot be read.
        ContentError: when an entry's file cannot be rewritten.
    """
    scheme = chosen_list(edition, request.list_name)
    _refuse_unknown(edition, scheme, request)
    refuse_unreadable(edition, scheme.name)
    return _Import(edition, scheme, request).run()


def _refuse_unknown(edition: Edition, scheme: ConceptScheme, request: Request) -> None:
    vocabulary = edition.vocabulary
    for subset in request.subsets:
        found = vocabulary.schemes.get(subset.name)
        if not (found and found.subset_of == scheme.name):
            file = f"vocabularies/{scheme.name}/list-{subset.name}.ttl"
            raise UsageError(f"no subset {subset.name} of {scheme.name}; describe it in {file}")
    names = [each.name for each in vocabulary.link_types if each.domain_list == scheme.name]
    if request.link and request.link not in names:
        near = difflib.get_close_matches(request.link, names, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(names) or 'none'}"
        raise UsageError(f"no kind of link {request.link} begins at {scheme.name}; {hint}")


class _Import:
    """One import."""

    def __init__(self, edition: Edition, scheme: ConceptScheme, request: Request) -> None:
        self.edition = edition
        self.scheme = scheme
        self.request = request
        self.held = {
            concept.notation: concept
            for concept in edition.vocabulary.concepts.values()
            if concept.list_name == scheme.name
        }
        self.merging = Merging(kind=kind_of(scheme), origins=request.origins)
        self.notes: list[Note] = []
        self.draft = Draft(edition)
        self.occupied = occupied(edition.files, scheme.name)

    def run(self) -> Imported:
        entries = self._entries()
        links, rows = self._linking.links(self.request.files)
        language = self.edition.settings.default_language
        for code in rows.keys() - entries.keys():
            entries[code] = _bare(self.held[code], language, rows[code])
        linked = [replace(entry, links=links.get(code, ())) for code, entry in entries.items()]
        completed = self._complete(linked)
        notes = [*self.merging.notes, *self._linking.notes, *self.notes]
        return self._result(notes, completed)

    def _entries(self) -> dict[str, MergedEntry]:
        """Merge the files and tie the entries to each other."""
        merged = self.merging.merge(self.request.files)
        merged = {code: entry for code, entry in merged.items() if self._is_free(entry)}
        dated, notes = with_dates(merged.values(), self._known_dates())
        self.notes.extend(notes)
        self._linking = self._ready_linking(merged)
        tied = with_subsets(self._linking.with_broader(dated), self.request.subsets, self.merging)
        return {entry.notation: entry for entry in tied}

    def _ready_linking(self, merged: Mapping[str, MergedEntry]) -> Linking:
        held: dict[str, set[str]] = {self.scheme.name: set(merged)}
        for concept in self.edition.vocabulary.concepts.values():
            held.setdefault(concept.list_name, set()).add(concept.notation)
        return Linking(
            merging=self.merging,
            link_types=self.edition.vocabulary.link_types,
            held={name: frozenset(codes) for name, codes in held.items()},
            list_name=self.scheme.name,
            forced=self.request.link,
        )

    def _known_dates(self) -> dict[tuple[str, str], date]:
        return {
            (code, name): date.fromisoformat(text)
            for code, concept in self.held.items()
            for name, text in (("created", concept.created), ("modified", concept.modified))
            if _is_date(text)
        }

    def _is_free(self, entry: MergedEntry) -> bool:
        """Say whether an entry is held already or can have its file; tell what is in the way."""
        path = self.occupied.get(entry.notation.casefold())
        if entry.notation in self.held or path is None:
            return True
        message = f"{path} has that name and describes no entry {entry.notation} of this list"
        self._tell(entry, "file", message, "put that file right first", Outcome.REJECTED)
        return False

    def _complete(self, entries: Sequence[MergedEntry]) -> tuple[int, int, int]:
        """Draft the files; count the entries that are new, completed, and held in all."""
        vocabulary = self.edition.vocabulary
        segments = {scheme.name: scheme.segment for scheme in vocabulary.schemes.values()}
        writer = EntryWriter(
            minter=self.edition.minter,
            scheme=self.scheme,
            language=self.edition.settings.default_language,
            ranges={t.name: segments.get(t.range_list, "") for t in vocabulary.link_types},
        )
        self._tell_duplicate_labels(entries)
        new = [entry for entry in entries if entry.notation not in self.held]
        self._draft_new(writer, new)
        old = [entry for entry in entries if entry.notation in self.held]
        return len(new), sum(self._draft_missing(writer, entry) for entry in old), len(old)

    def _draft_new(self, writer: EntryWriter, entries: Sequence[MergedEntry]) -> None:
        paths = (concept.path for concept in self.held.values())
        by_hundred = lies_by_hundred(paths, self.scheme.name, len(entries))
        for entry in entries:
            path = path_of(self.scheme.name, entry.notation, by_hundred=by_hundred)
            self.draft.add(path, writer.whole(entry))

    def _draft_missing(self, writer: EntryWriter, entry: MergedEntry) -> bool:
        """Draft what an existing entry lacks; say whether it lacks anything."""
        concept = self.held[entry.notation]
        for kind, words in differences(entry, concept, writer.language):
            self._tell(entry, kind, f"{words}; left as it is", "", Outcome.CHANGED)
        missing = list(writer.missing(entry, concept))
        if missing:
            self.draft.complete(concept.path, missing)
        return bool(missing)

    def _tell_duplicate_labels(self, entries: Iterable[MergedEntry]) -> None:
        """Tell of labels that two codes have, those held included."""
        language = self.edition.settings.default_language
        seen = {folded(each.label(language).value): code for code, each in self.held.items()}
        for entry in entries:
            first = seen.setdefault(folded(entry.label), entry.notation)
            if first != entry.notation and entry.notation not in self.held:
                message = f"label {entry.label!r} is also that of {first}; both are taken"
                self._tell(entry, "duplicate-label", message, "give one another label")

    def _tell(
        self,
        entry: MergedEntry,
        kind: str,
        message: str,
        remedy: str,
        outcome: Outcome = Outcome.TAKEN,
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

    def _result(self, notes: Sequence[Note], completed: tuple[int, int, int]) -> Imported:
        files = tuple(self._counts(notes))
        new, filled, old = completed
        told = [note for file in self.request.files for note in file.notes]
        report = Report(
            list_name=self.scheme.name,
            files=files,
            notes=tuple(sorted((*told, *notes), key=self._order)),
            added=new,
            completed=filled,
            unchanged=old - filled,
            paths=tuple(sorted(self.draft.contents)),
        )
        return Imported(contents=self.draft.contents, report=report)

    def _order(self, note: Note) -> tuple[int, int, int]:
        paths = [file.path for file in self.request.files]
        return paths.index(note.row.path), note.row.line, note.row.column

    def _counts(self, notes: Sequence[Note]) -> Iterator[FileCount]:
        for file in self.request.files:
            yield count_rows(file, self.merging.rows, notes)


def _bare(concept: Concept, language: str, row: Row) -> MergedEntry:
    """Stand for an entry that is held and only gets links."""
    label = concept.label(language).value
    return MergedEntry(notation=concept.notation, label=label, row=row, sources=())


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
