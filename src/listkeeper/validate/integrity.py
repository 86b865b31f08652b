"""The integrity conditions of SKOS, with what follows from the authored triples.

https://www.w3.org/TR/skos-reference/ numbers them S9, S13, S14, S27, S37 and S46. They hold
over entailments too: broader and narrower are inverse (S25), related and exactMatch symmetric
(S23, S44), the mapping properties are sub-properties of the semantic relations (S41), and
broaderTransitive and exactMatch are transitive (S24, S45).
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from listkeeper.graph import Literal, Subject, URINode
from listkeeper.namespaces import RDF
from listkeeper.validate.closure import Closure, classes_of, cycles
from listkeeper.validate.report import Severity
from listkeeper.validate.rule import Breach, Rule
from listkeeper.validate.scope import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from listkeeper.graph import Term
    from listkeeper.validate.rule import Breaches
    from listkeeper.validate.scope import Scope

REFERENCE: Final = "https://www.w3.org/TR/skos-reference/"
TYPE: Final = URINode(RDF + "type")
LABELS: Final = ("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel")
UP: Final = ("skos:broader", "skos:broaderTransitive", "skos:broadMatch")
DOWN: Final = ("skos:narrower", "skos:narrowerTransitive", "skos:narrowMatch")
RELATED: Final = ("skos:related", "skos:relatedMatch")
CLASHING: Final = ("skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch")


def scheme_and_concept(scope: Scope) -> Breaches:
    """S9: nothing is both a concept scheme and a concept."""
    yield from _both(scope, "skos:ConceptScheme", ("skos:Concept",))


def collection_and_other(scope: Scope) -> Breaches:
    """S37: a collection is neither a concept nor a concept scheme."""
    for kind in ("skos:Collection", "skos:OrderedCollection"):
        yield from _both(scope, kind, ("skos:Concept", "skos:ConceptScheme"))


def _both(scope: Scope, kind: str, others: tuple[str, ...]) -> Breaches:
    typed = scope.typed
    for other in others:
        for subject in typed.get(scope.term(kind), {}):
            if subject in typed.get(scope.term(other), {}):
                message = f"{scope.named(subject)} is both a {kind} and a {other}"
                yield Breach(
                    message=message, subject=subject, predicate=TYPE, object=scope.term(other)
                )


def same_label_twice(scope: Scope) -> Breaches:
    """S13: no label of a concept is of two kinds at once."""
    labels = {kind: _labels(scope, kind) for kind in LABELS}
    held = {kind: set(pairs) for kind, pairs in labels.items()}
    for first, second in combinations(LABELS, 2):
        predicate = scope.term(second)
        for subject, label in labels[second]:
            if (subject, label) in held[first]:
                message = f"{scope.named(subject)}: {_text(label)} is both {first} and {second}"
                yield Breach(message=message, subject=subject, predicate=predicate, object=label)


def several_preferred(scope: Scope) -> Breaches:
    """S14: at most one preferred label in each language; no language counts as one."""
    predicate = scope.term("skos:prefLabel")
    first: dict[tuple[Subject, str], Term] = {}
    for subject, label in _labels(scope, "skos:prefLabel"):
        if isinstance(label, Literal):
            language = label.language or ""
            kept = first.setdefault((subject, language), label)
            if kept != label:
                where = f"in {language}" if language else "without a language"
                both = f"{_text(kept)} and {_text(label)}"
                message = f"{scope.named(subject)} has two preferred labels {where}: {both}"
                yield Breach(message=message, subject=subject, predicate=predicate, object=label)


def _labels(scope: Scope, kind: str) -> Sequence[tuple[Subject, Term]]:
    """Give the labels of a kind, those that follow from SKOS-XL ones too (S55 to S57).

    Former labels of ours are such, and may be labels again: a rule of labels looks at those.
    """
    plain = scope.pairs.get(scope.term(kind), ())
    named = scope.pairs.get(scope.term(kind.replace("skos:", "skosxl:")), ())
    others = [(subject, node) for subject, node in named if not scope.is_ours(subject)]
    forms = dict(scope.pairs.get(scope.term("skosxl:literalForm"), ())) if others else {}
    return [*plain, *((s, forms[n]) for s, n in others if isinstance(n, URINode) and n in forms)]


def related_and_broader(scope: Scope) -> Breaches:
    """S27: related concepts are not above one another, however far."""
    above = Closure((start, end) for _, start, end in edges_up(scope))
    seen: set[frozenset[Term]] = set()
    for name in RELATED:
        for subject, term in scope.pairs.get(scope.term(name), ()):
            pair = frozenset((subject, term))
            is_upwards = above.leads(subject, term)
            if pair not in seen and (is_upwards or above.leads(term, subject)):
                lower, upper = (subject, term) if is_upwards else (term, subject)
                related = f"{scope.named(subject)} is related to {scope.named(term)}"
                message = f"{related}, but {scope.named(upper)} is above {scope.named(lower)}"
                yield Breach(
                    message=message, subject=subject, predicate=scope.term(name), object=term
                )
            seen.add(pair)


def match_clash(scope: Scope) -> Breaches:
    """S46: an exact match, also through others, is no broad, narrow or related match."""
    same = classes_of(scope.pairs.get(scope.term("skos:exactMatch"), ()))
    for name in CLASHING:
        for subject, term in scope.pairs.get(scope.term(name), ()):
            if subject == term or (subject in same and same.get(subject) == same.get(term)):
                both = f"{scope.named(subject)} and {scope.named(term)}"
                message = f"{both} are exact matches and also {name}"
                yield Breach(
                    message=message, subject=subject, predicate=scope.term(name), object=term
                )


def cyclic(scope: Scope) -> Breaches:
    """A concept is not above itself: allowed by SKOS, but no tree can be drawn."""
    edges = {(start, end): name for name, start, end in edges_up(scope)}
    for way in cycles(edges):
        names = " → ".join(scope.named(node) for node in way)
        upwards = (way[0], way[1])
        written = upwards if edges[upwards] in UP else upwards[::-1]
        yield Breach(
            message=f"{names} goes in a circle",
            subject=written[0],
            predicate=scope.term(edges[upwards]),
            object=written[1],
        )


def edges_up(scope: Scope) -> Iterator[tuple[str, Term, Term]]:
    """Give each step upwards, with the property that says it."""
    for name in UP:
        for subject, term in scope.pairs.get(scope.term(name), ()):
            yield name, subject, term
    for name in DOWN:
        for subject, term in scope.pairs.get(scope.term(name), ()):
            yield name, term, subject


def _text(term: Term) -> str:
    return quoted(term.value)


RULES: Final = (
    Rule(
        "LK020",
        "scheme-and-concept",
        Severity.ERROR,
        "Nothing is both a concept scheme and a concept (S9).",
        "Remove one of the two types.",
        f"{REFERENCE}#schemes",
        scheme_and_concept,
    ),
    Rule(
        "LK021",
        "label-of-two-kinds",
        Severity.ERROR,
        "A label of a concept is preferred, alternative or hidden, and only one of these (S13).",
        "Remove the label from the kind it does not belong to.",
        f"{REFERENCE}#labels",
        same_label_twice,
    ),
    Rule(
        "LK022",
        "several-preferred-labels",
        Severity.ERROR,
        "A concept has one preferred label in each language (S14).",
        "Keep one; make the other a skos:altLabel.",
        f"{REFERENCE}#labels",
        several_preferred,
    ),
    Rule(
        "LK023",
        "related-and-broader",
        Severity.ERROR,
        "Related concepts do not stand above one another, however far (S27).",
        "Remove the relation or the hierarchy between the two.",
        f"{REFERENCE}#semantic-relations",
        related_and_broader,
    ),
    Rule(
        "LK024",
        "collection-and-other",
        Severity.ERROR,
        "A collection is neither a concept nor a concept scheme (S37).",
        "Remove one of the two types.",
        f"{REFERENCE}#collections",
        collection_and_other,
    ),
    Rule(
        "LK025",
        "exact-and-other-match",
        Severity.ERROR,
        "Exact matches, also through others, are not broad, narrow or related matches (S46).",
        "Keep the exact match or the other one.",
        f"{REFERENCE}#mapping",
        match_clash,
    ),
    Rule(
        "LK026",
        "circle",
        Severity.WARNING,
        "No concept stands above itself.",
        "Remove the skos:broader that should not be there.",
        "https://www.w3.org/TR/skos-primer/#sechierarchy",
        cyclic,
    ),
)
