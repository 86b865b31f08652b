"""Identifiers of former addresses, asked for at their own host.

Whoever runs the host of a former address can point it here. Which hosts those are is said in
``listkeeper.toml`` (``also_answers_for``); no other host means anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from listkeeper.search.identify import Identifier
from listkeeper.web.answers import redirect
from listkeeper.web.headers import reference

if TYPE_CHECKING:
    from starlette.types import Scope

    from listkeeper.settings import Settings
    from listkeeper.web.answers import Answer
    from listkeeper.web.requests import Call

LONGEST: Final = 200
"""Characters of the longest path that can be an identifier's."""


def former_hosts(settings: Settings) -> frozenset[str]:
    """Give the hosts whose identifiers are answered for.

    While the base URI is the one shipped there is nowhere to lead to, so there are none.
    """
    if settings.is_placeholder:
        return frozenset()
    own = urlsplit(settings.base_uri).netloc.lower()
    hosts = (urlsplit(address).netloc.lower() for address in settings.also_answers_for)
    return frozenset(host for host in hosts if host != own)


async def former_identifier(scope: Scope, call: Call) -> Answer | None:
    """Lead from an identifier at a former host to the one it has now; None for other requests.

    The way leads to the base URI: a path alone would stay at the former host, where it may mean
    something else.
    """
    host = next((value for name, value in scope["headers"] if name == b"host"), b"")
    name = host.decode("latin-1").lower()
    if name not in call.shelf.former_hosts or len(call.path) > LONGEST:
        return None
    identifier = await call.shelf.made(Identifier)
    found = identifier.read(f"http://{name}{call.path}").concepts
    code = call.path.rpartition("/")[2]
    if len(found) != 1 or found[0].notation.casefold() != code.casefold():
        return None
    base = call.publication.edition.minter.identifiers
    return redirect(reference(f"{base}{found[0].address}"))
