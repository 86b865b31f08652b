"""What a file host sends with a file: content types by its ending, and headers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.publish.publication import STATIC_TYPES
from listkeeper.publish.representations import REPRESENTATIONS
from listkeeper.publish.resources import VOID_ADDRESS
from listkeeper.web.headers import CACHING, CONTENT_SECURITY_POLICY, EXPOSED

if TYPE_CHECKING:
    from listkeeper.publish.representations import Representation

HEADERS: Final = {
    **CACHING,
    "void": VOID_ADDRESS,
    "csp": CONTENT_SECURITY_POLICY,
    "exposed": EXPOSED,
    "immutable": "public, max-age=31536000, immutable",
}
"""What the rules say in headers, as the server does."""


def file_types() -> dict[str, str]:
    """Give the content type of each kind of file by its last ending."""
    own = {row.extension: row.content_type for row in REPRESENTATIONS if _has_one_ending(row)}
    return {**STATIC_TYPES, **own, ".tsv": _type_of(".sssom.tsv")}


def _type_of(extension: str) -> str:
    return next(row.content_type for row in REPRESENTATIONS if row.extension == extension)


def longer_endings() -> dict[str, str]:
    """Give the content type of files whose last ending tells another one."""
    types = file_types()
    return {
        row.extension: row.content_type
        for row in REPRESENTATIONS
        if not _has_one_ending(row)
        if types.get("." + row.extension.rpartition(".")[2]) != row.content_type
    }


def _has_one_ending(row: Representation) -> bool:
    return row.extension.count(".") == 1


def filled(template: str, **parts: str) -> str:
    """Fill the text of some rules, in which << and >> stand for braces.

    Args:
        template: the text.
        parts: what differs from site to site.
    """
    return template.format(**HEADERS, **parts).replace("<<", "{").replace(">>", "}")
