"""Another number for an entry that no release contains, or none: renumber and withdraw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from listkeeper.editing.numbers import is_unnumbered, place
from listkeeper.editing.pointers import Links, pointing, redirect
from listkeeper.editing.words import called, one_line
from listkeeper.errors import UsageError
from listkeeper.graph import Literal, URINode
from listkeeper.store.workspace import VOCABULARIES

if TYPE_CHECKING:
    from listkeeper.editing.draft import Draft
    from listkeeper.graph import Term, Triple
    from listkeeper.model import Concept

HEADING = "# Codes that are never given out again: a code or a range of numbers, then the reason.\n"


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """How far the code of an entry has spread."""

    released_in: str = ""
    """Name of a release that contains the entry; empty where none does."""
    was_on_main: bool = False
    """Whether the entry was ever on the main branch, where others may have met its code."""


def renumber(
    draft: Draft, concept: Concept, notation: str, standing: Standing, reason: str = ""
) -> None:
    """Give an entry another code, here and wherever it is pointed to.

    Args:
        draft: the lists as drafted.
        concept: the entry.
        notation: its new code.
        standing: how far the old one has spread: what is released keeps its code for ever, and
            what was on the main branch is kept back in ``ids.txt``.
        reason: why, for ``ids.txt``.

    Raises:
        UsageError: when a release contains the entry, or the code is taken or kept back.
    """
    _refuse_released(draft, concept, standing)
    scheme = draft.edition.vocabulary.schemes[concept.list_name]
    path, old = draft.home(URINode(concept.uri)), URINode(concept.uri)
    target = place(draft, scheme, notation)
    segment = concept.address.rpartition("/")[0]
    new = URINode(draft.edition.minter.concept(segment, notation))
    _move_file(draft, path, target, {t: _moved(draft, t, old, new) for t in draft.triples(path)})
    for pointed in list(_pointing(draft, old, {path, target})):
        home = draft.home(URINode(pointed[0].value))
        draft.change(home, replace={pointed: _moved(draft, pointed, old, new)})
    draft.tell(f"renumbered {called(draft, concept)}: it is {segment}/{notation} now")
    if standing.was_on_main and not is_unnumbered(concept.notation):
        words = f"renumbered to {notation} on {draft.today}"
        reserve(draft, concept, f"{words}: {reason}" if reason else words)


def withdraw(
    draft: Draft,
    concept: Concept,
    standing: Standing,
    *,
    reason: str,
    links: Links = Links.KEEP,
) -> None:
    """Take an entry out altogether; a code that was on the main branch goes to ``ids.txt``.

    Args:
        draft: the lists as drafted.
        concept: the entry.
        standing: how far its code has spread: what is released can only be retired.
        reason: why.
        links: what becomes of links that lead to it: they are dropped, or kept for the check to
            refuse.

    Raises:
        UsageError: when a release contains the entry.
    """
    _refuse_released(draft, concept, standing)
    node = URINode(concept.uri)
    redirect(draft, concept, (), links)
    if links is Links.DROP:
        for triple in list(pointing(draft, node, outside=[draft.home(node)])):
            draft.change(draft.home(triple[0]), remove=[triple])
    draft.put(draft.home(node), None)
    draft.tell(f"withdrew {called(draft, concept)}")
    if standing.was_on_main and not is_unnumbered(concept.notation):
        reserve(draft, concept, f"withdrawn on {draft.today}: {reason}")


def reserve(draft: Draft, concept: Concept, reason: str) -> None:
    """Keep the code of an entry back in ``ids.txt`` of its list, with the reason."""
    path = f"{VOCABULARIES}/{concept.list_name}/ids.txt"
    held = draft.content(path) or HEADING.encode()
    ended = held if held.endswith(b"\n") else held + b"\n"
    draft.put(path, ended + f"{concept.notation} {one_line(reason)}\n".encode())
    draft.tell(f"{path} keeps {concept.notation} back")


def _refuse_released(draft: Draft, concept: Concept, standing: Standing) -> None:
    if standing.released_in:
        why = f"release {standing.released_in} contains it, so its code stays"
        raise UsageError(f"{called(draft, concept)}: {why}; `listkeeper retire` ends its use")


def _move_file(draft: Draft, path: str, target: str, moved: dict[Triple, Triple]) -> None:
    """Move a file and change its triples, whose comments go with them."""
    draft.put(target, draft.content(path))
    draft.change(target, replace=moved)
    draft.put(path, None)


def _pointing(draft: Draft, node: URINode, outside: set[str]) -> list[Triple]:
    """Give what points to an entry or to a part of it, from other files."""
    found = (s for s, _, term in draft.edition.authored if _is_of(term, node))
    paths = {draft.edition.homes[s] for s in found} | draft.touched()
    return [
        triple
        for path in sorted(paths - outside)
        for triple in draft.triples(path)
        if _is_of(triple[2], node)
    ]


def _is_of(term: Term, node: URINode) -> bool:
    whole = term.value.partition("#")[0] if isinstance(term, URINode) else ""
    return whole == node.value


def _moved(draft: Draft, triple: Triple, old: URINode, new: URINode) -> Triple:
    """Give a triple as it is about the new code."""
    subject, predicate, term = triple
    if (subject, predicate) == (old, draft.term("skos:notation")):
        return new, predicate, Literal(new.value.rsplit("/", 1)[-1])
    moved = _renamed(subject, old, new) if isinstance(subject, URINode) else subject
    return moved, predicate, _renamed(term, old, new) if isinstance(term, URINode) else term


def _renamed(node: URINode, old: URINode, new: URINode) -> URINode:
    if not _is_of(node, old):
        return node
    return URINode(new.value + node.value.removeprefix(old.value))
