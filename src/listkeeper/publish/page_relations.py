"""How an entry's page shows its place: what it belongs to, and its links to other lists."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from listkeeper.publish.page_words import Words, date_in_words, first_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.model import Concept, LinkType, NoneKnown, Text
    from listkeeper.publish.page_entries import Entry, Linker, Shown
    from listkeeper.publish.page_index import PageIndex
    from listkeeper.uris import URI

MOST_TRAILS: Final = 12
"""Ways up that a page shows: their number can double with each level."""

LONGEST_TRAIL: Final = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Trail:
    """One way from the top of the list down to an entry, itself left out."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkGroup:
    """The links of one kind, or the record that none is known."""

    heading: Words
    entries: Shown[Entry]
    none_known: str = ""


def trails(concept: Concept, linker: Linker) -> tuple[Trail, ...]:
    """Show every way up, a few at most."""
    found = islice(_ways_up(concept, linker.index), MOST_TRAILS)
    return tuple(
        Trail(entries=tuple(linker.entry(uri, concept.list_name) for uri in way)) for way in found
    )


def _ways_up(concept: Concept, index: PageIndex) -> Iterator[tuple[URI, ...]]:
    """Walk up depth first, never round a cycle, without recursion."""
    concepts = index.vocabulary.concepts
    open_ways: list[tuple[URI, ...]] = [
        (uri,) for uri in reversed(concept.broader) if uri != concept.uri
    ]
    while open_ways:
        way = open_ways.pop()
        top = concepts.get(way[0])
        above = [u for u in top.broader if u not in way and u != concept.uri] if top else []
        if above and len(way) < LONGEST_TRAIL:
            open_ways.extend((uri, *way) for uri in reversed(above))
        else:
            yield way


def link_groups(concept: Concept, linker: Linker) -> tuple[LinkGroup, ...]:
    """Show the links to other lists in the order of their kinds."""
    none_known = {record.link_type: record for record in concept.none_known}
    groups = (
        group
        for link_type in linker.index.vocabulary.link_types
        for group in (
            _authored(concept, link_type, none_known.get(link_type.uri), linker),
            _inverse(concept, link_type, linker),
        )
    )
    return tuple(group for group in groups if group)


def _authored(
    concept: Concept, link_type: LinkType, record: NoneKnown | None, linker: Linker
) -> LinkGroup | None:
    targets = concept.links.get(link_type.uri, ())
    if not targets and record is None:
        return None
    return LinkGroup(
        heading=_heading(link_type.headings, link_type, linker),
        entries=linker.entries(targets, concept.list_name, cited=True),
        none_known=_none_known(record) if record else "",
    )


def _inverse(concept: Concept, link_type: LinkType, linker: Linker) -> LinkGroup | None:
    sources = concept.links.get(link_type.inverse, ())
    if not sources:
        return None
    return LinkGroup(
        heading=_heading(link_type.inverse_headings, link_type, linker),
        entries=linker.entries(sources, concept.list_name, cited=True),
    )


def _heading(headings: tuple[Text, ...], link_type: LinkType, linker: Linker) -> Words:
    language = linker.index.language
    return first_words(headings or link_type.labels, language) or Words(value=link_type.name)


def _none_known(record: NoneKnown) -> str:
    on = f" on {date_in_words(record.date)}" if record.date else ""
    looked = f" Looked at{on}: {record.looked_at.rstrip('.')}." if record.looked_at else ""
    return f"None known.{looked}"
