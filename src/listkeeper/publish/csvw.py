"""Metadata of the CSV files as CSV on the Web says, https://www.w3.org/TR/tabular-metadata/."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listkeeper.model import ConceptScheme
    from listkeeper.publish.columns import Column
    from listkeeper.publish.tables import Table

JSON: TypeAlias = Any
"""What :mod:`json` writes: no narrower type exists for it."""

CONTEXT: Final = "http://www.w3.org/ns/csvw"
DIALECT: Final = {
    "encoding": "utf-8",
    "delimiter": ",",
    "quoteChar": '"',
    "doubleQuote": True,
    "header": True,
    "headerRowCount": 1,
    "lineTerminators": ["\r\n"],
    "trim": False,
}
KEY: Final = "identifier"
MAPPED_KEY: Final = "mapped_identifier"
"""Columns that hold codes: of the list itself, and of the one linked to."""


def metadata(
    table: Table,
    scheme: ConceptScheme,
    file_name: str,
    keys: Sequence[tuple[str, str]] = (),
) -> bytes:
    """Describe a list's CSV file, which lies beside the metadata.

    A file of links is described together with the lists whose codes it holds: its foreign keys
    are theirs (https://www.w3.org/TR/tabular-metadata/#foreign-keys).

    Args:
        table: the table that the file holds.
        scheme: the list.
        file_name: the name of the CSV file, such as ``services.csv``.
        keys: columns that hold codes of lists, each with the list's name; none where each row
            is an entry.
    """
    own = _table(table, scheme, file_name, is_list=not keys)
    context = {"@context": [CONTEXT, {"@language": table.language}]}
    if not keys:
        return _written({**context, **own})
    names = {column.name for column in table.columns}
    own["tableSchema"]["foreignKeys"] = [_foreign_key(*key) for key in keys if key[0] in names]
    lists = [_codes(table, name) for name in dict.fromkeys(name for _, name in keys)]
    return _written({**context, "tables": [own, *lists]})


def _table(
    table: Table, scheme: ConceptScheme, file_name: str, *, is_list: bool
) -> dict[str, JSON]:
    names = {column.name for column in table.columns}
    record = {
        "url": file_name,
        "dialect": DIALECT,
        "dc:title": scheme.title(table.language).value,
        "dc:description": table.text(scheme.descriptions),
        "dc:license": {"@id": scheme.licence} if scheme.licence else None,
        "tableSchema": _schema(table.columns, names, is_list=is_list),
    }
    return {name: value for name, value in record.items() if value}


def _schema(columns: Sequence[Column], names: set[str], *, is_list: bool) -> dict[str, JSON]:
    keyed = is_list and KEY in names
    return {
        "columns": [_column(column, required=column.name == KEY) for column in columns],
        **({"primaryKey": KEY} if keyed else {}),
        **({"aboutUrl": "{+uri}"} if "uri" in names else {}),
    }


def _column(column: Column, *, required: bool) -> JSON:
    optional = {
        "required": required,
        "separator": column.separator,
        "valueUrl": "{+uri}" if column.name == "uri" else "",
    }
    return {
        "name": column.name,
        "titles": column.title,
        "dc:description": column.description,
        "datatype": column.datatype,
        **{name: value for name, value in optional.items() if value},
    }


def _foreign_key(column: str, name: str) -> JSON:
    return {
        "columnReference": column,
        "reference": {"resource": f"{name}.csv", "columnReference": KEY},
    }


def _codes(table: Table, name: str) -> JSON:
    """Describe the table of a list that a foreign key leads to."""
    scheme = table.vocabulary.schemes[name]
    return _table(table.of_list(scheme), scheme, f"{name}.csv", is_list=True)


def _written(record: JSON) -> bytes:
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()
