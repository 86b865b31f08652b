"""The entries of a list as a table: its filters, its pages, its rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from listkeeper.errors import UsageError
from listkeeper.search.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from listkeeper.model import Concept, ConceptScheme
    from listkeeper.publish.page_entries import Entry, Linker
    from listkeeper.publish.page_index import PageIndex
    from listkeeper.publish.page_words import Tag, Words

PAGE_SIZE: Final = 100
NEIGHBOURS: Final = 1
"""Pages named beside the current one."""

REVIEWED: Final = "reviewed"
NOT_REVIEWED: Final = "not-reviewed"
REVIEWS: Final = ((REVIEWED, "Reviewed"), (NOT_REVIEWED, "Not reviewed"))
"""Notation of a review status and what a page calls it; nothing stated counts as reviewed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """An entry as a row."""

    code: str
    label: Words
    href: str
    tag: Tag
    retired: bool
    parents: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PageLink:
    """A page of a table; without a number it stands for those left out."""

    number: int = 0
    href: str = ""
    current: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Paging:
    """The pages of a table and the way between them."""

    links: tuple[PageLink, ...]
    previous: str
    """Link to the page before; empty on the first."""
    next: str
    number: int
    pages: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """A value that a filter can take."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """The filter form as it was sent."""

    action: str
    q: str
    status: tuple[Option, ...]
    review: tuple[Option, ...]
    parent: tuple[Option, ...]
    """Empty where no entry has another above it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A page of a list's entries."""

    rows: tuple[Row, ...]
    total: int
    """Entries that pass the filters."""
    first: int
    last: int
    has_parents: bool
    filtered: bool
    filters: Filters
    paging: Paging


def page_count(entries: int) -> int:
    """Count the pages that some entries fill, at least one.

    >>> page_count(0), page_count(100), page_count(101)
    (1, 1, 2)
    """
    return max(1, -(-entries // PAGE_SIZE))


def table_of(
    scheme: ConceptScheme, linker: Linker, page: int, filters: Mapping[str, str] | None = None
) -> Table:
    """Show a page of a list's entries.

    Args:
        scheme: the list or subset.
        linker: makes the links of the page.
        page: its number, from 1.
        filters: values of the filters ``q``, ``status``, ``review`` and ``parent``; None for
            the pages of the whole list, which have addresses of their own.

    Raises:
        UsageError: when a filter's value or the page does not exist.
    """
    members = linker.index.members[scheme.name]
    form = _filters(members, filters or {}, linker, scheme)
    found = _filtered(members, filters or {}, linker.index)
    pages = page_count(len(found))
    if not 1 <= page <= pages:
        raise UsageError(f"page {page}: there are {pages}")
    shown = found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return Table(
        rows=tuple(_row(concept, linker) for concept in shown),
        total=len(found),
        first=(page - 1) * PAGE_SIZE + 1 if shown else 0,
        last=(page - 1) * PAGE_SIZE + len(shown),
        has_parents=bool(form.parent),
        filtered=filters is not None,
        filters=form,
        paging=_paging(page, pages, _page_href(scheme, linker, filters)),
    )


def _row(concept: Concept, linker: Linker) -> Row:
    return Row(
        code=concept.notation,
        label=linker.index.label(concept),
        href=linker.to(concept.address),
        tag=linker.index.tag(concept.status),
        retired=concept.is_retired,
        parents=tuple(linker.entry(uri, concept.list_name) for uri in concept.broader),
    )


def _filters(
    members: Sequence[Concept], chosen: Mapping[str, str], linker: Linker, scheme: ConceptScheme
) -> Filters:
    index = linker.index
    statuses = [(s, index.tag(s).label) for s in Counter(c.status for c in members)]
    parents = [
        (p.notation, f"{p.notation} {index.label(p).value}") for p in _parents(members, index)
    ]
    return Filters(
        action=linker.to(f"list/{scheme.name}/table"),
        q=chosen.get("q", ""),
        status=_options("status", sorted(statuses), chosen),
        review=_options("review", REVIEWS, chosen),
        parent=_options("parent", parents, chosen),
    )


def _parents(members: Iterable[Concept], index: PageIndex) -> list[Concept]:
    """Give the entries above others, in the order of their list."""
    above = {uri for concept in members for uri in concept.broader}
    homes = {c.list_name for uri in above if (c := index.vocabulary.concepts.get(uri))}
    found = (c for home in sorted(homes) for c in index.members.get(home, ()))
    return [concept for concept in found if concept.uri in above]


def _options(
    name: str, values: Iterable[tuple[str, str]], chosen: Mapping[str, str]
) -> tuple[Option, ...]:
    value = chosen.get(name, "")
    options = tuple(Option(value=v, label=label, chosen=v == value) for v, label in values)
    if value and not any(option.chosen for option in options):
        known = ", ".join(option.value for option in options) or "none in this list"
        raise UsageError(f"{name}={value}: there is no such value; there are {known}")
    return options


def _filtered(
    members: Sequence[Concept], chosen: Mapping[str, str], index: PageIndex
) -> Sequence[Concept]:
    tests = tuple(FILTERS[name](value, index) for name, value in chosen.items() if value)
    return [c for c in members if all(test(c) for test in tests)] if tests else members


def _by_text(value: str, index: PageIndex) -> Callable[[Concept], bool]:
    words = fold(value).split()
    return lambda concept: all(word in index.searched[concept.uri] for word in words)


def _by_status(value: str, index: PageIndex) -> Callable[[Concept], bool]:
    del index
    return lambda concept: concept.status == value


def _by_review(value: str, index: PageIndex) -> Callable[[Concept], bool]:
    del index
    return lambda concept: (concept.review == NOT_REVIEWED) == (value == NOT_REVIEWED)


def _by_parent(value: str, index: PageIndex) -> Callable[[Concept], bool]:
    concepts = index.vocabulary.concepts
    return lambda concept: any(
        uri in concepts and concepts[uri].notation == value for uri in concept.broader
    )


FILTERS: Final[Mapping[str, Callable[[str, PageIndex], Callable[[Concept], bool]]]] = {
    "q": _by_text,
    "status": _by_status,
    "review": _by_review,
    "parent": _by_parent,
}
"""Each filter with what makes its test of a concept."""


def read_filters(sent: Mapping[str, str]) -> tuple[dict[str, str], int]:
    """Read the filters and the page number of a request.

    Raises:
        UsageError: when a name is no filter or the page is no number.
    """
    unknown = sorted(sent.keys() - FILTERS.keys() - {"page"})
    if unknown:
        raise UsageError(
            f"{', '.join(unknown)}: no such filter; there are {', '.join(FILTERS)}, page"
        )
    page = sent.get("page", "") or "1"
    if not (page.isascii() and page.isdecimal() and len(page) <= len("999999")):
        raise UsageError(f"page={page}: must be a whole number from 1")
    return {name: value for name, value in sent.items() if name != "page"}, int(page)


def _page_href(
    scheme: ConceptScheme, linker: Linker, filters: Mapping[str, str] | None
) -> Callable[[int], str]:
    """Keep the filters from page to page."""
    if filters is not None:
        kept = [(name, value) for name, value in filters.items() if value]
        address = linker.to(f"list/{scheme.name}/table")
        return lambda number: f"{address}?{urlencode([*kept, ('page', number)])}"
    first = f"list/{scheme.name}"
    return lambda number: linker.to(first if number == 1 else f"{first}/page/{number}")


def _paging(number: int, pages: int, href: Callable[[int], str]) -> Paging:
    near = range(number - NEIGHBOURS, number + NEIGHBOURS + 1)
    named = [n for n in range(1, pages + 1) if n in {1, pages} or n in near]
    links: list[PageLink] = []
    for before, n in zip([0, *named], named, strict=False):
        if n - before > 1:
            links.append(PageLink())
        links.append(PageLink(number=n, href=href(n), current=n == number))
    return Paging(
        links=tuple(links),
        previous=href(number - 1) if number > 1 else "",
        next=href(number + 1) if number < pages else "",
        number=number,
        pages=pages,
    )
