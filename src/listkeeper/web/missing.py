"""What is said of a path at which there is nothing: codes near it, or whose code it may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listkeeper.publish.representations import REPRESENTATIONS
from listkeeper.search.issued import issuer_of
from listkeeper.search.near import near_codes
from listkeeper.web.problems import Problem

if TYPE_CHECKING:
    from listkeeper.publish.publication import Publication


def missing(publication: Publication, path: str) -> Problem:
    """Say what is known about a path that nothing answers.

    Args:
        publication: what is held.
        path: the URL path that was asked for.
    """
    vocabulary = publication.edition.vocabulary
    code = _code(path)
    held = code in publication.resources
    issuer = None if held else issuer_of(vocabulary, code)
    if issuer:
        notation = code.rpartition("/")[2]
        former = f"{issuer.former_space}{notation}"
        detail = (
            f"{notation} was issued, or may have been, by {issuer.former_owner or 'its owner'} "
            f"and is not held here. Its identifier there is {former}"
        )
        members = {"issuedAs": former}
    else:
        detail = "There is nothing at this address. Check the code, or look in the lists."
        members = {}
    return Problem(status=404, detail=detail, members=members, near=near_codes(vocabulary, code))


def _code(path: str) -> str:
    """Take the segment and the code out of a path, without the ending of a format."""
    address = path.removeprefix("/").removeprefix("id/")
    endings = sorted((row.extension for row in REPRESENTATIONS), key=len, reverse=True)
    found = (ending for ending in endings if address.endswith(ending))
    code = address.removesuffix(next(found, "")).rstrip("/")
    return code if code.count("/") == 1 else ""
