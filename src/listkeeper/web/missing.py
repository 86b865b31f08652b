"""What is said of a path at which there is nothing: codes near it, or whose code it may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.publish.representations import REPRESENTATIONS
from listkeeper.search.near import near_codes
from listkeeper.web.problems import Problem

if TYPE_CHECKING:
    from listkeeper.model import ConceptScheme, Vocabulary
    from listkeeper.publish.publication import Publication

LONGEST_CODE: Final = 9
"""Digits of the longest number that can be another owner's code."""


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


def issuer_of(vocabulary: Vocabulary, code: str) -> ConceptScheme | None:
    """Find the list in which another owner may have issued a code that is not held.

    Args:
        vocabulary: what is held.
        code: a segment and a notation, such as ``service/9``.
    """
    segment, _, notation = code.rpartition("/")
    if not _is_number(notation):
        return None
    schemes = vocabulary.schemes.values()
    return next((s for s in schemes if _issued(s, segment, int(notation))), None)


def _issued(scheme: ConceptScheme, segment: str, number: int) -> bool:
    """Say whether a number lies below those we mint in a list that has another owner's codes.

    A list in which nothing is minted here is the owner's altogether.
    """
    theirs = scheme.segment == segment and bool(scheme.former_space)
    return theirs and (0 < number < scheme.first_minted or not scheme.first_minted)


def _is_number(notation: str) -> bool:
    plain = notation.isascii() and notation.isdecimal()
    return plain and notation == str(int(notation[:LONGEST_CODE]))


def _code(path: str) -> str:
    """Take the segment and the code out of a path, without the ending of a format."""
    address = path.removeprefix("/").removeprefix("id/")
    endings = sorted((row.extension for row in REPRESENTATIONS), key=len, reverse=True)
    found = (ending for ending in endings if address.endswith(ending))
    code = address.removesuffix(next(found, "")).rstrip("/")
    return code if code.count("/") == 1 else ""
