"""Reading what somebody sends to be answered row by row: a form, a file, a text, JSON.

Everything has a bound: bytes, parts, fields, rows, and the time it may take to arrive.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import anyio.to_thread
from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException

from listkeeper.exchange.council import CouncilTable, pasted, read_council_table
from listkeeper.web.bodies import FORM, body_bytes, fields, media_type
from listkeeper.web.problems import Problem, ProblemError, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from starlette.types import Message

MOST_BYTES: Final = 4 * 2**20
"""Bytes of a body: some 20,000 rows of a service directory."""

MOST_FIELD: Final = 2**20
"""Bytes of a field of a form that is no file."""

MOST_PARTS: Final = 12
MOST_ROWS: Final = 10_000
"""Rows that are answered at once; the command line takes more."""

DEPTH: Final = "the nesting is too deep"
MULTIPART: Final = "multipart/form-data"
JSON: Final = "application/json"
TABLES: Final = frozenset(
    {
        *("text/csv", "text/tab-separated-values", "application/octet-stream"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        *("application/vnd.ms-excel", "application/vnd.oasis.opendocument.spreadsheet"),
    }
)
"""Media types of bodies that are a file."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Upload:
    """What was sent."""

    kind: str
    """Media type of the body."""
    fields: Mapping[str, str]
    """Fields of the form, or parameters of the query."""
    table: CouncilTable | None
    """The rows; None where there are none."""
    is_column: bool = False
    """Whether the rows are one column without a header."""
    text: str = field(default="", repr=False)
    """What was pasted."""


async def read_upload(request: Request, query: str, key: str) -> Upload:
    """Read what was sent.

    Args:
        request: the request.
        query: its query string, whose parameters are the fields where the body is a file or JSON.
        key: member of JSON that has the column, such as ``names``.

    Raises:
        ProblemError: 413, 415 or 400, saying what is wrong and what to do.
        ContentError: when a file cannot be read as a table.
    """
    kind = media_type(request)
    if kind not in {FORM, MULTIPART, JSON, *TABLES}:
        known = f"{MULTIPART}, {FORM}, {JSON}, text/csv"
        detail = f"Send {known}, not {printable(kind) or 'nothing'}."
        raise ProblemError(Problem(status=415, detail=detail))
    body = await body_bytes(request, MOST_BYTES)
    asked = dict(fields(query[:MOST_FIELD]))
    if kind == JSON:
        return _from_json(body, asked, key)
    if kind in TABLES:
        table = await _table(body, asked.get("column", ""))
        return Upload(kind=kind, fields=asked, table=table)
    if kind == FORM:
        asked.update(fields(_text(body)))
        return await _from_form(kind, asked, b"")
    named, file = await _parts(request, body)
    return await _from_form(kind, {**asked, **named}, file)


async def _from_form(kind: str, asked: Mapping[str, str], file: bytes) -> Upload:
    text = asked.get("text", "")
    if file:
        table = await _table(file, asked.get("column", ""))
        return Upload(kind=kind, fields=asked, table=table)
    if not text.strip():
        return Upload(kind=kind, fields=asked, table=None)
    table = _short(pasted(text))
    return Upload(kind=kind, fields=asked, table=table, is_column=True, text=text)


def _from_json(body: bytes, asked: Mapping[str, str], key: str) -> Upload:
    """Read ``{"names": ["…"], "list": "services"}``."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError) as error:
        why = DEPTH if isinstance(error, RecursionError) else str(error)
        detail = f"The body is no JSON: {printable(why)}."
        raise ProblemError(Problem(status=400, detail=detail)) from error
    column = sent.get(key) if isinstance(sent, dict) else None
    if not isinstance(column, list) or not all(isinstance(text, str) for text in column):
        detail = f'Send {{"{key}": ["…", "…"], "list": "services"}}: {key} is a list of texts.'
        raise ProblemError(Problem(status=400, detail=detail))
    own = {name: value for name, value in sent.items() if isinstance(value, str)}
    table = CouncilTable(path="the body", header=("Text",), read=lambda: ([t] for t in column))
    return Upload(kind=JSON, fields={**asked, **own}, table=_short(table), is_column=True)


async def _parts(request: Request, body: bytes) -> tuple[dict[str, str], bytes]:
    """Take a form apart; the body has been read, so that its length is bounded."""
    again = Request(request.scope, _receiving(body))
    bounds = {"max_files": 2, "max_fields": MOST_PARTS, "max_part_size": MOST_FIELD}
    try:
        async with again.form(**bounds) as parts:
            named = {name: value for name, value in parts.items() if isinstance(value, str)}
            files = [value for value in parts.values() if isinstance(value, UploadFile)]
            file = await files[0].read() if files else b""
    except (HTTPException, MultiPartException) as error:
        detail = f"The form cannot be read: {printable(str(error))}"
        raise ProblemError(Problem(status=400, detail=detail)) from error
    return named, file


def _receiving(body: bytes) -> Any:  # noqa: ANN401 - ASGI's receive
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


async def _table(data: bytes, column: str) -> CouncilTable:
    """Read a file in a thread: a workbook is waited for."""
    table = await anyio.to_thread.run_sync(read_council_table, data, "the file", column)
    return await anyio.to_thread.run_sync(_short, table)


def _short(table: CouncilTable) -> CouncilTable:
    """Let a table through that has no more rows than are answered at once.

    Raises:
        ProblemError: 413.
    """
    if _more_than(table.rows(), MOST_ROWS):
        detail = f"There are more than {MOST_ROWS:,} rows; send fewer, or use the command line."
        raise ProblemError(Problem(status=413, detail=detail))
    return table


def _more_than(rows: Iterable[object], most: int) -> bool:
    return any(number > most for number, _ in enumerate(rows, start=1))


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        detail = f"The form is no UTF-8: {error.reason} at byte {error.start}; send UTF-8."
        raise ProblemError(Problem(status=400, detail=detail)) from error
