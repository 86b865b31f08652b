"""What an import has to say: for each file what was read and taken, and every note."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from listkeeper.exchange.foreign import Note, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from listkeeper.exchange.foreign import ForeignFile, Row


@dataclass(frozen=True, kw_only=True, slots=True)
class FileCount:
    """How many rows of a file had which outcome."""

    path: str
    form: str
    read: int
    taken: int
    changed: int
    rejected: int
    other: int
    """Rows about entries of other lists."""

    @property
    def line(self) -> str:
        """The counts in words."""
        other = f", {self.other} of other lists" if self.other else ""
        return (
            f"{self.path} ({self.form}): {self.read} rows read, {self.taken} taken as they are, "
            f"{self.changed} taken with a change, {self.rejected} rejected{other}"
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What an import did or, on trial, would do."""

    list_name: str
    files: tuple[FileCount, ...]
    notes: tuple[Note, ...]
    added: int
    """New entries."""
    completed: int
    """Entries that were held and got what they lacked."""
    unchanged: int
    """Entries that were held and lacked nothing."""
    paths: tuple[str, ...]
    """Files written."""

    @property
    def rejected(self) -> int:
        """How many rows were not taken."""
        return sum(count.rejected for count in self.files)


def count_rows(file: ForeignFile, ours: AbstractSet[Row], notes: Sequence[Note]) -> FileCount:
    """Count the rows of a file by outcome; a row with several notes counts by the gravest.

    Args:
        file: the file.
        ours: every row that speaks of an entry of the list.
        notes: what was said about rows of any file.
    """
    said = [note for note in (*file.notes, *notes) if note.row.path == file.path]
    rejected = {note.row for note in said if note.outcome is Outcome.REJECTED}
    changed = {note.row for note in said if note.outcome is Outcome.CHANGED} - rejected
    touched = {row for row in ours if row.path == file.path} | rejected
    return FileCount(
        path=file.path,
        form=file.form,
        read=file.rows,
        taken=len(touched - rejected - changed),
        changed=len(changed & touched),
        rejected=len(rejected),
        other=file.rows - len(touched),
    )


def as_text(report: Report) -> str:
    """Write a report for people: notes, then the counts."""
    kinds = sorted(Counter(note.kind for note in report.notes).items())
    told = ", ".join(f"{count} {kind}" for kind, count in kinds) or "none"
    outcome = f"{report.added} added, {report.completed} completed, {report.unchanged} unchanged"
    lines = (
        *(note.line for note in report.notes),
        *(count.line for count in report.files),
        f"notes: {told}",
        f"entries of {report.list_name}: {outcome}",
    )
    return "\n".join(lines) + "\n"


def as_json(report: Report) -> str:
    """Write a report for programs."""
    found = {
        "list": report.list_name,
        "files": [_count(count) for count in report.files],
        "entries": {
            "added": report.added,
            "completed": report.completed,
            "unchanged": report.unchanged,
        },
        "notes": [_note(note) for note in report.notes],
        "written": list(report.paths),
    }
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _count(count: FileCount) -> dict[str, Any]:
    names = ("path", "form", "read", "taken", "changed", "rejected", "other")
    return {name: getattr(count, name) for name in names}


def _note(note: Note) -> dict[str, Any]:
    return {
        "kind": note.kind,
        "path": note.row.path,
        "line": note.row.line,
        "column": note.row.column,
        "code": note.notation,
        "message": note.message,
        "remedy": note.remedy,
        "outcome": note.outcome.value,
    }


def rejects_csv(notes: Sequence[Note]) -> bytes:
    """Write the rows that were not taken, whole, with the reason for each.

    Columns: file, line, reason, then every column that the rows had, as it was called there.
    """
    rejected = [note for note in notes if note.outcome is Outcome.REJECTED]
    columns = list(dict.fromkeys(name for note in rejected for name in note.row.cells))
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(["file", "line", "reason", *columns])
    writer.writerows(_reject(note, columns) for note in rejected)
    return stream.getvalue().encode()


def _reject(note: Note, columns: Sequence[str]) -> Iterator[str]:
    remedy = f"; {note.remedy}" if note.remedy else ""
    yield from (note.row.path, str(note.row.line), f"{note.message}{remedy}")
    yield from (note.row.cells.get(name, "") for name in columns)
