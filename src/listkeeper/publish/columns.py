"""The columns of every list's table.

The first nine are those of the Local Government Association's downloads, unchanged, for the
software that reads them; its mapped downloads have four more; ours follow. New columns only ever
come at the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from listkeeper.namespaces import SKOS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from listkeeper.model import Concept
    from listkeeper.publish.tables import Table

SEPARATOR: Final = "; "
"""Between the values of a cell that holds several."""


class Line(NamedTuple):
    """What a row is about: an entry, in a mapped table with one of its links."""

    concept: Concept
    mapping: str = ""
    """Name of the kind of link; empty where the entry has none."""
    mapped: Concept | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column of every list's table."""

    title: str
    description: str
    cell: Callable[[Table, Line], str]
    datatype: str = "string"
    """CSVW's name for the type of its values."""
    separator: str = ""
    """Between several values in one cell; empty where there is one at most."""
    width: int = 14
    """In characters, in a spreadsheet."""

    key: str = ""
    """Name for programs where the title's own words will not do."""

    @property
    def name(self) -> str:
        """The name that CSVW refers to it by."""
        return self.key or self.title.lower().replace(" ", "_")


def _shown_definition(table: Table, concept: Concept) -> str:
    """Give the language of the definition that the table shows, in lower case."""
    held = {text.language.lower() for text in concept.definitions}
    return next((tag for tag in table.preferred if tag in held), table.preferred[-1])


def _definition_status(table: Table, line: Line) -> str:
    language = _shown_definition(table, line.concept)
    return next(
        (
            record.status
            for record in line.concept.text_records
            if record.about == SKOS + "definition" and record.language.lower() == language
        ),
        "",
    )


def _history(table: Table, line: Line) -> str:
    notes = line.concept.history_notes
    return " ".join(n.value for n in notes if n.language.lower() == table.preferred[-1])


def _notations(concepts: Iterable[Concept]) -> str:
    return SEPARATOR.join(concept.notation for concept in concepts)


def _replacements(table: Table, line: Line) -> str:
    """Give the codes of replacements, the URI of one that is not held here."""
    concepts = table.vocabulary.concepts
    return SEPARATOR.join(
        concepts[uri].notation if uri in concepts else uri for uri in line.concept.replaced_by
    )


LGA_COLUMNS: Final = (
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
        title="Description",
        description="Definition.",
        cell=lambda table, line: table.text(line.concept.definitions),
        width=60,
    ),
    Column(
        title="Created",
        description="Date on which the entry was made.",
        cell=lambda _, line: line.concept.created,
        datatype="date",
    ),
    Column(
        title="Modified",
        description="Date on which the entry last changed.",
        cell=lambda _, line: line.concept.modified,
        datatype="date",
    ),
    Column(
        title="History notes",
        description="What happened to the entry, in words.",
        cell=_history,
        width=40,
    ),
    Column(
        title="Type",
        description="Class of the entry.",
        cell=lambda table, line: table.class_label(line.concept),
    ),
    Column(
        title="Parent identifiers",
        description="Codes of the broader entries.",
        cell=lambda table, line: _notations(table.held(line.concept.broader)),
        separator=SEPARATOR,
    ),
    Column(
        title="Parent labels",
        description="Names of the broader entries, in the order of their codes.",
        cell=lambda table, line: table.labels(table.held(line.concept.broader)),
        separator=SEPARATOR,
        width=30,
    ),
)
"""The columns of the Local Government Association's downloads."""

MAPPED_COLUMNS: Final = (
    Column(
        title="Mapping type",
        description="Kind of link; empty where the entry has no link to the other list.",
        cell=lambda _, line: line.mapping,
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
)
"""The further columns of the Association's mapped downloads: a row for each link."""

OUR_COLUMNS: Final = (
    Column(
        title="Definition status",
        description="draft or reviewed; empty where nothing is recorded.",
        cell=_definition_status,
    ),
    Column(
        title="Status",
        description="proposed, current or retired.",
        cell=lambda _, line: line.concept.status,
    ),
    Column(
        title="Start date",
        description="Date from which the entry may be used.",
        cell=lambda _, line: line.concept.start_date,
        datatype="date",
    ),
    Column(
        title="End date",
        description="Date on which the entry was retired.",
        cell=lambda _, line: line.concept.end_date,
        datatype="date",
    ),
    Column(
        title="Replaced by",
        description="Codes of the entries to use instead of a retired one.",
        cell=_replacements,
        separator=SEPARATOR,
    ),
    Column(
        title="Replaced by label",
        description="Names of those entries.",
        cell=lambda table, line: table.labels(table.held(line.concept.replaced_by)),
        separator=SEPARATOR,
        width=30,
    ),
    Column(
        title="URI",
        description="Identifier on the web, which answers for ever.",
        cell=lambda _, line: line.concept.uri,
        datatype="anyURI",
        width=40,
    ),
    Column(
        title="Release",
        description="Version of the list.",
        cell=lambda table, line: table.version(line.concept),
    ),
)
"""The columns that we add behind those of the languages."""
