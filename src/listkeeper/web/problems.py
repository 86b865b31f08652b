"""What is told when a request cannot be met: a problem document (RFC 9457) or a page.

A client that names HTML gets a page; every other client gets ``application/problem+json``,
also one whose ``Accept`` allows neither: saying what is wrong serves it better than silence.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html import escape
from http import HTTPStatus
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from listkeeper.errors import (
    ListkeeperError,
    UnknownParametersError,
    UnsupportedError,
    UsageError,
)
from listkeeper.web.answers import Answer, answer
from listkeeper.web.headers import CACHING
from listkeeper.web.negotiation import negotiate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from listkeeper.model import Concept
    from listkeeper.publish.publication import Publication

LONGEST_ECHO: Final = 200
"""How much of a path is said again: a page about a mistake need not be as long as it."""

LONGEST: Final = 2_000
"""Characters of a reason."""


BARE: Final = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>{title}</title>
<h1>{title}</h1>
<p>{detail}</p>
</html>
"""
"""The page about a defect: the templates may be what is broken."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """Why a request was not met."""

    status: int
    detail: str
    """The reason in words, and what to do."""
    members: Mapping[str, Any] = field(default_factory=dict)
    """Further members of the problem document."""
    near: tuple[Concept, ...] = ()
    """Concepts that may have been meant."""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The status in words."""
        return HTTPStatus(self.status).phrase


class ProblemError(ListkeeperError):
    """A request that cannot be met, told where the reason is found."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem, which is what is sent."""
        super().__init__(problem.detail)
        self.problem = problem


STATUSES: Final = MappingProxyType({UsageError: 400, UnsupportedError: 406, ListkeeperError: 500})
"""Class of error to status; the nearest ancestor decides."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Form:
    """A form in which problems are told."""

    content_type: str


PROBLEM_JSON: Final = _Form(content_type="application/problem+json")
JSON: Final = _Form(content_type="application/json")
HTML: Final = _Form(content_type="text/html; charset=utf-8")
FORMS: Final = (PROBLEM_JSON, JSON, HTML)


def problem_of(error: ListkeeperError) -> Problem:
    """Tell an expected error as a problem.

    >>> problem_of(UnsupportedError("RDF/XML cannot carry this")).status
    406
    """
    if isinstance(error, ProblemError):
        return error.problem
    kind = next(kind for kind in type(error).__mro__ if kind in STATUSES)
    members = {}
    if isinstance(error, UnknownParametersError):
        members = {"parameters": [printable(name) for name in error.names]}
    return Problem(status=STATUSES[kind], detail=printable(str(error), LONGEST), members=members)


def not_allowed(method: str, allowed: str) -> Problem:
    """Refuse a method, with those that there are (RFC 9110 section 15.5.6).

    Args:
        method: what was asked for.
        allowed: what ``Allow`` says.
    """
    detail = f"{printable(method)} is not answered here; there are {allowed}."
    return Problem(status=405, detail=detail, headers={"Allow": allowed})


def problem_answer(
    problem: Problem, publication: Publication, *, path: str, accept: str | None
) -> Answer:
    """Tell a problem in the form the client reads.

    Args:
        problem: what is told.
        publication: whose pages and URIs are used.
        path: the path that was asked for.
        accept: the request's ``Accept``.
    """
    shown = printable(path)
    page = negotiate(accept, FORMS) is HTML
    body = _page(problem, publication, shown) if page else _document(problem, shown)
    headers = {
        "Content-Type": (HTML if page else PROBLEM_JSON).content_type,
        "Cache-Control": CACHING["problem"],
        "Vary": "Accept",
        **problem.headers,
    }
    return answer(body, headers, status=problem.status)


def printable(path: str, longest: int = LONGEST_ECHO) -> str:
    r"""Show a path without signs that do harm, and no more of it than helps.

    >>> printable("/service/\x00\u202e559")
    '/service/??559'
    """
    shown = "".join(sign if sign.isprintable() else "?" for sign in path[:longest])
    return shown + ("…" if len(path) > longest else "")


def _page(problem: Problem, publication: Publication, path: str) -> bytes:
    if problem.status == HTTPStatus.INTERNAL_SERVER_ERROR:
        return BARE.format(title=escape(problem.title), detail=escape(problem.detail)).encode()
    pages = publication.pages
    if problem.status == HTTPStatus.NOT_FOUND:
        return pages.not_found(path, problem.near, problem.detail)
    return pages.problem(problem.status, problem.title, problem.detail, path)


def _document(problem: Problem, path: str) -> bytes:
    near = [
        {"uri": concept.uri, "code": concept.notation, "label": concept.label().value}
        for concept in problem.near
    ]
    members = {
        "type": "about:blank",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "instance": path,
        **problem.members,
        **({"near": near} if near else {}),
    }
    return json.dumps(members, ensure_ascii=False, indent=1).encode() + b"\n"
