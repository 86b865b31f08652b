"""The body of a request, read no further than it may go."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import anyio

from listkeeper.web.problems import Problem, ProblemError

if TYPE_CHECKING:
    from fastapi import Request

ARRIVAL = 60
"""Seconds in which a body has to arrive."""

MOST_FIELDS = 100
"""Fields of a form or query string that are read."""

FORM = "application/x-www-form-urlencoded"


async def body_bytes(request: Request, most: int) -> bytes:
    """Read a body, no longer than it may take.

    Args:
        request: whose body.
        most: bytes that it may have.

    Raises:
        ProblemError: 413 when it is longer, 408 when it does not arrive.
    """
    body = bytearray()
    try:
        with anyio.fail_after(ARRIVAL):
            async for part in request.stream():
                body += part
                if len(body) > most:
                    detail = f"The body is longer than {most // 2**10:,} KiB; send less at a time."
                    raise ProblemError(Problem(status=413, detail=detail))
    except TimeoutError as error:
        detail = f"The body did not arrive within {ARRIVAL} seconds; send it again."
        raise ProblemError(Problem(status=408, detail=detail)) from error
    return bytes(body)


async def body_text(request: Request, most: int) -> str:
    """Read a body as UTF-8.

    Args:
        request: whose body.
        most: bytes that it may have.

    Raises:
        ProblemError: 413 when it is longer, 408 when it does not arrive, 400 when it is no UTF-8.
    """
    return _utf8(await body_bytes(request, most))


def media_type(request: Request) -> str:
    """Give the media type of a body, without its parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def fields(encoded: str) -> list[tuple[str, str]]:
    """Read the fields of a form or query string.

    Raises:
        ProblemError: 400 when there are too many, or they are no UTF-8.
    """
    try:
        return parse_qsl(
            encoded, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS
        )
    except UnicodeDecodeError as error:
        raise _not_utf8(error) from error
    except ValueError as error:
        detail = f"There are more than {MOST_FIELDS} fields; send fewer."
        raise ProblemError(Problem(status=400, detail=detail)) from error


def _utf8(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise _not_utf8(error) from error


def _not_utf8(error: UnicodeDecodeError) -> ProblemError:
    detail = f"The request is no UTF-8: {error.reason} at byte {error.start}; send UTF-8."
    return ProblemError(Problem(status=400, detail=detail))
