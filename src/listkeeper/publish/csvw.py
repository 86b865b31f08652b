"""Metadata of the CSV files as CSV on the Web says, https://www.w3.org/TR/tabular-metadata/."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from listkeeper.model import ConceptScheme
    from listkeeper.publish.columns import Column
    from listkeeper.publish.tables import Table

JSON: TypeAlias = Any
"""What :mod:`json` writes: no narrower type exists for it."""

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


def metadata(table: Table, scheme: ConceptScheme, file_name: str) -> bytes:
    """Describe a list's CSV file, which lies beside the metadata.

    Args:
        table: the table that the file holds.
        scheme: the list.
        file_name: the name of the CSV file, such as ``services.csv``.
    """
    record = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": table.language}],
        "url": file_name,
        "dialect": DIALECT,
        "dc:title": scheme.title(table.language).value,
        "dc:description": table.text(scheme.descriptions),
        "dc:license": {"@id": scheme.licence} if scheme.licence else None,
        "tableSchema": {
            "columns": [_column(column) for column in table.columns],
            "primaryKey": KEY,
            "aboutUrl": "{+uri}",
        },
    }
    told = {name: value for name, value in record.items() if value}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _column(column: Column) -> JSON:
    optional = {
        "required": column.name == KEY,
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
