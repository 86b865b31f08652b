"""Lists as tables, and tables as CSV."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from listkeeper.errors import UnsupportedError
from listkeeper.publish.column_choice import usual_columns
from listkeeper.publish.columns import SEPARATOR, Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from listkeeper.edition import Edition
    from listkeeper.model import Concept, ConceptScheme, Text, Vocabulary
    from listkeeper.publish.columns import Column
    from listkeeper.uris import URI

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings that a spreadsheet may take for a formula."""

APOSTROPHE: Final = "'"
"""Before a cell, it tells a spreadsheet that what follows is text."""

BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


class Table:
    """The table of a list, a subset or a single concept."""

    def __init__(
        self,
        edition: Edition,
        scheme: ConceptScheme | None,
        lines: Sequence[Line],
        *,
        columns: Sequence[Column] = (),
        language: str = "",
        selection: str = "",
    ) -> None:
        """Make a table.

        Args:
            edition: where parents, replacements and labels of classes are looked up.
            scheme: the list or subset, for the version that each row tells; None where a
                concept's list is not known.
            lines: what each row is about.
            columns: those shown; the usual ones unless told.
            language: of names and definitions where they are known in it; the default one
                unless told, which also fills the gaps.
            selection: how its rows and columns were chosen, as a query says it.
        """
        self._edition = edition
        self.vocabulary: Vocabulary = edition.vocabulary
        self.scheme = scheme
        self.selection = selection
        self.lines = lines
        self.language = edition.settings.default_language
        wanted = (language, self.language)
        self.preferred = tuple(dict.fromkeys(tag.lower() for tag in wanted if tag))
        """Tags of the languages that texts are in, the first choice first, in lower case."""
        self.columns = tuple(columns) or usual_columns(edition.settings.languages)

    def of_list(self, scheme: ConceptScheme) -> Table:
        """Give the table of another list, without its rows."""
        return Table(self._edition, scheme, ())

    @property
    def header(self) -> list[str]:
        """The titles of the columns."""
        return [column.title for column in self.columns]

    def rows(self) -> Iterator[list[str]]:
        """Give the rows, a cell for each column."""
        for line in self.lines:
            yield [column.cell(self, line) for column in self.columns]

    def text(self, texts: Iterable[Text]) -> str:
        """Give the text in the preferred language; empty where there is none."""
        found = tuple(texts)
        return next((text for tag in self.preferred if (text := self.text_in(tag, found))), "")

    def text_in(self, language: str, texts: Iterable[Text]) -> str:
        """Give the text in a language; empty where there is none."""
        wanted = language.lower()
        return next((text.value for text in texts if text.language.lower() == wanted), "")

    def joined(self, texts: Iterable[Text]) -> str:
        """Join the texts in the default language."""
        wanted = self.language.lower()
        return SEPARATOR.join(text.value for text in texts if text.language.lower() == wanted)

    def held(self, uris: Iterable[URI]) -> list[Concept]:
        """Give those concepts that are held here."""
        concepts = self.vocabulary.concepts
        return [concepts[uri] for uri in uris if uri in concepts]

    def labels(self, concepts: Iterable[Concept]) -> str:
        """Join the labels of concepts."""
        return SEPARATOR.join(self.label(concept) for concept in concepts)

    def label(self, concept: Concept) -> str:
        """Give a concept's label in the preferred language, else in any."""
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


def lines_of(concepts: Iterable[Concept]) -> list[Line]:
    """Make a row of each concept."""
    return [Line(concept) for concept in concepts]


def csv_bytes(table: Table) -> bytes:
    """Write a table as CSV: UTF-8 without a byte order mark, CRLF, RFC 4180.

    Raises:
        UnsupportedError: when a cell begins like a formula; it names the concept. Nothing is
            ever altered to make it safe.
    """
    return written(table.header, _exact(table))


def excel_csv_bytes(table: Table) -> bytes:
    """Write a table as CSV for Excel.

    It has the byte order mark by which Excel knows UTF-8, and an apostrophe before each cell that
    begins like a formula (https://owasp.org/www-community/attacks/CSV_Injection).
    """
    safe = (
        [APOSTROPHE + c if c.startswith(FORMULA_STARTS) else c for c in r] for r in table.rows()
    )
    return BYTE_ORDER_MARK + written(table.header, safe)


def written(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write rows as RFC 4180 says: UTF-8, CRLF, https://www.rfc-editor.org/rfc/rfc4180."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return stream.getvalue().encode()


def _exact(table: Table) -> Iterator[list[str]]:
    for line, row in zip(table.lines, table.rows(), strict=True):
        for title, cell in zip(table.header, row, strict=True):
            if cell.startswith(FORMULA_STARTS):
                raise UnsupportedError(_formula(line.concept, title, cell), path=line.concept.path)
        yield row


def _formula(concept: Concept, title: str, cell: str) -> str:
    return (
        f"{concept.address}: {title} begins with {cell[0]!r}, which a spreadsheet may take for a "
        "formula: reword it"
    )
