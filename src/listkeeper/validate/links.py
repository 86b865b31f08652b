"""Rules of links: the target exists, is in the right list and may be linked to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.graph import URINode
from listkeeper.validate.layout import untold_lists
from listkeeper.validate.report import Severity
from listkeeper.validate.rule import Breach, Rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from listkeeper.graph import Subject, Term
    from listkeeper.model import Concept, LinkType
    from listkeeper.validate.rule import Breaches
    from listkeeper.validate.scope import Scope

DOCS: Final = "docs/check.md#links"

CHECKED_ELSEWHERE: Final = ("adms:status", "def:reviewStatus", "def:domainList", "def:rangeList")
"""Properties whose values shapes name or other rules look up: their lists need not be here."""

FROM_CURRENT: Final = ("skos:broader", "def:legislation")
"""Properties that, like links, are to point to what is not retired."""


NEW: Final = "new-"
"""How the name of a proposal without a number begins."""


def dangling(scope: Scope) -> Breaches:
    """Tell identifiers of ours that nothing describes."""
    space = scope.minter.identifiers
    elsewhere = {scope.term(name) for name in CHECKED_ELSEWHERE}
    lost = {path.rsplit("/", 1)[-1].removesuffix(".ttl") for path in scope.broken}
    untold = untold_lists(scope)
    for node, uses in scope.pointers.items():
        uri = node.value
        if not uri.startswith(space) or node in scope.edition.homes or uri in untold:
            continue
        if uri.split("#", 1)[0].rsplit("/", 1)[-1] in lost:
            continue
        for subject, predicate in uses:
            if predicate not in elsewhere:
                way = f"{scope.named(subject)}: {scope.short(predicate.value)}"
                message = f"{way} points to {scope.name(uri)}, which does not exist"
                yield Breach(message=message, subject=subject, predicate=predicate, object=node)


def former_base(scope: Scope) -> Breaches:
    """Tell identifiers written with a base that the repository had before."""
    former = tuple(f"{base}id/" for base in scope.edition.settings.also_answers_for)
    for node, uses in scope.pointers.items() if former else ():
        for subject, predicate in uses if node.value.startswith(former) else ():
            message = f"{scope.named(subject)} points to {scope.named(node)}, a former address"
            yield Breach(message=message, subject=subject, predicate=predicate, object=node)


def wrong_source(scope: Scope) -> Breaches:
    """Tell links from entries of another list than their type is for."""
    for link_type, subject, node, source, _ in scope.links:
        asked = link_type.domain_list
        if source and asked and not scope.is_member(source, asked):
            way = f"{scope.named(subject)} is not in the list {asked}"
            message = f"{way}, so def:{link_type.name} can not lead from it"
            yield _breach(scope, link_type, subject, node, message)


def wrong_target(scope: Scope) -> Breaches:
    """Tell links to entries of another list than their type is for."""
    for link_type, subject, node, _, target in scope.links:
        asked = link_type.range_list
        if target and asked and not scope.is_member(target, asked):
            way = f"{scope.named(subject)}: def:{link_type.name} leads to {scope.named(node)}"
            message = f"{way}, which is not in the list {asked}"
            yield _breach(scope, link_type, subject, node, message)


def to_itself(scope: Scope) -> Breaches:
    """Tell links from an entry to itself."""
    for link_type, subject, node, source, target in scope.links:
        if source is target and subject == node:
            message = f"{scope.named(subject)}: def:{link_type.name} leads to the entry itself"
            yield _breach(scope, link_type, subject, node, message)


def inverse_authored(scope: Scope) -> Breaches:
    """Tell links written on the other side than their type is declared on."""
    for link_type in scope.vocabulary.link_types:
        if not link_type.inverse:
            continue
        predicate = URINode(link_type.inverse)
        for subject, node in scope.pairs.get(predicate, ()):
            message = f"{scope.named(subject)}: {scope.short(link_type.inverse)} is derived"
            remedy = f"Write def:{link_type.name} at {scope.named(node)} instead."
            yield Breach(
                message=message, subject=subject, predicate=predicate, object=node, remedy=remedy
            )


def retired_target(scope: Scope) -> Breaches:
    """Tell pointers from entries in use to retired ones."""
    concepts = scope.vocabulary.concepts.values()
    retired = {URINode(concept.uri): concept for concept in concepts if concept.is_retired}
    for subject, predicate, node in _pointing(scope, retired.keys()):
        target = retired[node]
        source = scope.entry_nodes.get(subject)
        if not (source and source.is_retired):
            way = f"{scope.named(subject)}: {scope.short(predicate.value)}"
            yield Breach(
                message=f"{way} points to {scope.named(node)}, which is retired",
                subject=subject,
                predicate=predicate,
                object=node,
                remedy=_instead(scope, target),
            )


def _instead(scope: Scope, target: Concept) -> str:
    names = [scope.name(uri) for uri in target.replaced_by]
    if not names:
        return "Nothing replaces it: remove this line."
    return f"Point to {' or '.join(names)}, which replaces it, or remove this line."


def unnumbered_target(scope: Scope) -> Breaches:
    """Tell links to proposals that have no number yet."""
    for link_type, subject, node, _, _ in scope.links:
        if NEW in node.value and node.value.rsplit("/", 1)[-1].startswith(NEW):
            message = f"{scope.named(subject)} links to {scope.named(node)}, which has no number"
            yield _breach(scope, link_type, subject, node, message)


def proposed_target(scope: Scope) -> Breaches:
    """Tell links from current entries to proposed ones."""
    for link_type, subject, node, source, target in scope.links:
        if target and source and target.status == "proposed" and source.status == "current":
            message = f"{scope.named(subject)} links to {scope.named(node)}, which is proposed"
            yield _breach(scope, link_type, subject, node, message)


def broader_elsewhere(scope: Scope) -> Breaches:
    """Tell hierarchies that leave their list."""
    predicate = scope.term("skos:broader")
    for concept in scope.entries:
        for uri in concept.broader:
            target = scope.vocabulary.concepts.get(uri)
            if target and target.list_name != concept.list_name:
                where = f"which is in the list {target.list_name}"
                message = f"{scope.name(concept.uri)} is below {scope.name(uri)}, {where}"
                node = URINode(concept.uri)
                yield Breach(
                    message=message, subject=node, predicate=predicate, object=URINode(uri)
                )


def _pointing(scope: Scope, nodes: Collection[Term]) -> Iterator[tuple[Subject, URINode, URINode]]:
    """Give the links and what is like links that lead to some nodes."""
    kinds = [URINode(link_type.uri) for link_type in scope.vocabulary.link_types]
    for predicate in (*kinds, *map(scope.term, FROM_CURRENT)):
        for subject, node in scope.pairs.get(predicate, ()):
            if node in nodes and isinstance(node, URINode):
                yield subject, predicate, node


def _breach(
    scope: Scope, link_type: LinkType, subject: Subject, node: URINode, message: str
) -> Breach:
    predicate = scope.term(f"def:{link_type.name}")
    return Breach(message=message, subject=subject, predicate=predicate, object=node)


RULES: Final = (
    Rule(
        "LK040",
        "dangling-link",
        Severity.ERROR,
        "What an entry points to exists.",
        "Correct the code, add the entry it names, or remove this line.",
        DOCS,
        dangling,
        load=True,
    ),
    Rule(
        "LK041",
        "wrong-source-list",
        Severity.ERROR,
        "A link leads from an entry of the list that its type is declared for.",
        "Use a link type for this list, or write the link in the other entry.",
        DOCS,
        wrong_source,
    ),
    Rule(
        "LK042",
        "wrong-target-list",
        Severity.ERROR,
        "A link leads to an entry of the list that its type is declared for.",
        "Correct the target, or use the link type for that list.",
        DOCS,
        wrong_target,
    ),
    Rule(
        "LK043",
        "retired-target",
        Severity.ERROR,
        "An entry in use does not point to a retired one.",
        "Point to what replaces the retired entry, or remove this line.",
        DOCS,
        retired_target,
    ),
    Rule(
        "LK044",
        "inverse-authored",
        Severity.ERROR,
        "A link is written once, on the side its type is declared on.",
        "Write the link in the other entry; this direction is derived.",
        DOCS,
        inverse_authored,
    ),
    Rule(
        "LK045",
        "link-to-itself",
        Severity.ERROR,
        "No entry is linked to itself.",
        "Remove this line, or correct the target.",
        DOCS,
        to_itself,
    ),
    Rule(
        "LK046",
        "unnumbered-target",
        Severity.ERROR,
        "A proposal without a number is not linked to.",
        "Give the proposal a number first, or leave the link to a later change.",
        DOCS,
        unnumbered_target,
    ),
    Rule(
        "LK047",
        "proposed-target",
        Severity.WARNING,
        "A current entry does not depend on one that is only proposed.",
        "Accept both together, or leave the link to a later change.",
        DOCS,
        proposed_target,
    ),
    Rule(
        "LK048",
        "broader-elsewhere",
        Severity.ERROR,
        "What stands above an entry is in the same list.",
        "Point to an entry of the same list, or link the two lists by a link type.",
        DOCS,
        broader_elsewhere,
    ),
    Rule(
        "LK049",
        "former-base",
        Severity.WARNING,
        "Identifiers are written with the base URI of the settings.",
        "Run `listkeeper rebase`, or correct the address.",
        DOCS,
        former_base,
    ),
)
