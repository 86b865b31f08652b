"""Names with known codes, and matchers that have not seen them."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from listkeeper.edition import load
from listkeeper.search.names import Kind, names_of
from listkeeper.search.text import normal
from listkeeper.store.workspace import open_workspace

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from listkeeper.edition import Edition
    from listkeeper.model import Concept
    from listkeeper.search.names import Name

ROOT: Final = Path(__file__).resolve().parents[2]
SHARED: Final = Path(os.environ.get("LISTKEEPER_SHARED", ROOT.parent / "shared"))
TITLES: Final = SHARED / "data" / "lists" / "govuk_local_services.csv"
LEFT_OUT: Final = frozenset({"1788"})
"""Codes whose label in the lists was itself taken from the titles."""

LIST: Final = "services"
FOLDS: Final = 8


class Pair(NamedTuple):
    """A name, and the code that is right for it."""

    name: str
    code: str


def edition() -> Edition:
    """Load the lists of this repository."""
    return load(open_workspace(ROOT))


def services(lists: Edition) -> tuple[Concept, ...]:
    """Give the services, retired ones too: a matcher has to cope with them."""
    return lists.vocabulary.members(LIST)


def titles() -> list[Pair]:
    """Give the titles that GOV.UK uses, with their codes; none where the file is not at hand."""
    if not TITLES.is_file():
        return []
    with TITLES.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return [Pair(r["Description"], r["LGSL"]) for r in rows if r["LGSL"] not in LEFT_OUT]


def names(concepts: tuple[Concept, ...], kind: Kind) -> list[Pair]:
    """Give the names of one kind of the services in use, in English."""
    return [
        Pair(name.text.value, concept.notation)
        for concept in concepts
        if not concept.is_retired
        for name in names_of(concept, 0)
        if name.kind is kind and name.text.language == "en"
    ]


def left_out(
    concepts: tuple[Concept, ...], unseen: Callable[[Concept, Name], bool]
) -> frozenset[str]:
    """Name the names that a matcher is not to see."""
    return frozenset(
        f"{concept.notation}\t{name.folded}"
        for concept in concepts
        for name in names_of(concept, 0)
        if unseen(concept, name)
    )


def equal_to(pairs: list[Pair]) -> Callable[[Concept, Name], bool]:
    """Leave out every name that is one of these after folding, whosever it is."""
    folded = {normal(pair.name) for pair in pairs}
    return lambda _, name: name.folded in folded


def of_kind(*kinds: Kind) -> Callable[[Concept, Name], bool]:
    """Leave out every name of some kinds."""
    return lambda _, name: name.kind in kinds


def mistyped(name: str, chance: random.Random) -> str:
    """Make one slip in the longest word: a letter left out, doubled, wrong or swapped."""
    words = name.split()
    place = max(range(len(words)), key=lambda n: len(words[n]))
    word = words[place]
    if len(word) > 4:  # noqa: PLR2004 - a slip in a shorter word makes another word
        at = chance.randrange(1, len(word) - 1)
        slips = (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + chance.choice("aeiostn") + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
        words[place] = chance.choice(slips)
    return " ".join(words)


def compound(name: str, chance: random.Random) -> str:
    """Write a name as councils' sites do: its subject, a dash, something one does about it."""
    acts = (
        "apply for {}",
        "report a problem with {}",
        "pay for {}",
        "{} - find out more",
        "{} form",
    )
    return chance.choice(acts).format(name.lower())
