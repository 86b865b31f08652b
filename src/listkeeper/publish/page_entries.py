"""Links to entries, lists and legislation as one page shows them, each by code and label."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from listkeeper.publish.citation import cite
from listkeeper.publish.page_links import Link, outside, relative
from listkeeper.publish.page_words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listkeeper.model import Concept, ConceptScheme
    from listkeeper.publish.page_index import PageIndex
    from listkeeper.publish.page_words import Tag
    from listkeeper.uris import URI

T = TypeVar("T")

MOST_SHOWN: Final = 500
"""Entries of one group shown on a page; the data formats always have all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A link to an entry of a list."""

    code: str
    """Empty for an entry that is not held here."""
    label: Words
    href: str
    list_title: Words | None = None
    """Title of its list where that is not the page's own."""
    tag: Tag | None = None
    """Its status unless current."""
    notes: tuple[str, ...] = ()
    """Citations of what a power or duty rests on."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown(Generic[T]):
    """As many of some things as a page shows."""

    items: tuple[T, ...] = ()
    more: int = 0
    """How many are left out."""


class Linker:
    """Makes the links of one page."""

    def __init__(self, index: PageIndex, path: str) -> None:
        """Make links for the page at a URL path."""
        self.index = index
        self.path = path
        self._concepts = index.vocabulary.concepts

    def to(self, address: str, fragment: str = "") -> str:
        """Link to an address of the site."""
        return relative(self.path, address, fragment)

    def list_(self, scheme: ConceptScheme) -> Link:
        """Link to a list by its title."""
        title = self.index.title(scheme)
        href = self.to(f"list/{scheme.name}")
        return Link(text=title.value, href=href, language=title.language)

    def entry(self, uri: URI, home: str = "", *, cited: bool = False) -> Entry:
        """Link to an entry by its URI.

        Args:
            uri: the entry; one that is not held here is shown by its URI.
            home: name of the list of the page; entries of other lists name theirs.
            cited: whether to note what a power or duty rests on.
        """
        concept = self._concepts.get(uri)
        if concept is None:
            return Entry(code="", label=Words(value=uri), href=self._elsewhere(uri))
        return self.concept(concept, home, cited=cited)

    def concept(self, concept: Concept, home: str = "", *, cited: bool = False) -> Entry:
        """Link to an entry."""
        index = self.index
        scheme = index.vocabulary.schemes.get(concept.list_name)
        named = scheme is not None and bool(home) and concept.list_name != home
        return Entry(
            code=concept.notation,
            label=index.label(concept),
            href=self.to(concept.address),
            list_title=index.title(scheme) if scheme and named else None,
            tag=None if concept.status == "current" else index.tag(concept.status),
            notes=self._citations(concept) if cited else (),
        )

    def entries(self, uris: Sequence[URI], home: str = "", *, cited: bool = False) -> Shown[Entry]:
        """Link to entries, as many as a page shows."""
        shown = tuple(self.entry(uri, home, cited=cited) for uri in uris[:MOST_SHOWN])
        return Shown(items=shown, more=len(uris) - len(shown))

    def _elsewhere(self, uri: str) -> str:
        """Link outside, but never to an identifier of ours that is held by nobody."""
        return "" if uri.startswith(self.index.edition.minter.base) else outside(uri)

    def _citations(self, concept: Concept) -> tuple[str, ...]:
        provisions = concept.rule.provisions if concept.rule else ()
        primary = (provision for provision in provisions if provision.role == "primary")
        return tuple(cite(provision, self._concepts) for provision in primary)
