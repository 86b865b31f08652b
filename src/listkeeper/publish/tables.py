"""Lists as tables, and tables as CSV."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from listkeeper.errors import UnsupportedError
from listkeeper.publish.columns import LGA_COLUMNS, OUR_COLUMNS, SEPARATOR, label_column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from listkeeper.edition import Edition
    from listkeeper.model import Concept, ConceptScheme, Text, Vocabulary
    from listkeeper.uris import URI

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings that a spreadsheet may take for a formula."""

BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


class Table:
    """The table of a list, a subset or a single concept."""

    def __init__(
        self, edition: Edition, scheme: ConceptScheme | None, concepts: Sequence[Concept]
    ) -> None:
        """Make a table.

        Args:
            edition: where parents, replacements and labels of classes are looked up.
            scheme: the list or subset, for the version that each row tells; None where a
                concept's list is not known.
            concepts: the rows.
        """
        self.vocabulary: Vocabulary = edition.vocabulary
        self.scheme = scheme
        self.concepts = concepts
        self.language = edition.settings.default_language
        self.columns = (
            *LGA_COLUMNS,
            *(label_column(language) for language in edition.settings.languages[1:]),
            *OUR_COLUMNS,
        )

    @property
    def header(self) -> list[str]:
        """The titles of the columns."""
        return [column.title for column in self.columns]

    def rows(self) -> Iterator[list[str]]:
        """Give the rows, a cell for each column."""
        for concept in self.concepts:
            yield [column.cell(self, concept) for column in self.columns]

    def text(self, texts: Iterable[Text], language: str = "") -> str:
        """Give the text in a language, the default one unless told; empty where there is none."""
        wanted = (language or self.language).lower()
        return next((text.value for text in texts if text.language.lower() == wanted), "")

    def held(self, uris: Iterable[URI]) -> list[Concept]:
        """Give those concepts that are held here."""
        concepts = self.vocabulary.concepts
        return [concepts[uri] for uri in uris if uri in concepts]

    def labels(self, concepts: Iterable[Concept]) -> str:
        """Join the labels of concepts."""
        return SEPARATOR.join(self.label(concept) for concept in concepts)

    def label(self, concept: Concept) -> str:
        """Give a concept's label in the default language, else in any."""
        return self.text(concept.pref_labels) or concept.label(self.language).value

    def class_label(self, concept: Concept) -> str:
        """Give the label of a concept's class."""
        labels = self.vocabulary.term_labels
        return next((labels[uri].value for uri in concept.types if uri in labels), "")

    def version(self, concept: Concept) -> str:
        """Give the version of the list, else of the list that the concept lies in."""
        home = self.vocabulary.schemes.get(concept.list_name)
        schemes = (scheme for scheme in (self.scheme, home) if scheme)
        return next((scheme.version for scheme in schemes if scheme.version), "")


def csv_bytes(table: Table) -> bytes:
    """Write a table as CSV: UTF-8 without a byte order mark, CRLF, RFC 4180.

    Raises:
        UnsupportedError: when a cell begins like a formula; it names the concept. Nothing is
            ever altered to make it safe.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(table.header)
    for concept, row in zip(table.concepts, table.rows(), strict=True):
        for title, cell in zip(table.header, row, strict=True):
            if cell.startswith(FORMULA_STARTS):
                raise UnsupportedError(_formula(concept, title, cell), path=concept.path)
        writer.writerow(row)
    return stream.getvalue().encode()


def excel_csv_bytes(table: Table) -> bytes:
    """Write a table as CSV with the byte order mark by which Excel knows UTF-8."""
    return BYTE_ORDER_MARK + csv_bytes(table)


def _formula(concept: Concept, title: str, cell: str) -> str:
    return (
        f"{concept.address}: {title} begins with {cell[0]!r}, which a spreadsheet may take for a "
        "formula: reword it"
    )
