"""Concepts, lists and definitions as plain JSON for applications (`docs/json.md`).

The shape is stable: every key is always there, empty where there is nothing to say; keys are
only ever added.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from listkeeper.namespaces import SKOS
from listkeeper.publish.citation import cite, provision_uri
from listkeeper.publish.json_text import indented
from listkeeper.publish.standing import Standings
from listkeeper.store.properties import MAPPING_PROPERTIES
from listkeeper.store.turtle.spelling import language_tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from listkeeper.edition import Edition
    from listkeeper.legislation import Enactment, Provision
    from listkeeper.model import Concept, ConceptScheme, LinkType, Text, Vocabulary
    from listkeeper.uris import URI

Record: TypeAlias = dict[str, Any]
"""A JSON object: its values have no narrower type."""

UNDETERMINED: Final = "und"
"""Language of a text that says none, https://www.rfc-editor.org/rfc/rfc5646#section-4.1."""

DEFINITION: Final = SKOS + "definition"


def to_json(record: Record) -> bytes:
    """Write a record as UTF-8 JSON, indented, non-ASCII as it is."""
    return f"{indented(record)}\n".encode()


def tag(text: Text) -> str:
    """Give the language of a text in the case that RFC 5646 recommends."""
    return language_tag(text.language) if text.language else UNDETERMINED


def by_language(texts: Iterable[Text]) -> dict[str, str]:
    """Give one text for each language, the first of several."""
    return {language: text.value for language, text in _firsts(texts).items()}


def all_by_language(texts: Iterable[Text]) -> dict[str, list[str]]:
    """Give the texts of each language."""
    found: dict[str, list[str]] = {}
    for text in texts:
        found.setdefault(tag(text), []).append(text.value)
    return found


def _firsts(texts: Iterable[Text]) -> dict[str, Text]:
    """Give the first text of each language."""
    found: dict[str, Text] = {}
    for text in texts:
        found.setdefault(tag(text), text)
    return found


class Recorder:
    """Makes the records of one edition."""

    def __init__(self, edition: Edition) -> None:
        """Keep what records are made from."""
        self._vocabulary: Vocabulary = edition.vocabulary
        self._terms = edition.minter.terms
        self._standings = Standings(self._vocabulary)
        self._list_names = {scheme.uri: name for name, scheme in self._vocabulary.schemes.items()}

    def concept(self, concept: Concept) -> Record:
        """Make the record of a concept."""
        return {
            **self._reference(concept),
            "version": self._version(concept),
            **self._labels(concept),
            **self._texts(concept),
            **self._relations(concept),
            **self._history(concept),
            **self._law(concept),
        }

    def list_(self, scheme: ConceptScheme, members: Iterable[Concept]) -> Record:
        """Make the record of a list or subset with all its concepts in full."""
        own = {"version": scheme.version} if scheme.version else {}
        return {
            "uri": scheme.uri,
            "name": scheme.name,
            "otherNames": list(scheme.other_names),
            "subsetOf": scheme.subset_of,
            "title": by_language(scheme.titles),
            "description": by_language(scheme.descriptions),
            "purpose": by_language(scheme.purposes),
            "use": by_language(scheme.uses),
            "notes": all_by_language(scheme.notes),
            "owner": by_language([scheme.owner] if scheme.owner else []),
            "licence": scheme.licence,
            "attribution": by_language(scheme.attribution),
            "status": scheme.status,
            "version": scheme.version,
            "created": scheme.created,
            "modified": scheme.modified,
            "nextRelease": scheme.next_release,
            "submissionsDeadline": scheme.submissions_deadline,
            "quality": {name: text.value for name, text in sorted(scheme.quality.items())},
            "concepts": [{**self.concept(concept), **own} for concept in members],
        }

    def definitions(self) -> Record:
        """Make the record of the definitions: the kinds of links and the label of each term."""
        labels = self._vocabulary.term_labels
        return {
            "uri": self._terms,
            "linkTypes": [self._link_type(link_type) for link_type in self._vocabulary.link_types],
            "terms": [
                {"uri": uri, "name": self._term_name(uri), "label": by_language([label])}
                for uri, label in sorted(labels.items())
            ],
        }

    def _link_type(self, link_type: LinkType) -> Record:
        return {
            "uri": link_type.uri,
            "name": link_type.name,
            "label": by_language(link_type.labels),
            "heading": by_language(link_type.headings),
            "inverse": self._term_name(link_type.inverse),
            "inverseHeading": by_language(link_type.inverse_headings),
            "from": link_type.domain_list,
            "to": link_type.range_list,
            "dormant": link_type.dormant,
        }

    def _reference(self, concept: Concept) -> Record:
        return {
            "uri": concept.uri,
            "code": concept.notation,
            "list": concept.list_name,
            "label": by_language(concept.pref_labels),
        }

    def _references(self, uris: Iterable[URI]) -> list[Record]:
        """Refer to concepts; of one that is not held here only the URI is known."""
        concepts = self._vocabulary.concepts
        return [
            self._reference(concepts[uri])
            if uri in concepts
            else {"uri": uri, "code": "", "list": "", "label": {}}
            for uri in uris
        ]

    def _version(self, concept: Concept) -> str:
        scheme = self._vocabulary.schemes.get(concept.list_name)
        return scheme.version if scheme else ""

    def _labels(self, concept: Concept) -> Record:
        return {
            "labelUnconfirmed": concept.label_unconfirmed,
            "draftLabel": by_language(concept.draft_labels),
            "altLabels": all_by_language(concept.alt_labels),
            "formerLabels": [
                {
                    "label": former.label.value,
                    "language": tag(former.label),
                    "replacedIn": former.replaced_in,
                    "replacedOn": former.replaced_on,
                }
                for former in concept.former_labels
            ],
        }

    def _texts(self, concept: Concept) -> Record:
        statuses = {
            record.language.lower(): record.status
            for record in concept.text_records
            if record.about == DEFINITION
        }
        return {
            "definition": {
                language: {"text": text.value, "status": statuses.get(language.lower(), "")}
                for language, text in _firsts(concept.definitions).items()
            },
            "scopeNote": by_language(concept.scope_notes),
            "historyNotes": all_by_language(concept.history_notes),
        }

    def _relations(self, concept: Concept) -> Record:
        mappings = {
            name: [t for n, t in concept.mappings if n == name] for name in MAPPING_PROPERTIES
        }
        memberships = (self._list_names.get(uri, "") for uri in concept.in_schemes)
        return {
            "types": [self._term_name(uri) for uri in concept.types if self._is_term(uri)],
            "lists": [name for name in memberships if name],
            "broader": self._references(concept.broader),
            "narrower": self._references(concept.narrower),
            "links": {
                self._term_name(property_): self._references(targets)
                for property_, targets in sorted(concept.links.items())
            },
            "noneKnown": [
                {
                    "link": self._term_name(record.link_type),
                    "date": record.date,
                    "lookedAt": record.looked_at,
                }
                for record in concept.none_known
            ],
            **mappings,
        }

    def _history(self, concept: Concept) -> Record:
        standing = self._standings.of(concept)
        return {
            "status": concept.status,
            "standing": {"case": standing.case.value, "words": standing.words},
            "review": concept.review,
            "created": concept.created,
            "modified": concept.modified,
            "startDate": concept.start_date,
            "endDate": concept.end_date,
            "reinstatedOn": list(concept.reinstated_on),
            "retirementReason": by_language(concept.retirement_reason),
            "replacedBy": self._references(concept.replaced_by),
        }

    def _law(self, concept: Concept) -> Record:
        enactment, rule = concept.enactment, concept.rule
        return {
            "nations": list(concept.nations),
            "legislation": _enactment(enactment) if enactment else None,
            "provisions": [self._provision(p) for p in rule.provisions] if rule else [],
            "appliesIn": list(rule.applies_in) if rule else [],
            "inForce": rule.in_force if rule else "",
            "general": rule.general if rule else False,
        }

    def _provision(self, provision: Provision) -> Record:
        concepts: Mapping[URI, Concept] = self._vocabulary.concepts
        return {
            "uri": provision_uri(provision, concepts),
            "citation": cite(provision, concepts),
            "legislation": self._references([provision.legislation])[0],
            "kind": provision.kind,
            "number": provision.number,
            "role": provision.role,
            "heading": provision.evidence.heading,
            "readAt": provision.evidence.address,
            "readOn": provision.evidence.date,
            "versionRead": provision.evidence.version,
            "pointInTime": provision.evidence.point_in_time,
        }

    def _is_term(self, uri: str) -> bool:
        return uri.startswith(self._terms)

    def _term_name(self, uri: str) -> str:
        return uri.removeprefix(self._terms)


def _enactment(enactment: Enactment) -> Record:
    return {
        "uri": enactment.uri,
        "type": enactment.type,
        "year": enactment.year,
        "number": enactment.number,
        "extent": list(enactment.extent),
    }
