"""What points to an entry, and where it points when that entry is retired, renumbered or gone."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from listkeeper.graph import URINode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from listkeeper.editing.draft import Draft
    from listkeeper.graph import Triple
    from listkeeper.model import Concept

BROADER: Final = "skos:broader"
LIKE_LINKS: Final = (BROADER, "def:legislation")
"""Properties that, like links, are to point to what is in use."""


class Links(Enum):
    """What becomes of the links that lead to an entry that is retired."""

    MOVE = "move"
    """They lead to what replaces it; to each, where several do."""
    DROP = "drop"
    """They are taken out."""
    KEEP = "keep"
    """They stay; the check refuses those of entries in use."""


def pointing(draft: Draft, node: URINode, *, outside: Collection[str] = ()) -> Iterator[Triple]:
    """Give the statements, as drafted, that have an entry as their object.

    Args:
        draft: the lists as drafted.
        node: the entry.
        outside: files that are left out.
    """
    homes = draft.edition.homes
    found = {homes[s] for s, _, term in draft.edition.authored if term == node}
    for path in sorted((found | draft.touched()) - set(outside)):
        yield from (triple for triple in draft.triples(path) if triple[2] == node)


def redirect(draft: Draft, concept: Concept, replacements: Sequence[Concept], links: Links) -> int:
    """Move or drop the links of entries in use that lead to one that goes out of use.

    What stood below it stands below what replaces it, and where that is not possible, below
    what stood above it.

    Args:
        draft: the lists as drafted.
        concept: what goes out of use.
        replacements: what takes its place.
        links: what becomes of them.

    Returns:
        how many links there were.
    """
    if links is Links.KEEP:
        return 0
    node = URINode(concept.uri)
    kinds = {URINode(link_type.uri) for link_type in draft.edition.vocabulary.link_types}
    kinds |= {draft.term(name) for name in LIKE_LINKS}
    own = draft.home(node)
    found = [t for t in pointing(draft, node, outside=[own]) if t[1] in kinds]
    moved = [triple for triple in found if not _is_retired(draft, triple)]
    nodes = [URINode(r.uri) for r in replacements] if links is Links.MOVE else []
    for triple in moved:
        _move(draft, triple, nodes, _above(draft, concept))
    return len(moved)


def _move(draft: Draft, triple: Triple, nodes: Sequence[URINode], above: Sequence[URINode]) -> None:
    subject, predicate, _ = triple
    whole = URINode(subject.value.split("#", 1)[0])
    targets = [node for node in nodes if node != whole]
    if not targets and predicate == draft.term(BROADER):
        targets = [node for node in above if node != whole]
    moved: list[Triple] = [(subject, predicate, target) for target in targets]
    path = draft.home(whole if whole in draft.edition.homes else subject)
    if moved:
        draft.change(path, replace={triple: moved[0]}, add=moved[1:])
    else:
        draft.change(path, remove=[triple])


def _above(draft: Draft, concept: Concept) -> list[URINode]:
    node, broader = URINode(concept.uri), draft.term(BROADER)
    said = draft.said(concept)
    return [t[2] for t in said if t[:2] == (node, broader) and isinstance(t[2], URINode)]


def _is_retired(draft: Draft, triple: Triple) -> bool:
    """Say whether what points is retired, as drafted."""
    whole = URINode(triple[0].value.split("#", 1)[0])
    path = draft.edition.homes.get(triple[0]) or draft.home(whole)
    retired = (whole, draft.term("adms:status"), draft.status("retired"))
    return retired in draft.triples(path)
