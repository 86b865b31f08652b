"""Where pages link to: relative addresses within the site, and outside it no scripts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

SAFE: Final = re.compile(r"(?:https?://|mailto:)[^\s<>\"{}|\\^`\x00-\x20]+\Z", re.IGNORECASE)
"""Addresses a page links to; any other is shown as text and never becomes a link."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A text that leads somewhere, or only a text."""

    text: str
    href: str = ""
    """Empty where there is nothing safe to link to."""
    language: str = ""
    """Language tag of the text where that is not the page's own."""
    current: bool = False
    """Whether it leads to the page it stands on."""


def climb(path: str) -> str:
    """Return what leads from a page up to the site's root, wherever that is served.

    Args:
        path: the URL path of the page as it was asked for, beginning with a slash.

    >>> climb("/service/559"), climb("/lists")
    ('../', './')
    """
    return "../" * (path.count("/") - 1) or "./"


def relative(current: str, target: str, fragment: str = "") -> str:
    """Make the link from one page of the site to another.

    No scheme, host or leading slash is ever in it, so it holds under any host, port and folder.

    Args:
        current: the URL path of the page the link stands on.
        target: the URL path or address of the page it leads to.
        fragment: the part of that page, without ``#``.

    >>> relative("/service/559", "list/services")
    '../list/services'
    >>> relative("/lists", "/def.html", "meetsNeed")
    './def.html#meetsNeed'
    """
    anchor = f"#{quote(fragment, safe='')}" if fragment else ""
    return climb(current) + quote(target.removeprefix("/")) + anchor


def outside(address: str) -> str:
    """Return an address if a page may link to it, else nothing.

    >>> outside("https://www.gov.uk/"), outside("javascript:alert(1)"), outside("data:text/html,x")
    ('https://www.gov.uk/', '', '')
    """
    return address if SAFE.match(address) else ""


def outside_link(address: str, text: str = "") -> Link:
    """Link to an address outside the site, or show it as text when that is not safe."""
    return Link(text=text or address, href=outside(address))
