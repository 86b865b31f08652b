"""Comparing a sheet with the lists, row by row and cell by cell; nothing is guessed.

A cell counts as edited when it differs from the state its row was made from. What was changed in
the lists since is kept: the two are merged, and where both changed one cell, that is a conflict.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from listkeeper.errors import ContentError
from listkeeper.exchange.sheets.cells import CellEdit, merged, values_of
from listkeeper.exchange.sheets.columns import CODE, STATE, Role, SheetColumn
from listkeeper.exchange.sheets.damage import code_problem
from listkeeper.exchange.sheets.entry import Entry, state_of
from listkeeper.exchange.sheets.joined import plain
from listkeeper.graph import URINode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from listkeeper.edition import Edition
    from listkeeper.exchange.sheets.bases import Bases
    from listkeeper.exchange.sheets.reading import Incoming, IncomingRow
    from listkeeper.model import Concept, ConceptScheme


@dataclass(frozen=True, kw_only=True, slots=True)
class RowEdit:
    """What a row changes: an entry that is held, or a new one."""

    place: str
    code: str
    """Empty for a new entry that is to get one."""
    concept: Concept | None
    edits: tuple[CellEdit, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a cell or row is not taken."""

    place: str
    message: str

    def __str__(self) -> str:
        """Say where first."""
        return f"{self.place}: {self.message}"


@dataclass(slots=True)
class Intake:
    """What a sheet asks for."""

    rows: list[RowEdit] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    """Codes of entries that have changed since the sheet was made."""
    notes: list[str] = field(default_factory=list)


class Comparison:
    """Compares one sheet with one list."""

    def __init__(
        self,
        edition: Edition,
        scheme: ConceptScheme,
        incoming: Incoming,
        places: Mapping[int, SheetColumn],
        bases: Bases,
    ) -> None:
        """Prepare to compare.

        Args:
            edition: the lists.
            scheme: the list that the sheet is of.
            incoming: the sheet.
            places: which column is which.
            bases: knows former states of entries.
        """
        self.edition = edition
        self.scheme = scheme
        self.incoming = incoming
        self.places = places
        self.bases = bases
        self.by_title = {column.title: place for place, column in places.items()}
        concepts = edition.vocabulary.concepts.values()
        self.held = {c.notation: c for c in concepts if c.list_name == scheme.name}
        self.states = {c.notation: state_of(edition.files[c.path]) for c in self.held.values()}
        self.made_from = {state: code for code, state in self.states.items()}
        self.seen: dict[str, int] = {}
        self.intake = Intake()

    def run(self) -> Intake:
        """Compare every row."""
        for row in self.incoming.rows:
            if not row.is_empty:
                self._row(row)
        return self.intake

    def _row(self, row: IncomingRow) -> None:
        code, state = self._text(row, CODE), self._text(row, STATE)
        problem = self._key_problem(row, code, state)
        if problem:
            self._problem(row, CODE, problem)
        elif state:
            self._existing(row, code, state)
        else:
            self._new(row, code)

    def _text(self, row: IncomingRow, title: str) -> str:
        place = self.by_title.get(title)
        return row.cell(place).text.strip() if place is not None else ""

    def _key_problem(self, row: IncomingRow, code: str, state: str) -> str:
        """Say what is wrong with the code of a row; empty where nothing is."""
        was = self.made_from.get(state, code)
        list_name = state.split(" ", maxsplit=1)[0]
        first = self.seen.setdefault(code, row.number) if code else row.number
        damage = code_problem(code, self.held) if code else ""
        cases = (
            (state and not code,
             f"has no code: write {was or 'it'} again, or clear {STATE} for a new entry"),
            (state and list_name != self.scheme.name,
             f"is a row of the list {list_name}, not of {self.scheme.name}"),
            (damage, f"{code!r} {damage}"),
            (code in self.held and not state,
             f"{code} is held, and {STATE} is empty: export the list anew, and edit that row"),
            (first != row.number, f"{code} stands in row {first} too: keep one of the two"),
            (was != code and self.states.get(code) != state,
             f"was {was} when it was exported: a code never changes"),
        )  # fmt: skip
        return next((words for holds, words in cases if holds), "")

    def _existing(self, row: IncomingRow, code: str, state: str) -> None:
        """Compare a row with the entry it was made from."""
        concept = self.held.get(code)
        now = self._entry(concept) if concept else None
        is_stale = self.states.get(code) != state
        base = self.bases.cells(code, state) if is_stale or now is None else now.cells(self.columns)
        if is_stale and concept is not None:
            self.intake.stale.append(code)
        if base is None:
            message = f"the state it was made from is nowhere to be found: export {code} anew"
            self._problem(row, STATE, message)
        elif now is None or concept is None:
            self._vanished(row, code, base)
        elif base.get(CODE, code) != code:
            self._problem(row, CODE, f"was {base[CODE]} when it was exported: a code never changes")
        else:
            edits = self._edits(row, now, base)
            if edits:
                self.intake.rows.append(
                    RowEdit(place=self._place(row), code=code, concept=concept, edits=edits)
                )

    @property
    def columns(self) -> list[SheetColumn]:
        """The columns that the sheet has."""
        return list(self.places.values())

    def _entry(self, concept: Concept) -> Entry:
        return Entry(node=URINode(concept.uri), graph=self.edition.authored, edition=self.edition)

    def _vanished(self, row: IncomingRow, code: str, base: Mapping[str, str]) -> None:
        """Tell of a row whose entry is gone; one that was edited is a conflict."""
        edited = [
            column.title
            for place, column in self.places.items()
            if column.title in base and plain(row.cell(place).text) != plain(base[column.title])
            and column.role is not Role.STATE
        ]  # fmt: skip
        if edited:
            message = f"{code} is no longer held, and {', '.join(edited)} was edited"
            self._problem(row, CODE, f"conflict: {message}; take the row out")
        else:
            self.intake.notes.append(
                f"{self._place(row)}: {code} is no longer held; row passed over"
            )

    def _edits(self, row: IncomingRow, now: Entry, base: Mapping[str, str]) -> tuple[CellEdit, ...]:
        found = []
        for place, column in self.places.items():
            if column.role in {Role.KEY, Role.STATE} or column.title not in base:
                continue
            where = self.incoming.place(row.number, place)
            try:
                edit = merged(column, row.cell(place), now, base[column.title], where)
            except ContentError as error:
                self.intake.problems.append(Problem(where, f"{column.title} {error.message}"))
                continue
            if edit is not None:
                found.append(edit)
        return tuple(found)

    def _new(self, row: IncomingRow, code: str) -> None:
        """Take a row without a state as a new entry."""
        edits = []
        for place, column in self.places.items():
            cell = row.cell(place)
            if column.role in {Role.KEY, Role.STATE} or not cell.text.strip():
                continue
            where = self.incoming.place(row.number, place)
            try:
                values = values_of(column, cell)
            except ContentError as error:
                self.intake.problems.append(Problem(where, f"{column.title} {error.message}"))
                continue
            edits.append(
                CellEdit(place=where, column=column, before="", after=cell.text, values=values)
            )
        self.intake.rows.append(
            RowEdit(place=self._place(row), code=code, concept=None, edits=tuple(edits))
        )

    def _place(self, row: IncomingRow) -> str:
        return self.incoming.place(row.number, self.by_title.get(CODE, 0))

    def _problem(self, row: IncomingRow, title: str, message: str) -> None:
        place = self.incoming.place(row.number, self.by_title.get(title, 0))
        self.intake.problems.append(Problem(place, message))
