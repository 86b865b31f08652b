"""Which statement a comment belongs to, so that it stays with it when statements move."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from listkeeper.graph import Subject, Triple
    from listkeeper.store.turtle.places import Comment, Sentence, Statement, Statements


@dataclass(frozen=True, kw_only=True, slots=True)
class Comments:
    """The comments of a text, by what they belong to."""

    header: tuple[str, ...] = ()
    """In front of, between and beside the directives that begin the text."""
    above_subject: Mapping[Subject, tuple[str, ...]] = field(default_factory=dict)
    beside_subject: Mapping[Subject, tuple[str, ...]] = field(default_factory=dict)
    above: Mapping[Triple, tuple[str, ...]] = field(default_factory=dict)
    beside: Mapping[Triple, tuple[str, ...]] = field(default_factory=dict)
    footer: tuple[str, ...] = ()
    """Behind the last statement."""


NO_COMMENTS: Final = Comments()


def attach(text: Statements) -> Comments:
    """Find what each comment of a text without problems belongs to.

    A comment on a line of its own belongs to what follows it, one at the end of a line to the
    statement before it; the last of a block, which nothing follows, to the last statement.
    """
    attaching = _Attaching(text)
    for comment in text.comments:
        attaching.attach(comment)
    return attaching.comments()


class _Attaching:
    """The comments attached so far."""

    def __init__(self, text: Statements) -> None:
        self._sentences = text.sentences
        self._statements = sorted(text.statements, key=lambda found: found.object.start)
        self._starts = [sentence.start for sentence in self._sentences]
        self._objects = [found.object.start for found in self._statements]
        leading = takewhile(lambda sentence: sentence.is_directive, self._sentences)
        self._header_end = max((sentence.end for sentence in leading), default=(0, 0))
        self._header: list[str] = []
        self._footer: list[str] = []
        self._above_subject: defaultdict[Subject, list[str]] = defaultdict(list)
        self._beside_subject: defaultdict[Subject, list[str]] = defaultdict(list)
        self._above: defaultdict[Triple, list[str]] = defaultdict(list)
        self._beside: defaultdict[Triple, list[str]] = defaultdict(list)

    def comments(self) -> Comments:
        return Comments(
            header=tuple(self._header),
            above_subject=_fixed(self._above_subject),
            beside_subject=_fixed(self._beside_subject),
            above=_fixed(self._above),
            beside=_fixed(self._beside),
            footer=tuple(self._footer),
        )

    def attach(self, comment: Comment) -> None:
        self._belonging(comment).append(comment.text)

    def _belonging(self, comment: Comment) -> list[str]:
        """Give the list that a comment goes on."""
        begun = bisect_right(self._starts, comment.start)
        sentence = self._sentences[begun - 1] if begun else None
        if sentence is None or not (comment.is_trailing or comment.start < sentence.end):
            return self._between(comment)
        return self._header if sentence.is_directive else self._within(sentence, comment)

    def _between(self, comment: Comment) -> list[str]:
        """Place a comment that stands outside all sentences."""
        if comment.start < self._header_end:
            return self._header
        following = bisect_right(self._objects, comment.start)
        if following == len(self._statements):
            return self._footer
        return self._above_subject[self._statements[following].subject_term]

    def _within(self, sentence: Sentence, comment: Comment) -> list[str]:
        """Place a comment that stands between the statements of a block, or at its end."""
        low = bisect_left(self._objects, sentence.start)
        high = bisect_left(self._objects, sentence.end)
        middle = bisect_right(self._objects, comment.start, low, high)
        before = self._statements[middle - 1] if middle > low else None
        after = self._statements[middle] if middle < high else None
        if before and not (after and _belongs_to_next(comment, before, after)):
            return (self._beside if comment.is_trailing else self._above)[before.triple]
        if after and comment.is_trailing and comment.start < after.predicate.start:
            return self._beside_subject[after.subject_term]
        return self._above[after.triple] if after else self._footer


def _belongs_to_next(comment: Comment, before: Statement, after: Statement) -> bool:
    """Say whether a comment between two statements belongs to the second."""
    return not comment.is_trailing or before.object.end < after.predicate.start < comment.start


_Anchor = TypeVar("_Anchor")


def _fixed(found: Mapping[_Anchor, list[str]]) -> Mapping[_Anchor, tuple[str, ...]]:
    return {anchor: tuple(texts) for anchor, texts in found.items()}
