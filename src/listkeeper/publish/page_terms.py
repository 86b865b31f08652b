"""What the page of definitions shows: each class, kind of link and property, with its anchor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from listkeeper.graph import RDF_TYPE, Literal, URINode
from listkeeper.namespaces import OWL, RDFS
from listkeeper.publish.page_words import Words, word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.graph import Term
    from listkeeper.model import LinkType, Text
    from listkeeper.publish.page_entries import Linker
    from listkeeper.publish.page_links import Link
    from listkeeper.uris import URI

COMMENT: Final = URINode(RDFS + "comment")
PROPERTIES: Final = frozenset(
    URINode(OWL + name) for name in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")
)
CLASS: Final = URINode(OWL + "Class")

LINKS: Final = "Kinds of links"
HEADINGS: Final = ("Classes", LINKS, "Properties", "Named things")
"""Headings of the page, in order."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TermView:
    """A term of ours."""

    anchor: str
    """Its local name: the fragment that its URI leads to."""
    label: Words
    uri: str
    comments: tuple[Words, ...]
    lists: tuple[Link, ...] = ()
    """For a kind of link: the list it goes from and the list it goes to."""
    inverse: str = ""
    """For a kind of link: the anchor of the other direction."""
    inverse_href: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class TermGroup:
    """Terms of one sort."""

    heading: str
    terms: tuple[TermView, ...]


def term_groups(linker: Linker) -> tuple[TermGroup, ...]:
    """Show every term of ours that has a label, sort by sort."""
    vocabulary, terms = linker.index.vocabulary, linker.index.edition.minter.terms
    by_heading: dict[str, list[TermView]] = {heading: [] for heading in HEADINGS}
    link_types = {link_type.uri: link_type for link_type in vocabulary.link_types}
    inverses = {link_type.inverse for link_type in vocabulary.link_types}
    for uri, label in vocabulary.term_labels.items():
        if uri.startswith(terms) and uri != terms:
            heading = LINKS if uri in link_types or uri in inverses else _heading(uri, linker)
            by_heading[heading].append(_term(uri, label, link_types.get(uri), linker))
    groups = (TermGroup(heading=h, terms=tuple(found)) for h, found in by_heading.items())
    return tuple(group for group in groups if group.terms)


def _heading(uri: URI, linker: Linker) -> str:
    kinds: set[Term] = {*linker.index.edition.authored.objects(URINode(uri), RDF_TYPE)}
    if CLASS in kinds:
        return HEADINGS[0]
    return HEADINGS[2] if kinds & PROPERTIES else HEADINGS[3]


def _term(uri: URI, label: Text, link_type: LinkType | None, linker: Linker) -> TermView:
    terms = linker.index.edition.minter.terms
    inverse = link_type.inverse.removeprefix(terms) if link_type else ""
    return TermView(
        anchor=uri.removeprefix(terms),
        label=word(label, linker.index.language),
        uri=uri,
        comments=tuple(_comments(uri, linker)),
        lists=tuple(_ends(link_type, linker)) if link_type else (),
        inverse=inverse,
        inverse_href=linker.to("def.html", inverse) if inverse else "",
    )


def _comments(uri: URI, linker: Linker) -> Iterator[Words]:
    for term in linker.index.edition.authored.objects(URINode(uri), COMMENT):
        if isinstance(term, Literal):
            language = term.language or ""
            other = language if language != linker.index.language else ""
            yield Words(value=term.value, language=other)


def _ends(link_type: LinkType, linker: Linker) -> Iterator[Link]:
    for name in (link_type.domain_list, link_type.range_list):
        scheme = linker.index.vocabulary.schemes.get(name)
        if scheme:
            yield linker.list_(scheme)
