"""Fetching a file that is to be verified: by http or https alone, within bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    Request,
)

from listkeeper import __version__
from listkeeper.errors import ListkeeperError

if TYPE_CHECKING:
    from email.message import Message
    from http.client import HTTPResponse

SCHEMES: Final = ("http", "https")
LARGEST: Final = 64 * 2**20
SECONDS: Final = 30.0
PARTS: Final = (
    *(HTTPHandler, HTTPSHandler, HTTPDefaultErrorHandler, HTTPErrorProcessor),
    HTTPRedirectHandler,
)
"""What opens addresses: neither files nor FTP, which a redirection could lead to."""


def is_address(text: str) -> bool:
    """Say whether a text is an address on the web, and no file.

    >>> is_address("https://lists.example.org/list/services.csv"), is_address("services.csv")
    (True, False)
    """
    return text.lower().startswith(tuple(f"{scheme}://" for scheme in SCHEMES))


def fetch(address: str) -> tuple[bytes, str]:
    """Fetch what is at an address.

    Returns:
        its bytes, and the last part of its path.

    Raises:
        ListkeeperError: when it cannot be had, or is too large.
    """
    opener = OpenerDirector()
    for part in PARTS:
        opener.add_handler(part())
    request = Request(  # noqa: S310 - the opener knows http and https alone
        address, headers={"User-Agent": f"listkeeper/{__version__}", "Accept-Encoding": "identity"}
    )
    try:
        reply: HTTPResponse = opener.open(request, timeout=SECONDS)
        with reply:
            data = reply.read(LARGEST + 1)
            name = _name(reply.headers, reply.url)
    except HTTPError as error:
        raise ListkeeperError(
            f"{address}: the server answers {error.code} {error.reason}"
        ) from error
    except (URLError, OSError, ValueError) as error:
        why = getattr(error, "reason", None) or error
        raise ListkeeperError(f"{address}: cannot be fetched: {why}") from error
    if len(data) > LARGEST:
        raise ListkeeperError(f"{address}: holds more than {LARGEST >> 20} MB")
    return data, name


def _name(headers: Message, address: str) -> str:
    """Name what was fetched: as the server says, else by the address it came from."""
    return headers.get_filename() or unquote(urlsplit(address).path.rsplit("/", 1)[-1])
