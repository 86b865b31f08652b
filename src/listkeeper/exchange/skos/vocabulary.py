"""What a foreign vocabulary consists of: its schemes, concepts and collections, and their codes.

https://www.w3.org/TR/skos-reference/
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from listkeeper.graph import RDF_TYPE, Literal, URINode
from listkeeper.namespaces import SKOS, SKOSXL
from listkeeper.uris import notation_problem

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from listkeeper.graph import Graph, Subject

CONCEPT: Final = URINode(SKOS + "Concept")
SCHEME: Final = URINode(SKOS + "ConceptScheme")
COLLECTIONS: Final = (URINode(SKOS + "Collection"), URINode(SKOS + "OrderedCollection"))
NOTATION: Final = URINode(SKOS + "notation")
LABEL: Final = URINode(SKOSXL + "Label")

OF_CONCEPTS: Final = tuple(
    URINode(SKOS + name) for name in ("prefLabel", "inScheme", "topConceptOf", "notation")
)
"""Properties whose subjects are concepts, even where no type says so."""

RELATED: Final = tuple(URINode(SKOS + name) for name in ("broader", "narrower", "related"))
"""Those that files also state of concepts of others: they count where nothing is typed."""

WAYS: Final = ("their notations", "the ends of their addresses")
"""Where codes may come from, in words."""

FIRST: Final = 10_001
"""Codes made here begin so, as in lists made by hand."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Vocabulary:
    """The things of a vocabulary, in the order of the file."""

    schemes: tuple[Subject, ...]
    concepts: tuple[Subject, ...]
    collections: tuple[Subject, ...]


def vocabulary_of(graph: Graph) -> Vocabulary:
    """Tell what is what in a graph."""
    kinds = {subject: set(graph.objects(subject, RDF_TYPE)) for subject in graph.subjects()}
    collections = tuple(s for s, types in kinds.items() if types.intersection(COLLECTIONS))
    named = {term: None for s in kinds for term in graph.objects(s, URINode(SKOS + "inScheme"))}
    schemes = dict.fromkeys(s for s, types in kinds.items() if SCHEME in types)
    schemes |= {t: None for t in named if not isinstance(t, Literal)}
    others = {*collections, *schemes, *(s for s, types in kinds.items() if LABEL in types)}
    typed = any(CONCEPT in types for types in kinds.values())
    telling = OF_CONCEPTS if typed else (*OF_CONCEPTS, *RELATED)
    concepts = [
        subject
        for subject, types in kinds.items()
        if subject not in others
        and (CONCEPT in types or any(graph.objects(subject, p) for p in telling))
    ]
    return Vocabulary(schemes=tuple(schemes), concepts=tuple(concepts), collections=collections)


def codes_of(
    graph: Graph, concepts: Sequence[Subject], *, first: int, taken: Collection[str]
) -> tuple[Mapping[Subject, str], str]:
    """Give each concept a code, all in one way: by notations, by addresses, else numbers.

    A way is taken when it gives every concept a code that is fit to be one and differs from the
    others, letters' case and leading zeros apart.

    Args:
        graph: what the file says.
        concepts: those that need a code.
        first: where numbers begin.
        taken: codes that are not to be given out.

    Returns:
        the codes, and in words where they come from.
    """
    ways: tuple[Callable[[Subject], str], ...] = (lambda node: _notation(graph, node), local_name)
    used = set(map(_folded, taken))
    for words, way in zip(WAYS, ways, strict=True):
        codes = {node: way(node) for node in concepts}
        folded = set(map(_folded, codes.values()))
        is_fit = not any(map(_problem, codes.values())) and not folded & used
        if is_fit and len(folded) == len(concepts):
            return codes, words
    numbers = _numbers(first, used)
    return {node: next(numbers) for node in concepts}, f"numbers made here, from {first} on"


def _numbers(first: int, used: Collection[str]) -> Iterator[str]:
    number = first
    while True:
        if str(number) not in used:
            yield str(number)
        number += 1


def _problem(code: str) -> str | None:
    return notation_problem(code) if code else "is empty"


def _folded(code: str) -> str:
    return code.casefold().lstrip("0") or "0"


def _notation(graph: Graph, node: Subject) -> str:
    found = [term.value.strip() for term in graph.objects(node, NOTATION)
             if isinstance(term, Literal)]  # fmt: skip
    return found[0] if len(found) == 1 else ""


def local_name(node: Subject) -> str:
    """Give the end of an address; empty for a node without one.

    >>> local_name(URINode("http://example.org/rocks#clay"))
    'clay'
    """
    if not isinstance(node, URINode):
        return ""
    return unquote(re.split(r"[/#]", node.value.rstrip("/#"))[-1])


def slugs(names: Iterable[str]) -> Iterator[str]:
    """Make names that can stand in an address, each once.

    >>> list(slugs(["Top Rocks", "top-rocks", ""]))
    ['top-rocks', 'top-rocks-2', 'part']
    """
    seen: set[str] = set()
    for name in names:
        stem = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40] or "part"
        slug = next(
            s for n in range(1, 10**6) if (s := stem if n == 1 else f"{stem}-{n}") not in seen
        )
        seen.add(slug)
        yield slug
