"""Changes for programs: JSON, and CSV that spreadsheets open without harm."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from listkeeper.exchange.echo import echo_csv
from listkeeper.publish.change_reports.wording import detail_words, effect_words, rendered
from listkeeper.validate.scope import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from listkeeper.changes.model import Change, Changes, KnownUser, Reference, Value
    from listkeeper.graph import Triple

FORMAT: Final = 1
"""Changes when a key goes or means something else; keys are added without."""

COLUMNS: Final = (
    *("List", "Identifier", "Label", "Change", "Impact", "Property", "Language"),
    *("Before", "After", "Replaced by", "Affects", "In words", "URI"),
)
SEPARATOR: Final = "; "


def json_report(changes: Changes) -> str:
    """Write changes as JSON, one key per thing (docs/diff.md)."""
    return json.dumps(record(changes), ensure_ascii=False, indent=1) + "\n"


def record(changes: Changes) -> dict[str, Any]:
    """Tell changes in plain data."""
    move = changes.difference.move
    return {
        "format": FORMAT,
        "impact": changes.impact.value if changes.impact else "",
        "impacts": {impact.value: number for impact, number in changes.impacts.items()},
        "counts": {kind.value: number for kind, number in changes.counts.items()},
        "base": {"before": move.before, "after": move.after} if move else None,
        "changes": [change_record(change) for change in changes.changes],
        "users": [_user(user) for user in changes.users],
        "unread": [{"state": u.state, "path": u.path, "reason": u.reason} for u in changes.unread],
    }


def change_record(change: Change) -> dict[str, Any]:
    """Tell one change in plain data."""
    return {
        "kind": change.kind.value,
        "impact": change.impact.value,
        "subject": _reference(change.subject),
        "lists": list(change.lists),
        "property": change.property_uri,
        "propertyLabel": change.property_label,
        "language": change.language,
        "before": [_value(value) for value in change.before],
        "after": [_value(value) for value in change.after],
        "replacedBy": [_reference(found) for found in change.replaced_by],
        "effects": [
            {"count": e.count, "list": e.list_name, "link": e.link_type, "label": e.link_label}
            for e in change.effects
        ],
        "removed": [statement(triple) for triple in change.removed],
        "added": [statement(triple) for triple in change.added],
    }


def statement(triple: Triple) -> str:
    """Write a triple as N-Triples (https://www.w3.org/TR/n-triples/)."""
    return " ".join((*map(str, triple), "."))


def csv_report(changes: Changes) -> bytes:
    """Write changes as CSV, a row for each; cells that look like formulas are marked."""
    return echo_csv(COLUMNS, _rows(changes.changes)).data


def _rows(changes: Iterable[Change]) -> Iterator[tuple[str, ...]]:
    for change in changes:
        subject = change.subject
        yield tuple(
            visible(cell)
            for cell in (
                *(subject.list_name, subject.code, subject.label, change.kind.value),
                *(change.impact.value, change.property_label, change.language),
                *(_cell(change.before), _cell(change.after)),
                SEPARATOR.join(found.code or found.uri for found in change.replaced_by),
                SEPARATOR.join(_words(effect_words(effect)) for effect in change.effects),
                *(_words(detail_words(change)), subject.uri),
            )
        )


def _words(words: Iterable[Any]) -> str:
    return rendered(words, lambda quoted: quoted.text)


def _cell(values: Iterable[Value]) -> str:
    named = ((value.text, value.reference) for value in values)
    return SEPARATOR.join(f"{ref.code} {text}" if ref and ref.code else text for text, ref in named)


def _reference(reference: Reference) -> dict[str, str]:
    return {
        "uri": reference.uri,
        "code": reference.code,
        "list": reference.list_name,
        "label": reference.label,
    }


def _value(value: Value) -> dict[str, Any]:
    """Tell a value; `reference` is null for a literal."""
    reference = _reference(value.reference) if value.reference else None
    return {"text": value.text, "language": value.language, "reference": reference}


def _user(user: KnownUser) -> dict[str, Any]:
    return {
        "uri": user.uri,
        "user": user.user,
        "source": user.source,
        "date": user.date,
        "list": user.list_name,
        "concepts": [_reference(concept) for concept in user.concepts],
    }
