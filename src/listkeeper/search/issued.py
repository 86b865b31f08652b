"""Whose code a code is that is not held here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.store.ids import read_ids

if TYPE_CHECKING:
    from listkeeper.edition import Edition
    from listkeeper.model import ConceptScheme, Vocabulary
    from listkeeper.store.ids import Reserved

IDS: Final = "ids.txt"

LONGEST_CODE: Final = 9
"""Digits of the longest number that can be another owner's code."""


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


def reservation_of(edition: Edition, code: str) -> Reserved | None:
    """Find the line of an ``ids.txt`` that keeps a code from being given out.

    Args:
        edition: what is held.
        code: a segment and a notation, such as ``service/200005``.
    """
    segment, _, notation = code.rpartition("/")
    schemes = edition.vocabulary.schemes.values()
    folders = {s.path.rpartition("/")[0] for s in schemes if s.segment == segment}
    files = (edition.files.get(f"{folder}/{IDS}") for folder in sorted(folders))
    lines = (line for file in files if file for line in read_ids(_text(file.data))[0])
    return next((line for line in lines if line.holds(notation)), None)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _issued(scheme: ConceptScheme, segment: str, number: int) -> bool:
    """Say whether a number lies below those we mint in a list that has another owner's codes.

    A list in which nothing is minted here is the owner's altogether.
    """
    theirs = scheme.segment == segment and bool(scheme.former_space)
    return theirs and (0 < number < scheme.first_minted or not scheme.first_minted)


def _is_number(notation: str) -> bool:
    plain = notation.isascii() and notation.isdecimal()
    return plain and notation == str(int(notation[:LONGEST_CODE]))
