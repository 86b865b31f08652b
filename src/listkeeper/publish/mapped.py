"""The links between two lists, a row for each, and the lists that a name stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from listkeeper.errors import UsageError
from listkeeper.model import CURRENT
from listkeeper.publish.columns import Line
from listkeeper.uris import natural_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from listkeeper.edition import Edition
    from listkeeper.model import Concept, ConceptScheme, Vocabulary
    from listkeeper.uris import URI

LAST: Final = 10_000
"""Place of a list that states none."""


class Property(NamedTuple):
    """One direction of a kind of link."""

    uri: URI
    name: str
    """Its local name, which downloads show as the kind of link."""
    source: str
    """Name of the list whose entries have it."""
    target: str
    """Name of the list it leads to."""
    dormant: bool


def properties(edition: Edition) -> list[Property]:
    """Give both directions of every kind of link, in the order of the definitions."""
    terms = edition.minter.terms
    found: list[Property] = []
    for kind in edition.vocabulary.link_types:
        source, target = kind.domain_list, kind.range_list
        found.append(Property(kind.uri, kind.name, source, target, kind.dormant))
        if kind.inverse:
            name = kind.inverse.removeprefix(terms)
            found.append(Property(kind.inverse, name, target, source, kind.dormant))
    return found


def named_lists(vocabulary: Vocabulary, name: str) -> list[ConceptScheme]:
    """Give the lists and subsets that a name stands for, in their order.

    A list has one name and may have others (``def:otherName``); a name that several lists have
    stands for all of them, joined.

    Raises:
        UsageError: when no list has the name.
    """
    if name in vocabulary.schemes:
        return [vocabulary.schemes[name]]
    found = [s for s in vocabulary.schemes.values() if name in s.other_names]
    if not found:
        raise UsageError(f"{name[:100]}: no list has this name")
    return sorted(found, key=lambda scheme: (scheme.order or LAST, scheme.name))


def members_of(vocabulary: Vocabulary, schemes: Iterable[ConceptScheme]) -> list[Concept]:
    """Give the concepts of lists, one list after the other, none twice."""
    joined = (concept for scheme in schemes for concept in vocabulary.members(scheme.name))
    return list({concept.uri: concept for concept in joined}.values())


def mapped_lines(
    edition: Edition,
    concepts: Iterable[Concept],
    targets: Iterable[ConceptScheme],
    *,
    retired: bool = True,
    unlinked: bool = True,
) -> list[Line]:
    """Give a row for each link of some concepts to some lists.

    Args:
        edition: where the links are.
        concepts: the rows are about these, in their order.
        targets: the lists linked to.
        retired: whether links to entries that are not current count.
        unlinked: whether a concept without a link has a row of its own.
    """
    wanted = {scheme.uri for scheme in targets}
    kinds = properties(edition)
    lines: list[Line] = []
    for concept in concepts:
        links = [
            line
            for line in links_of(edition.vocabulary, kinds, concept)
            if line.mapped and wanted.intersection(line.mapped.in_schemes)
            if retired or line.mapped.status == CURRENT
        ]
        lines += links or ([Line(concept)] if unlinked else [])
    return lines


def links_of(vocabulary: Vocabulary, kinds: Sequence[Property], concept: Concept) -> Iterator[Line]:
    """Give the links of a concept to what is held here, kind by kind, by code."""
    for kind in kinds:
        uris = concept.links.get(kind.uri, ())
        held = [vocabulary.concepts[uri] for uri in uris if uri in vocabulary.concepts]
        for target in sorted(held, key=lambda c: natural_key(c.notation)):
            yield Line(concept, kind.name, target)


def are_dormant(
    edition: Edition, sources: Iterable[ConceptScheme], targets: Iterable[ConceptScheme]
) -> bool:
    """Say whether all kinds of links between lists are dormant: then only evidence is kept.

    Of a dormant kind nobody asserts that an entry has none.
    """
    ends = _families(sources), _families(targets)
    kinds = [k for k in properties(edition) if k.source in ends[0] and k.target in ends[1]]
    return bool(kinds) and all(kind.dormant for kind in kinds)


def linked_lists(edition: Edition, scheme: ConceptScheme) -> list[ConceptScheme]:
    """Give the lists and subsets that a list's entries may be linked to, in their order."""
    schemes = edition.vocabulary.schemes
    family = _families([scheme])
    names = {kind.target for kind in properties(edition) if kind.source in family}
    found = [schemes[name] for name in names if name in schemes]
    return sorted(found, key=lambda s: (s.order or LAST, s.name))


def _families(schemes: Iterable[ConceptScheme]) -> set[str]:
    """Name lists together with those they are subsets of."""
    return {name for s in schemes for name in (s.name, s.subset_of) if name}
