"""The columns of a sheet for editing: made from the properties of entries and the kinds of links.

A column reads values of an entry out of its triples, and makes triples of values. What a column
does not own (texts in other languages, terms elsewhere) it neither shows nor touches.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from babel import Locale, UnknownLocaleError

from listkeeper.exchange.sheets.terms import (
    Code,
    Dated,
    Own,
    Plain,
    Spoken,
    TermKind,
)
from listkeeper.graph import URINode
from listkeeper.store.properties import expand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.edition import Edition
    from listkeeper.model import ConceptScheme, LinkType

CODE: Final = "Identifier"
STATE: Final = "State"
STATUS: Final = "Status"


class Role(Enum):
    """What a column is to the one who takes its cells."""

    KEY = "code"
    VALUES = "values of a property"
    SUBSETS = "subsets"
    TEXT_STATUS = "status of a text"
    STATE = "state of the entry"


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetColumn:
    """A column of a sheet for editing."""

    title: str
    about: str
    role: Role = Role.VALUES
    predicate: URINode
    kind: TermKind = Plain()  # noqa: RUF009 - it is frozen and has no state
    several: bool = False
    record: str = ""
    """Name of the part that records this text, such as ``definition``; empty for none."""
    width: int = 14

    @property
    def language(self) -> str:
        """Language of its texts; empty where it holds none."""
        return self.kind.language if isinstance(self.kind, Spoken) else ""


class TextRow(NamedTuple):
    """A row of the table of texts: one column for each language."""

    title: str
    property: str
    about: str
    several: bool = False
    record: str = ""
    others_only: bool = False
    """Whether the default language has no such column."""


TEXTS: Final = (
    TextRow("Label", "skos:prefLabel", "Name; a former name is recorded by itself."),
    TextRow("Draft label", "def:draftLabel", "Name that nobody fluent has reviewed yet.",
            record="label", others_only=True),
    TextRow("Alternative labels", "skos:altLabel", "Other names.", several=True),
    TextRow("Definition", "skos:definition", "What it is, in a sentence or two.",
            record="definition"),
    TextRow("Scope note", "skos:scopeNote", "What it takes in and leaves out."),
)  # fmt: skip

RECORDED: Final = {"definition": "skos:definition", "label": "skos:prefLabel"}
"""Which property a record of a text is about, by the name of the part."""


class MoreRow(NamedTuple):
    """A row of the table of properties that only some lists use: a column where one does."""

    title: str
    property: str
    kind: TermKind
    several: bool
    about: str


MORE: Final = (
    MoreRow("Nations", "def:nation", Own(of="Nation"), several=True,
            about="Where bodies of this type exist."),
    MoreRow("Applies in", "def:appliesIn", Own(of="Nation"), several=True,
            about="Nations whose public bodies it binds or empowers."),
    MoreRow("Extent", "def:extent", Own(of="Nation"), several=True,
            about="Nations where it is law."),
    MoreRow("In force", "def:inForce", Plain(), several=False, about="Whether it is in force."),
    MoreRow("General", "def:general", Plain(datatype="boolean"), several=False,
            about="true for a general power or duty of councils."),
    MoreRow("Type of legislation", "def:legislationType", Plain(), several=False,
            about="As legislation.gov.uk names it, such as ukpga."),
    MoreRow("Year of legislation", "def:legislationYear", Plain(), several=False, about="Year."),
    MoreRow("Number of legislation", "def:legislationNumber", Plain(), several=False,
            about="Number within the year."),
    MoreRow("Reinstated on", "def:reinstatedOn", Dated(), several=True,
            about="Dates on which a retired entry came back into use."),
)  # fmt: skip


def language_name(tag: str) -> str:
    """Name a language in English; the tag where it has no name.

    >>> language_name("cy")
    'Welsh'
    """
    try:
        return Locale.parse(tag, sep="-").get_display_name("en") or tag
    except (UnknownLocaleError, ValueError):
        return tag


def columns_of(edition: Edition, scheme: ConceptScheme) -> tuple[SheetColumn, ...]:
    """Give the columns of a list's sheet, in their order.

    Args:
        edition: the lists.
        scheme: the list, not a subset.
    """
    return tuple(_Columns(edition, scheme).all())


class _Columns:
    """Makes the columns of one list."""

    def __init__(self, edition: Edition, scheme: ConceptScheme) -> None:
        self.edition = edition
        self.scheme = scheme
        self.languages = edition.settings.languages

    def all(self) -> Iterator[SheetColumn]:
        yield SheetColumn(
            title=CODE, role=Role.KEY, predicate=self._node("skos:notation"),
            about="Code. It never changes; leave it empty in a new row, and one is given.",
        )  # fmt: skip
        yield self._status(STATUS, "adms:status", "proposed, current or retired.")
        yield from self._texts()
        yield self._codes("Parent identifiers", "skos:broader", self.scheme.name,
                          "Codes of the broader entries.")  # fmt: skip
        yield from self._links()
        yield from self._subsets()
        yield from self._lifecycle()
        yield from self._more()
        yield SheetColumn(
            title=STATE, role=Role.STATE, predicate=self._node("skos:notation"), width=10,
            about="What the row was made from. Leave it as it is; empty in a new row.",
        )  # fmt: skip

    def _texts(self) -> Iterator[SheetColumn]:
        for row in TEXTS:
            for language in self.languages[1:] if row.others_only else self.languages:
                yield self._text(row, language)
                if row.record == "definition":
                    yield self._text_status(row, language)

    def _text(self, row: TextRow, language: str) -> SheetColumn:
        name = language_name(language)
        return SheetColumn(
            title=f"{row.title} ({name})",
            about=row.about,
            predicate=self._node(row.property),
            kind=Spoken(language=language, is_name="label" in row.title.lower()),
            several=row.several,
            record=row.record,
            width=60 if row.record == "definition" else 40,
        )

    def _text_status(self, row: TextRow, language: str) -> SheetColumn:
        return SheetColumn(
            title=f"{row.title} status ({language_name(language)})",
            about="draft or reviewed; a changed text is a draft unless this is changed too.",
            role=Role.TEXT_STATUS,
            predicate=self._node(row.property),
            kind=Spoken(language=language, is_name=False),
            record=row.record,
        )

    def _status(self, title: str, property_: str, about: str) -> SheetColumn:
        return SheetColumn(
            title=title, about=about, predicate=self._node(property_), kind=Code(segment="status")
        )

    def _codes(self, title: str, property_: str, list_name: str, about: str) -> SheetColumn:
        return SheetColumn(
            title=title,
            about=about,
            predicate=self._node(property_),
            kind=Code(segment=self._segment(list_name)),
            several=True,
        )

    def _segment(self, list_name: str) -> str:
        scheme = self.edition.vocabulary.schemes.get(list_name)
        home = self.edition.vocabulary.schemes.get(scheme.subset_of) if scheme else None
        return (home or scheme).segment if scheme else list_name

    def _links(self) -> Iterator[SheetColumn]:
        """Give a column for each kind of link that begins at the list or at a subset of it."""
        schemes = self.edition.vocabulary.schemes
        for link_type in self.edition.vocabulary.link_types:
            domain = schemes.get(link_type.domain_list)
            if domain and self.scheme.name in {domain.name, domain.subset_of}:
                about = f"Codes from the list {link_type.range_list}."
                yield self._codes(
                    self._link_title(link_type),
                    f"def:{link_type.name}",
                    link_type.range_list,
                    about,
                )

    def _link_title(self, link_type: LinkType) -> str:
        default = self.languages[0]
        labels = {text.language: text.value for text in link_type.labels}
        title = labels.get(default) or next(iter(labels.values()), link_type.name)
        same = [other for other in self.edition.vocabulary.link_types
                if any(text.value == title for text in other.labels)]  # fmt: skip
        return title[:1].upper() + title[1:] + (f" ({link_type.name})" if len(same) > 1 else "")

    def _subsets(self) -> Iterator[SheetColumn]:
        names = subsets_of(self.edition, self.scheme)
        if names:
            yield SheetColumn(
                title="Subsets",
                about=f"Subsets of the list that it is in, of: {', '.join(names)}.",
                role=Role.SUBSETS,
                predicate=self._node("skos:inScheme"),
                several=True,
            )

    def _lifecycle(self) -> Iterator[SheetColumn]:
        yield self._status("Review status", "def:reviewStatus",
                           "not-reviewed until an editor has read the entry.")  # fmt: skip
        for title, property_, about in (
            ("Start date", "def:startDate", "Date from which it may be used."),
            ("End date", "def:endDate", "Date on which it was retired."),
        ):
            yield SheetColumn(
                title=title, about=about, predicate=self._node(property_), kind=Dated()
            )
        reason = TextRow("Reason for retirement", "def:retirementReason", "Why it was retired.")
        yield from (self._text(reason, language) for language in self.languages)
        yield self._codes("Replaced by", "dct:isReplacedBy", self.scheme.name,
                          "Codes of the entries to use instead of a retired one.")  # fmt: skip

    def _more(self) -> Iterator[SheetColumn]:
        """Give the columns that only some lists use."""
        graph = self.edition.authored
        name = self.scheme.name
        concepts = self.edition.vocabulary.concepts.values()
        nodes = [URINode(c.uri) for c in concepts if c.list_name == name]
        for row in MORE:
            predicate = self._node(row.property)
            if any(graph.objects(node, predicate) for node in nodes):
                yield SheetColumn(
                    title=row.title,
                    about=row.about,
                    predicate=predicate,
                    kind=row.kind,
                    several=row.several,
                )

    def _node(self, property_: str) -> URINode:
        return URINode(expand(property_, self.edition.minter))


def subsets_of(edition: Edition, scheme: ConceptScheme) -> list[str]:
    """Name the subsets of a list."""
    schemes = edition.vocabulary.schemes.values()
    return sorted(each.name for each in schemes if each.subset_of == scheme.name)
