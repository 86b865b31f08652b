"""Which columns a table has: the usual ones, those of each language, those to be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from babel import Locale, UnknownLocaleError

from listkeeper.publish.columns import (
    LGA_COLUMNS,
    MAPPED_COLUMNS,
    OUR_COLUMNS,
    SEPARATOR,
    Column,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


def language_name(tag: str) -> str:
    """Name a language in English; the tag where it has no name.

    >>> language_name("cy"), language_name("x-none")
    ('Welsh', 'x-none')
    """
    try:
        return Locale.parse(tag, sep="-").get_display_name("en") or tag
    except (UnknownLocaleError, ValueError):
        return tag


def _key(prefix: str, language: str) -> str:
    return f"{prefix}_{language.replace('-', '_')}"


def label_column(language: str) -> Column:
    """Make the column of the labels in a language."""
    name = language_name(language)
    return Column(
        title=f"Label ({name})",
        key=_key("label", language),
        description=f"Name in {name}; empty where there is none, or none that was reviewed.",
        cell=lambda table, line: table.text_in(language, line.concept.pref_labels),
        width=40,
    )


def draft_column(language: str) -> Column:
    """Make the column of the draft labels in a language."""
    name = language_name(language)
    return Column(
        title=f"Draft label ({name})",
        key=_key("draft_label", language),
        description=f"Name in {name} that nobody fluent has reviewed yet.",
        cell=lambda table, line: table.text_in(language, line.concept.draft_labels),
        width=40,
    )


MORE_COLUMNS: Final = (
    Column(
        title="Alternative labels",
        description="Other names.",
        cell=lambda table, line: table.joined(line.concept.alt_labels),
        separator=SEPARATOR,
        width=30,
    ),
    Column(
        title="Former labels",
        description="Names it had.",
        cell=lambda table, line: table.joined(f.label for f in line.concept.former_labels),
        separator=SEPARATOR,
        width=30,
    ),
    Column(
        title="Scope note",
        description="What it takes in and leaves out.",
        cell=lambda table, line: table.text(line.concept.scope_notes),
        width=40,
    ),
)
"""Columns that only those get who choose them."""


def usual_columns(languages: Sequence[str], *, mapped: bool = False) -> tuple[Column, ...]:
    """Give the columns of a download in their order, which holds for ever.

    Args:
        languages: tags of the settings, the default first.
        mapped: whether each row tells a link.
    """
    return (
        *LGA_COLUMNS,
        *(MAPPED_COLUMNS if mapped else ()),
        *(label_column(language) for language in languages),
        *OUR_COLUMNS,
    )


def every_column(languages: Sequence[str], *, mapped: bool = False) -> dict[str, Column]:
    """Give all columns there are by name: the usual ones, then those to be chosen."""
    drafts = (draft_column(language) for language in languages[1:])
    columns = (*usual_columns(languages, mapped=mapped), *drafts, *MORE_COLUMNS)
    return {column.name: column for column in columns}
