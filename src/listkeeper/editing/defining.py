"""Giving an entry another definition, as a draft that nobody has reviewed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.editing.words import called, text
from listkeeper.errors import UsageError
from listkeeper.graph import RDF_TYPE, Literal, URINode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.editing.draft import Draft
    from listkeeper.graph import Subject, Triple
    from listkeeper.model import Concept

EDITOR: Final = "Editor"


def define(draft: Draft, concept: Concept, words: str, author_role: str = EDITOR) -> None:
    """Give an entry another definition in the language that comes first.

    Args:
        draft: the lists as drafted.
        concept: the entry.
        words: the definition.
        author_role: who wrote it.

    Raises:
        UsageError: when it is empty, or what the entry says already.
    """
    path = draft.home(URINode(concept.uri))
    node, said = URINode(concept.uri), draft.triples(path)
    new = (node, draft.term("skos:definition"), text(draft, words))
    if new in said:
        raise UsageError(f"{called(draft, concept)} is defined so already")
    old = [t for t in said if t[:2] == new[:2] and _is_in(t, draft.language)]
    record = _record(draft, node, said)
    recorded = list(_recorded(draft, node, record, author_role))
    outdated = (t for t in said if t[0] == record and t not in recorded)
    draft.change(
        path,
        remove=[*_unreviewed(draft, node, said), *outdated],
        add=[*([] if old else [new]), *recorded],
        replace=dict.fromkeys(old, new),
    )
    draft.tell(f"defined {called(draft, concept)} otherwise; the definition is a draft")


def _is_in(triple: Triple, language: str) -> bool:
    return isinstance(triple[2], Literal) and triple[2].language == language


def _record(draft: Draft, node: URINode, said: list[Triple]) -> Subject:
    """Find what records how the definition came about, or name it."""
    about = (draft.term("def:aboutProperty"), draft.term("skos:definition"))
    language = (draft.term("dct:language"), Literal(draft.language))
    found = (t[0] for t in said if t[1:] == about and (t[0], *language) in said)
    return next(found, URINode(f"{node.value}#definition-{draft.language}"))


def _recorded(draft: Draft, node: URINode, record: Subject, author_role: str) -> Iterator[Triple]:
    """Say that the definition is a draft of today."""
    if isinstance(record, URINode):
        yield node, draft.term("def:textRecord"), record
    yield record, RDF_TYPE, draft.term("def:TextRecord")
    yield record, draft.term("def:aboutProperty"), draft.term("skos:definition")
    yield record, draft.term("def:authorRole"), Literal(author_role)
    yield record, draft.term("adms:status"), draft.status("draft")
    yield record, draft.term("dct:date"), draft.date()
    yield record, draft.term("dct:language"), Literal(draft.language)


def _unreviewed(draft: Draft, node: URINode, said: list[Triple]) -> list[Triple]:
    """Find the statement that nothing of the entry was reviewed: now a record says so."""
    review = draft.term("def:reviewStatus"), draft.status("not-reviewed")
    return [t for t in said if t == (node, *review)]
