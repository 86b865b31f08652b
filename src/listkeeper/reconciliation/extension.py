"""Data extension: columns for entries that were matched, such as their codes and links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from listkeeper.errors import UsageError
from listkeeper.reconciliation.properties import applies, require
from listkeeper.reconciliation.reading import expect, member, read_json, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from listkeeper.model import Concept
    from listkeeper.reconciliation.entities import Entities
    from listkeeper.reconciliation.properties import Property

MOST_ENTRIES: Final = 1000
MOST_PROPERTIES: Final = 50
MOST_VALUES: Final = 1000
"""Values of one property of one entry."""

CONTENTS: Final = {"entity": "Matched entry", "name": "Name", "code": "Code", "uri": "URI"}
"""What a column of linked entries may hold, with its name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A property that is asked for, with its settings."""

    property: Property
    most: int = MOST_VALUES
    """Values given at most."""
    content: str = "entity"
    """What is given of an entry: a key of :data:`CONTENTS`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Extension:
    """What was asked, and each entry's values: row by row, column by column."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, tuple[list[dict[str, Any]], ...]], ...]
    """Identifier, and for each column its values."""


def extend(text: str, entities: Entities, known: Mapping[str, Property]) -> Extension:
    """Answer a data extension query, which both versions write alike.

    Args:
        text: the query as JSON.
        entities: the entries.
        known: the properties.

    Raises:
        UsageError: saying what is wrong with the query.
    """
    record = expect(read_json(text), dict, "extend")
    for key in ("ids", "properties"):
        expect(record.get(key), list, key)
    identifiers = [expect(each, str, "ids") for each in record["ids"]]
    _refuse_many(len(identifiers), MOST_ENTRIES, "ids")
    _refuse_many(len(record["properties"]), MOST_PROPERTIES, "properties")
    columns = tuple(
        _column(each, f"properties[{number}]", known)
        for number, each in enumerate(record["properties"])
    )
    rows = tuple(
        (identifier, tuple(_cell(entities, identifier, column) for column in columns))
        for identifier in identifiers
    )
    return Extension(columns=columns, rows=rows)


def proposed(type_: str, entities: Entities, known: Mapping[str, Property]) -> list[Property]:
    """Give the properties that the entries of a list can have.

    Raises:
        UsageError: when there is no such list.
    """
    name = entities.list_name(type_)
    return [each for each in known.values() if applies(each, name, entities.vocabulary)]


def _column(asked: object, where: str, known: Mapping[str, Property]) -> Column:
    record = expect(asked, dict, where)
    found = require(known, expect(record.get("id"), str, f"{where}.id"))
    settings = member(record, "settings", dict, f"{where}.", {})
    content = member(settings, "content", str, f"{where}.settings.", "entity") or "entity"
    if content not in CONTENTS:
        raise UsageError(f"{where}.settings.content must be one of {', '.join(CONTENTS)}")
    return Column(property=found, most=_most(settings.get("limit"), where), content=content)


def _most(limit: object, where: str) -> int:
    """Read how many values are wanted; 0 and nothing stand for all."""
    if limit in (None, "", 0, "0"):
        return MOST_VALUES
    return whole_number(limit, f"{where}.settings.limit", MOST_VALUES)


def _cell(entities: Entities, identifier: str, column: Column) -> list[dict[str, Any]]:
    concept = entities.find(identifier)
    if concept is None:
        return []
    values: Iterable[str | Concept] = column.property.values(concept)
    return [_value(each, entities, column.content) for each in list(values)[: column.most]]


def _value(value: str | Concept, entities: Entities, content: str) -> dict[str, Any]:
    if isinstance(value, str):
        return {"str": value}
    if content == "entity":
        return entities.reference(value)
    texts = {"name": entities.name(value), "code": value.notation, "uri": value.uri}
    return {"str": texts[content]}


def _refuse_many(number: int, most: int, where: str) -> None:
    if number > most:
        raise UsageError(f"{where} has {number:,} parts; at most {most:,} are taken")
