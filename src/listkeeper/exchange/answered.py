"""Somebody's rows with our answer beside each: matched names, checked codes.

The same rows come back in the same order, each with columns added at its end.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import tee
from typing import TYPE_CHECKING, Any, Final

from listkeeper.errors import UsageError
from listkeeper.search.text import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from listkeeper.exchange.council import CouncilTable
    from listkeeper.model import Concept
    from listkeeper.search.checking import Checked, CodeChecker
    from listkeeper.search.matching import Match, Matcher

MATCH_COLUMNS: Final = (
    *(
        "Match",
        "Code",
        "Label",
        "Status",
        "Replaced by",
        "Replaced by label",
        "Score",
        "Why",
        "URI",
    ),
    *("Candidate 2", "Candidate 3", "Candidate 4", "Candidate 5"),
)
"""What is added to names: the first candidate, pre-selected or not as *Match* says, then others."""

CHECK_COLUMNS: Final = (
    *("Check", "Code now", "Label now", "Status", "Replaced by", "Replaced by label"),
    *("Near codes", "Note", "URI"),
)
"""What is added to codes."""

NAMES: Final = ("service name", "service", "name", "title", "label")
"""Headers under which names stand, where none is told."""

CODES: Final = ("identifier", "code", "uri", "id", "lgsl", "service id", "service code")
"""Headers under which codes stand, where none is told."""

SEPARATOR: Final = "; "


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """A row with our answer."""

    cells: tuple[str, ...]
    """The row's own cells and ours."""
    outcome: str
    """Tier or verdict, in words."""
    record: Mapping[str, Any]
    """The answer for programs."""


def added(header: Sequence[str], columns: Sequence[str]) -> tuple[str, ...]:
    """Add our columns to a header, renaming those of ours that it has already."""
    taken = {normal(name) for name in header}
    return (*header, *(f"{c} (matched)" if normal(c) in taken else c for c in columns))


def chosen_column(table: CouncilTable, column: str, usual: Sequence[str]) -> int:
    """Find the column that is told, else the only one, else one with a usual name.

    Args:
        table: the table.
        column: the name that was told; empty for none.
        usual: names to look for, the likeliest first.

    Raises:
        UsageError: when there is no such column, or none can be told from the others.
    """
    if column:
        return table.column(column)
    if len(table.header) == 1:
        return 0
    folded = [normal(name) for name in table.header]
    for name in usual:
        if folded.count(name) == 1:
            return folded.index(name)
    names = ", ".join(table.header[:20])
    raise UsageError(f"{table.path}: say which column is meant; there are {names}")


def matched(table: CouncilTable, column: int, matcher: Matcher) -> Iterator[Answer]:
    """Match the names in a column, one answer for each row in the same order.

    Args:
        table: the rows.
        column: place of the column with the names.
        matcher: matches them.
    """
    rows, again = tee(table.rows())
    for row, match in zip(rows, matcher.match_all(cells[column] for cells in again), strict=True):
        cells = (*row, *_match_cells(match, matcher))
        yield Answer(cells=cells, outcome=match.tier.value, record=_matched(match, matcher))


def checked(
    table: CouncilTable, column: int, checker: CodeChecker, name_column: int | None = None
) -> Iterator[Answer]:
    """Check the codes in a column, one answer for each row in the same order.

    Args:
        table: the rows.
        column: place of the column with the codes.
        checker: checks them.
        name_column: place of the column with the names beside them, if there is one.
    """
    for row in table.rows():
        name = row[name_column] if name_column is not None else ""
        found = checker.check(row[column], name)
        yield Answer(
            cells=(*row, *_check_cells(found)), outcome=found.verdict.value, record=_checked(found)
        )


def counted(answers: Iterable[Answer]) -> dict[str, int]:
    """Count the outcomes, in the order in which they first came."""
    return dict(Counter(answer.outcome for answer in answers))


def _match_cells(match: Match, matcher: Matcher) -> Iterator[str]:
    first = match.candidates[0] if match.candidates else None
    yield match.tier.value
    if first is None:
        yield from ("" for _ in MATCH_COLUMNS[1:])
        return
    concept = first.concept
    yield from (concept.notation, concept.label().value, concept.status)
    replacements = matcher.replacements(concept)
    yield SEPARATOR.join(c.notation for c in replacements)
    yield SEPARATOR.join(c.label().value for c in replacements)
    yield from (f"{first.score:g}", first.why, concept.uri)
    others = [f"{c.concept.notation} {c.concept.label().value}" for c in match.candidates[1:5]]
    yield from (*others, *("" for _ in range(4 - len(others))))


def _matched(match: Match, matcher: Matcher) -> dict[str, Any]:
    selected = match.selected
    return {
        "text": match.text,
        "tier": match.tier.value,
        "selected": selected.concept.notation if selected else None,
        "candidates": [
            {
                **entry(c.concept),
                "score": c.score,
                "why": c.why,
                "replacedBy": [entry(r) for r in matcher.replacements(c.concept)],
            }
            for c in match.candidates
        ],
    }


def _check_cells(found: Checked) -> Iterator[str]:
    concept = found.concept
    yield found.verdict.value
    yield from (concept.notation, concept.label().value, concept.status) if concept else ("",) * 3
    yield SEPARATOR.join(c.notation for c in found.replacements)
    yield SEPARATOR.join(c.label().value for c in found.replacements)
    yield SEPARATOR.join(f"{c.address} {c.label().value}" for c in found.near)
    yield found.note
    yield concept.uri if concept else ""


def _checked(found: Checked) -> dict[str, Any]:
    return {
        "written": found.written,
        "verdict": found.verdict.value,
        "problem": found.verdict.is_problem,
        "entry": entry(found.concept) if found.concept else None,
        "replacedBy": [entry(concept) for concept in found.replacements],
        "near": [entry(concept) for concept in found.near],
        "note": found.note,
    }


def entry(concept: Concept) -> dict[str, Any]:
    """Tell an entry for programs, in few words."""
    return {
        "uri": concept.uri,
        "list": concept.list_name,
        "code": concept.notation,
        "label": concept.label().value,
        "status": concept.status,
    }
