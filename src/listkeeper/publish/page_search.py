"""What the page of a search shows: the form, what was found, the way to more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from listkeeper.publish.page_links import relative
from listkeeper.publish.page_words import Words
from listkeeper.uris import natural_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from listkeeper.edition import Edition
    from listkeeper.search.found import Found, FoundEntry, Replacement

PATH: Final = "/search"
MOST_CHOICES: Final = 200
"""Entries of a list that can still be chosen from."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """A value that a filter may have."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Filter:
    """A filter of the form."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """An entry that was found, with its links."""

    found: FoundEntry
    href: str
    label: Words
    retired: bool
    replaced_by: tuple[tuple[str, Replacement], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchView:
    """The page of a search."""

    words: str
    asked: bool
    """Whether anything was asked for."""
    filters: tuple[Filter, ...]
    rows: tuple[Row, ...]
    alike: tuple[Row, ...]
    """Entries with names that are only alike, where nothing was found."""
    total: int
    capped: bool
    first: int
    last: int
    previous: str
    next: str


def search_view(edition: Edition, found: Found, chosen: Mapping[str, str]) -> SearchView:
    """Show what was found.

    Args:
        edition: the lists.
        found: the answer.
        chosen: the parameters of the request, without words and place.
    """
    default = edition.settings.default_language
    last = found.offset + len(found.entries)
    return SearchView(
        words=found.words,
        asked=bool(found.words.strip()),
        filters=tuple(_filters(edition, chosen)),
        rows=tuple(_row(entry, default) for entry in found.entries),
        alike=tuple(_row(entry, default) for entry in found.alike),
        total=found.total,
        capped=found.capped,
        first=found.offset + 1,
        last=last,
        previous=_page(found, chosen, found.offset - found.limit) if found.offset else "",
        next=_page(found, chosen, last) if last < found.total else "",
    )


def _row(entry: FoundEntry, default: str) -> Row:
    language = entry.language if entry.language != default else ""
    return Row(
        found=entry,
        href=relative(PATH, entry.address),
        label=Words(value=entry.label, language=language),
        retired=entry.status == "retired",
        replaced_by=tuple((relative(PATH, r.address), r) for r in entry.replaced_by),
    )


def _page(found: Found, chosen: Mapping[str, str], offset: int) -> str:
    """Link to another part of what was found; filters are kept."""
    place = {"offset": str(offset)} if offset > 0 else {}
    kept = {name: value for name, value in chosen.items() if value}
    return f"{relative(PATH, 'search')}?{urlencode({'q': found.words, **kept, **place})}"


def _filters(edition: Edition, chosen: Mapping[str, str]) -> Iterator[Filter]:
    vocabulary, language = edition.vocabulary, edition.settings.default_language
    schemes = vocabulary.schemes.values()
    lists = sorted((s.title(language).value, s.name) for s in schemes)
    yield _filter("list", "List", [(name, title) for title, name in lists], chosen)
    statuses = sorted({concept.status for concept in vocabulary.concepts.values()})
    yield _filter("status", "Status", [(s, s.capitalize()) for s in statuses], chosen)
    linked = {k.range_list for k in vocabulary.link_types if not k.dormant}
    for name in sorted(linked & set(vocabulary.schemes)):
        members = [c for c in vocabulary.members(name) if not c.is_retired]
        if 0 < len(members) <= MOST_CHOICES:
            members.sort(key=lambda c: natural_key(c.label(language).value.casefold()))
            pairs = [(c.notation, c.label(language).value) for c in members]
            scheme = vocabulary.schemes[name]
            yield _filter(scheme.segment, scheme.title(language).value, pairs, chosen)


def _filter(
    name: str, label: str, pairs: list[tuple[str, str]], chosen: Mapping[str, str]
) -> Filter:
    choices = (Choice(value=v, label=text, chosen=chosen.get(name) == v) for v, text in pairs)
    return Filter(name=name, label=label, choices=tuple(choices))
