"""What the pages about the site as a whole show: home, the index of lists, about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from listkeeper.namespaces import SKOS
from listkeeper.publish.page_downloads import downloads
from listkeeper.publish.page_list import class_label, counts, licence_link
from listkeeper.publish.page_words import Words, first_words, joined, language_name, word
from listkeeper.publish.representations import REPRESENTATIONS
from listkeeper.publish.resources import ResourceKind

if TYPE_CHECKING:
    from listkeeper.model import Concept, ConceptScheme
    from listkeeper.publish.page_downloads import Download
    from listkeeper.publish.page_entries import Linker
    from listkeeper.publish.page_index import PageIndex
    from listkeeper.publish.page_links import Link
    from listkeeper.publish.page_list import Counts
    from listkeeper.publish.page_words import Tag
    from listkeeper.publish.representations import Representation

LOCAL_ADDRESS: Final = "http://127.0.0.1:8000/"
"""Where ``make serve`` answers: what examples use while the base URI is a placeholder."""

FOR_PEOPLE: Final = 3
"""Downloads named in the index of lists: those that a spreadsheet opens."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ListRow:
    """A list in the index of lists."""

    link: Link
    description: Words | None
    tag: Tag | None
    class_label: str
    counts: Counts
    downloads: tuple[Download, ...]
    subsets: tuple[ListRow, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ListsView:
    """The lists, on the home page and in their index."""

    description: Words | None
    rows: tuple[ListRow, ...]
    other_names: bool
    """Whether any list is dormant or dropped."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Drafts:
    """How much of the lists is not final."""

    definitions: int
    labels: int
    not_reviewed: int
    unconfirmed: int


@dataclass(frozen=True, kw_only=True, slots=True)
class AboutView:
    """Who makes the lists, under which licence, and how software reads them."""

    description: Words | None
    publisher: Words | None
    licence: Link | None
    attribution: tuple[Words, ...]
    drafts: Drafts
    languages: str
    formats: tuple[Representation, ...]
    base: str
    """Where the identifiers begin."""
    example_uri: str
    example_file: str
    commands: tuple[str, ...]
    """Lines to type in a terminal."""


def lists_view(linker: Linker) -> ListsView:
    """Show the lists with what they hold and their downloads."""
    index = linker.index
    catalogue = index.vocabulary.catalogue
    return ListsView(
        description=first_words(catalogue.descriptions, index.language) if catalogue else None,
        rows=tuple(_row(scheme, linker) for scheme in index.lists),
        other_names=any(scheme.status not in {"", "live"} for scheme in index.lists),
    )


def _row(scheme: ConceptScheme, linker: Linker) -> ListRow:
    index = linker.index
    offered = downloads(ResourceKind.LIST, f"list/{scheme.name}", linker)
    return ListRow(
        link=linker.list_(scheme),
        description=first_words(scheme.descriptions, index.language),
        tag=index.tag(scheme.status) if scheme.status not in {"", "live"} else None,
        class_label=class_label(scheme, index),
        counts=counts(index.members[scheme.name]),
        downloads=offered[:FOR_PEOPLE],
        subsets=tuple(_row(subset, linker) for subset in index.subsets(scheme.name)),
    )


def about_view(linker: Linker) -> AboutView:
    """Show who makes the lists, under which licence, and how software reads them."""
    index = linker.index
    catalogue = index.vocabulary.catalogue
    settings = index.edition.settings
    example = _example(index)
    return AboutView(
        description=first_words(catalogue.descriptions, index.language) if catalogue else None,
        publisher=word(catalogue.publisher, index.language)
        if catalogue and catalogue.publisher
        else None,
        licence=licence_link(catalogue.licence) if catalogue else None,
        attribution=tuple(word(text, index.language) for text in catalogue.attribution)
        if catalogue
        else (),
        drafts=_drafts(index),
        languages=joined(language_name(tag) for tag in settings.languages),
        formats=REPRESENTATIONS,
        base=settings.base_uri,
        example_uri=example.uri if example else "",
        example_file=example.path if example else "",
        commands=_commands(example, index),
    )


def _drafts(index: PageIndex) -> Drafts:
    concepts = tuple(index.vocabulary.concepts.values())
    return Drafts(
        definitions=sum(1 for concept in concepts if _has_draft_definition(concept)),
        labels=sum(1 for concept in concepts if concept.draft_labels),
        not_reviewed=counts(concepts).not_reviewed,
        unconfirmed=sum(1 for concept in concepts if concept.label_unconfirmed),
    )


def _has_draft_definition(concept: Concept) -> bool:
    records = concept.text_records
    return any(r.status == "draft" and r.about == SKOS + "definition" for r in records)


def _example(index: PageIndex) -> Concept | None:
    """Take the concept that examples are about: a library service where there is one."""
    concepts = index.vocabulary.concepts
    best = index.edition.minter.concept("service", "559")
    first = next((c for name in index.members for c in index.members[name]), None)
    return concepts.get(best, first)


def _commands(example: Concept | None, index: PageIndex) -> tuple[str, ...]:
    if example is None:
        return ()
    settings = index.edition.settings
    host = LOCAL_ADDRESS if settings.is_placeholder else settings.base_uri
    path = index.edition.minter.path(example.uri)
    # Identifiers of others are not answered here; the page is.
    identifier = example.address if path is None else f"id/{path}"
    return (
        f"curl -sL -H 'Accept: text/turtle' {host}{identifier}",
        f"curl -s {host}{example.address}.json",
        f"curl -s {host}list/{example.list_name}.csv",
    )
