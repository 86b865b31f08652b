"""Rules with which a web server answers from a static site nearly as the server of ours does.

They are made from the table of representations. A file host looks at `Accept` with patterns, so
it does the subset that clients send (no header, `*/*`, one type, a browser's, weights to a tenth);
which cases those are is marked in the table of cases, and tested against a real nginx.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.web.site_rules.apache import apache
from listkeeper.web.site_rules.caddy import caddy
from listkeeper.web.site_rules.nginx import nginx

if TYPE_CHECKING:
    from collections.abc import Callable

DEFAULT_ROOT: Final = "/srv/lists"
"""Folder of the site where none is said."""

HOSTS: Final[dict[str, Callable[[str], str]]] = {
    "nginx": nginx,
    "caddy": caddy,
    "apache": apache,
}
"""Web server to what writes its rules."""


def rules(host: str, root: str = DEFAULT_ROOT) -> str:
    """Write the rules for a web server.

    Args:
        host: ``nginx``, ``caddy`` or ``apache``.
        root: the folder that the site is built in, for those whose rules name it.
    """
    return HOSTS[host](root)
