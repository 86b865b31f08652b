"""What a page offers for download: the table of representations, in the order people want."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from listkeeper.publish.representations import Representation, offers

if TYPE_CHECKING:
    from listkeeper.publish.page_entries import Linker
    from listkeeper.publish.resources import ResourceKind

FOR_PEOPLE: Final = ("xlsx", "excel-csv", "csv")
"""Formats that open in a spreadsheet, the surest first; the others follow in the server's order."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Download:
    """A document that holds what a page shows, in another format."""

    label: str
    extension: str
    href: str
    media_type: str


def downloads(kind: ResourceKind, address: str, linker: Linker) -> tuple[Download, ...]:
    """Offer every format but the page itself.

    Args:
        kind: what kind of resource the page shows.
        address: its address, such as ``list/services``.
        linker: makes the links of the page.
    """
    rows = [row for row in offers(kind) if row.name != "html"]
    return tuple(
        Download(
            label=row.label,
            extension=row.extension,
            href=linker.to(address + row.extension),
            media_type=row.media_type,
        )
        for row in sorted(rows, key=_rank)
    )


def _rank(row: Representation) -> int:
    return FOR_PEOPLE.index(row.name) if row.name in FOR_PEOPLE else len(FOR_PEOPLE)
