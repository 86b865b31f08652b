"""Answering somebody's rows: names matched, codes checked, a download compared."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

import anyio
import anyio.to_thread
from fastapi import APIRouter, Request, Response

from listkeeper.errors import ContentError, UsageError
from listkeeper.exchange.echo import echo_csv
from listkeeper.publish.page_tool import ToolView, tool_view
from listkeeper.search.matching import matchers
from listkeeper.web.answering import AnsweredRows, checked_rows, compared_rows, matched_rows
from listkeeper.web.answers import Answer, answer
from listkeeper.web.headers import CACHING
from listkeeper.web.negotiation import negotiate
from listkeeper.web.problems import Problem, ProblemError
from listkeeper.web.requests import CallOf  # noqa: TC001 - FastAPI reads it when it makes routes
from listkeeper.web.routes import response
from listkeeper.web.uploads import JSON as JSON_BODY
from listkeeper.web.uploads import MULTIPART, Upload, read_upload

if TYPE_CHECKING:
    from collections.abc import Callable

    from listkeeper.web.requests import Call

router = APIRouter(tags=["Your spreadsheet"])


class _Form(NamedTuple):
    """A form in which the answer is told."""

    name: str
    content_type: str


HTML: Final = _Form("html", "text/html; charset=utf-8")
CSV: Final = _Form("csv", "text/csv; charset=utf-8")
JSON: Final = _Form("json", "application/json")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Tool:
    """A page that takes somebody's rows."""

    path: str
    template: str
    title: str
    key: str
    """Member of JSON that has the column."""
    file: str
    """Name of the file that is sent back."""


MATCH: Final = _Tool(
    path="/match",
    template="match.html",
    title="Match names to codes",
    key="names",
    file="matched.csv",
)
CHECK: Final = _Tool(
    path="/check-codes",
    template="check_codes.html",
    title="Check codes",
    key="codes",
    file="checked.csv",
)
CHANGED: Final = _Tool(
    path="/changed",
    template="changed.html",
    title="What changed since a download",
    key="identifiers",
    file="changed.csv",
)


@router.get(MATCH.path, summary="Form for matching names")
async def match_form(call: CallOf) -> Response:
    """Show the form that takes names."""
    return await _page(call, MATCH, tool_view(call.publication.edition, "match"))


@router.get(CHECK.path, summary="Form for checking codes")
async def check_form(call: CallOf) -> Response:
    """Show the form that takes codes."""
    return await _page(call, CHECK, tool_view(call.publication.edition, "check-codes"))


@router.get(CHANGED.path, summary="Form for comparing a download")
async def changed_form(call: CallOf) -> Response:
    """Show the form that takes a download."""
    return await _page(call, CHANGED, tool_view(call.publication.edition, "changed"))


@router.post(MATCH.path, summary="Match names to codes")
async def match(request: Request, call: CallOf) -> Response:
    """Match names to the codes they may mean; nothing is kept.

    Send JSON (`{"names": ["…"], "list": "services"}`), a CSV file or workbook as the body with
    `column` and `list` in the query, or a form with `text` or `file`. The answer is JSON, CSV (the
    same rows in the same order, columns added) or a page, by `format` or `Accept`. Tiers are
    `exact`, `former name`, `likely`, `choose` and `none`; a code is proposed, never decided.
    """
    made = await call.shelf.made(matchers)
    return await _tool(request, call, MATCH, partial(matched_rows, made))


@router.post(CHECK.path, summary="Check codes")
async def check(request: Request, call: CallOf) -> Response:
    """Check codes or URIs: current, renamed, retired, not held here, unknown; nothing is kept.

    Send JSON (`{"codes": ["559"], "list": "services"}`), a CSV file or workbook as the body with
    `column`, `names` and `list` in the query, or a form with `text` or `file`.
    """
    return await _tool(request, call, CHECK, partial(checked_rows, call.publication.edition))


@router.post(CHANGED.path, summary="Compare a download")
async def changed(request: Request, call: CallOf) -> Response:
    """Tell what changed since a list was downloaded, by its own rows; nothing is kept.

    Send the CSV or the workbook as the body, or in a form as `file`.
    """
    return await _tool(request, call, CHANGED, partial(compared_rows, call.publication.edition))


async def _tool(
    request: Request, call: Call, tool: _Tool, work: Callable[[Upload], AnsweredRows]
) -> Response:
    form = _chosen(call, request, "")
    try:
        upload = await read_upload(request, call.query, tool.key)
        form = _chosen(call, request, upload.fields.get("format", ""))
        answered = await anyio.to_thread.run_sync(work, upload)
    except (UsageError, ContentError, ProblemError) as error:
        problem = _problem(error)
        if form is not HTML:
            raise ProblemError(problem) from error
        view = tool_view(call.publication.edition, tool.path[1:], problem=problem.detail)
        return await _page(call, tool, view, status=problem.status)
    return await _given(call, tool, form, upload, answered)


async def _given(
    call: Call, tool: _Tool, form: _Form, upload: Upload, answered: AnsweredRows
) -> Response:
    if form is JSON:
        body = json.dumps(answered.record, ensure_ascii=False, indent=1)
        return response(_answer(body.encode("utf-8", "replace") + b"\n", form), call)
    if form is CSV:
        echo = await anyio.to_thread.run_sync(echo_csv, answered.header, answered.rows)
        return response(_answer(echo.data, form, file=tool.file), call)
    view = tool_view(
        call.publication.edition,
        tool.path[1:],
        list_name=upload.fields.get("list", ""),
        text=upload.text,
        column=upload.fields.get("column", ""),
        counts=answered.counts,
        header=answered.header,
        rows=answered.rows,
        note=". ".join(answered.notes),
    )
    return await _page(call, tool, view)


def _problem(error: UsageError | ContentError | ProblemError) -> Problem:
    if isinstance(error, ProblemError):
        return error.problem
    return Problem(status=400, detail=str(error))


def _chosen(call: Call, request: Request, named: str) -> _Form:
    """Choose how to tell the answer: by name, by ``Accept``, else as it was sent."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    sent = {JSON_BODY: JSON, "text/csv": CSV}.get(kind, HTML if kind == MULTIPART else JSON)
    forms = (sent, *(form for form in (JSON, CSV, HTML) if form is not sent))
    by_name = next((form for form in forms if form.name == named), None)
    return by_name or negotiate(call.accept, forms) or sent


async def _page(call: Call, tool: _Tool, view: ToolView, status: int = 200) -> Response:
    fill = partial(call.publication.pages.filled, tool.template, tool.path, tool.title, page=view)
    body = await anyio.to_thread.run_sync(fill)
    return response(_answer(body, HTML, status=status), call)


def _answer(body: bytes, form: _Form, *, status: int = 200, file: str = "") -> Answer:
    headers = {
        "Content-Type": form.content_type,
        "Cache-Control": CACHING["problem"],
        "Content-Disposition": f'attachment; filename="{file}"' if file else "",
        "Vary": "Accept",
    }
    return answer(body, headers, status=status)
