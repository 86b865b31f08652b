"""Writing canonical Turtle: one order, one value per line, so that Git merges what changed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from listkeeper.errors import OutsideProfileError
from listkeeper.graph import RDF_TYPE, Literal, URINode
from listkeeper.store.turtle.comments import NO_COMMENTS, Comments
from listkeeper.store.turtle.order import object_order, predicate_order, subject_order
from listkeeper.store.turtle.spelling import BEYOND, Speller, is_kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from listkeeper.graph import Triple

Properties: TypeAlias = "dict[URINode, dict[URINode | Literal, None]]"

INDENT = "    "


def write(
    triples: Iterable[Triple],
    *,
    base: str = "",
    prefixes: Mapping[str, str],
    comments: Comments = NO_COMMENTS,
    language: str = "en",
) -> str:
    """Write triples as canonical Turtle; their order does not matter.

    Args:
        triples: of IRIs and literals only.
        base: what IRIs below it are written relative to, as ``@base``; empty for none.
        prefixes: namespaces by prefix, in the order to be written; only those used are.
        comments: what :func:`~listkeeper.store.turtle.comments.attach` found.
        language: the default language, whose texts come first.

    Raises:
        OutsideProfileError: on a blank node or a term of RDF 1.2.
    """
    return _Writing(Speller(base, prefixes), prefixes, comments, language).text(_grouped(triples))


def _grouped(triples: Iterable[Triple]) -> dict[URINode, Properties]:
    """Group triples by subject and predicate, refusing what cannot be written."""
    subjects: dict[URINode, Properties] = {}
    for subject, predicate, term in triples:
        if not isinstance(subject, URINode):
            raise OutsideProfileError(BEYOND.format(subject))
        if not is_kept(term):
            raise OutsideProfileError(BEYOND.format(term))
        subjects.setdefault(subject, {}).setdefault(predicate, {})[term] = None
    return subjects


@dataclass(slots=True)
class _Row:
    """A line of a block, and the comments that belong to it."""

    indent: str
    text: str
    mark: str
    above: tuple[str, ...]
    beside: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """Give its lines; of several comments beside it only the last can stay there."""
        for comment in (*self.above, *self.beside[:-1]):
            yield f"{self.indent}{comment}"
        yield " ".join((f"{self.indent}{self.text}{self.mark}", *self.beside[-1:]))


class _Writing:
    """The writing of one text."""

    def __init__(
        self, speller: Speller, prefixes: Mapping[str, str], comments: Comments, language: str
    ) -> None:
        self._speller = speller
        self._prefixes = prefixes
        self._comments = comments
        self._predicate_key = predicate_order(prefixes)
        self._object_key = object_order(language.lower())

    def text(self, subjects: Mapping[URINode, Properties]) -> str:
        comments = self._comments
        key = subject_order({s.value: p.get(RDF_TYPE, ()) for s, p in subjects.items()})
        ordered = sorted(subjects, key=lambda subject: key(subject.value))
        blocks = [tuple(self._block(subject, subjects[subject])) for subject in ordered]
        blocks.append(comments.footer)
        directives = tuple(self._directives())
        if directives:
            blocks.insert(0, comments.header + directives)
        else:  # the header would be read as what stands above the first block: put it there
            blocks[0] = comments.header + blocks[0]
        return "\n".join("\n".join((*block, "")) for block in blocks if block)

    def _directives(self) -> Iterator[str]:
        if self._speller.base:
            yield f"@base <{self._speller.base}> ."
        for prefix, namespace in self._prefixes.items():
            if prefix in self._speller.used:
                yield f"@prefix {prefix}: <{namespace}> ."

    def _block(self, subject: URINode, properties: Properties) -> Iterator[str]:
        """Give the lines of one subject."""
        comments = self._comments
        above = comments.above_subject.get(subject, ())
        beside = comments.beside_subject.get(subject, ())
        yield from _Row("", self._speller.node(subject), "", above, beside).lines()
        predicates = sorted(properties, key=lambda predicate: self._predicate_key(predicate.value))
        rows = [row for p in predicates for row in self._rows(subject, p, properties[p])]
        rows[-1].mark = " ."
        for row in rows:
            yield from row.lines()

    def _rows(
        self, subject: URINode, predicate: URINode, terms: Iterable[URINode | Literal]
    ) -> list[_Row]:
        """Give the lines of one predicate: one for each value, one for all classes."""
        ordered = list(terms)
        if len(ordered) > 1:
            ordered.sort(key=self._object_key)
        groups = [ordered] if predicate == RDF_TYPE else [[term] for term in ordered]
        rows = [self._row(subject, predicate, group) for group in groups]
        rows[0].indent = INDENT
        rows[0].text = f"{self._speller.verb(predicate)} {rows[0].text}"
        rows[-1].mark = " ;"
        return rows

    def _row(
        self, subject: URINode, predicate: URINode, terms: Iterable[URINode | Literal]
    ) -> _Row:
        text = ", ".join(map(self._speller.term, terms))
        comments = self._comments
        if comments is NO_COMMENTS:
            return _Row(INDENT * 2, text, ",", (), ())
        triples = [(subject, predicate, term) for term in terms]
        above = chain.from_iterable(comments.above.get(triple, ()) for triple in triples)
        beside = chain.from_iterable(comments.beside.get(triple, ()) for triple in triples)
        return _Row(INDENT * 2, text, ",", tuple(above), tuple(beside))
