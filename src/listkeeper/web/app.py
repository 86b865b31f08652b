"""The application: FastAPI for what has to be found out, the resolver in front of it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final, cast

from fastapi import FastAPI, Response
from starlette.exceptions import HTTPException

from listkeeper import __version__
from listkeeper.errors import ListkeeperError
from listkeeper.web.changes import router as changes_router
from listkeeper.web.compatibility import router as compatibility_router
from listkeeper.web.downloads import router as downloads_router
from listkeeper.web.history import router as history_router
from listkeeper.web.missing import missing
from listkeeper.web.problems import Problem, problem_answer, problem_of
from listkeeper.web.reconciliation import router as reconciliation_router
from listkeeper.web.referral import router as referral_router
from listkeeper.web.refreshing import router as refreshing_router
from listkeeper.web.requests import SHELF, read_call
from listkeeper.web.resolver import Resolver
from listkeeper.web.routes import response, router
from listkeeper.web.searching import router as searching_router
from listkeeper.web.shapes import PROBLEM_RESPONSE
from listkeeper.web.sparql import PoolMaker
from listkeeper.web.sparql import router as sparql_router
from listkeeper.web.spreadsheets import router as spreadsheets_router
from listkeeper.web.views import FOLDER, Views

if TYPE_CHECKING:
    from fastapi import Request

    from listkeeper.web.serving import Serving


ROUTERS: Final = (
    downloads_router,
    compatibility_router,
    referral_router,
    refreshing_router,
    sparql_router,
    reconciliation_router,
    searching_router,
    spreadsheets_router,
    changes_router,
    history_router,
    router,
)
"""What answers beside the resolver; the first that matches, so the last takes every path."""

ADDRESSES: Final = tuple(route for routes in ROUTERS for route in routes.routes)
"""Every address that they answer."""


def create_app(serving: Serving) -> Resolver:
    """Make the ASGI application.

    Args:
        serving: what is served; swapping its publication takes effect with the next request.
    """
    api = FastAPI(
        title="Listkeeper",
        version=__version__,
        description="Standard lists of public services as linked data. Everything is read only.",
        responses={"4XX": PROBLEM_RESPONSE},
        default_response_class=Response,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    api.state.serving = serving
    resolver = Resolver(api, serving, _defect, ADDRESSES)
    api.mount(f"/{FOLDER}", Views(serving, resolver.found_out))
    api.state.make_pool = PoolMaker(serving)
    for routes in ROUTERS:
        api.include_router(routes)
    api.add_exception_handler(ListkeeperError, _expected)
    api.add_exception_handler(HTTPException, _refused)
    api.add_exception_handler(Exception, _defect)
    return resolver


async def _expected(request: Request, error: Exception) -> Response:
    problem = problem_of(cast("ListkeeperError", error))
    if problem.status == HTTPStatus.INTERNAL_SERVER_ERROR:
        raise error
    return _told(request, problem)


async def _refused(request: Request, error: Exception) -> Response:
    """Tell what the framework refuses by itself: a path that is none."""
    del error
    call = read_call(request.scope, request.scope[SHELF])
    return _told(request, missing(call.publication, call.path))


async def _defect(request: Request, error: Exception) -> Response:
    """Tell a defect without its inside; the framework raises it again, for the log."""
    del error
    return _told(request, Problem(status=500, detail="The server failed; its log says why."))


def _told(request: Request, problem: Problem) -> Response:
    call = read_call(request.scope, request.scope[SHELF])
    made = problem_answer(problem, call.publication, path=call.path, accept=call.accept)
    return response(made, call)
