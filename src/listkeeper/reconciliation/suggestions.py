"""Suggestions while someone types: entries, lists and properties whose names begin so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from listkeeper.search.filters import Filters
from listkeeper.search.text import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from listkeeper.reconciliation.entities import Entities
    from listkeeper.reconciliation.properties import Property
    from listkeeper.search.index import SearchIndex

MOST: Final = 10
"""Suggestions given at a time."""

FURTHEST: Final = 190
"""Suggestions that may be passed over."""


def suggest_entities(
    index: SearchIndex, entities: Entities, prefix: str, *, type_: str = "", passed: int = 0
) -> list[dict[str, Any]]:
    """Suggest entries whose code or one of whose names begins so.

    Args:
        index: finds them.
        entities: the entries.
        prefix: what was typed.
        type_: the list to look in; empty for all.
        passed: how many to pass over.

    Raises:
        UsageError: when there is no such list.
    """
    filters = Filters(list_name=entities.list_name(type_))
    passed = min(passed, FURTHEST)
    hits = index.suggest(prefix, filters, limit=passed + MOST)[passed:]
    return [
        {
            **entities.reference(hit.concept),
            "description": entities.description(hit.concept),
            "notable": entities.types(hit.concept),
        }
        for hit in hits
    ]


def suggest_types(entities: Entities, prefix: str, passed: int = 0) -> list[dict[str, Any]]:
    """Suggest lists by their names."""
    return _beginning(entities.all_types(), prefix)[passed : passed + MOST]


def suggest_properties(
    known: Mapping[str, Property], prefix: str, passed: int = 0
) -> list[dict[str, Any]]:
    """Suggest properties by their names."""
    found = [{"id": each.id, "name": each.name} for each in known.values()]
    return _beginning(found, prefix)[passed : passed + MOST]


def _beginning(found: Iterable[dict[str, Any]], prefix: str) -> list[dict[str, Any]]:
    """Keep those whose identifier, name or a word of it begins so; all where nothing is typed."""
    wanted = f" {normal(prefix)}"
    return [
        each
        for each in found
        if wanted in f" {normal(each['name'])}" or wanted in f" {normal(each['id'])}"
    ]
