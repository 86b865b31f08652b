"""Carrying the edits of a sheet out on a draft of the lists, with what follows from them.

A changed text is a draft again, a replaced name is kept as a former one, an entry in use again
says since when: what an editor of the files would have to remember follows by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from listkeeper.editing.creating import EDITOR, NewEntry, create
from listkeeper.editing.linking import add_links
from listkeeper.editing.naming import rename
from listkeeper.editing.numbers import next_number
from listkeeper.errors import ContentError, UsageError
from listkeeper.exchange.sheets.columns import CODE, RECORDED, STATUS, Role, SheetColumn
from listkeeper.exchange.sheets.entry import Entry
from listkeeper.exchange.sheets.intake import Problem, RowEdit
from listkeeper.exchange.sheets.terms import Code, Spoken
from listkeeper.graph import RDF_TYPE, Graph, Literal, URINode
from listkeeper.model import RETIRED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from listkeeper.editing.draft import Draft
    from listkeeper.exchange.sheets.cells import CellEdit
    from listkeeper.exchange.sheets.terms import Readings
    from listkeeper.graph import Term, Triple
    from listkeeper.model import Concept, ConceptScheme

TRANSLATOR: Final = "Translator"
"""Who is recorded to have written a draft label; the role alone."""

IN_STATUSES: Final = Code(segment="status")


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """The entry that a row is about: its node, and the file that describes it."""

    node: URINode
    path: str
    concept: Concept | None = None


@dataclass(slots=True)
class Applying:
    """Carries edits out on a draft."""

    draft: Draft
    scheme: ConceptScheme
    readings: Readings
    given_out: Iterable[str] = ()
    """Codes of the list that were ever used, as its history tells."""
    problems: list[Problem] = field(default_factory=list)
    new: dict[str, str] = field(default_factory=dict)
    """Place of each row with a new entry, and the code it got."""

    def apply(self, rows: Iterable[RowEdit]) -> None:
        """Carry out the edits of rows; what can not be done is noted, and nothing written."""
        for row in rows:
            try:
                target = self._target(row) if row.concept else self._created(row)
            except (UsageError, ContentError) as error:
                self.problems.append(Problem(row.place, str(error)))
                continue
            edits = row.edits if row.concept else _further(row, self._language)
            for edit in sorted(edits, key=lambda edit: ORDER.index(edit.column.role)):
                try:
                    self._edit(target, edit, row.edits)
                except ContentError as error:
                    self.problems.append(
                        Problem(edit.place, f"{edit.column.title}: {error.message}")
                    )
                except UsageError as error:
                    self.problems.append(Problem(edit.place, f"{edit.column.title}: {error}"))

    @property
    def _language(self) -> str:
        return self.draft.language

    def _target(self, row: RowEdit) -> Target:
        if row.concept is None:
            raise UsageError(f"no entry {row.code}")
        node = URINode(row.concept.uri)
        return Target(node=node, path=self.draft.home(node), concept=row.concept)

    def _created(self, row: RowEdit) -> Target:
        """Make the entry of a new row, with the texts that a new entry has."""
        label, definition = (
            next((e.values[0] for e in row.edits if _is(e, property_, self._language)), "")
            for property_ in (self._property("skos:prefLabel"), self._property("skos:definition"))
        )
        if not label:
            raise UsageError("a new entry needs a label in the language that comes first")
        for edit in row.edits:
            if isinstance(edit.column.kind, Spoken) and not edit.column.several:
                edit.column.kind.read(edit.values[0], "", self.readings)
        scheme = self._home_or_subset(row)
        code = row.code or next_number(self.draft, scheme, self.given_out)
        entry = NewEntry(scheme=scheme, notation=code, label=label, definition=definition)
        made = create(self.draft, entry)
        self.new[row.place] = code
        return Target(node=URINode(made.uri), path=made.path)

    def _home_or_subset(self, row: RowEdit) -> ConceptScheme:
        """Give the first subset that a new row names, which tells its class, else the list."""
        named = [v for e in row.edits if e.column.role is Role.SUBSETS for v in e.values]
        known = self.draft.edition.vocabulary.schemes
        ours = (known[n] for n in named if n in known and known[n].subset_of == self.scheme.name)
        return next(ours, self.scheme)

    def _property(self, prefixed: str) -> URINode:
        return self.draft.term(prefixed)

    def _edit(self, target: Target, edit: CellEdit, edits: Iterable[CellEdit]) -> None:
        if edit.column.role is Role.SUBSETS:
            self._set_subsets(target, edit)
        elif edit.column.role is Role.TEXT_STATUS:
            self._set_text_status(target, edit)
        else:
            self._set_values(target, edit)
            if edit.column.record:
                self._record(target, edit.column, "draft")
            if edit.column.title == STATUS:
                self._reinstate(target, edit, edits)

    def _set_values(self, target: Target, edit: CellEdit) -> None:
        """Put the values of a property in the place of those that are held."""
        entry, column = self._entry(target), edit.column
        held = {column.kind.shown(t, entry.edition): t for t in entry.terms(column)}
        wanted = [held.get(v) or column.kind.read(v, edit.before, self.readings)
                  for v in edit.values]  # fmt: skip
        terms = entry.terms(column)
        gone = [term for term in terms if term not in wanted]
        come = [term for term in dict.fromkeys(wanted) if term not in terms]
        is_name = column.predicate == self._property("skos:prefLabel")
        if is_name and target.concept and come and isinstance(column.kind, Spoken):
            rename(self.draft, target.concept, come[0].value, column.language)
            self._reviewed_label(target, column)
        else:
            self._exchange(target, column.predicate, gone, come)

    def _exchange(
        self, target: Target, predicate: URINode, gone: list[Term], come: list[Term]
    ) -> None:
        """Put values in the place of others, one for one while there are both."""
        node = target.node
        pairs = list(zip(gone, come, strict=False))
        instead: dict[Triple, Triple] = {
            (node, predicate, old): (node, predicate, new) for old, new in pairs
        }
        more = come[len(pairs) :]
        less = [(node, predicate, term) for term in gone[len(pairs) :]]
        self.draft.change(
            target.path,
            remove=less,
            add=[(node, predicate, term) for term in more],
            replace=instead,
        )
        if come and target.concept:  # records that no such link is known are outdated
            added = [(node, predicate, term) for term in come]
            add_links(self.draft, target.concept, added)

    def _entry(self, target: Target) -> Entry:
        graph = Graph(self.draft.triples(target.path))
        return Entry(node=target.node, graph=graph, edition=self.draft.edition)

    def _set_subsets(self, target: Target, edit: CellEdit) -> None:
        """Put an entry into subsets and take it out of others, its class with it."""
        schemes = self.draft.edition.vocabulary.schemes
        ours = {n: s for n, s in schemes.items() if s.subset_of == self.scheme.name}
        unknown = [name for name in edit.values if name not in ours]
        if unknown:
            raise ContentError(f"no subset {unknown[0][:60]}; there are {', '.join(ours)}")
        held = dict(self._entry(target).subsets())
        gone = [ours[name] for name in held if name not in edit.values]
        come = [ours[name] for name in edit.values if name not in held]
        in_scheme = self._property("skos:inScheme")
        self.draft.change(
            target.path,
            remove=[(target.node, in_scheme, held[s.name]) for s in gone]
            + list(self._classes(target, gone)),
            add=[(target.node, in_scheme, URINode(s.uri)) for s in come]
            + list(self._classes(target, come)),
        )

    def _classes(self, target: Target, schemes: Iterable[ConceptScheme]) -> Iterator[Triple]:
        """Give the classes that subsets have, and the list has not."""
        for scheme in schemes:
            if scheme.concept_class not in {"", self.scheme.concept_class}:
                yield target.node, RDF_TYPE, URINode(scheme.concept_class)

    def _set_text_status(self, target: Target, edit: CellEdit) -> None:
        value = edit.values[0] if edit.values else ""
        if not value or not self._entry(target).terms(replace(edit.column, role=Role.VALUES)):
            raise ContentError("tells of a text that is there: it is empty only where that is")
        term = IN_STATUSES.read(value, "", self.readings)
        self._record(target, edit.column, term.value.rsplit("/", 1)[-1])

    def _record(self, target: Target, column: SheetColumn, status: str) -> None:
        """Record the status of a text; without a text, take its record out."""
        entry = self._entry(target)
        records = entry.records(column.record, column.language)
        if not entry.terms(replace(column, role=Role.VALUES)):
            self._unrecord(target, entry, records)
        elif records:
            for record in records:
                self._mark(target, entry, record, status)
        else:
            self.draft.change(target.path, add=self._new_record(target, column, status))

    def _unrecord(self, target: Target, entry: Entry, records: Iterable[URINode]) -> None:
        """Take records out, with what they say."""
        gone: list[Triple] = []
        for record in records:
            gone += entry.graph.about(record)
            gone.append((target.node, self._property("def:textRecord"), record))
        self.draft.change(target.path, remove=gone)

    def _mark(self, target: Target, entry: Entry, record: URINode, status: str) -> None:
        """Set status and date of a record."""
        said: Mapping[str, Term] = {
            "adms:status": self.draft.status(status),
            "dct:date": self.draft.date(),
        }
        for property_, new in said.items():
            predicate = self._property(property_)
            held = [t for t in entry.graph.about(record) if t[1] == predicate]
            instead: dict[Triple, Triple] = dict.fromkeys(held[:1], (record, predicate, new))
            add: list[Triple] = [] if held else [(record, predicate, new)]
            self.draft.change(target.path, remove=held[1:], add=add, replace=instead)

    def _new_record(self, target: Target, column: SheetColumn, status: str) -> list[Triple]:
        record = URINode(f"{target.node.value}#{column.record}-{column.language.lower()}")
        role = EDITOR if column.record == "definition" else TRANSLATOR
        return [
            (target.node, self._property("def:textRecord"), record),
            (record, RDF_TYPE, self._property("def:TextRecord")),
            (record, self._property("def:aboutProperty"), self._property(RECORDED[column.record])),
            (record, self._property("def:authorRole"), Literal(role)),
            (record, self._property("adms:status"), self.draft.status(status)),
            (record, self._property("dct:date"), self.draft.date()),
            (record, self._property("dct:language"), Literal(column.language)),
        ]

    def _reviewed_label(self, target: Target, column: SheetColumn) -> None:
        """Mark the record of a label's draft: the label has taken the draft's place."""
        entry = self._entry(target)
        for record in entry.records("label", column.language):
            self._mark(target, entry, record, "reviewed")

    def _reinstate(self, target: Target, edit: CellEdit, edits: Iterable[CellEdit]) -> None:
        """Say since when an entry that was retired is in use again."""
        reinstated = self._property("def:reinstatedOn")
        is_back = edit.before == RETIRED and edit.values and edit.values[0] != RETIRED
        if is_back and not any(other.column.predicate == reinstated for other in edits):
            self.draft.change(target.path, add=[(target.node, reinstated, self.draft.date())])


ORDER: Final = (Role.KEY, Role.SUBSETS, Role.VALUES, Role.TEXT_STATUS, Role.STATE)
"""Texts come before their status: a changed text is a draft, unless it is said not to be."""


def _is(edit: CellEdit, predicate: URINode, language: str) -> bool:
    column = edit.column
    return bool(
        column.role is Role.VALUES
        and column.predicate == predicate
        and column.language == language
        and edit.values
    )


def _further(row: RowEdit, language: str) -> tuple[CellEdit, ...]:
    """Give the edits of a new row beyond the texts that its entry was made with."""
    return tuple(
        edit
        for edit in row.edits
        if not (
            edit.column.role is Role.VALUES
            and edit.column.language == language
            and edit.column.predicate.value.rsplit("#", 1)[-1] in {"prefLabel", "definition"}
        )
        and edit.column.title != CODE
    )
