"""Which property fills which field of the model, and how its values are read: tables.

Thousands of entries pass through here each time the lists are loaded, so values are collected
in list comprehensions: a generator takes twice as long for the one or two values there are.

A property is written as a prefixed name; ``def:`` stands for our own terms, whose namespace
moves with the base URI, so a table is bound to a :class:`~listkeeper.uris.Minter` before use.
"""

from __future__ import annotations

from sys import intern
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias, cast

from listkeeper.graph import Literal, URINode
from listkeeper.model import Text
from listkeeper.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from listkeeper.graph import Term
    from listkeeper.uris import URI, Minter

Terms: TypeAlias = "Collection[Term]"
Properties: TypeAlias = "Mapping[URINode, Terms]"


class Field(NamedTuple):
    """A field of the model, the property that fills it, and how."""

    name: str
    property: str
    read: Callable[[Terms], Any]


Fields: TypeAlias = tuple[Field, ...]
BoundFields: TypeAlias = dict[URINode, tuple[str, "Callable[[Terms], Any]"]]


def texts(terms: Terms) -> tuple[Text, ...]:
    """Read literals as texts with their languages."""
    return tuple(
        [
            Text(value=term.value, language=intern(term.language or ""))
            for term in terms
            if isinstance(term, Literal)
        ]
    )


def uris(terms: Terms) -> tuple[URI, ...]:
    """Read IRIs."""
    found = tuple([term.value for term in terms if isinstance(term, URINode)])
    return cast("tuple[URI, ...]", found)


def values(terms: Terms) -> tuple[str, ...]:
    """Read literals by their lexical forms and IRIs as text."""
    return tuple([term.value for term in terms if isinstance(term, (Literal, URINode))])


def value(terms: Terms) -> str:
    """Read the first value as text, empty where there is none."""
    for term in terms:
        if isinstance(term, (Literal, URINode)):
            return term.value
    return ""


def text(terms: Terms) -> Text | None:
    """Read the first literal."""
    for term in terms:
        if isinstance(term, Literal):
            return Text(value=term.value, language=term.language or "")
    return None


def uri(terms: Terms) -> str:
    """Read the first IRI, empty where there is none."""
    for term in terms:
        if isinstance(term, URINode):
            return term.value
    return ""


def name(terms: Terms) -> str:
    """Read the last path segment of the first IRI: a status by its notation.

    >>> name((URINode("https://lists.example.org/id/status/retired"),))
    'retired'
    """
    return uri(terms).rsplit("/", 1)[-1].rsplit("#", 1)[-1]


def names(terms: Terms) -> tuple[str, ...]:
    """Read the last path segment of each IRI."""
    return tuple(found.rsplit("/", 1)[-1] for found in uris(terms))


def truth(terms: Terms) -> bool:
    """Read an ``xsd:boolean``."""
    return value(terms) in {"true", "1"}


def whole(terms: Terms) -> int:
    """Read an ``xsd:integer``, at most 18 digits of it; 0 where it is none."""
    found = value(terms)
    return int(found[:18]) if found.isdecimal() else 0


def share(terms: Terms) -> float:
    """Read an ``xsd:decimal`` between 0 and 1; 0 where it is none."""
    try:
        return float(value(terms) or 0)
    except ValueError:
        return 0.0


def bind(fields: Fields, minter: Minter) -> BoundFields:
    """Expand the prefixed names of a table."""
    return {URINode(expand(f.property, minter)): (f.name, f.read) for f in fields}


def expand(prefixed: str, minter: Minter) -> str:
    """Expand a prefixed name; ``def:`` is our own namespace.

    Raises:
        KeyError: when the prefix is not one of ours.
    """
    prefix, local = prefixed.split(":", 1)
    return minter.terms + local if prefix == "def" else PREFIXES[prefix] + local


def fill(fields: BoundFields, properties: Properties) -> dict[str, Any]:
    """Read what a table knows of a subject's properties into a dictionary of fields."""
    found: dict[str, Any] = {}
    known = fields.get
    for predicate, terms in properties.items():
        entry = known(predicate)
        if entry is not None:
            name_, read = entry
            found[name_] = read(terms)
    return found


CONCEPT_FIELDS: Final[Fields] = (
    Field("types", "rdf:type", uris),
    Field("in_schemes", "skos:inScheme", uris),
    Field("notation", "skos:notation", value),
    Field("pref_labels", "skos:prefLabel", texts),
    Field("draft_labels", "def:draftLabel", texts),
    Field("alt_labels", "skos:altLabel", texts),
    Field("hidden_labels", "skos:hiddenLabel", texts),
    Field("label_unconfirmed", "def:labelUnconfirmed", truth),
    Field("definitions", "skos:definition", texts),
    Field("scope_notes", "skos:scopeNote", texts),
    Field("history_notes", "skos:historyNote", texts),
    Field("editorial_notes", "skos:editorialNote", texts),
    Field("broader", "skos:broader", uris),
    Field("status", "adms:status", name),
    Field("review", "def:reviewStatus", name),
    Field("created", "dct:created", value),
    Field("modified", "dct:modified", value),
    Field("start_date", "def:startDate", value),
    Field("end_date", "def:endDate", value),
    Field("retirement_reason", "def:retirementReason", texts),
    Field("reinstated_on", "def:reinstatedOn", values),
    Field("replaced_by", "dct:isReplacedBy", uris),
    Field("nations", "def:nation", names),
)

LINK_TYPE_FIELDS: Final[Fields] = (
    Field("labels", "rdfs:label", texts),
    Field("inverse", "owl:inverseOf", uri),
    Field("domain_list", "def:domainList", name),
    Field("range_list", "def:rangeList", name),
    Field("headings", "def:heading", texts),
    Field("inverse_headings", "def:inverseHeading", texts),
    Field("order", "sh:order", whole),
    Field("picture_column", "def:pictureColumn", whole),
    Field("minimum_coverage", "def:minimumCoverage", share),
    Field("dormant", "def:dormant", truth),
)

CATALOGUE_FIELDS: Final[Fields] = (
    Field("titles", "dct:title", texts),
    Field("descriptions", "dct:description", texts),
    Field("publisher", "def:publisherName", text),
    Field("licence", "dct:license", uri),
    Field("attribution", "dct:rights", texts),
    Field("contact", "def:contactAddress", value),
)

USE_FIELDS: Final[Fields] = (
    Field("user", "rdfs:label", text),
    Field("source", "dct:source", value),
    Field("date", "dct:date", value),
    Field("concepts", "def:usesConcept", uris),
)

SCHEME_FIELDS: Final[Fields] = (
    Field("segment", "def:segment", value),
    Field("concept_class", "def:conceptClass", uri),
    Field("subset_of", "def:subsetOf", name),
    Field("other_names", "def:otherName", values),
    Field("titles", "dct:title", texts),
    Field("descriptions", "dct:description", texts),
    Field("purposes", "def:purpose", texts),
    Field("uses", "def:use", texts),
    Field("notes", "skos:scopeNote", texts),
    Field("owner", "def:owner", text),
    Field("licence", "dct:license", uri),
    Field("attribution", "dct:rights", texts),
    Field("status", "adms:status", name),
    Field("version", "owl:versionInfo", value),
    Field("created", "dct:created", value),
    Field("modified", "dct:modified", value),
    Field("next_release", "def:nextRelease", value),
    Field("submissions_deadline", "def:submissionsDeadline", value),
    Field("source", "dct:source", values),
    Field("first_minted", "def:firstMinted", whole),
    Field("former_space", "def:formerSpace", value),
    Field("former_owner", "def:formerOwner", value),
    Field("curie_prefixes", "def:curiePrefix", values),
    Field("order", "sh:order", whole),
)

QUALITY_FIELDS: Final[Fields] = tuple(
    Field(name_, f"def:{name_}", text)
    for name_ in (
        *("accuracy", "audience", "completeness", "coverage", "intendedLongevity"),
        *("provenance", "rights", "formalStatus", "timeliness"),
    )
)
"""The nine quality fields that the LGA states for each of its lists."""

FORMER_LABEL_FIELDS: Final[Fields] = (
    Field("label", "skosxl:literalForm", text),
    Field("replaced_in", "def:replacedIn", value),
    Field("replaced_on", "def:replacedOn", value),
    Field("source", "dct:source", value),
)

TEXT_RECORD_FIELDS: Final[Fields] = (
    Field("about", "def:aboutProperty", uri),
    Field("language", "dct:language", value),
    Field("status", "adms:status", name),
    Field("date", "dct:date", value),
    Field("author_role", "def:authorRole", value),
    Field("source", "dct:source", value),
)

NONE_KNOWN_FIELDS: Final[Fields] = (
    Field("link_types", "def:linkType", uris),
    Field("date", "dct:date", value),
    Field("looked_at", "def:lookedAt", value),
)

SILENCE_FIELDS: Final[Fields] = (
    Field("rule", "def:rule", value),
    Field("reason", "def:reason", value),
    Field("date", "dct:date", value),
)

PROVISION_FIELDS: Final[Fields] = (
    Field("legislation", "def:legislation", uri),
    Field("kind", "def:provisionKind", value),
    Field("number", "def:provisionNumber", value),
    Field("role", "def:provisionRole", value),
)

EVIDENCE_FIELDS: Final[Fields] = (
    Field("address", "def:evidenceAddress", uri),
    Field("date", "def:evidenceDate", value),
    Field("heading", "def:evidenceHeading", value),
    Field("version", "def:evidenceVersion", value),
    Field("point_in_time", "def:evidencePointInTime", value),
)

ENACTMENT_FIELDS: Final[Fields] = (
    Field("type", "def:legislationType", value),
    Field("year", "def:legislationYear", value),
    Field("number", "def:legislationNumber", value),
    Field("extent", "def:extent", names),
    Field("evidence_address", "def:evidenceAddress", uri),
    Field("evidence_date", "def:evidenceDate", value),
)

RULE_FIELDS: Final[Fields] = (
    Field("applies_in", "def:appliesIn", names),
    Field("in_force", "def:inForce", value),
    Field("general", "def:general", truth),
)

MAPPING_PROPERTIES: Final = (
    *("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"),
)
"""Local names of the SKOS mapping properties, in the order they are shown."""
