"""The links of a list in long form: one row for each, the cells of one value each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.publish.columns import Column
from listkeeper.publish.mapped import links_of, properties
from listkeeper.publish.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listkeeper.edition import Edition
    from listkeeper.model import Concept, ConceptScheme

LINK_COLUMNS: Final = (
    Column(
        title="Identifier",
        description="Code of the entry: text, not a number.",
        cell=lambda _, line: line.concept.notation,
    ),
    Column(
        title="Label",
        description="Name.",
        cell=lambda table, line: table.label(line.concept),
        width=40,
    ),
    Column(
        title="Mapping type",
        description="Kind of link, by its name in the definitions.",
        cell=lambda _, line: line.mapping,
    ),
    Column(
        title="Mapped list",
        description="Name of the list that the entry linked to is in.",
        cell=lambda _, line: line.mapped.list_name if line.mapped else "",
    ),
    Column(
        title="Mapped identifier",
        description="Code of the entry linked to.",
        cell=lambda _, line: line.mapped.notation if line.mapped else "",
    ),
    Column(
        title="Mapped label",
        description="Name of the entry linked to.",
        cell=lambda table, line: table.label(line.mapped) if line.mapped else "",
        width=40,
    ),
    Column(
        title="Mapped type",
        description="Class of the entry linked to.",
        cell=lambda table, line: table.class_label(line.mapped) if line.mapped else "",
    ),
    Column(
        title="Status",
        description="Status of the entry.",
        cell=lambda _, line: line.concept.status,
    ),
    Column(
        title="Mapped status",
        description="Status of the entry linked to.",
        cell=lambda _, line: line.mapped.status if line.mapped else "",
    ),
    Column(
        title="URI",
        description="Identifier of the entry on the web.",
        cell=lambda _, line: line.concept.uri,
        datatype="anyURI",
        width=40,
    ),
    Column(
        title="Mapped URI",
        description="Identifier of the entry linked to.",
        cell=lambda _, line: line.mapped.uri if line.mapped else "",
        datatype="anyURI",
        width=40,
    ),
    Column(
        title="Release",
        description="Version of the list.",
        cell=lambda table, line: table.version(line.concept),
    ),
)


def links_table(edition: Edition, scheme: ConceptScheme, members: Iterable[Concept]) -> Table:
    """Make the table of all links that a list's entries have, in either direction.

    Args:
        edition: where the links are.
        scheme: the list or subset.
        members: its concepts.
    """
    kinds = properties(edition)
    lines = [line for c in members for line in links_of(edition.vocabulary, kinds, c)]
    return Table(edition, scheme, lines, columns=LINK_COLUMNS)
