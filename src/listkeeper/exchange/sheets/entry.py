"""An entry as the cells of its row: read out of its triples, column by column."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from listkeeper.exchange.sheets.columns import RECORDED, Role, SheetColumn
from listkeeper.exchange.sheets.joined import carried, joined
from listkeeper.graph import Literal, URINode
from listkeeper.namespaces import ADMS, DCT, SKOS
from listkeeper.store.history import object_id
from listkeeper.store.properties import expand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from listkeeper.edition import Edition
    from listkeeper.graph import Graph, Term
    from listkeeper.model import Concept, ConceptScheme
    from listkeeper.store.workspace import SourceFile

IN_SCHEME: Final = URINode(SKOS + "inScheme")
NOTATION: Final = URINode(SKOS + "notation")
STATUS: Final = URINode(ADMS + "status")
LANGUAGE: Final = URINode(DCT + "language")

PARAGRAPH: Final = "\n\n"
"""Between texts of one language where there should be one only."""


def state_of(file: SourceFile) -> str:
    """Name the state of a file: its list, and Git's name of its bytes.

    The name finds that state again in the history, and tells whether the file is still the same.
    """
    return f"{file.list_name} {object_id('blob', file.data, 40)}"


def entries_of(edition: Edition, scheme: ConceptScheme) -> tuple[Concept, ...]:
    """Give the entries whose files lie in a list's folder, in order of their codes."""
    name = scheme.name
    return tuple(c for c in edition.vocabulary.members(name) if c.list_name == name)


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What a graph says of one entry."""

    node: URINode
    graph: Graph = field(repr=False)
    edition: Edition = field(repr=False)
    """Tells how terms are shown."""

    def terms(self, column: SheetColumn) -> list[Term]:
        """Give the terms that a column of values owns."""
        objects = self.graph.objects(self.node, column.predicate)
        return [term for term in objects if column.kind.owns(term)]

    def values(self, column: SheetColumn) -> list[str]:
        """Give the values of a column, each as it is shown alone."""
        return list(READ[column.role](self, column))

    def cell(self, column: SheetColumn) -> str:
        """Give the cell of a column."""
        values = self.values(column)
        return carried(joined(values) if column.several else PARAGRAPH.join(values))

    def cells(self, columns: Iterable[SheetColumn]) -> Mapping[str, str]:
        """Give the cells of columns by their titles; what a row was made from is left empty."""
        return {column.title: self.cell(column) for column in columns}

    def subsets(self) -> Iterator[tuple[str, URINode]]:
        """Give name and address of each subset that it is in."""
        schemes = self.edition.vocabulary.schemes
        for term in self.graph.objects(self.node, IN_SCHEME):
            name = (self.edition.minter.path(getattr(term, "value", "")) or "").removeprefix(
                "list/"
            )
            if isinstance(term, URINode) and name in schemes and schemes[name].subset_of:
                yield name, term

    def records(self, part: str, language: str) -> list[URINode]:
        """Give the records of a text: of its property and language, and of no other."""
        about = URINode(expand(RECORDED[part], self.edition.minter))
        found = self.graph.objects(self.node, self._ours("textRecord"))
        return [
            record
            for record in found
            if isinstance(record, URINode)
            and about in self.graph.objects(record, self._ours("aboutProperty"))
            and self._languages(record) == [language.lower()]
        ]

    def _languages(self, record: URINode) -> list[str]:
        objects = self.graph.objects(record, LANGUAGE)
        return [term.value.lower() for term in objects if isinstance(term, Literal)]

    def _ours(self, name: str) -> URINode:
        return URINode(self.edition.minter.term(name))


def _code(entry: Entry, column: SheetColumn) -> Iterator[str]:
    """Give the notation, else the end of the address."""
    del column
    concept = entry.edition.vocabulary.concepts.get(entry.node.value)  # type: ignore[call-overload] # a URI is text
    notations = entry.graph.objects(entry.node, NOTATION)
    yield next((term.value for term in notations if isinstance(term, Literal)), None) or (
        concept.notation if concept else entry.node.value.rsplit("/", 1)[-1]
    )


def _values(entry: Entry, column: SheetColumn) -> Iterator[str]:
    for term in entry.terms(column):
        yield column.kind.shown(term, entry.edition)


def _subsets(entry: Entry, column: SheetColumn) -> Iterator[str]:
    del column
    yield from sorted(name for name, _ in entry.subsets())


def _text_status(entry: Entry, column: SheetColumn) -> Iterator[str]:
    for record in entry.records(column.record, column.language):
        for term in entry.graph.objects(record, STATUS):
            yield (entry.edition.minter.path(getattr(term, "value", "")) or "").removeprefix(
                "status/"
            )


def _nothing(entry: Entry, column: SheetColumn) -> Iterator[str]:
    del entry, column
    yield from ()


READ: Final[Mapping[Role, Callable[[Entry, SheetColumn], Iterator[str]]]] = {
    Role.KEY: _code,
    Role.VALUES: _values,
    Role.SUBSETS: _subsets,
    Role.TEXT_STATUS: _text_status,
    Role.STATE: _nothing,
}
