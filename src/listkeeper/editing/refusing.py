"""Refusing a proposal: its code stays kept back in ``ids.txt``, with its name and the reason.

That file already says which codes are never given out and why, so a second one could only
contradict it. A line reads ``200007 refused on 2026-11-22: "Dog hotels": no council runs one``.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from listkeeper.editing.renumbering import reserve
from listkeeper.errors import UsageError
from listkeeper.uris import URI

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from listkeeper.editing.draft import Draft
    from listkeeper.model import Concept
    from listkeeper.store.ids import Reserved

LINE: Final = re.compile(r"refused on (?P<day>\d{4}-\d{2}-\d{2}): (?P<rest>\".*)", re.DOTALL)


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """A proposal that was refused."""

    notation: str
    name: str
    day: str
    """Date, such as ``2026-11-22``."""
    reason: str


def refuse(draft: Draft, concept: Concept, reason: str) -> None:
    """Keep back the code of a proposal that is not taken up.

    Args:
        draft: the lists, which do not have the entry.
        concept: the proposed entry, as its branch has it.
        reason: why, for whoever proposes it again.

    Raises:
        UsageError: when the lists have the entry, or no reason is given.
    """
    if URI(concept.uri) in draft.edition.vocabulary.concepts:
        ways = "`listkeeper withdraw` takes it out, `listkeeper retire` ends its use"
        raise UsageError(f"{concept.address} is in the lists already; {ways}")
    if not reason.strip():
        raise UsageError("the reason is empty; say why, for whoever proposes it again")
    name = json.dumps(concept.label(draft.language).value, ensure_ascii=False)
    reserve(draft, concept, f"refused on {draft.today}: {name}: {reason}")


def refusals(lines: Iterable[Reserved]) -> Iterator[Refusal]:
    """Give the refusals among the lines of a list's ``ids.txt``."""
    for line in lines:
        found = LINE.fullmatch(line.reason)
        if found is None:
            continue
        try:
            name, end = json.JSONDecoder().raw_decode(found["rest"])
        except ValueError:
            continue
        reason = found["rest"][end:].removeprefix(": ")
        yield Refusal(notation=line.first, name=name, day=found["day"], reason=reason)
