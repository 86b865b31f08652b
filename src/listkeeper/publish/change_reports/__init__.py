"""Changes as people and programs read them: one table of formats.

>>> sorted(FORMATS)
['csv', 'html', 'json', 'markdown', 'text']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.publish.change_reports.changelog import changelog
from listkeeper.publish.change_reports.machine import csv_report, json_report, record
from listkeeper.publish.change_reports.markdown import MARKER, markdown_report
from listkeeper.publish.change_reports.page import html_report
from listkeeper.publish.change_reports.text import text_report

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from listkeeper.changes.model import Changes

FORMATS: Final[Mapping[str, Callable[[Changes], bytes]]] = {
    "text": lambda changes: text_report(changes).encode(),
    "markdown": lambda changes: markdown_report(changes).encode(),
    "html": lambda changes: html_report(changes).encode(),
    "json": lambda changes: json_report(changes).encode(),
    "csv": csv_report,
}
"""Name of a format to what writes it."""

__all__ = [
    "FORMATS",
    "MARKER",
    "changelog",
    "csv_report",
    "html_report",
    "json_report",
    "markdown_report",
    "record",
    "text_report",
]
