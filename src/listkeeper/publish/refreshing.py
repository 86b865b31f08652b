"""Bringing a workbook that was downloaded here up to date, other people's columns untouched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from listkeeper.errors import ContentError
from listkeeper.model import CURRENT, RETIRED
from listkeeper.publish.column_choice import every_column
from listkeeper.publish.columns import Line
from listkeeper.publish.spreadsheet import SELECTION
from listkeeper.publish.tables import Table
from listkeeper.publish.workbooks import BOUNDS, KEY, Edit, Edits, Survey, edit, survey
from listkeeper.search.identify import Identifier
from listkeeper.workers import run_bounded

ZIP: Final = b"PK"
"""What a workbook begins with."""

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from listkeeper.edition import Edition
    from listkeeper.model import Concept, ConceptScheme
    from listkeeper.publish.columns import Column

URI_TITLE: Final = "URI"
QUIET: Final = frozenset({"Release", "Created", "Modified", "History notes", "Definition status"})
"""Columns that are brought up to date without a comment: their changes say little."""

LONGEST_NOTE: Final = 400
"""Characters of an old text that a comment keeps."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Refreshed:
    """A workbook brought up to date, and what changed."""

    data: bytes
    rows: int
    """Rows that have a code."""
    cells: int
    """Cells that were updated."""
    renamed: int
    retired: int
    unknown: int
    missing: int
    """Current entries of the list that the sheet does not have."""

    @property
    def summary(self) -> str:
        """What changed, in one line."""
        return (
            f"{self.rows} rows, {self.cells} cells updated: {self.renamed} renamed, "
            f"{self.retired} retired, {self.unknown} unknown; {self.missing} current entries "
            "of the list are not in the sheet"
        )


def refresh(edition: Edition, data: bytes) -> Refreshed:
    """Bring a workbook up to date.

    Cells of our columns get what the list says today, a comment what they said before. Codes are
    never changed: of a retired entry the comment says what to use instead. Columns with other
    titles, other sheets, order and formats stay as they are.

    Args:
        edition: the lists.
        data: a workbook that was downloaded here, as it is now.

    Raises:
        ContentError: when it is no workbook that can be read and written without loss, or it is
            not known which list it is of.
        OverrunError: when reading it takes too much time or memory.
    """
    if not data.startswith(ZIP):
        raise ContentError("no workbook (.xlsx)")  # a process for each would cost half a second
    columns = {c.title: c for c in every_column(edition.settings.languages).values()}
    found = run_bounded(survey, data, frozenset(columns), bounds=BOUNDS)
    revision = _Revision(edition, found, columns)
    cells = list(revision.edits())
    counts = revision.counts(sum(change.value is not None for change in cells))
    told = Refreshed(data=b"", **counts).summary
    version = {"Version": revision.version} if revision.version else {}
    about = {**version, "Refreshed": told}
    changed = run_bounded(
        edit, data, Edits(sheet=found.sheet, cells=cells, about=about), bounds=BOUNDS
    )
    return Refreshed(data=changed, **counts)


class _Revision:
    """What is to be changed in one workbook."""

    def __init__(self, edition: Edition, found: Survey, columns: Mapping[str, Column]) -> None:
        self._edition = edition
        self._found = found
        self._ours = {title: columns[title] for title in found.columns if title in columns}
        self._scheme = _scheme_of(edition, found)
        language = dict(
            part.partition("=")[::2] for part in found.about.get(SELECTION, "").split("&")
        ).get("language", "")
        known = language if language in edition.settings.languages else ""
        self._table = Table(
            edition, self._scheme, (), columns=tuple(columns.values()), language=known
        )
        self._identifier = Identifier(edition)
        self._tally = dict.fromkeys(("rows", "renamed", "retired", "unknown"), 0)
        self._seen: set[str] = set()

    @property
    def version(self) -> str:
        return self._scheme.version if self._scheme else ""

    def edits(self) -> Iterator[Edit]:
        for number, cells in self._found.rows:
            code, uri = cells.get(KEY, "").strip(), cells.get(URI_TITLE, "").strip()
            if not code and not uri:
                continue
            self._tally["rows"] += 1
            concept = self._concept(code, uri)
            if concept is None:
                self._tally["unknown"] += 1
                yield self._note(number, f"No entry {code or uri} is in this list.")
            else:
                self._seen.add(concept.uri)
                yield from self._row(number, cells, concept)

    def counts(self, cells: int) -> dict[str, int]:
        """Count what `edits` gave; call it afterwards."""
        members = self._edition.vocabulary.members(self._scheme.name) if self._scheme else ()
        missing = sum(c.status == CURRENT and c.uri not in self._seen for c in members)
        return {**self._tally, "cells": cells, "missing": missing}

    def _concept(self, code: str, uri: str) -> Concept | None:
        """Find a row's entry: by its URI, here or formerly, else by its code in the list."""
        by_uri = self._identifier.concepts(uri) if uri else ()
        if by_uri:
            return by_uri[0]
        if self._scheme is None:
            return None
        found = self._identifier.read(code, self._scheme.segment).concepts
        return next((c for c in found if c.address.startswith(f"{self._scheme.segment}/")), None)

    def _row(self, number: int, cells: Mapping[str, str], concept: Concept) -> Iterator[Edit]:
        line = Line(concept)
        newly = concept.status == RETIRED and cells.get("Status", "") != RETIRED
        if newly:
            self._tally["retired"] += 1
            yield self._note(number, self._retired(concept))
        for title, column in self._ours.items():
            now, before = column.cell(self._table, line), cells.get(title, "")
            if title == KEY or _same(now, before):
                continue
            self._tally["renamed"] += title == "Label"
            note = "" if title in QUIET else _was(before)
            yield Edit(row=number, column=self._found.columns[title], value=now, note=note)

    def _note(self, number: int, text: str) -> Edit:
        return Edit(row=number, column=self._found.columns[KEY], note=text)

    def _retired(self, concept: Concept) -> str:
        held = self._edition.vocabulary.concepts
        instead = [
            f"{held[u].notation} {self._table.label(held[u])}"
            for u in concept.replaced_by
            if u in held
        ]
        when = f" on {concept.end_date}" if concept.end_date else ""
        how = "Choose one of " if len(instead) > 1 else "Use "
        then = f"{how}{', '.join(instead)} instead." if instead else "Nothing replaces it."
        return f"Retired{when}. {then}"


def _scheme_of(edition: Edition, found: Survey) -> ConceptScheme | None:
    """Find the list that the sheet about it names; a sheet with URIs needs none.

    Raises:
        ContentError: when neither is there.
    """
    told = found.about.get(URI_TITLE, "")
    name = told.rpartition("/")[2]
    scheme = edition.vocabulary.schemes.get(name)
    if scheme is None and URI_TITLE not in found.columns:
        raise ContentError(
            "cannot tell which list this is of: the column URI and the sheet About are both missing"
        )
    return scheme


def _same(now: str, before: str) -> bool:
    """Say whether a cell says what it should; spreadsheets change ends of lines and of texts."""
    return now == before or " ".join(now.split()) == " ".join(before.split())


def _was(before: str) -> str:
    short = before[:LONGEST_NOTE] + ("…" if len(before) > LONGEST_NOTE else "")
    return f"Was: {short}" if before else "Was empty."
