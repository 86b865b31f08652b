"""Reconciliation queries: what is asked, read from either version's JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from listkeeper.errors import UsageError
from listkeeper.reconciliation.reading import expect, member, read_json, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_QUERIES: Final = 50
"""Queries in one batch; OpenRefine sends ten."""

CANDIDATES: Final = 5
"""Candidates where a query does not say how many."""

MOST_CANDIDATES: Final = 25
MOST_CONDITIONS: Final = 20
QUANTIFIERS: Final = frozenset({"any", "all", "none"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """What an entry should say of itself."""

    property: str
    values: tuple[str, ...]
    """Texts; an entity's identifier where it is one."""
    required: bool = False
    """Whether an entry without it is no candidate; else it is a lesser one."""
    quantifier: str = "any"
    """How many of the values: ``any``, ``all`` or ``none``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A reconciliation query."""

    words: str = ""
    identifiers: tuple[str, ...] = ()
    """Identifiers of entries, one of which is meant."""
    types: tuple[str, ...] = ()
    """Lists, one of which the entry is in; empty for any."""
    limit: int = CANDIDATES
    conditions: tuple[Condition, ...] = ()


def read_batch(text: str) -> dict[str, Asked]:
    """Read a batch of version 0.2: an object of queries by their keys.

    Raises:
        UsageError: saying which query is wrong, and how.
    """
    batch = expect(read_json(text), dict, "queries")
    _refuse_many(len(batch), MOST_QUERIES, "queries")
    return {key: _asked(query, f"queries.{key[:40]}") for key, query in batch.items()}


def _asked(query: object, where: str) -> Asked:
    record = expect(query, dict, where)
    at = f"{where}."
    types = record.get("type") or []
    wanted = [types] if isinstance(types, str) else expect(types, list, f"{at}type")
    rows = member(record, "properties", list, at, [])
    _refuse_many(len(rows), MOST_CONDITIONS, f"{at}properties")
    asked = Asked(
        words=member(record, "query", str, at, "").strip(),
        types=tuple(_type(each, f"{at}type") for each in wanted),
        limit=_limit(record, at),
        conditions=tuple(
            _condition(row, f"{at}properties[{n}]", "pid", "v") for n, row in enumerate(rows)
        ),
    )
    return _require_something(asked, where)


def _type(value: object, where: str) -> str:
    """Give a type's identifier; some clients send the whole type."""
    found = value.get("id") if isinstance(value, dict) else value
    return expect(found, str, where)


def read_draft_batch(text: str) -> list[Asked]:
    """Read a batch of the draft of 1.0: an array of queries made of conditions.

    Raises:
        UsageError: saying which query is wrong, and how.
    """
    record = expect(read_json(text), dict, "the batch")
    if "queries" not in record:
        raise UsageError("the batch must have queries")
    queries = expect(record["queries"], list, "queries")
    _refuse_many(len(queries), MOST_QUERIES, "queries")
    return [_draft_asked(query, f"queries[{n}]") for n, query in enumerate(queries)]


def _draft_asked(query: object, where: str) -> Asked:
    record = expect(query, dict, where)
    at = f"{where}."
    rows = member(record, "conditions", list, at, [])
    _refuse_many(len(rows), MOST_CONDITIONS, f"{at}conditions")
    sorted_rows = dict[str, list[Condition]](name=[], id=[], property=[])
    for number, row in enumerate(rows):
        place = f"{at}conditions[{number}]"
        kind = member(expect(row, dict, place), "matchType", str, f"{place}.", "")
        if kind not in sorted_rows:
            raise UsageError(f"{place}.matchType must be name, id or property")
        key = "propertyId" if kind == "property" else ""
        sorted_rows[kind].append(_condition(row, place, key, "propertyValue"))
    type_ = member(record, "type", str, at, "")
    asked = Asked(
        words=" ".join(_values(sorted_rows["name"])).strip(),
        identifiers=tuple(_values(sorted_rows["id"])),
        types=(type_,) if type_ else (),
        limit=_limit(record, at),
        conditions=tuple(sorted_rows["property"]),
    )
    return _require_something(asked, where)


def _values(conditions: list[Condition]) -> Iterator[str]:
    for condition in conditions:
        yield from condition.values


def _condition(row: object, where: str, key: str, value_key: str) -> Condition:
    record = expect(row, dict, where)
    at = f"{where}."
    value = record.get(value_key)
    values = value if isinstance(value, list) else [value]
    _refuse_many(len(values), MOST_QUERIES, f"{at}{value_key}")
    quantifier = member(record, "matchQuantifier", str, at, "any")
    if quantifier not in QUANTIFIERS:
        raise UsageError(f"{at}matchQuantifier must be any, all or none")
    return Condition(
        property=expect(record.get(key), str, f"{at}{key}") if key else "",
        values=tuple(_value(each, f"{at}{value_key}") for each in values),
        required=member(record, "required", bool, at, default=False),
        quantifier=quantifier,
    )


def _value(value: object, where: str) -> str:
    """Write a property value as text: an entity's identifier, a number, a text."""
    if isinstance(value, dict):
        return expect(value.get("id"), str, f"{where}.id")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:.15g}"
    return expect(value, str, where)


def _limit(record: Mapping[str, Any], at: str) -> int:
    limit = record.get("limit")
    return CANDIDATES if limit is None else whole_number(limit, f"{at}limit", MOST_CANDIDATES)


def _require_something(asked: Asked, where: str) -> Asked:
    if not (asked.words or asked.identifiers or asked.conditions):
        raise UsageError(f"{where} asks for nothing: give a name, an identifier or a property")
    return asked


def _refuse_many(number: int, most: int, where: str) -> None:
    if number > most:
        raise UsageError(f"{where} has {number:,} parts; at most {most} are taken")
