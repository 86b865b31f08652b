"""RDF Patch: the statements that a release took out and put in, to bring a copy up to date.

https://afs.github.io/rdf-patch/. The statements are those published, derived ones among them: the
patch of two releases makes the data of the second from that of the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listkeeper.edition import Edition
    from listkeeper.graph import Triple

CONTENT_TYPE: Final = "application/rdf-patch; charset=utf-8"


def rdf_patch(base: str, names: tuple[str, str], before: Edition | None, after: Edition) -> bytes:
    """Write the patch from one release to another.

    Args:
        base: the base URI.
        names: of the two releases; the first is empty for nothing.
        before: the first, opened.
        after: the second.
    """
    old = set(before.published) if before else set()
    new = set(after.published)
    earlier = [f"H prev <{base}release/{names[0]}/> ."] if names[0] else []
    lines = [
        f"H id <{base}release/{names[1]}/> .",
        *earlier,
        "TX .",
        *_rows("D", old - new),
        *_rows("A", new - old),
        "TC .",
    ]
    return ("\n".join(lines) + "\n").encode()


def _rows(act: str, triples: Iterable[Triple]) -> list[str]:
    return sorted(f"{act} {' '.join(map(str, triple))} ." for triple in triples)
