"""The end of an entry's use, and its return: retire, replace, merge, split, reinstate, accept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listkeeper.editing.pointers import Links, redirect
from listkeeper.editing.words import called, text
from listkeeper.errors import UsageError
from listkeeper.graph import URINode
from listkeeper.model import CURRENT, PROPOSED, RETIRED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from listkeeper.editing.draft import Draft
    from listkeeper.graph import Triple
    from listkeeper.model import Concept

ENDS = ("def:endDate", "def:retirementReason", "dct:isReplacedBy")
"""What a retired entry says of its end."""


def retire(
    draft: Draft,
    concept: Concept,
    *,
    reason: str,
    end_date: str = "",
    replaced_by: Sequence[Concept] = (),
    links: Links | None = None,
) -> None:
    """Retire an entry: from a day on it is not to be used.

    Args:
        draft: the lists as drafted.
        concept: the entry.
        reason: one sentence for those who used it.
        end_date: the first day on which it is not to be used; today where none is given.
        replaced_by: what to use instead: nothing, one entry, or several to choose from.
        links: what becomes of links that lead to it; where it is not said, they move to the one
            replacement there is, and stay where there are several or none.

    Raises:
        UsageError: when it is retired already, or is to replace itself.
    """
    if _status(draft, concept) == RETIRED:
        raise UsageError(f"{called(draft, concept)} is retired already; see `listkeeper replace`")
    _refuse_itself(draft, concept, replaced_by)
    node = URINode(concept.uri)
    _set_status(draft, concept, RETIRED)
    said: list[Triple] = [
        (node, draft.term("def:endDate"), draft.date(end_date)),
        (node, draft.term("def:retirementReason"), text(draft, reason)),
        *_replacements(draft, node, replaced_by),
    ]
    draft.change(draft.home(node), add=said)
    draft.tell(
        f"retired {called(draft, concept)} from {end_date or draft.today}{_by(draft, replaced_by)}"
    )
    wanted = links or (Links.MOVE if len(replaced_by) == 1 else Links.KEEP)
    count = redirect(draft, concept, replaced_by, wanted)
    if count:
        verb = "moved" if wanted is Links.MOVE and replaced_by else "dropped"
        draft.tell(f"{verb} {count} links that led to {concept.address}")


def replace(
    draft: Draft,
    concept: Concept,
    replacements: Sequence[Concept],
    *,
    reason: str = "",
    end_date: str = "",
    links: Links | None = None,
) -> None:
    """Say what takes the place of an entry; one that is in use is retired for it.

    Args:
        draft: the lists as drafted.
        concept: the entry.
        replacements: what to use instead; of a retired entry, in the place of what it names now.
        reason: why; it is needed where the entry is in use.
        end_date: as for :func:`retire`.
        links: as for :func:`retire`.

    Raises:
        UsageError: when the reason is missing, or it is to replace itself.
    """
    if _status(draft, concept) != RETIRED:
        if not reason:
            raise UsageError(f"{called(draft, concept)} is in use: give the --reason to retire it")
        retire(
            draft, concept, reason=reason, end_date=end_date, replaced_by=replacements, links=links
        )
        return
    _refuse_itself(draft, concept, replacements)
    node = URINode(concept.uri)
    said = draft.said(concept)
    predicate = draft.term("dct:isReplacedBy")
    new = _replacements(draft, node, replacements)
    old = [t for t in said if t[:2] == (node, predicate) and t not in new]
    if not old and all(triple in said for triple in new):
        raise UsageError(f"{called(draft, concept)} is replaced so already")
    draft.change(draft.home(node), remove=old, add=new)
    draft.tell(f"{called(draft, concept)} is{_by(draft, replacements).removeprefix(',')}")
    redirect(draft, concept, replacements, links or Links.MOVE)


def merge(
    draft: Draft,
    concepts: Sequence[Concept],
    into: Concept,
    *,
    reason: str,
    end_date: str = "",
    links: Links | None = None,
) -> None:
    """Retire several entries in favour of one, which may be one of them.

    Raises:
        UsageError: when fewer than two entries would be one.
    """
    others = {c.uri: c for c in concepts if c.uri != into.uri}.values()
    if not others or len({*map(_uri, concepts)}) < 2:  # noqa: PLR2004 - that is what merging is
        raise UsageError(
            "merging takes two entries or more, one of which may be the one that stays"
        )
    for concept in others:
        retire(draft, concept, reason=reason, end_date=end_date, replaced_by=[into], links=links)


def split(
    draft: Draft,
    concept: Concept,
    parts: Sequence[Concept],
    *,
    reason: str,
    end_date: str = "",
    links: Links | None = None,
) -> None:
    """Retire an entry in favour of several.

    Raises:
        UsageError: when there are fewer than two.
    """
    if len(set(map(_uri, parts))) < 2:  # noqa: PLR2004 - that is what splitting is
        raise UsageError("splitting takes two parts or more")
    retire(draft, concept, reason=reason, end_date=end_date, replaced_by=parts, links=links)


def reinstate(draft: Draft, concept: Concept, day: str = "") -> None:
    """Bring a retired entry back into use, and say since when.

    Where its retirement was never committed, it is as if it had not been.

    Raises:
        UsageError: when it is not retired.
    """
    if _status(draft, concept) != RETIRED:
        raise UsageError(f"{called(draft, concept)} is not retired")
    node, path = URINode(concept.uri), draft.home(URINode(concept.uri))
    ends = {draft.term(name) for name in ENDS}
    said = draft.triples(path)
    _set_status(draft, concept, CURRENT)
    back = (node, draft.term("def:reinstatedOn"), draft.date(day))
    _refuse_earlier(draft, concept, day or draft.today)
    known = _was_committed_retired(draft, path, node)
    draft.change(
        path, remove=[t for t in said if t[0] == node and t[1] in ends], add=[back] if known else []
    )
    draft.tell(f"reinstated {called(draft, concept)} from {day or draft.today}")


def accept(draft: Draft, concept: Concept) -> None:
    """Take a proposal up: its code is in use from now on.

    Raises:
        UsageError: when it is no proposal.
    """
    if _status(draft, concept) != PROPOSED:
        raise UsageError(f"{called(draft, concept)} is {_status(draft, concept)}, not proposed")
    _set_status(draft, concept, CURRENT)
    draft.tell(f"accepted {called(draft, concept)}")


def _status(draft: Draft, concept: Concept) -> str:
    key = URINode(concept.uri), draft.term("adms:status")
    held = (t[2].value for t in draft.said(concept) if t[:2] == key)
    return next(held, "").rsplit("/", 1)[-1]


def _set_status(draft: Draft, concept: Concept, name: str) -> None:
    node, predicate = URINode(concept.uri), draft.term("adms:status")
    new = (node, predicate, draft.status(name))
    held = [t for t in draft.said(concept) if t[:2] == (node, predicate)]
    draft.change(draft.home(node), replace=dict.fromkeys(held, new), add=[] if held else [new])


def _replacements(draft: Draft, node: URINode, replacements: Iterable[Concept]) -> list[Triple]:
    predicate = draft.term("dct:isReplacedBy")
    return [(node, predicate, URINode(concept.uri)) for concept in replacements]


def _refuse_itself(draft: Draft, concept: Concept, replacements: Iterable[Concept]) -> None:
    if concept.uri in map(_uri, replacements):
        raise UsageError(f"{called(draft, concept)} can not replace itself")


def _uri(concept: Concept) -> str:
    return concept.uri


def _by(draft: Draft, replacements: Sequence[Concept]) -> str:
    names = " and ".join(called(draft, concept) for concept in replacements)
    return f", replaced by {names}" if names else ""


def _refuse_earlier(draft: Draft, concept: Concept, day: str) -> None:
    if concept.end_date > day:
        until = f"is in use until {concept.end_date}"
        raise UsageError(f"{called(draft, concept)} {until}; give that --date, or a later one")


def _was_committed_retired(draft: Draft, path: str, node: URINode) -> bool:
    """Say whether others may know of the retirement."""
    committed = draft.committed_triples(path)
    retired = (node, draft.term("adms:status"), draft.status(RETIRED))
    return committed is None or retired in committed
