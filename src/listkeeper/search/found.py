"""What a search found, plainly: one answer for pages, programs and the command line."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from listkeeper.search.filters import NONE, Filters
from listkeeper.search.index import Hit
from listkeeper.search.names import Kind

if TYPE_CHECKING:
    from listkeeper.model import Concept
    from listkeeper.search.index import SearchIndex
    from listkeeper.search.matching import Matcher

WAS_CALLED = {Kind.FORMER: "was called {}", Kind.OTHER: "also called {}", Kind.DRAFT: "{} (draft)"}
"""What is said of a name that was found, by its kind; the label speaks for itself."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Replacement:
    """An entry that takes the place of a retired one."""

    code: str
    label: str
    address: str
    uri: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundEntry:
    """An entry that was found."""

    code: str
    label: str
    language: str
    """Language of the label."""
    list: str
    list_title: str
    status: str
    uri: str
    address: str
    """Path of its page, such as ``service/559``."""
    found_by: str
    """What of the entry was found: code, label, former name, other name, draft label, text."""
    name: str
    """The name that was found; empty where it was the text."""
    said: str
    """What to say of that name where it is not the label."""
    exact: bool
    definition: str
    replaced_by: tuple[Replacement, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """The answer to a search."""

    words: str
    entries: tuple[FoundEntry, ...]
    total: int
    capped: bool
    """Whether there may be more than the total says."""
    offset: int
    limit: int
    alike: tuple[FoundEntry, ...] = ()
    """Entries with names that are only alike, told where nothing was found."""

    def record(self) -> dict[str, Any]:
        """Give the answer for programs."""
        return asdict(self)


def found(
    index: SearchIndex, words: str, filters: Filters = NONE, *, limit: int = 20, offset: int = 0
) -> Found:
    """Search, and tell what was found; see :meth:`SearchIndex.search`."""
    results = index.search(words, filters, limit=limit, offset=offset)
    return Found(
        words=words,
        entries=tuple(tell(index, hit) for hit in results.hits),
        total=results.total,
        capped=results.capped,
        offset=offset,
        limit=limit,
    )


def has_near(filters: Filters) -> bool:
    """Say whether alike names can be told with some filters: the matcher knows lists alone."""
    return filters == Filters(list_name=filters.list_name)


def with_alike(answer: Found, index: SearchIndex, matcher: Matcher) -> Found:
    """Add the entries whose names are like the words of a search that found nothing.

    Args:
        answer: what the search found.
        index: where it searched.
        matcher: knows names that are mistyped, joined or shortened.
    """
    candidates = matcher.match(answer.words).candidates
    hits = (Hit(concept=candidate.concept, kind=Kind.ALIKE) for candidate in candidates)
    return replace(answer, alike=tuple(tell(index, hit) for hit in hits))


def tell(index: SearchIndex, hit: Hit) -> FoundEntry:
    """Tell an entry that was found."""
    concept, vocabulary = hit.concept, index.edition.vocabulary
    default = index.edition.settings.default_language
    label, scheme = concept.label(default), vocabulary.schemes.get(concept.list_name)
    definition = concept.definition(default)
    name = hit.name.value if hit.name else ""
    held = vocabulary.concepts
    return FoundEntry(
        code=concept.notation,
        label=label.value,
        language=label.language,
        list=concept.list_name,
        list_title=scheme.title(default).value if scheme else concept.list_name,
        status=concept.status,
        uri=concept.uri,
        address=concept.address,
        found_by=hit.kind.words,
        name=name,
        said=WAS_CALLED.get(hit.kind, "").format(name),
        exact=hit.exact,
        definition=definition.value if definition else "",
        replaced_by=tuple(_replacement(held[u], default) for u in concept.replaced_by if u in held),
    )


def _replacement(concept: Concept, language: str) -> Replacement:
    return Replacement(
        code=concept.notation,
        label=concept.label(language).value,
        address=concept.address,
        uri=concept.uri,
    )
