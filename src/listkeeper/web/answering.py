"""The work on what somebody sent: their rows with our answers, within a time."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from listkeeper.changes.since_download import IDENTIFIER
from listkeeper.errors import ContentError
from listkeeper.exchange.answered import (
    CHECK_COLUMNS,
    CODES,
    MATCH_COLUMNS,
    NAMES,
    added,
    checked,
    chosen_column,
    counted,
    matched,
)
from listkeeper.exchange.changed_table import (
    CHANGE_COLUMNS,
    change_records,
    change_rows,
    compare_table,
)
from listkeeper.search.checking import SAMPLE, CodeChecker
from listkeeper.web.problems import Problem, ProblemError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from listkeeper.edition import Edition
    from listkeeper.exchange.answered import Answer
    from listkeeper.exchange.council import CouncilTable
    from listkeeper.search.matching import Matchers
    from listkeeper.web.uploads import Upload

DEADLINE: Final = 20.0
"""Seconds of work on what one request sent."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AnsweredRows:
    """What came of somebody's rows."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    record: Mapping[str, Any]
    counts: Mapping[str, int]
    notes: Sequence[str] = field(default_factory=tuple)


def matched_rows(made: Matchers, upload: Upload) -> AnsweredRows:
    """Match the names that were sent."""
    table, column = _column(upload, NAMES)
    list_name = upload.fields.get("list", "")
    answers = list(_in_time(matched(table, column, made.of(list_name))))
    return _answered(table, MATCH_COLUMNS, answers, {"list": list_name})


def checked_rows(edition: Edition, upload: Upload) -> AnsweredRows:
    """Check the codes that were sent."""
    table, column = _column(upload, CODES)
    sample = (row[column] for row in islice(table.rows(), SAMPLE))
    checker = CodeChecker(edition, upload.fields.get("list", ""), sample=sample)
    names = upload.fields.get("names", "")
    place = table.column(names) if names and not upload.is_column else None
    answers = list(_in_time(checked(table, column, checker, place)))
    return _answered(table, CHECK_COLUMNS, answers, {"list": checker.list_name})


def compared_rows(edition: Edition, upload: Upload) -> AnsweredRows:
    """Compare the download that was sent.

    Raises:
        ContentError: when it is none.
    """
    if upload.table is None or upload.is_column:
        raise ContentError(f"Send a file downloaded here: CSV or Excel, with a column {IDENTIFIER}")
    comparison = compare_table(upload.table, edition, upload.fields.get("list", ""))
    released = comparison.released or "a release it does not tell"
    note = f"Your file is of {released}; {comparison.list_name} is now {comparison.version}"
    return AnsweredRows(
        header=CHANGE_COLUMNS,
        rows=list(change_rows(comparison)),
        record=change_records(comparison),
        counts=comparison.counts,
        notes=(note,),
    )


def _answered(
    table: CouncilTable,
    columns: Sequence[str],
    answers: Sequence[Answer],
    about: Mapping[str, Any],
) -> AnsweredRows:
    counts = counted(answers)
    return AnsweredRows(
        header=added(table.header, columns),
        rows=[found.cells for found in answers],
        record={**about, "counts": counts, "results": [found.record for found in answers]},
        counts=counts,
        notes=table.notes,
    )


def _column(upload: Upload, usual: Sequence[str]) -> tuple[CouncilTable, int]:
    if upload.table is None:
        raise ContentError("Paste a column, or choose a file: there is nothing to look at")
    if upload.is_column:
        return upload.table, 0
    return upload.table, chosen_column(upload.table, upload.fields.get("column", ""), usual)


def _in_time(answers: Iterable[Answer]) -> Iterator[Answer]:
    """Give answers until time is up.

    Raises:
        ProblemError: 413 when it is.
    """
    end = time.monotonic() + DEADLINE
    for found in answers:
        if time.monotonic() > end:
            detail = f"This takes longer than {DEADLINE:g} seconds; send fewer rows."
            raise ProblemError(Problem(status=413, detail=detail))
        yield found
