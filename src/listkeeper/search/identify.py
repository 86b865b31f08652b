"""Knowing an entry by whatever is written for its code: an address, a CURIE, a bare number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, unquote, urlsplit

from listkeeper.search.names import in_order
from listkeeper.uris import EXTENSIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.edition import Edition
    from listkeeper.model import Concept, ConceptScheme

LONGEST: Final = 400
"""Characters of the longest text that can be a code or an address."""

WEB: Final = re.compile(r"https?://", re.IGNORECASE)
PREFIXED: Final = re.compile(
    r"(?P<prefix>[^\W\d][^:/]*?)(\s*[:/]\s*|\s+|(?<=\D)(?=\d))(?P<code>[^\s:/]+)"
)
NUMBER: Final = re.compile(r"#?\s*(?P<whole>\d{1,12}|\d{1,3}(,\d{3}){1,3})(\.0*)?", re.ASCII)
"""A number as spreadsheets write one: ``559.0``, ``0559``, ``1,519``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What a text says about the code it means."""

    segment: str = ""
    """Segment of the list it names; empty where it names none."""
    notation: str = ""
    """The code itself, cleaned; empty where the text cannot be a code."""
    concepts: tuple[Concept, ...] = ()
    """The entries it names: one, or one in each of several lists for a bare code."""


class Identifier:
    """Knows the entries of an edition by their codes and by all addresses they ever had."""

    def __init__(self, edition: Edition) -> None:
        """Gather the codes and addresses of an edition."""
        self._by_code: dict[str, tuple[Concept, ...]] = {}
        self._by_address: dict[tuple[str, str], Concept] = {}
        self._by_uri: dict[str, Concept] = {}
        for concept in in_order(edition):
            folded = concept.notation.casefold()
            self._by_code[folded] = (*self._by_code.get(folded, ()), concept)
            self._by_address.setdefault((segment_of(concept), folded), concept)
            for uri in _uris(concept):
                self._by_uri.setdefault(_plain(uri).rstrip("/"), concept)
        schemes = edition.vocabulary.schemes.values()
        segments = {scheme.segment for scheme in schemes if scheme.segment}
        segments.update(segment for segment, _ in self._by_address)
        self._prefixes = {segment: segment for segment in segments}
        self._spaces = dict(_own_spaces(edition, segments))
        for scheme in schemes:
            self._prefixes.update((name, scheme.segment) for name in _prefixes(scheme))
            if scheme.former_space:
                self._spaces[_plain(scheme.former_space)] = scheme.segment

    def concepts(self, words: str) -> tuple[Concept, ...]:
        """Give the entries that a code, an address, a CURIE or a URI names."""
        return self.read(words).concepts

    def read(self, words: str, segment: str = "") -> Reading:
        """Read a text as a code.

        Args:
            words: the text, such as ``559``, ``559.0``, ``esdServiceType:559``,
                ``service/559`` or ``http://id.esd.org.uk/service/559``.
            segment: segment of the list that a bare code belongs to; empty for any list.
        """
        words = words.strip()
        if not words or len(words) > LONGEST:
            return Reading()
        if WEB.match(words):
            return self._web(words)
        return self._bare(words, segment) or self._prefixed(words) or self._other(words, segment)

    def _web(self, words: str) -> Reading:
        plain = _plain(words)
        concept = self._by_uri.get(plain.rstrip("/"))
        if concept:
            return _told(concept)
        for space, segment in self._spaces.items():
            if plain.startswith(space):
                rest = unquote(plain.removeprefix(space).partition("?")[0].rstrip("/"))
                return Reading() if "/" in rest else self._coded(segment, rest)
        inner = parse_qs(urlsplit(words).query, max_num_fields=20).get("uri", [""])[0]
        return self._prefixed(inner) or Reading() if inner else Reading()

    def _coded(self, segment: str, notation: str) -> Reading:
        for spelling in _spellings(notation):
            concept = self._by_address.get((segment, spelling))
            if concept:
                return _told(concept)
        return Reading(segment=segment, notation=_cleaned(notation))

    def _prefixed(self, words: str) -> Reading | None:
        """Read a list's name and a code: ``LGSL 559``, ``esdNeed:69``, ``service/559``."""
        found = PREFIXED.fullmatch(words)
        if found is None:
            return None
        prefix = found["prefix"].strip().casefold()
        segment = self._prefixes.get(prefix) or self._prefixes.get(prefix.removesuffix("s"))
        return self._coded(segment, found["code"]) if segment else None

    def _bare(self, words: str, segment: str) -> Reading | None:
        for spelling in _spellings(words):
            held = self._by_code.get(spelling, ())
            found = tuple(c for c in held if not segment or segment_of(c) == segment)
            if found:
                return Reading(segment=segment, notation=found[0].notation, concepts=found)
        return None

    def _other(self, words: str, segment: str) -> Reading:
        concept = self._by_uri.get(_plain(words))
        return _told(concept) if concept else Reading(segment=segment, notation=_cleaned(words))


def segment_of(concept: Concept) -> str:
    """Give the segment of the list that a concept belongs to."""
    return concept.address.rpartition("/")[0]


def _told(concept: Concept) -> Reading:
    return Reading(segment=segment_of(concept), notation=concept.notation, concepts=(concept,))


def _uris(concept: Concept) -> Iterator[str]:
    yield concept.uri
    yield from (target for relation, target in concept.mappings if relation == "exactMatch")
    if concept.enactment:
        yield concept.enactment.uri


def _own_spaces(edition: Edition, segments: set[str]) -> Iterator[tuple[str, str]]:
    for base in (edition.settings.base_uri, *edition.settings.also_answers_for):
        for segment in segments:
            yield _plain(f"{base}id/{segment}/"), segment
            yield _plain(f"{base}{segment}/"), segment


def _prefixes(scheme: ConceptScheme) -> Iterator[str]:
    """Give the names that may stand before a code of a list."""
    if scheme.subset_of:
        return
    yield from (name.casefold() for name in (scheme.name, scheme.segment))
    yield from (name.casefold() for name in (*scheme.other_names, *scheme.curie_prefixes))
    if scheme.former_space:
        yield _last(scheme.former_space.rstrip("/")).casefold()


def _plain(uri: str) -> str:
    """Write an address without what makes no other address of it: scheme, case, fragment."""
    return WEB.sub("", uri.strip()).partition("#")[0].removeprefix("www.").casefold()


def _last(address: str) -> str:
    return address.rpartition("/")[2]


def _spellings(notation: str) -> Iterator[str]:
    """Give what a written code may be, as it stands first."""
    folded = notation.strip().casefold()
    yield folded
    cleaned = _cleaned(folded)
    if cleaned != folded:
        yield cleaned
    for ending in EXTENSIONS:
        if folded.endswith(ending):
            yield folded.removesuffix(ending)


def _cleaned(notation: str) -> str:
    """Undo what a spreadsheet does to a number; leave any other code as it is.

    >>> _cleaned("559.0"), _cleaned("0559"), _cleaned("1,519"), _cleaned("A1")
    ('559', '559', '1519', 'A1')
    """
    number = NUMBER.fullmatch(notation.strip())
    return (number["whole"].replace(",", "").lstrip("0") or "0") if number else notation.strip()
