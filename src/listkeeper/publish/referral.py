"""Lists as taxonomies of Open Referral UK 3, which directories of services are tagged with.

The shapes are HSDS-UK 3.0's (https://docs.openreferral.org/en/latest/hsds/schema_reference.html):
a taxonomy for each list, a term for each current entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from uuid import NAMESPACE_URL, uuid5

from listkeeper.errors import UsageError
from listkeeper.model import CURRENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from listkeeper.edition import Edition
    from listkeeper.model import Concept, ConceptScheme, Text

Record: TypeAlias = dict[str, Any]
"""A JSON object: its values have no narrower type."""

MOST_PER_PAGE: Final = 1_000
PER_PAGE: Final = 100
DROPPED: Final = "dropped"


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Which terms are wanted."""

    search: str = ""
    """Words that a code, name or description holds, whatever their case."""
    taxonomy_id: str = ""
    """Identifier of a taxonomy, or a name of its list."""
    parent_id: str = ""
    """Identifier of the term they are below."""
    top_only: bool = False
    """Whether only terms that are below none are wanted."""


class Taxonomies:
    """The taxonomies and terms of one edition."""

    def __init__(self, edition: Edition) -> None:
        """Make the terms of an edition's lists once."""
        self._language = edition.settings.default_language
        schemes = edition.vocabulary.schemes.values()
        self._schemes = [s for s in schemes if not s.subset_of and s.status != DROPPED]
        self.taxonomies = [self._taxonomy(scheme) for scheme in self._schemes]
        self._by_name: dict[str, str] = {
            name.casefold(): record["id"]
            for scheme, record in zip(self._schemes, self.taxonomies, strict=True)
            for name in (record["id"], scheme.name, *scheme.other_names, *scheme.curie_prefixes)
        }
        held = edition.vocabulary.concepts
        self.terms = [
            self._term(concept, scheme, record, held.__contains__)
            for scheme, record in zip(self._schemes, self.taxonomies, strict=True)
            for concept in edition.vocabulary.members(scheme.name)
            if concept.status == CURRENT
        ]
        self._by_id = {term["id"]: term for term in self.terms}

    def taxonomy(self, name: str) -> Record:
        """Find a taxonomy by its identifier or a name of its list.

        Raises:
            UsageError: when there is none.
        """
        wanted = self._taxonomy_id(name)
        return next(record for record in self.taxonomies if record["id"] == wanted)

    def term(self, identifier: str) -> Record:
        """Find a term by its identifier.

        Raises:
            UsageError: when there is none.
        """
        if identifier not in self._by_id:
            raise UsageError(f"{identifier[:100]}: no such term")
        return self._by_id[identifier]

    def find_taxonomies(self, search: str) -> list[Record]:
        """Give the taxonomies whose name or description holds words."""
        return [r for r in self.taxonomies if _holds(r, search)]

    def find_terms(self, wanted: Wanted) -> list[Record]:
        """Give the terms that are wanted, list by list, by code.

        Raises:
            UsageError: when the taxonomy or the parent does not exist.
        """
        taxonomy = self._taxonomy_id(wanted.taxonomy_id) if wanted.taxonomy_id else ""
        parent = self.term(wanted.parent_id)["id"] if wanted.parent_id else ""
        return [
            term
            for term in self.terms
            if taxonomy in {"", term["taxonomy_id"]}
            and parent in {"", term.get("parent_id")}
            and not (wanted.top_only and "parent_id" in term)
            and _holds(term, wanted.search)
        ]

    def _taxonomy_id(self, name: str) -> str:
        found = self._by_name.get(name.casefold())
        if found is None:
            raise UsageError(f"{name[:100]}: no such taxonomy")
        return found

    def _taxonomy(self, scheme: ConceptScheme) -> Record:
        return {
            "id": identifier(scheme.uri),
            "name": scheme.title(self._language).value,
            "description": _text(scheme.descriptions, self._language),
            "uri": scheme.uri,
            "version": scheme.version,
        }

    def _term(
        self,
        concept: Concept,
        scheme: ConceptScheme,
        taxonomy: Record,
        held: Any,  # noqa: ANN401 - a mapping's own test
    ) -> Record:
        parents = [uri for uri in concept.broader if held(uri)]
        below = {"parent_id": identifier(parents[0])} if parents else {}
        return {
            "id": identifier(concept.uri),
            "code": term_code(concept, scheme),
            "name": concept.label(self._language).value,
            "description": _text(concept.definitions, self._language),
            **below,
            "taxonomy": taxonomy["name"],
            "taxonomy_detail": taxonomy,
            "language": concept.label(self._language).language or self._language,
            "taxonomy_id": taxonomy["id"],
            "term_uri": concept.uri,
        }


def identifier(uri: str) -> str:
    """Make the UUID that stands for a URI, always the same.

    >>> identifier("https://lists.example.org/id/service/559")
    '17de56b5-693a-5c34-bb0a-483ecc9cd9d4'
    """
    return str(uuid5(NAMESPACE_URL, uri))


def term_code(concept: Concept, scheme: ConceptScheme) -> str:
    """Give the code of a term: with the owner's prefix where the code is another owner's.

    Open Referral UK writes ``esdServiceType:559``; a code that was made here has no prefix there.
    """
    theirs = ("exactMatch", f"{scheme.former_space}{concept.notation}") in concept.mappings
    if theirs and scheme.former_space and scheme.curie_prefixes:
        return f"{scheme.curie_prefixes[0]}:{concept.notation}"
    return concept.notation


def paged(records: Sequence[Record], page: int, per_page: int) -> Record:
    """Give one page of records, as the API of HSDS 3.0 does.

    Args:
        records: all of them.
        page: number of the page, from 1.
        per_page: how many are on it, at most `MOST_PER_PAGE`.

    Raises:
        UsageError: when there is no such page.
    """
    pages = max(1, -(-len(records) // per_page))
    if not 1 <= page <= pages:
        raise UsageError(f"page={page}: there are {pages}")
    shown = records[(page - 1) * per_page : page * per_page]
    return {
        "total_items": len(records),
        "total_pages": pages,
        "page_number": page,
        "size": len(shown),
        "first_page": page == 1,
        "last_page": page == pages,
        "empty": not shown,
        "contents": list(shown),
    }


def _holds(record: Record, search: str) -> bool:
    words = search.casefold().split()
    texts = " ".join(_told(record)).casefold()
    return all(word in texts for word in words)


def _told(record: Record) -> Iterator[str]:
    yield from (record[key] for key in ("name", "description", "code") if key in record)


def _text(texts: Iterable[Text], language: str) -> str:
    return next((text.value for text in texts if text.language == language), "")
