"""The links of a list's concepts as SSSOM, https://mapping-commons.github.io/sssom/.

A link of ours relates things of different kinds, so it is a mapping in SSSOM's wide sense only;
each row was made by hand, which is its justification.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Final

from listkeeper.namespaces import SKOS
from listkeeper.uris import URI

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from listkeeper.edition import Edition
    from listkeeper.model import Concept, ConceptScheme

COLUMNS: Final = (
    *("subject_id", "subject_label", "predicate_id", "object_id", "object_label"),
    *("mapping_justification", "subject_source", "object_source"),
)
JUSTIFICATION: Final = "semapv:ManualMappingCuration"
SEMAPV: Final = "https://w3id.org/semapv/vocab/"


def sssom(edition: Edition, scheme: ConceptScheme, members: Sequence[Concept]) -> bytes:
    """Write the links that a list's concepts have, and their matches elsewhere, as SSSOM/TSV.

    Args:
        edition: where the linked concepts are looked up.
        scheme: the list, whose links are written; a link is authored on one side only.
        members: its concepts.
    """
    stream = io.StringIO(newline="")
    stream.writelines(f"#{line}\n" for line in _metadata(edition, scheme))
    writer = csv.writer(stream, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    rows = _Rows(edition)
    for concept in members:
        writer.writerows(rows.of(concept))
    return stream.getvalue().encode()


def curie_map(edition: Edition) -> dict[str, str]:
    """Give the prefixes: of each list's concepts, here and formerly, of lists and predicates."""
    minter = edition.minter
    schemes = edition.vocabulary.schemes.values()
    segments = sorted({scheme.segment for scheme in schemes})
    former = {
        scheme.curie_prefixes[0]: scheme.former_space
        for scheme in schemes
        if scheme.former_space and scheme.curie_prefixes
    }
    return {
        **{segment: minter.concept(segment, "") for segment in segments},
        **former,
        "def": minter.terms,
        "list": minter.list_(""),
        "semapv": SEMAPV,
        "skos": SKOS,
    }


class _Rows:
    """The rows of one edition's concepts."""

    def __init__(self, edition: Edition) -> None:
        self._vocabulary = edition.vocabulary
        self._language = edition.settings.default_language
        self._prefixes = {space: prefix for prefix, space in curie_map(edition).items()}
        self._spaces = sorted(self._prefixes, key=len, reverse=True)
        self._authored = [link_type.uri for link_type in edition.vocabulary.link_types]

    def of(self, concept: Concept) -> Iterator[tuple[str, ...]]:
        for predicate in self._authored:
            for target in concept.links.get(predicate, ()):
                yield self._row(concept, predicate, target)
        for name, target in concept.mappings:
            yield self._row(concept, URI(SKOS + name), target)

    def _row(self, concept: Concept, predicate: URI, target: URI) -> tuple[str, ...]:
        held = self._vocabulary.concepts.get(target)
        return (
            self._curie(concept.uri),
            concept.label(self._language).value,
            self._curie(predicate),
            self._curie(target),
            held.label(self._language).value if held else "",
            JUSTIFICATION,
            self._list(concept),
            self._list(held) if held else "",
        )

    def _list(self, concept: Concept) -> str:
        scheme = self._vocabulary.schemes.get(concept.list_name)
        return self._curie(scheme.uri) if scheme else ""

    def _curie(self, uri: URI) -> str:
        """Shorten a URI by the longest namespace it lies in."""
        space = next((space for space in self._spaces if uri.startswith(space)), None)
        return uri if space is None else f"{self._prefixes[space]}:{uri.removeprefix(space)}"


def _metadata(edition: Edition, scheme: ConceptScheme) -> Iterator[str]:
    """Give the header: YAML, whose strings may be written as JSON's."""
    yield f"mapping_set_id: {json.dumps(f'{scheme.uri}#links')}"
    title = scheme.title(edition.settings.default_language).value
    yield f"mapping_set_title: {json.dumps(f'Links of {title}', ensure_ascii=False)}"
    if scheme.version:
        yield f"mapping_set_version: {json.dumps(scheme.version)}"
    if scheme.licence:
        yield f"license: {json.dumps(scheme.licence)}"
    yield "curie_map:"
    for prefix, space in curie_map(edition).items():
        yield f"  {json.dumps(prefix)}: {json.dumps(space)}"
