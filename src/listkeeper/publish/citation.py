"""Citations of legislation and their addresses: generated from what is recorded, never typed.

Addresses are the identifiers of legislation.gov.uk, which name a provision by its kind and
numbers below the Act (https://www.legislation.gov.uk/developer/uris).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from listkeeper.uris import URI

if TYPE_CHECKING:
    from collections.abc import Mapping

    from listkeeper.legislation import Provision
    from listkeeper.model import Concept


class Level(NamedTuple):
    """One level of a provision: its word in citations and its segment in addresses."""

    word: str
    segment: str


KINDS: Final[Mapping[str, tuple[Level, ...]]] = {
    "section": (Level("section", "section"),),
    "regulation": (Level("regulation", "regulation"),),
    "article": (Level("article", "article"),),
    "rule": (Level("rule", "rule"),),
    "part": (Level("Part", "part"),),
    "chapter": (Level("Chapter", "chapter"),),
    "schedule": (Level("Schedule", "schedule"),),
    "part-chapter": (Level("Part", "part"), Level("Chapter", "chapter")),
    "schedule-part": (Level("Schedule", "schedule"), Level("Part", "part")),
    "schedule-paragraph": (Level("Schedule", "schedule"), Level("paragraph", "paragraph")),
}
"""Kind of provision to its levels; the numbers of several are parted by ``/`` in the record."""


def place(kind: str, number: str) -> str:
    """Say where in an Act a provision is.

    >>> place("section", "7(1)")
    'section 7(1)'
    >>> place("schedule-paragraph", "4/3(5)")
    'Schedule 4, paragraph 3(5)'
    """
    numbered = zip(_levels(kind), _numbers(kind, number), strict=False)
    return ", ".join(f"{level.word} {part}".strip() for level, part in numbered)


def place_path(kind: str, number: str) -> str:
    """Give the path of a provision below the Act's address.

    >>> place_path("section", "41(1A)(b)")
    'section/41/1A/b'
    >>> place_path("schedule-paragraph", "4/3(5)")
    'schedule/4/paragraph/3/5'
    >>> place_path("schedule", "")
    'schedule'
    """
    numbered = zip(_levels(kind), _numbers(kind, number), strict=False)
    return "/".join(
        part for level, text in numbered for part in (level.segment, *re.findall(r"\w+", text))
    )


def cite(provision: Provision, concepts: Mapping[URI, Concept]) -> str:
    """Cite a provision, such as "Public Libraries and Museums Act 1964, section 7".

    Args:
        provision: what is cited.
        concepts: the concepts by URI, legislation among them.

    Returns:
        the citation; where the legislation is not held here its URI stands for the title.
    """
    legislation = concepts.get(provision.legislation)
    title = legislation.label().value if legislation else provision.legislation
    return ", ".join(part for part in (title, place(provision.kind, provision.number)) if part)


def provision_uri(provision: Provision, concepts: Mapping[URI, Concept]) -> URI:
    """Give a provision's identifier at legislation.gov.uk, empty where its Act's is not known."""
    legislation = concepts.get(provision.legislation)
    if legislation is None or legislation.enactment is None:
        return URI("")
    path = place_path(provision.kind, provision.number)
    return URI("/".join(part for part in (legislation.enactment.uri, path) if part))


def _levels(kind: str) -> tuple[Level, ...]:
    """Give the levels of a kind; one that is not in the table stands for itself."""
    return KINDS.get(kind) or ((Level(kind, kind),) if kind else ())


def _numbers(kind: str, number: str) -> list[str]:
    levels = len(_levels(kind))
    numbers = number.split("/", levels - 1) if levels else []
    return numbers + [""] * (levels - len(numbers))
