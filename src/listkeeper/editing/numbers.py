"""Codes of new entries: the next number that was never given out, or none yet."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from listkeeper.errors import UsageError
from listkeeper.store.ids import read_ids, size
from listkeeper.store.placing import lies_by_hundred, path_of
from listkeeper.store.workspace import VOCABULARIES, FileKind
from listkeeper.uris import notation_problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from listkeeper.editing.draft import Draft
    from listkeeper.model import ConceptScheme
    from listkeeper.store.ids import Reserved

UNNUMBERED: Final = "new-"
"""How the code of a proposal without a number begins."""

LONGEST_SLUG: Final = 40
LARGEST: Final = 15
"""Digits of the largest number that is looked at; spreadsheets keep no more."""


def next_number(draft: Draft, scheme: ConceptScheme, given_out: Iterable[str] = ()) -> str:
    """Give the number of the next entry of a list.

    It is one more than the greatest of what the files hold, of what was given out before, and of
    the single numbers that ``ids.txt`` keeps back; ranges that are kept back are passed over.

    Args:
        draft: the lists, with what is drafted already.
        scheme: the list, or a subset of it.
        given_out: codes of the list that were ever used, as its history tells.

    Raises:
        UsageError: when codes of the list are no numbers, or nothing says where ours begin.
    """
    home = list_of(draft, scheme)
    reserved = _reserved(draft, home.name)
    held = [_stem(path) for path in _paths(draft, home.name)]
    single = [line.first for line in reserved if line.first == line.last]
    first = _first(home, held)
    numbers = [int(c) for c in (*held, *given_out, *single) if _is_number(c)]
    number = max((first, *(n + 1 for n in numbers if n >= first)))
    while kept := [line for line in reserved if line.holds(str(number))]:
        number = max(int(line.last) for line in kept) + 1
    return str(number)


def provisional(draft: Draft, scheme: ConceptScheme, label: str) -> str:
    """Make the code of a proposal that gets its number on merging: ``new-`` and its label.

    Raises:
        UsageError: when nothing of the label can stand in a code.
    """
    plain = unicodedata.normalize("NFKD", label.lower()).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST_SLUG].strip("-")
    if not slug or notation_problem(slug):
        raise UsageError(f"{label!r} makes no code; give one with --code, such as new-libraries")
    home = list_of(draft, scheme)
    held = {_stem(path) for path in _paths(draft, home.name)}
    codes = (f"{UNNUMBERED}{slug}{ending}" for ending in ("", *(f"-{n}" for n in range(2, 1000))))
    return next(code for code in codes if code not in held)


def place(draft: Draft, scheme: ConceptScheme, notation: str) -> str:
    """Give the path of the file of a new entry.

    Raises:
        UsageError: when the code may not be used, is taken, or is kept back in ``ids.txt``.
    """
    home = list_of(draft, scheme)
    problem = notation_problem(notation.removeprefix(UNNUMBERED))
    if problem:
        raise UsageError(f"{notation!r} {problem}")
    paths = list(_paths(draft, home.name))
    taken = [path for path in paths if _stem(path).lower() == notation.lower()]
    if taken:
        raise UsageError(f"{home.segment}/{notation} is taken: {taken[0]}")
    kept = [line for line in _reserved(draft, home.name) if line.holds(notation)]
    if kept:
        raise UsageError(f"{home.segment}/{notation} is kept back in ids.txt: {kept[0].reason}")
    return path_of(home.name, notation, by_hundred=lies_by_hundred(paths, home.name, coming=1))


def list_of(draft: Draft, scheme: ConceptScheme) -> ConceptScheme:
    """Give the list that a subset is of, or the list itself."""
    schemes = draft.edition.vocabulary.schemes
    return schemes.get(scheme.subset_of, scheme) if scheme.subset_of else scheme


def is_unnumbered(notation: str) -> bool:
    """Say whether a code is that of a proposal without a number."""
    return notation.startswith(UNNUMBERED)


def _first(scheme: ConceptScheme, held: list[str]) -> int:
    """Give the number with which codes made here begin."""
    if scheme.first_minted:
        return scheme.first_minted
    if scheme.former_space:
        owner = scheme.former_owner or "another owner"
        why = f"its codes are those of {owner}, and def:firstMinted does not say where ours begin"
        raise UsageError(f"{scheme.name}: {why}; give the code with --code")
    if not all(_is_number(code) or is_unnumbered(code) for code in held):
        raise UsageError(f"{scheme.name}: its codes are no numbers; give one with --code")
    return 1


def _is_number(code: str) -> bool:
    return code.isascii() and code.isdecimal() and size(code)[0] <= LARGEST


def _stem(path: str) -> str:
    return path.rsplit("/", 1)[-1].removesuffix(".ttl")


def _paths(draft: Draft, list_name: str) -> Iterator[str]:
    """Give the files of the entries of a list, drafted ones too."""
    for path, kind in draft.kinds():
        if kind is FileKind.CONCEPT and path.split("/")[1] == list_name:
            yield path


def _reserved(draft: Draft, list_name: str) -> tuple[Reserved, ...]:
    data = draft.content(f"{VOCABULARIES}/{list_name}/ids.txt") or b""
    return read_ids(data.decode(errors="replace"))[0]
