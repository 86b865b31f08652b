"""What is said of a path at which there is nothing: codes near it, or whose code it may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from listkeeper.publish.representations import REPRESENTATIONS
from listkeeper.search.issued import issuer_of, reservation_of
from listkeeper.search.near import near_codes
from listkeeper.uris import LONGEST_NOTATION, NOTATION
from listkeeper.web.problems import Problem

if TYPE_CHECKING:
    from listkeeper.edition import Edition
    from listkeeper.publish.publication import Publication

Known: TypeAlias = tuple[str, dict[str, Any]]
"""What is known of a code in words, and the members of the problem document that say it."""

NOTHING: Final = "There is nothing at this address. Check the code, or look in the lists."


def missing(publication: Publication, path: str) -> Problem:
    """Say what is known about a path that nothing answers.

    Args:
        publication: what is held.
        path: the URL path that was asked for.
    """
    edition = publication.edition
    code = _code(path)
    near = near_codes(edition.vocabulary, code)
    if code in publication.resources:
        return Problem(status=404, detail=NOTHING, near=near)
    detail, members = (
        _of_another_owner(edition, code)
        or _reserved(edition, code)
        or _never_given_out(edition, code)
        or (NOTHING, {})
    )
    return Problem(status=404, detail=detail, members=members, near=near)


def _of_another_owner(edition: Edition, code: str) -> Known | None:
    issuer = issuer_of(edition.vocabulary, code)
    if issuer is None:
        return None
    notation = code.rpartition("/")[2]
    former = f"{issuer.former_space}{notation}"
    detail = (
        f"{notation} was issued, or may have been, by {issuer.former_owner or 'its owner'} "
        f"and is not held here. Its identifier there is {former}"
    )
    return detail, {"issuedAs": former}


def _reserved(edition: Edition, code: str) -> Known | None:
    found = reservation_of(edition, code)
    if found is None:
        return None
    detail = f"{code.rpartition('/')[2]} is not given out: {found.reason}."
    return detail, {"notGivenOut": found.reason}


def _never_given_out(edition: Edition, code: str) -> Known | None:
    """Say of a code in a list of ours that it has never been one: none is ever taken away."""
    segment, _, notation = code.rpartition("/")
    schemes = (s for s in edition.vocabulary.schemes.values() if not s.subset_of)
    scheme = next((s for s in schemes if s.segment == segment and segment), None)
    if scheme is None or not NOTATION.fullmatch(notation) or len(notation) > LONGEST_NOTATION:
        return None
    detail = f"{notation} has never been given out in the list {scheme.title().value}."
    return detail, {"list": scheme.uri}


def _code(path: str) -> str:
    """Take the segment and the code out of a path, without the ending of a format."""
    address = path.removeprefix("/").removeprefix("id/")
    endings = sorted((row.extension for row in REPRESENTATIONS), key=len, reverse=True)
    found = (ending for ending in endings if address.endswith(ending))
    code = address.removesuffix(next(found, "")).rstrip("/")
    return code if code.count("/") == 1 else ""
