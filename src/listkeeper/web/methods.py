"""The methods that an address answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.routing import Match, Route

from listkeeper.web.headers import METHODS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.routing import BaseRoute
    from starlette.types import Scope

ANYTHING: Final = "/{path:path}"
"""The route that takes what no other does."""


def allowed_methods(routes: Iterable[BaseRoute], scope: Scope) -> str:
    """Give what ``Allow`` says of an address (RFC 9110 section 10.2.1).

    Args:
        routes: those of the application.
        scope: the request.
    """
    found = {
        method
        for route in routes
        if isinstance(route, Route) and route.path != ANYTHING and _takes(route, scope)
        for method in route.methods or ()
    }
    usual = METHODS.split(", ")
    if not found or "GET" in found:
        return ", ".join((*usual, *sorted(found.difference(usual))))
    return ", ".join(("OPTIONS", *sorted(found)))


def _takes(route: Route, scope: Scope) -> bool:
    return route.matches(scope)[0] is not Match.NONE
