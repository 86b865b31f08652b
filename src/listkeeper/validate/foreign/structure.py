"""Rules of how the concepts of any SKOS hang together, beside those we ask of our own lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.validate.foreign.summing import Lack, told
from listkeeper.validate.rule import Breach

if TYPE_CHECKING:
    from listkeeper.validate.foreign.scope import ForeignScope
    from listkeeper.validate.rule import Breaches

HIERARCHY: Final = (
    *("skos:broader", "skos:broaderTransitive", "skos:narrower", "skos:narrowerTransitive"),
)
RELATED: Final = "skos:related"
RELATIONS: Final = (*HIERARCHY, RELATED)
MAPPINGS: Final = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
MEMBERSHIPS: Final = ("skos:inScheme", "skos:topConceptOf", "skos:hasTopConcept")
INVERSES: Final = (("skos:broader", "skos:narrower"), (RELATED, RELATED))


def in_no_scheme(scope: ForeignScope) -> Breaches:
    """Tell concepts that are in no scheme, where there is one."""
    if scope.schemes:
        found = [concept for concept in scope.concepts if not scope.memberships.get(concept)]
        lack = Lack("is in no concept scheme", "concepts are in no concept scheme")
        yield from told(scope, found, len(scope.concepts), lack)


def one_sided(scope: ForeignScope) -> Breaches:
    """Tell relations whose other side is missing, where most have both (qSKOS urc)."""
    for name, inverse in INVERSES:
        for written, back in dict.fromkeys(((name, inverse), (inverse, name))):
            pairs = scope.pairs.get(scope.term(written), ())
            backward = {(term, subject) for subject, term in scope.pairs.get(scope.term(back), ())}
            lone = [pair for pair in pairs if pair not in backward and pair[1] in scope.concepts]
            if lone and len(lone) * 2 < len(pairs):
                for subject, term in lone:
                    both = f"{scope.named(subject)} {written} {scope.named(term)}"
                    message = f"{both} is said on this side alone, unlike most"
                    yield Breach(
                        message=message, subject=subject, predicate=scope.term(written), object=term
                    )
