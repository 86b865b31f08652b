"""How results are written in each version of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from listkeeper.reconciliation.candidates import Candidate
    from listkeeper.reconciliation.entities import Entities
    from listkeeper.reconciliation.extension import Column, Extension
    from listkeeper.reconciliation.properties import Property


def results(
    found: Mapping[str, Sequence[Candidate]], entities: Entities
) -> dict[str, dict[str, Any]]:
    """Write the results of a batch as version 0.2 does."""
    return {
        key: {"result": [_candidate(each, entities) for each in candidates]}
        for key, candidates in found.items()
    }


def draft_results(found: Iterable[Sequence[Candidate]], entities: Entities) -> dict[str, Any]:
    """Write the results of a batch as the draft of 1.0 does."""
    return {
        "results": [
            {"candidates": [_candidate(each, entities) for each in candidates]}
            for candidates in found
        ]
    }


def _candidate(candidate: Candidate, entities: Entities) -> dict[str, Any]:
    concept = candidate.concept
    return {
        **entities.reference(concept),
        "lang": concept.label(entities.language).language or entities.language,
        "description": entities.description(concept),
        "type": entities.types(concept),
        "score": candidate.score,
        "match": candidate.match,
        "features": [
            {"id": "name", "name": "Likeness of the names", "value": candidate.name_score},
            {"id": "properties", "name": "Share of the properties", "value": candidate.held},
        ],
    }


def extension(found: Extension, entities: Entities) -> dict[str, Any]:
    """Write the columns and rows of a data extension as version 0.2 does."""
    return {
        "meta": [_meta(column, entities) for column in found.columns],
        "rows": {
            identifier: {
                column.property.id: values
                for column, values in zip(found.columns, cells, strict=True)
            }
            for identifier, cells in found.rows
        },
    }


def draft_extension(found: Extension, entities: Entities) -> dict[str, Any]:
    """Write the columns and rows of a data extension as the draft of 1.0 does."""
    return {
        "meta": [_meta(column, entities) for column in found.columns],
        "rows": [
            {
                "id": identifier,
                "properties": [
                    {"id": column.property.id, "values": values}
                    for column, values in zip(found.columns, cells, strict=True)
                ],
            }
            for identifier, cells in found.rows
        ],
    }


def _meta(column: Column, entities: Entities) -> dict[str, Any]:
    told: dict[str, Any] = {"id": column.property.id, "name": column.property.name}
    scheme = entities.vocabulary.schemes.get(column.property.list_name)
    if scheme and column.content == "entity":
        told["type"] = entities.type_(scheme)
    return told


def proposals(found: Sequence[Property], type_: str, limit: int) -> dict[str, Any]:
    """Write proposed properties, as both versions do."""
    return {
        "properties": [{"id": each.id, "name": each.name} for each in found[:limit]],
        "type": type_,
        "limit": limit,
    }
