"""What the page of a list or subset shows, as plain data."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from listkeeper.publish.page_links import Link, outside_link
from listkeeper.publish.page_table import NOT_REVIEWED, Table
from listkeeper.publish.page_words import Words, counted, date_in_words, first_words, word
from listkeeper.uris import URI

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from listkeeper.model import Collection, Concept, ConceptScheme, Text
    from listkeeper.publish.page_entries import Entry, Linker, Shown
    from listkeeper.publish.page_index import PageIndex
    from listkeeper.publish.page_words import Tag

LICENCES: Final = {
    "http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/": (
        "Open Government Licence v3.0"
    ),
    "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/": (
        "Open Government Licence v3.0"
    ),
}
"""Names of licences; any other is shown by its address."""

QUALITY: Final = {
    "accuracy": "Accuracy",
    "audience": "Audience",
    "completeness": "Completeness",
    "coverage": "Coverage",
    "intendedLongevity": "Intended longevity",
    "provenance": "Provenance",
    "rights": "Rights",
    "formalStatus": "Formal status",
    "timeliness": "Timeliness",
}
"""The nine quality fields and what a page calls them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """How many entries a list has, by where they stand."""

    current: int
    retired: int
    proposed: int
    not_reviewed: int

    @property
    def in_words(self) -> str:
        """The counts as a phrase, those of nothing left out."""
        parts = (
            f"{self.current:,} current",
            f"{self.retired:,} retired",
            f"{self.proposed:,} proposed" if self.proposed else "",
            f"{self.not_reviewed:,} not reviewed" if self.not_reviewed else "",
        )
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """A row of a summary list: a key with texts or links."""

    key: str
    texts: tuple[Words, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """A labelled group of entries of a list."""

    label: Words
    size: str
    """How many entries, in words."""
    entries: Shown[Entry]


@dataclass(frozen=True, kw_only=True, slots=True)
class ListView:
    """The page of a list or subset."""

    name: str
    title: Words
    tag: Tag | None
    uri: str
    descriptions: tuple[Words, ...]
    notes: tuple[Words, ...]
    facts: tuple[Fact, ...]
    quality: tuple[Fact, ...]
    superset: Link | None
    subsets: tuple[tuple[Link, str], ...]
    """Each subset with how many entries it has, in words."""
    groups: tuple[Group, ...]
    table: Table


def list_view(scheme: ConceptScheme, linker: Linker, table: Table) -> ListView:
    """Show a list.

    Args:
        scheme: the list or subset.
        linker: makes the links of its page.
        table: the page of its entries to show.
    """
    index = linker.index
    above = index.vocabulary.schemes.get(scheme.subset_of)
    return ListView(
        name=scheme.name,
        title=index.title(scheme),
        tag=index.tag(scheme.status) if scheme.status else None,
        uri=scheme.uri,
        descriptions=_words(scheme.descriptions, index),
        notes=_words(scheme.notes, index),
        facts=tuple(fact for fact in _facts(scheme, index) if fact.texts or fact.links),
        quality=tuple(_quality(scheme, index)),
        superset=linker.list_(above) if above else None,
        subsets=tuple(
            (linker.list_(subset), _size(len(index.members[subset.name])))
            for subset in index.subsets(scheme.name)
        ),
        groups=tuple(_groups(scheme, linker)),
        table=table,
    )


def counts(members: Iterable[Concept]) -> Counts:
    """Count entries by where they stand; only current ones count as not reviewed."""
    found = tuple(members)
    by_status = Counter(concept.status for concept in found)
    unread = (c for c in found if c.status == "current" and c.review == NOT_REVIEWED)
    return Counts(
        current=by_status["current"],
        retired=by_status["retired"],
        proposed=by_status["proposed"],
        not_reviewed=sum(1 for _ in unread),
    )


def licence_link(address: str) -> Link | None:
    """Link to a licence by its name; None where none is stated."""
    return outside_link(address, LICENCES.get(address, address)) if address else None


def class_label(scheme: ConceptScheme, index: PageIndex) -> str:
    """Say the class of a list's entries."""
    label = index.vocabulary.term_labels.get(URI(scheme.concept_class))
    return label.value if label else scheme.concept_class


def _facts(scheme: ConceptScheme, index: PageIndex) -> Iterator[Fact]:
    yield Fact(key="Purpose", texts=_words(scheme.purposes, index))
    yield Fact(key="Use", texts=_words(scheme.uses, index))
    yield Fact(key="Owner", texts=_words((scheme.owner,) if scheme.owner else (), index))
    licence = licence_link(scheme.licence)
    yield Fact(key="Licence", links=(licence,) if licence else ())
    yield Fact(key="Attribution", texts=_words(scheme.attribution, index))
    yield _text("Version", scheme.version)
    yield _text("Created", date_in_words(scheme.created))
    yield _text("Modified", date_in_words(scheme.modified))
    yield _text("Next release", date_in_words(scheme.next_release))
    yield _text("Changes for it may be proposed until", date_in_words(scheme.submissions_deadline))
    yield Fact(key="Source", links=tuple(outside_link(source) for source in scheme.source))
    yield _text("Entries", counts(index.members[scheme.name]).in_words)
    yield _text("Class of entries", class_label(scheme, index))
    yield _text("Other names", ", ".join(scheme.other_names))
    yield _text("Former URIs began with", scheme.former_space)
    yield _text("CURIE prefixes", ", ".join(scheme.curie_prefixes))


def _text(key: str, value: str) -> Fact:
    return Fact(key=key, texts=(Words(value=value),) if value else ())


def _words(texts: Iterable[Text], index: PageIndex) -> tuple[Words, ...]:
    return tuple(word(text, index.language) for text in texts)


def _quality(scheme: ConceptScheme, index: PageIndex) -> Iterator[Fact]:
    for name, key in QUALITY.items():
        if text := scheme.quality.get(name):
            yield Fact(key=key, texts=(word(text, index.language),))


def _groups(scheme: ConceptScheme, linker: Linker) -> Iterator[Group]:
    """Give the groups that have entries of the list."""
    members = {concept.uri for concept in linker.index.members[scheme.name]}
    for collection in linker.index.vocabulary.collections.values():
        shown = [uri for uri in collection.members if uri in members]
        if shown:
            yield Group(
                label=_label(collection, linker.index),
                size=_size(len(shown)),
                entries=linker.entries(shown, scheme.subset_of or scheme.name),
            )


def _label(collection: Collection, index: PageIndex) -> Words:
    return first_words(collection.pref_labels, index.language) or Words(value=collection.uri)


def _size(number: int) -> str:
    return counted(number, "entry", "entries")
