"""Rules of terms: properties and classes exist, and are written by the name they have."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

from listkeeper.graph import RDF_TYPE, URINode
from listkeeper.namespaces import SKOS, SKOSXL
from listkeeper.validate.files import knows_definitions
from listkeeper.validate.report import Severity
from listkeeper.validate.rule import Breach, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from listkeeper.graph import Subject, Term
    from listkeeper.validate.rule import Breaches
    from listkeeper.validate.scope import Scope

SKOS_TERMS: Final = frozenset(
    {
        *("Collection", "Concept", "ConceptScheme", "OrderedCollection", "altLabel"),
        *("broadMatch", "broader", "broaderTransitive", "changeNote", "closeMatch"),
        *("definition", "editorialNote", "exactMatch", "example", "hasTopConcept"),
        *("hiddenLabel", "historyNote", "inScheme", "mappingRelation", "member", "memberList"),
        *("narrowMatch", "narrower", "narrowerTransitive", "notation", "note", "prefLabel"),
        *("related", "relatedMatch", "scopeNote", "semanticRelation", "topConceptOf"),
    }
)
"""https://www.w3.org/TR/skos-reference/#vocab"""

SKOSXL_TERMS: Final = frozenset(
    {"Label", "altLabel", "hiddenLabel", "labelRelation", "literalForm", "prefLabel"}
)
"""https://www.w3.org/TR/skos-reference/#xl-vocab"""


def unknown_own_term(scope: Scope) -> Breaches:
    """Tell terms of our namespace that ``definitions.ttl`` does not declare."""
    space = scope.minter.terms
    if not knows_definitions(scope):
        return
    declared = {s.value for s in scope.edition.homes if isinstance(s, URINode)}
    known = [uri.removeprefix(space) for uri in declared if uri.startswith(space)]
    for node, uses in _terms_below(scope, space):
        if node.value not in declared:
            yield from _unknown(scope, node, uses, _nearest(node, space, known))


def unknown_skos_term(scope: Scope) -> Breaches:
    """Tell terms of SKOS and SKOS-XL that do not exist."""
    for space, known in ((SKOS, SKOS_TERMS), (SKOSXL, SKOSXL_TERMS)):
        for node, uses in _terms_below(scope, space):
            if node.value.removeprefix(space) not in known:
                yield from _unknown(scope, node, uses, _nearest(node, space, known))


def derived_authored(scope: Scope) -> Breaches:
    """Tell triples that follow from others and need not be written."""
    for name in ("skos:narrower", "skos:topConceptOf", "skos:hasTopConcept"):
        for subject, term in scope.pairs.get(scope.term(name), ()):
            if scope.is_ours(subject):
                message = f"{scope.named(subject)}: {name} {scope.named(term)} follows by itself"
                yield Breach(
                    message=message, subject=subject, predicate=scope.term(name), object=term
                )


def _terms_below(
    scope: Scope, space: str
) -> Iterator[tuple[URINode, Iterable[tuple[Subject, URINode, Term | None]]]]:
    """Give each property and class of a namespace with the triples that use it."""
    for predicate, pairs in scope.pairs.items():
        if predicate.value.startswith(space):
            yield predicate, _users(predicate, pairs)
    for kind, subjects in scope.typed.items():
        if isinstance(kind, URINode) and kind.value.startswith(space):
            yield kind, ((subject, RDF_TYPE, kind) for subject in subjects)
    for node, uses in scope.pointers.items():
        if node.value.startswith(space):
            yield node, ((subject, p, node) for subject, p in uses if p != RDF_TYPE)


def _users(
    predicate: URINode, pairs: Sequence[tuple[Subject, Term]]
) -> Iterator[tuple[Subject, URINode, None]]:
    """Give each subject of a predicate once; sorted out only for a predicate that is unknown."""
    yield from ((subject, predicate, None) for subject in dict(pairs))


def _unknown(
    scope: Scope,
    node: URINode,
    uses: Iterable[tuple[Subject, URINode, Term | None]],
    nearest: str,
) -> Breaches:
    short = scope.short(node.value)
    remedy = f"Did you mean {short.split(':', 1)[0]}:{nearest}?" if nearest else ""
    for subject, predicate, term in uses:
        message = f"{scope.named(subject)}: there is no term {short}"
        yield Breach(
            message=message, subject=subject, predicate=predicate, object=term, remedy=remedy
        )


def _nearest(node: URINode, space: str, known: Iterable[str]) -> str:
    local = node.value.removeprefix(space)
    names = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(local.casefold(), names, n=1)
    return names[near[0]] if near else ""


RULES: Final = (
    Rule(
        "LK030",
        "unknown-term",
        Severity.ERROR,
        "A link type, property or class of ours is declared in definitions.ttl.",
        "Correct the name, or declare the term in vocabularies/definitions.ttl.",
        "docs/check.md#terms",
        unknown_own_term,
    ),
    Rule(
        "LK031",
        "unknown-skos-term",
        Severity.ERROR,
        "A term of SKOS or SKOS-XL is one that exists.",
        "Correct the name.",
        "https://www.w3.org/TR/skos-reference/#vocab",
        unknown_skos_term,
    ),
    Rule(
        "LK032",
        "derived-triple",
        Severity.WARNING,
        "What follows by itself (narrower, top concepts) is not written down.",
        "Remove it: skos:broader says it already, on the other side.",
        "docs/check.md#terms",
        derived_authored,
    ),
)
