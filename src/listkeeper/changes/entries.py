"""What became of one entry: its statements read as changes that people know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.changes.kinds import Kind
from listkeeper.changes.ledger import Taken
from listkeeper.graph import Literal
from listkeeper.model import CURRENT, PROPOSED, RETIRED

if TYPE_CHECKING:
    from listkeeper.changes.account import Account
    from listkeeper.model import Concept

RETIREMENT: Final = (
    "adms:status",
    "def:endDate",
    "def:retirementReason",
    "dct:isReplacedBy",
    "def:reinstatedOn",
)
"""What is written when an entry is retired, or comes back."""

STANDINGS: Final = {
    (CURRENT, RETIRED): Kind.RETIRED,
    (PROPOSED, RETIRED): Kind.RETIRED,
    (RETIRED, CURRENT): Kind.REINSTATED,
    (RETIRED, PROPOSED): Kind.REINSTATED,
    (PROPOSED, CURRENT): Kind.CONFIRMED,
}
"""Status before and after to kind; any other change is one of status."""

LABELS: Final = {
    (True, True): Kind.RENAMED,
    (False, True): Kind.LABEL_ADDED,
    (True, False): Kind.LABEL_REMOVED,
}
"""Whether labels of a language were removed, and added, to kind."""


def tell_entry(account: Account, before: Concept | None, after: Concept | None) -> None:
    """Tell what became of an entry.

    Args:
        account: what differs about it.
        before: the entry as it was; None for a new one.
        after: the entry as it is; None for one that is gone.
    """
    if before is None:
        account.tell_whole(Kind.ADDED)
    elif after is None:
        is_proposal = before.status == PROPOSED
        account.tell_whole(Kind.WITHDRAWN if is_proposal else Kind.REMOVED)
    else:
        _tell_status(account, before, after)
        _tell_labels(account)
        account.tell_properties(account.tables.concept)
        account.tell_parts()
        account.absorb(account.tables.node("dct:modified"), Kind.DATES)
    account.tell_rest()


def _tell_status(account: Account, before: Concept, after: Concept) -> None:
    if before.status == after.status:
        return
    kind = STANDINGS.get((before.status, after.status), Kind.STATUS)
    is_retirement = RETIRED in {before.status, after.status}
    properties = RETIREMENT if is_retirement else RETIREMENT[:1]
    taken = account.ledger.take(account.node, *map(account.tables.node, properties))
    names = account.names
    account.tell(
        kind,
        taken,
        before=(names.value(Literal(before.status)),),
        after=tuple(names.value(Literal(text)) for text in _standing(after)),
        replaced_by=tuple(map(names.reference, after.replaced_by)),
    )


def _standing(concept: Concept) -> tuple[str, ...]:
    """Say how an entry stands: its status; of a retired one also since when, and why."""
    if not concept.is_retired:
        return (concept.status,)
    reasons = (text.value for text in concept.retirement_reason)
    return tuple(filter(None, (concept.status, concept.end_date, *reasons)))


def _tell_labels(account: Account) -> None:
    """Tell of labels language by language, the record of the former name with the renaming."""
    label = account.tables.node("skos:prefLabel")
    for language, named in account.ledger.take(account.node, label).by_language():
        kind = LABELS[bool(named.removed), bool(named.added)]
        account.tell(
            kind,
            named + _former(account, named),
            property_uri=label.value,
            property_label=account.names.property_label(label.value),
            language=language,
            before=tuple(map(account.names.value, named.before)),
            after=tuple(map(account.names.value, named.after)),
        )


def _former(account: Account, renamed: Taken) -> Taken:
    """Take the new records of the names that an entry had, with what points to them."""
    form, pointer = map(account.tables.node, ("skosxl:literalForm", "skosxl:hiddenLabel"))
    graph, known = account.names.after.authored, account.names.before.authored
    lost = set(renamed.before)
    parts = {
        part
        for part in account.ledger.subjects()
        if lost & set(graph.objects(part, form)) and not known.properties(part)
    }
    taken = account.part_where(parts.__contains__)
    pointing = account.ledger.take(account.node, pointer)
    ours = tuple(triple for triple in pointing.added if triple[2] in parts)
    others = tuple(triple for triple in pointing.added if triple[2] not in parts)
    account.ledger.enter(pointing.removed, others)
    return taken + Taken(added=ours)
