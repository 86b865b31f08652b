"""Linking two entries, taking a link back, and recording that none is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listkeeper.editing.words import called, text
from listkeeper.errors import UsageError
from listkeeper.graph import RDF_TYPE, URINode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from listkeeper.editing.draft import Draft
    from listkeeper.editing.kinds import LinkKind
    from listkeeper.graph import Triple
    from listkeeper.model import Concept


def link(draft: Draft, concept: Concept, kind: LinkKind, target: Concept) -> None:
    """Link an entry to another, on the side that the kind of link is authored on.

    A record that no link of the kind is known is taken out: now there is one.

    Raises:
        UsageError: when they are linked so already.
    """
    source, other = _ends(concept, kind, target)
    triple = _triple(source, kind, other)
    if triple in draft.said(source):
        raise UsageError(f"{called(draft, source)} {_leads(kind)} {called(draft, other)} already")
    add_links(draft, source, [triple])
    draft.tell(f"linked {called(draft, source)}: {_leads(kind)} {called(draft, other)}")


def unlink(draft: Draft, concept: Concept, kind: LinkKind, target: Concept) -> None:
    """Take a link back.

    Raises:
        UsageError: when there is no such link; what there is of the kind is told.
    """
    source, other = _ends(concept, kind, target)
    triple = _triple(source, kind, other)
    said = draft.said(source)
    if triple not in said:
        held = [t[2].value for t in said if t[:2] == triple[:2]]
        names = ", ".join(called(draft, uri) for uri in held) or "nothing"
        raise UsageError(f"{called(draft, source)} {_leads(kind)} {names}")
    draft.change(draft.home(triple[0]), remove=[triple])
    draft.tell(f"unlinked {called(draft, source)}: {_leads(kind)} {called(draft, other)} no more")


def record_none(draft: Draft, concept: Concept, kinds: Sequence[LinkKind], looked_at: str) -> None:
    """Record that links of some kinds were looked for and none is known.

    Args:
        draft: the lists as drafted.
        concept: the entry.
        kinds: the kinds of links, as seen from it.
        looked_at: what was looked at.

    Raises:
        UsageError: when there are such links, or they are authored at the other end.
    """
    path, node = draft.home(URINode(concept.uri)), URINode(concept.uri)
    said = draft.triples(path)
    for kind in kinds:
        if kind.is_inverse:
            raise UsageError(f"{kind.name} is written in the entries of {kind.other_list}")
        if any(t[:2] == (node, URINode(kind.predicate)) for t in said):
            raise UsageError(f"{called(draft, concept)} has such links: {_leads(kind)}")
    named = {URINode(kind.predicate) for kind in kinds}
    draft.change(path, remove=_outdated(draft, path, named))
    draft.change(path, add=[t for kind in kinds for t in _record(draft, node, kind, looked_at)])
    names = ", ".join(map(_leads, kinds))
    draft.tell(f"recorded of {called(draft, concept)} that none is known: {names}")


def _record(draft: Draft, node: URINode, kind: LinkKind, looked_at: str) -> Iterator[Triple]:
    record = URINode(f"{node.value}#none-{_leads(kind)}")
    yield node, draft.term("def:noneKnown"), record
    yield record, RDF_TYPE, draft.term("def:NoneKnown")
    yield record, draft.term("def:linkType"), URINode(kind.predicate)
    yield record, draft.term("def:lookedAt"), text(draft, looked_at)
    yield record, draft.term("dct:date"), draft.date()


def add_links(draft: Draft, source: Concept, links: Iterable[Triple]) -> None:
    """Add links to an entry, and take out the records that none of their kinds is known."""
    added = list(links)
    path = draft.home(URINode(source.uri))
    kinds = {URINode(predicate.value) for _, predicate, _ in added}
    draft.change(path, add=added, remove=_outdated(draft, path, kinds))


def _outdated(draft: Draft, path: str, kinds: set[URINode]) -> list[Triple]:
    """Find what records that no link of some kinds is known; a record of other kinds too stays."""
    said = draft.triples(path)
    link_type, none_known = draft.term("def:linkType"), draft.term("def:noneKnown")
    outdated: list[Triple] = []
    for record in {t[2] for t in said if t[1] == none_known}:
        about = [t for t in said if t[0] == record]
        named = [t for t in about if t[1] == link_type]
        gone = [t for t in named if t[2] in kinds]
        whole = bool(gone) and len(gone) == len(named)
        pointing = [t for t in said if t[1] == none_known and t[2] == record]
        outdated += (*about, *pointing) if whole else gone
    return outdated


def _ends(concept: Concept, kind: LinkKind, target: Concept) -> tuple[Concept, Concept]:
    """Give the entry in which the link is authored, and the one it points to."""
    return (target, concept) if kind.is_inverse else (concept, target)


def _triple(source: Concept, kind: LinkKind, other: Concept) -> Triple:
    return URINode(source.uri), URINode(kind.predicate), URINode(other.uri)


def _leads(kind: LinkKind) -> str:
    return kind.predicate.rsplit("/", 1)[-1].rsplit("#", 1)[-1]
