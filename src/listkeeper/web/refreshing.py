"""A living spreadsheet: a workbook downloaded here is sent, and comes back up to date."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import anyio.to_thread
from fastapi import APIRouter, Request, Response
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from listkeeper.errors import ContentError
from listkeeper.publish.representations import EXCEL
from listkeeper.web.answers import answer
from listkeeper.web.bodies import media_type
from listkeeper.web.headers import CACHING
from listkeeper.web.problems import Problem, ProblemError
from listkeeper.web.requests import CallOf  # noqa: TC001 - FastAPI reads it when it makes routes
from listkeeper.web.routes import response
from listkeeper.web.shapes import PAGE_RESPONSE
from listkeeper.workers import MEBIBYTE

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from starlette.datastructures import FormData

FIELD: Final = "file"
MULTIPART: Final = "multipart/form-data"
ENVELOPE: Final = 64 * 1024
"""Bytes of a form around its file."""

MOST_WAITING: Final = 4
"""Workbooks that wait for one another."""

NAME: Final = "refreshed.xlsx"

router = APIRouter(tags=["Living spreadsheets"])


@router.get("/refresh", summary="The form that takes a workbook", responses=PAGE_RESPONSE)
async def page(call: CallOf) -> Response:
    """Show where a workbook can be dropped back."""
    make = partial(
        call.publication.pages.filled, "refresh.html", "/refresh", "Refresh a spreadsheet"
    )
    body = await anyio.to_thread.run_sync(make)
    headers = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": CACHING["page"]}
    return response(answer(body, headers, validated=True), call)


@router.post(
    "/refresh",
    summary="Bring a workbook up to date",
    responses={200: {"content": {EXCEL: {}}}},
    response_class=Response,
    openapi_extra={"requestBody": {"content": {EXCEL: {}, MULTIPART: {}}, "required": True}},
)
async def refreshed(request: Request, call: CallOf) -> Response:
    """Answer the workbook that was sent, up to date: nothing of it is kept here.

    It is sent as the body, or as the field `file` of a form.
    """
    waiting = call.shelf.slow.statistics().tasks_waiting
    if waiting >= MOST_WAITING:
        detail = "Other workbooks are being refreshed; try again in a minute."
        raise ProblemError(Problem(status=503, detail=detail, headers={"Retry-After": "60"}))
    data = await _workbook(request)
    # what reads workbooks takes 10 MB and the tenth of a second, in each process: few ask for it
    from listkeeper.publish.refreshing import refresh  # noqa: PLC0415 - see above

    task = partial(refresh, call.publication.edition, data)
    try:
        made = await anyio.to_thread.run_sync(task, limiter=call.shelf.slow)
    except ContentError as error:
        detail = f"The workbook {error.message}." if error.message else "It cannot be read."
        raise ProblemError(Problem(status=422, detail=detail)) from error
    headers = {
        "Content-Type": EXCEL,
        "Content-Disposition": f'attachment; filename="{NAME}"',
        "Cache-Control": "no-store",
    }
    return response(answer(made.data, headers), call)


async def _workbook(request: Request) -> bytes:
    """Read the workbook out of a request, no further than it may go."""
    from listkeeper.publish.workbooks import LARGEST  # noqa: PLC0415 - as in refreshed

    if media_type(request) != MULTIPART:
        return b"".join([part async for part in _limited(request, LARGEST)])
    parser = MultiPartParser(
        request.headers, _limited(request, LARGEST + ENVELOPE), max_files=1, max_fields=4
    )
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError, ValueError) as error:
        detail = "The form cannot be read; send the workbook in its field 'file'."
        raise ProblemError(Problem(status=400, detail=detail)) from error
    try:
        return await _field(form)
    finally:
        await form.close()


async def _field(form: FormData) -> bytes:
    sent = form.get(FIELD)
    if not isinstance(sent, UploadFile):
        detail = "There is no workbook; send it in the form's field 'file'."
        raise ProblemError(Problem(status=400, detail=detail))
    return await sent.read()


async def _limited(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            detail = f"The workbook is larger than {most // MEBIBYTE} MB."
            raise ProblemError(Problem(status=413, detail=detail))
        yield part
