"""Rules of how concepts hang together: what SKOS allows and readers of a list stumble over.

They are those of the qSKOS quality issues (https://github.com/cmader/qSKOS/wiki/Quality-Issues)
that make sense for lists. What follows from the authored triples counts as said.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import permutations
from typing import TYPE_CHECKING, Final

from listkeeper.graph import URINode
from listkeeper.validate.closure import Closure, classes_of
from listkeeper.validate.integrity import edges_up
from listkeeper.validate.report import Severity
from listkeeper.validate.rule import Breach, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from listkeeper.graph import Subject, Term
    from listkeeper.model import Concept
    from listkeeper.validate.rule import Breaches
    from listkeeper.validate.scope import Scope

ISSUES: Final = "https://github.com/cmader/qSKOS/wiki/Quality-Issues"
RELATED: Final = "skos:related"
MATCHES: Final = (
    *("skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch"),
    "skos:relatedMatch",
)
REFLEXIVE: Final = (RELATED, "skos:exactMatch", "skos:closeMatch")
"""Properties that may not lead back; the others are circles or clashes of their own rules."""

TRANSITIVE: Final = (("skos:broaderTransitive", 1), ("skos:narrowerTransitive", -1))
"""Properties that follow from steps, and the direction of those."""

TYING: Final = (RELATED, "skos:member", "def:legislation")
"""Properties that tie their subjects and objects, beside the hierarchy and the kinds of links."""

SHOWN: Final = 5
"""Codes that a message names; the rest is counted."""


def related_to_itself(scope: Scope) -> Breaches:
    """Tell concepts that are related to, or a match of, themselves."""
    for name in REFLEXIVE:
        for subject, term in scope.pairs.get(scope.term(name), ()):
            if subject == term:
                message = f"{scope.named(subject)} has itself as {name}"
                yield _at(scope, subject, name, message, term)


def redundant_broader(scope: Scope) -> Breaches:
    """Tell steps upwards that longer ways say already."""
    steps = _steps(scope)
    above = Closure(steps)
    for node, uppers in _uppers(steps).items():
        for far, near in permutations(uppers, 2):
            if above.leads(near, far) and not above.leads(far, near):
                way = f"{scope.named(node)} is below {scope.named(far)} also by"
                yield _at(scope, node, "skos:broader", f"{way} {scope.named(near)}", far)


def _steps(scope: Scope) -> Sequence[tuple[URINode, URINode]]:
    """Give the steps upwards between named concepts."""
    steps = ((start, end) for _, start, end in edges_up(scope))
    return [(s, e) for s, e in steps if isinstance(s, URINode) and isinstance(e, URINode)]


def _uppers(steps: Iterable[tuple[URINode, URINode]]) -> Mapping[Subject, Mapping[URINode, None]]:
    """Give what stands directly above each concept."""
    found: dict[Subject, dict[URINode, None]] = defaultdict(dict)
    for start, end in steps:
        found[start][end] = None
    return found


def related_siblings(scope: Scope) -> Breaches:
    """Tell relations between concepts that have a broader one in common."""
    pairs = scope.pairs.get(scope.term(RELATED), ())
    if not pairs:
        return
    above = _uppers(_steps(scope))
    for subject, term in pairs:
        if subject == term or not isinstance(term, URINode):
            continue
        if above.get(subject, {}).keys() & above.get(term, {}).keys():
            both = f"{scope.named(subject)} and {scope.named(term)}"
            message = f"{both} are related, and below the same entry already"
            yield _at(scope, subject, RELATED, message, term)


def only_transitive(scope: Scope) -> Breaches:
    """Tell hierarchies of which only the transitive closure is written."""
    stated = [(name, way, scope.pairs.get(scope.term(name), ())) for name, way in TRANSITIVE]
    if not any(pairs for _, _, pairs in stated):
        return
    above = Closure((s, e) for name, s, e in edges_up(scope) if "Transitive" not in name)
    for name, way, pairs in stated:
        for subject, term in pairs:
            if not above.leads(*(subject, term)[::way]):
                message = f"{scope.named(subject)}: {name} {scope.named(term)} follows from no step"
                yield _at(scope, subject, name, message, term)


def match_within(scope: Scope) -> Breaches:
    """Tell mappings between two concepts of one list."""
    for name in MATCHES:
        for subject, term in scope.pairs.get(scope.term(name), ()):
            target = scope.concept(term)
            source = scope.concept(subject) if target and subject != term else None
            if source and target and source.list_name == target.list_name:
                message = f"{scope.named(subject)}: {name} leads to {scope.named(term)} of one list"
                yield _at(scope, subject, name, message, term)


def alone(scope: Scope) -> Breaches:
    """Tell how many concepts of a list stand alone, where others of it are tied to something."""
    tied = {
        node for name in TYING for pair in scope.pairs.get(scope.term(name), ()) for node in pair
    }
    for name, concepts in _in_use(scope).items():
        lost = [c for c in concepts if _is_alone(c) and URINode(c.uri) not in tied]
        if 0 < len(lost) < len(concepts):
            codes = ", ".join(concept.notation for concept in lost[:SHOWN])
            shown = f"{codes} …" if len(lost) > SHOWN else codes
            count = f"{len(lost)} of {len(concepts)} entries"
            message = f"list {name}: {count} are tied to no other ({shown})"
            yield _of_list(scope, name, lost[0], message)


def _in_use(scope: Scope) -> Mapping[str, list[Concept]]:
    found: dict[str, list[Concept]] = defaultdict(list)
    for concept in scope.vocabulary.concepts.values():
        if not concept.is_retired:
            found[concept.list_name].append(concept)
    return found


def _is_alone(concept: Concept) -> bool:
    """Say whether a concept points to no other; that no link is known may have been recorded."""
    tied = concept.broader or concept.narrower or concept.links or concept.none_known
    return not (tied or (concept.rule and concept.rule.provisions))


def _of_list(scope: Scope, name: str, concept: Concept, message: str) -> Breach:
    scheme = scope.vocabulary.schemes.get(name)
    return Breach(message=message, subject=URINode(scheme.uri if scheme else concept.uri))


def apart(scope: Scope) -> Breaches:
    """Tell groups of concepts in vocabularies of others that nothing ties to the largest one."""
    related = scope.pairs.get(scope.term(RELATED), ())
    edges = [pair for pair in (*_steps(scope), *related) if not scope.is_ours(pair[0])]
    groups: dict[Term, list[Term]] = defaultdict(list)
    for node, standing in classes_of(edges).items():
        groups[standing].append(node)
    ordered = sorted(groups.values(), key=len, reverse=True)
    if len(ordered) > 1 and not _tops(scope):
        first = scope.named(ordered[1][0])
        message = f"the concepts fall into {len(ordered)} groups apart; {first} is in the second"
        yield Breach(message=message, subject=URINode(ordered[1][0].value))


def top_below(scope: Scope) -> Breaches:
    """Tell top concepts that stand below another concept of their vocabulary."""
    tops = _tops(scope)
    if not tops:
        return
    for start, end in _steps(scope):
        lower, upper = scope.concept(start), scope.concept(end)
        if start in tops and lower and upper and lower.list_name == upper.list_name:
            message = f"{scope.named(start)} is a top concept, and below {scope.named(end)}"
            yield Breach(message=message, subject=start)


def _tops(scope: Scope) -> frozenset[Term]:
    """Give what is said to be a top concept, outside of files of our own form."""
    below = scope.pairs.get(scope.term("skos:topConceptOf"), ())
    above = scope.pairs.get(scope.term("skos:hasTopConcept"), ())
    found = [subject for subject, _ in below if not scope.is_ours(subject)]
    return frozenset([*found, *(term for subject, term in above if not scope.is_ours(subject))])


def no_top(scope: Scope) -> Breaches:
    """Tell vocabularies of others with a hierarchy that do not say where it begins."""
    foreign = [s for s in scope.vocabulary.schemes.values() if not scope.is_ours(URINode(s.uri))]
    if not foreign or _tops(scope):
        return
    files = {scope.edition.homes.get(start) for start, _ in _steps(scope)}
    for scheme in foreign:
        if scheme.path in files:
            message = f"{scope.name(scheme.uri)} has a hierarchy and names no top concept"
            yield Breach(message=message, subject=URINode(scheme.uri))


def _at(scope: Scope, subject: Subject, prefixed: str, message: str, term: Term) -> Breach:
    return Breach(message=message, subject=subject, predicate=scope.term(prefixed), object=term)


RULES: Final = (
    Rule(
        "LK151",
        "related-to-itself",
        Severity.WARNING,
        "No concept is related to itself, or its own match.",
        "Remove this line, or correct the target.",
        ISSUES,
        related_to_itself,
    ),
    Rule(
        "LK152",
        "redundant-broader",
        Severity.WARNING,
        "A concept is placed below the nearest concepts only: what is above these follows.",
        "Remove the skos:broader that leads further up.",
        ISSUES,
        redundant_broader,
    ),
    Rule(
        "LK153",
        "related-siblings",
        Severity.INFO,
        "Concepts below the same one are related by that already.",
        "Remove the relation, unless it says more than that the two are siblings.",
        ISSUES,
        related_siblings,
    ),
    Rule(
        "LK154",
        "only-transitive",
        Severity.WARNING,
        "A hierarchy is written step by step, with skos:broader.",
        "Write skos:broader for each step; the transitive properties follow from it.",
        "https://www.w3.org/TR/skos-reference/#semantic-relations",
        only_transitive,
    ),
    Rule(
        "LK155",
        "match-within-list",
        Severity.WARNING,
        "Mapping properties lead to another list; within one there are broader and related.",
        "Use skos:broader or skos:related, or merge the two if they are the same.",
        "https://www.w3.org/TR/skos-reference/#mapping",
        match_within,
    ),
    Rule(
        "LK156",
        "alone",
        Severity.INFO,
        "In a list whose entries are tied to others, each is.",
        "Add what stands above the entries, or their links, where there is something.",
        ISSUES,
        alone,
    ),
    Rule(
        "LK157",
        "groups-apart",
        Severity.INFO,
        "A vocabulary without top concepts hangs together.",
        "Tie the groups together, or name their top concepts.",
        ISSUES,
        apart,
    ),
    Rule(
        "LK158",
        "top-concept-below",
        Severity.WARNING,
        "A top concept has nothing above it in its vocabulary.",
        "Remove skos:topConceptOf and skos:hasTopConcept, or the skos:broader.",
        "https://www.w3.org/TR/skos-reference/#schemes",
        top_below,
    ),
    Rule(
        "LK159",
        "no-top-concept",
        Severity.INFO,
        "A vocabulary with a hierarchy says where it begins.",
        "Add skos:hasTopConcept with each concept that has nothing above it.",
        "https://www.w3.org/TR/skos-reference/#schemes",
        no_top,
    ),
)
