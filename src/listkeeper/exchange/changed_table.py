"""What changed since a download, as a table and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from listkeeper.changes.since_download import since_download
from listkeeper.exchange.answered import entry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.changes.since_download import Changed, Comparison
    from listkeeper.edition import Edition
    from listkeeper.exchange.council import CouncilTable

CHANGE_COLUMNS: Final = (
    *("Change", "Identifier", "Label", "Before", "Now", "Replaced by", "Replaced by label", "URI"),
)
SEPARATOR: Final = "; "


def compare_table(table: CouncilTable, edition: Edition, list_name: str = "") -> Comparison:
    """Compare a downloaded table with the lists; see :func:`since_download`."""
    rows = (dict(zip(table.header, row, strict=True)) for row in table.rows())
    return since_download(rows, edition, list_name)


def change_rows(comparison: Comparison) -> Iterator[tuple[str, ...]]:
    """Write each change as the cells of a row."""
    return (_cells(changed) for changed in comparison.changes)


def change_records(comparison: Comparison) -> dict[str, Any]:
    """Tell a comparison for programs."""
    return {
        "list": comparison.list_name,
        "released": comparison.released,
        "version": comparison.version,
        "rows": comparison.rows,
        "counts": comparison.counts,
        "changes": [_record(changed) for changed in comparison.changes],
    }


def _cells(changed: Changed) -> tuple[str, ...]:
    concept = changed.concept
    return (
        changed.change.value,
        changed.code,
        concept.label().value if concept else "",
        changed.before,
        changed.now,
        SEPARATOR.join(c.notation for c in changed.replacements),
        SEPARATOR.join(c.label().value for c in changed.replacements),
        concept.uri if concept else "",
    )


def _record(changed: Changed) -> dict[str, Any]:
    return {
        "change": changed.change.value,
        "code": changed.code,
        "entry": entry(changed.concept) if changed.concept else None,
        "before": changed.before,
        "now": changed.now,
        "replacedBy": [entry(concept) for concept in changed.replacements],
    }
