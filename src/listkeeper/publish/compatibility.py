"""Lists in the shapes that software of councils already reads from the LGA's web services.

Only current entries are given: then labels are unique in a list, which their databases ask for.
The shapes are those of ``webservices.esd.org.uk`` as public clients and pages show them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from listkeeper.errors import UsageError
from listkeeper.model import CURRENT
from listkeeper.publish.column_choice import usual_columns
from listkeeper.publish.mapped import (
    are_dormant,
    links_of,
    mapped_lines,
    members_of,
    named_lists,
    properties,
)
from listkeeper.publish.tables import Table, csv_bytes, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from listkeeper.edition import Edition
    from listkeeper.model import Concept, ConceptScheme, Text

Record: TypeAlias = dict[str, Any]
"""A JSON object: its values have no narrower type."""

FORMER_LISTS: Final = "id.esd.org.uk/list/"
"""Where the identifiers of the LGA's lists begin, without the scheme."""

QUALITY: Final = {
    "accuracy": "accuracy",
    "audience": "audience",
    "completeness": "completeness",
    "coverage": "coverage",
    "intendedLongevity": "intendedLongevity",
    "provenance": "provenance",
    "rights": "rights",
    "status": "formalStatus",
    "timeliness": "timeliness",
}
"""The nine quality fields: their keys here, and the fields of the lists."""


def list_name(edition: Edition, uri: str) -> str:
    """Read the name of a list from how clients write it.

    Args:
        edition: whose URIs are known.
        uri: ``list/X``, or the URI of the list here or formerly, http or https.
    """
    whole = uri.removeprefix("https://").removeprefix("http://")
    own = edition.minter.list_("").removeprefix("https://").removeprefix("http://")
    starts = (start for start in (own, FORMER_LISTS, "list/") if whole.startswith(start))
    return whole.removeprefix(next(starts, ""))


def current_members(edition: Edition, schemes: Iterable[ConceptScheme]) -> list[Concept]:
    """Give the current concepts of lists, one list after the other."""
    return [c for c in members_of(edition.vocabulary, schemes) if c.status == CURRENT]


def compatible_csv(edition: Edition, name: str, mapped_to: str = "") -> bytes:
    """Write the table of a list, or of its links to another.

    A list without a link to the other has a row of its own, but where all kinds of links between
    the two are dormant: then only pairs that are evidenced are given.

    Args:
        edition: the lists.
        name: a name of the list, which may stand for several, joined in their order.
        mapped_to: a name of the list linked to; empty for the table of the list alone.

    Raises:
        UsageError: when no list has a name.
        UnsupportedError: when a cell begins like a formula.
    """
    schemes = named_lists(edition.vocabulary, name)
    members = current_members(edition, schemes)
    lines = lines_of(members)
    if mapped_to:
        targets = named_lists(edition.vocabulary, mapped_to)
        unlinked = not are_dormant(edition, schemes, targets)
        lines = mapped_lines(edition, members, targets, retired=False, unlinked=unlinked)
    columns = usual_columns(edition.settings.languages, mapped=bool(mapped_to))
    only = schemes[0] if len(schemes) == 1 else None
    return csv_bytes(Table(edition, only, lines, columns=columns))


def compatible_mappings_csv(edition: Edition, concept: Concept) -> bytes:
    """Write the links of one concept to all lists, a row for each."""
    kinds = properties(edition)
    links = links_of(edition.vocabulary, kinds, concept)
    lines = [line for line in links if line.mapped and line.mapped.status == CURRENT]
    columns = usual_columns(edition.settings.languages, mapped=True)
    scheme = edition.vocabulary.schemes.get(concept.list_name)
    return csv_bytes(Table(edition, scheme, lines, columns=columns))


def mapping_record(edition: Edition, source: str, target: str) -> Record:
    """Give each entry of a list with the entries of another that it is linked to.

    From a list to itself each entry is its own: so a page can treat every choice alike.

    Args:
        edition: the lists.
        source: a name of the list whose entries are given.
        target: a name of the list linked to.

    Raises:
        UsageError: when no list has a name.
    """
    schemes = named_lists(edition.vocabulary, source)
    targets = named_lists(edition.vocabulary, target)
    members = current_members(edition, schemes)
    language = edition.settings.default_language
    found: dict[str, dict[str, Concept]] = {concept.uri: {} for concept in members}
    if {scheme.uri for scheme in schemes} & {scheme.uri for scheme in targets}:
        found = {concept.uri: {concept.uri: concept} for concept in members}
    for line in mapped_lines(edition, members, targets, retired=False, unlinked=False):
        if line.mapped:
            found[line.concept.uri][line.mapped.uri] = line.mapped
    items = [
        {
            **_named(concept, language),
            "mappings": [_named(mapped, language) for mapped in found[concept.uri].values()],
        }
        for concept in members
    ]
    return {"list": {"identifier": source, "label": _title(schemes, language), "items": items}}


class Compatible:
    """The records of one edition."""

    def __init__(self, edition: Edition) -> None:
        """Keep what records are made from."""
        self._edition = edition
        self._vocabulary = edition.vocabulary
        self._language = edition.settings.default_language
        self._kinds = properties(edition)
        self._schemes = {scheme.uri: scheme for scheme in self._vocabulary.schemes.values()}

    def lists(self) -> Record:
        """Describe every list and subset."""
        names = self._vocabulary.schemes
        return {"lists": [self._list(name, [scheme]) for name, scheme in names.items()]}

    def list_(self, name: str, *, verbose: bool = False) -> Record:
        """Describe a list with its current entries.

        Args:
            name: a name of the list, which may stand for several.
            verbose: whether entries come with their texts and dates.

        Raises:
            UsageError: when no list has the name.
        """
        schemes = named_lists(self._vocabulary, name)
        members = current_members(self._edition, schemes)
        items = [self._item(concept, verbose=verbose) for concept in members]
        return {"list": {**self._list(name, schemes), "items": items}}

    def item(self, name: str, identifier: str) -> Record:
        """Describe one entry of a list, a retired one too: its status says so.

        Raises:
            UsageError: when no list has the name, or it has no such entry.
        """
        schemes = named_lists(self._vocabulary, name)
        members = members_of(self._vocabulary, schemes)
        found = next((concept for concept in members if concept.notation == identifier), None)
        if found is None:
            raise UsageError(f"{name}/{identifier[:100]}: no such entry")
        return {"list": {**self._list(name, schemes), "items": [self._item(found, verbose=True)]}}

    def _list(self, name: str, schemes: Sequence[ConceptScheme]) -> Record:
        first = schemes[0]
        whole = (*first.descriptions, *first.purposes, *first.uses, *first.notes)
        return {
            "identifier": name,
            "label": _title(schemes, self._language),
            "description": self._text(first.descriptions),
            "created": first.created,
            "modified": first.modified,
            "fullDescription": "\n".join(t.value for t in whole if t.language == self._language),
            **{key: self._quality(first, field) for key, field in QUALITY.items()},
            "version": first.version,
            "uri": first.uri,
        }

    def _quality(self, scheme: ConceptScheme, name: str) -> str:
        parent = self._vocabulary.schemes.get(scheme.subset_of)
        texts = (s.quality.get(name) for s in (scheme, parent) if s)
        return next((text.value for text in texts if text), "")

    def _item(self, concept: Concept, *, verbose: bool) -> Record:
        held = self._vocabulary.concepts
        brief = {
            **_named(concept, self._language),
            "uri": concept.uri,
            "parents": [self._reference(held[uri]) for uri in concept.broader if uri in held],
            "mappings": self._mappings(concept),
            "lists": [
                {"identifier": s.name, "label": s.title(self._language).value}
                for uri in concept.in_schemes
                if (s := self._schemes.get(uri))
            ],
        }
        return {**brief, **self._details(concept)} if verbose else brief

    def _details(self, concept: Concept) -> Record:
        held = self._vocabulary.concepts
        labels = self._vocabulary.term_labels
        notes = (n.value for n in concept.history_notes if n.language == self._language)
        return {
            "description": self._text(concept.definitions),
            "alternativeLabels": [
                text.value for text in concept.alt_labels if text.language == self._language
            ],
            "type": next((labels[uri].value for uri in concept.types if uri in labels), ""),
            "created": concept.created,
            "modified": concept.modified,
            "historyNotes": " ".join(notes),
            "status": concept.status,
            "replacedBy": [self._reference(held[u]) for u in concept.replaced_by if u in held],
        }

    def _mappings(self, concept: Concept) -> dict[str, list[Record]]:
        """Give the current entries that a concept is linked to, by the names of their lists."""
        found: dict[str, list[Record]] = {}
        for line in links_of(self._vocabulary, self._kinds, concept):
            if line.mapped and line.mapped.status == CURRENT:
                record = {**self._reference(line.mapped), "type": line.mapping}
                found.setdefault(line.mapped.list_name, []).append(record)
        return found

    def _reference(self, concept: Concept) -> Record:
        return {**_named(concept, self._language), "uri": concept.uri}

    def _text(self, texts: Iterable[Text]) -> str:
        return next((text.value for text in texts if text.language == self._language), "")


def _named(concept: Concept, language: str) -> Record:
    return {"identifier": concept.notation, "label": concept.label(language).value}


def _title(schemes: Iterable[ConceptScheme], language: str) -> str:
    return ", ".join(scheme.title(language).value for scheme in schemes)
