"""What an import of a vocabulary has to say: what came in, and each kind of what did not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from listkeeper.exchange.skos.ledger import Fate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.exchange.skos.importing import Imported


def as_text(imported: Imported) -> str:
    """Write the report for people."""
    return "\n".join(_lines(imported)) + "\n"


def _lines(imported: Imported) -> Iterator[str]:
    for account in imported.accounts:
        reason = f": {account.reason}" if account.reason else ""
        yield f"{account.fate.value}: {account.count} of <{account.predicate}>{reason}"
        if account.fate is Fate.LEFT:
            yield f"    such as {account.example[:200]}"
    counts = imported.counts
    told = ", ".join(f"{counts[fate]:,} {fate.value}" for fate in Fate if counts[fate])
    yield f"statements: {counts.total():,}: {told}"
    made = "made, " if imported.is_new else ""
    yield (
        f"list {imported.list_name}: {made}{imported.added} entries added, {imported.held} held "
        f"already; codes are {imported.codes}"
    )
    names = ", ".join(f"{name} {count}" for name, count in imported.languages.items())
    yield f"names by language: {names or 'none'}"
    if imported.subsets:
        yield f"subsets: {', '.join(imported.subsets)}"
    if imported.groups:
        yield f"groups: {imported.groups}"
    if imported.unnamed:
        yield f"{imported.unnamed} entries have no name in the language that comes first"


def as_json(imported: Imported) -> str:
    """Write the report for programs."""
    document: dict[str, Any] = {
        "list": imported.list_name,
        "made": imported.is_new,
        "entries": {"added": imported.added, "held": imported.held, "unnamed": imported.unnamed},
        "codes": imported.codes,
        "subsets": list(imported.subsets),
        "groups": imported.groups,
        "languages": dict(imported.languages),
        "statements": {fate.name.lower(): imported.counts[fate] for fate in Fate},
        "accounts": [
            {
                "fate": account.fate.name.lower(),
                "property": account.predicate,
                "reason": account.reason,
                "count": account.count,
                "example": account.example,
            }
            for account in imported.accounts
        ],
        "written": sorted(imported.edit.contents),
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
