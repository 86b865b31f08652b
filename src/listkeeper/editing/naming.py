"""Renaming an entry: its former name is kept, with the date on which another took its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from listkeeper.editing.words import called, text
from listkeeper.errors import UsageError
from listkeeper.graph import RDF_TYPE, Literal, URINode
from listkeeper.model import PROPOSED
from listkeeper.namespaces import SKOSXL, XSD
from listkeeper.store.properties import expand

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listkeeper.editing.draft import Draft
    from listkeeper.graph import Term, Triple
    from listkeeper.model import Concept
    from listkeeper.uris import Minter

PART: Final = re.compile(r"#former-(\d{1,9})\Z")
"""How the part that holds a former name is called."""

DATE: Final = URINode(XSD + "date")


def rename(draft: Draft, concept: Concept, label: str, language: str = "") -> None:
    """Give an entry another preferred label in a language.

    The former one is kept with today's date. It is not where the entry was only proposed, or
    the name was never committed: then nobody has used it. A former name that becomes the label
    again is no former one any more; an alternative or draft label that becomes it is not kept
    beside it.

    Raises:
        UsageError: when it is called so already, or has no label in that language to be replaced.
    """
    path = draft.home(URINode(concept.uri))
    node, said = URINode(concept.uri), draft.triples(path)
    new = text(draft, label, language, is_name=True)
    preferred = draft.term("skos:prefLabel")
    held = [t for t in said if t[:2] == (node, preferred) and _language(t) == new.language]
    if (node, preferred, new) in held:
        raise UsageError(f"{called(draft, concept)} is called so already")
    others = [
        (node, draft.term("skos:altLabel"), new),
        *(t for t in said if t[1] == draft.term("def:draftLabel") and _language(t) == new.language),
    ]
    remove = [*others, *_former(draft, node, said, new)]
    old = held[0] if held else None
    add: list[Triple] = [] if old else [(node, preferred, new)]
    if old and _is_known(draft, concept, path, old):
        add += _record(draft, node, said, old)
    draft.change(path, remove=remove, add=add, replace={old: (node, preferred, new)} if old else {})
    was = f"was {called(draft, concept)}" if old else f"{called(draft, concept)} had no such label"
    draft.tell(f'renamed {concept.address} to "{new.value}"; it {was}')


def _language(triple: Triple) -> str | None:
    return triple[2].language if isinstance(triple[2], Literal) else None


def _is_known(draft: Draft, concept: Concept, path: str, label: Triple) -> bool:
    """Say whether others may know an entry by a label: it was committed, as far as is known."""
    if concept.status == PROPOSED:
        return False
    committed = draft.committed_triples(path)
    return committed is None or label in committed


def _former(draft: Draft, node: URINode, said: Iterable[Triple], name: Literal) -> list[Triple]:
    """Find what records a name as a former one."""
    triples = list(said)
    form, hidden = draft.term("skosxl:literalForm"), draft.term("skosxl:hiddenLabel")
    parts = {t[0] for t in triples if t[1] == form and t[2] == name}
    return [t for t in triples if t[0] in parts or (t[:2] == (node, hidden) and t[2] in parts)]


def _record(draft: Draft, node: URINode, said: Iterable[Triple], old: Triple) -> list[Triple]:
    """Record a label as a former one, unless it is recorded or kept as another label."""
    triples = list(said)
    form = draft.term("skosxl:literalForm")
    kept = {form, draft.term("skos:altLabel"), draft.term("skos:hiddenLabel")}
    if any(t[1] in kept and t[2] == old[2] for t in triples):
        return []
    numbers = [int(found[1]) for t in triples if (found := PART.search(t[0].value))]
    return former_label(
        draft.edition.minter, node, max(numbers, default=0) + 1, old[2], draft.today
    )


def former_label(minter: Minter, entry: URINode, number: int, name: Term, day: str) -> list[Triple]:
    """Record a name as a former one.

    Args:
        minter: makes the terms.
        entry: whose name it was.
        number: of the part that holds it; no other former name has it.
        name: the name.
        day: on which another took its place.
    """
    part = URINode(f"{entry.value}#former-{number}")
    return [
        (entry, URINode(SKOSXL + "hiddenLabel"), part),
        (part, RDF_TYPE, URINode(SKOSXL + "Label")),
        (part, URINode(SKOSXL + "literalForm"), name),
        (part, URINode(expand("def:replacedOn", minter)), Literal(day, datatype=DATE)),
    ]
