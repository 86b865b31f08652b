"""The order in which canonical Turtle puts subjects, predicates and objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.graph import URINode
from listkeeper.namespaces import PREFIXES, SKOS
from listkeeper.uris import natural_key

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping

    from listkeeper.graph import Literal, Term

LOCAL: Final = "def"
"""The prefix of our own terms; its namespace lies below the base, so a repository gives it."""

OTHER_LOCAL: Final = f"{LOCAL}:"
"""Where own terms that have no place of their own come, alphabetically."""

PREDICATES: Final = (
    *("rdf:type", "dct:title", "skos:inScheme", "skos:notation"),
    *("skos:prefLabel", "def:draftLabel", "skos:altLabel", "skos:hiddenLabel"),
    *("skosxl:hiddenLabel", "skosxl:literalForm", "def:labelStatus"),
    *("dct:description", "skos:definition", "skos:scopeNote", "skos:example", "def:textRecord"),
    "skos:broader",
    OTHER_LOCAL,
    *("skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch"),
    "skos:relatedMatch",
    *("adms:status", "def:startDate", "def:endDate", "def:retirementReason", "dct:isReplacedBy"),
    *("dct:created", "dct:issued", "dct:modified", "dct:date", "dct:language", "dct:source"),
    *("skos:historyNote", "skos:changeNote", "skos:editorialNote"),
)
"""The predicates in order; all others follow, alphabetically by IRI."""

CONCEPT_SCHEME: Final = URINode(SKOS + "ConceptScheme")


def predicate_order(prefixes: Mapping[str, str]) -> Callable[[str], tuple[int, str]]:
    """Give the sorting key of a predicate's IRI.

    >>> key = predicate_order({"def": "https://lists.example.org/def/"})
    >>> broader, link, match = (SKOS + "broader", "https://lists.example.org/def/meetsNeed",
    ...                         SKOS + "exactMatch")
    >>> sorted([match, link, broader], key=key) == [broader, link, match]
    True
    """
    local = prefixes.get(LOCAL, "")
    namespaces = {**PREFIXES, LOCAL: local}
    curies = [curie.partition(":") for curie in PREDICATES]
    ranks = {namespaces[prefix] + name: rank for rank, (prefix, _, name) in enumerate(curies)}
    rest = len(ranks)

    def key(iri: str) -> tuple[int, str]:
        of_ours = ranks.get(local, rest) if local and iri.startswith(local) else rest
        return ranks.get(iri, of_ours), iri

    return key


def subject_order(classes: Mapping[str, Container[Term]]) -> Callable[[str], tuple[object, ...]]:
    """Give the sorting key of a subject's IRI.

    Concept schemes come first, then natural order; hash IRIs follow the IRI they hang on.

    Args:
        classes: the classes of each subject, by its IRI.
    """
    schemes = {iri for iri, found in classes.items() if CONCEPT_SCHEME in found}

    def key(iri: str) -> tuple[object, ...]:
        document = iri.partition("#")[0]
        return (
            document not in schemes,
            natural_key(document),
            "#" in iri,
            iri not in schemes,
            natural_key(iri),
        )

    return key


def object_order(language: str) -> Callable[[URINode | Literal], tuple[object, ...]]:
    """Give the sorting key of an object.

    IRIs come first; then literals by language, the default one first, those without one last.

    Args:
        language: the default language, in lower case as terms have it.
    """

    def key(term: URINode | Literal) -> tuple[object, ...]:
        if isinstance(term, URINode):
            return (0, natural_key(term.value))
        tag = term.language or ""
        rank = (not tag, tag != language, tag)
        return (1, *rank, natural_key(term.value), term.datatype.value)

    return key
