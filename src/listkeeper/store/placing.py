"""Where the file of an entry lies: by its code, in folders of a hundred in large lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.store.workspace import VOCABULARIES

if TYPE_CHECKING:
    from collections.abc import Iterable

LARGEST_FOLDER: Final = 900
"""Entries beyond which numbered ones lie in folders of a hundred: forges cut folders at 1,000."""


def path_of(list_name: str, notation: str, *, by_hundred: bool) -> str:
    """Give the path of an entry's file.

    >>> path_of("services", "559", by_hundred=True)
    'vocabularies/services/05/559.ttl'
    >>> path_of("functions", "41", by_hundred=False)
    'vocabularies/functions/41.ttl'
    """
    numbered = by_hundred and notation.isascii() and notation.isdecimal()
    folder = f"{int(notation) // 100:02d}/" if numbered else ""
    return f"{VOCABULARIES}/{list_name}/{folder}{notation}.ttl"


def lies_by_hundred(paths: Iterable[str], list_name: str, coming: int) -> bool:
    """Say whether a list's entries lie in folders, or will have to.

    Args:
        paths: the files of its entries.
        list_name: its folder.
        coming: how many entries will be added.
    """
    prefix = f"{VOCABULARIES}/{list_name}/"
    inside = [path.removeprefix(prefix) for path in paths if path.startswith(prefix)]
    return any("/" in path for path in inside) or len(inside) + coming > LARGEST_FOLDER
