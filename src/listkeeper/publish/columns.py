"""The columns of every list's table.

The first nine are those of the Local Government Association's downloads, unchanged, for the
software that reads them; ours follow. New columns only ever come at the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from babel import Locale, UnknownLocaleError

from listkeeper.namespaces import SKOS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from listkeeper.model import Concept
    from listkeeper.publish.tables import Table

SEPARATOR: Final = "; "
"""Between the values of a cell that holds several."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column of every list's table."""

    title: str
    description: str
    cell: Callable[[Table, Concept], str]
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


def language_name(tag: str) -> str:
    """Name a language in English; the tag where it has no name.

    >>> language_name("cy"), language_name("x-none")
    ('Welsh', 'x-none')
    """
    try:
        return Locale.parse(tag, sep="-").get_display_name("en") or tag
    except (UnknownLocaleError, ValueError):
        return tag


def _definition_status(table: Table, concept: Concept) -> str:
    language = table.language.lower()
    return next(
        (
            record.status
            for record in concept.text_records
            if record.about == SKOS + "definition" and record.language.lower() == language
        ),
        "",
    )


def _history(table: Table, concept: Concept) -> str:
    language = table.language.lower()
    return " ".join(n.value for n in concept.history_notes if n.language.lower() == language)


def _notations(concepts: Iterable[Concept]) -> str:
    return SEPARATOR.join(concept.notation for concept in concepts)


def _replacements(table: Table, concept: Concept) -> str:
    """Give the codes of replacements, the URI of one that is not held here."""
    concepts = table.vocabulary.concepts
    return SEPARATOR.join(
        concepts[uri].notation if uri in concepts else uri for uri in concept.replaced_by
    )


def label_column(language: str) -> Column:
    """Make the column of the labels in one more language."""
    name = language_name(language)
    return Column(
        title=f"Label ({name})",
        key=f"label_{language.replace('-', '_')}",
        description=f"Name in {name}; empty where there is none, or none that was reviewed.",
        cell=lambda table, concept: table.text(concept.pref_labels, language),
        width=40,
    )


LGA_COLUMNS: Final = (
    Column(
        title="Identifier",
        description="Code of the entry: text, not a number.",
        cell=lambda _, c: c.notation,
    ),
    Column(title="Label", description="Name.", cell=lambda t, c: t.label(c), width=40),
    Column(
        title="Description",
        description="Definition.",
        cell=lambda t, c: t.text(c.definitions),
        width=60,
    ),
    Column(
        title="Created",
        description="Date on which the entry was made.",
        cell=lambda _, c: c.created,
        datatype="date",
    ),
    Column(
        title="Modified",
        description="Date on which the entry last changed.",
        cell=lambda _, c: c.modified,
        datatype="date",
    ),
    Column(
        title="History notes",
        description="What happened to the entry, in words.",
        cell=_history,
        width=40,
    ),
    Column(title="Type", description="Class of the entry.", cell=lambda t, c: t.class_label(c)),
    Column(
        title="Parent identifiers",
        description="Codes of the broader entries.",
        cell=lambda t, c: _notations(t.held(c.broader)),
        separator=SEPARATOR,
    ),
    Column(
        title="Parent labels",
        description="Names of the broader entries, in the order of their codes.",
        cell=lambda t, c: t.labels(t.held(c.broader)),
        separator=SEPARATOR,
        width=30,
    ),
)
"""The columns of the Local Government Association's downloads."""

OUR_COLUMNS: Final = (
    Column(
        title="Definition status",
        description="draft or reviewed; empty where nothing is recorded.",
        cell=_definition_status,
    ),
    Column(
        title="Status",
        description="proposed, current or retired.",
        cell=lambda _, c: c.status,
    ),
    Column(
        title="Start date",
        description="Date from which the entry may be used.",
        cell=lambda _, c: c.start_date,
        datatype="date",
    ),
    Column(
        title="End date",
        description="Date on which the entry was retired.",
        cell=lambda _, c: c.end_date,
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
        cell=lambda t, c: t.labels(t.held(c.replaced_by)),
        separator=SEPARATOR,
        width=30,
    ),
    Column(
        title="URI",
        description="Identifier on the web, which answers for ever.",
        cell=lambda _, c: c.uri,
        datatype="anyURI",
        width=40,
    ),
    Column(
        title="Release",
        description="Version of the list.",
        cell=lambda t, c: t.version(c),
    ),
)
"""The columns that we add behind those of the languages."""
