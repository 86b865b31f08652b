"""Rules of link types, of the record that no link is known, and of how many links there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.graph import Literal, URINode
from listkeeper.validate.files import knows_definitions
from listkeeper.validate.profile import NOT_REVIEWED
from listkeeper.validate.report import Severity
from listkeeper.validate.rule import Breach, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.model import Concept, LinkType, NoneKnown
    from listkeeper.validate.rule import Breaches
    from listkeeper.validate.scope import Scope

DOCS: Final = "docs/check.md#links"


def unknown_list(scope: Scope) -> Breaches:
    """Tell link types between lists that do not exist."""
    for link_type in scope.vocabulary.link_types:
        named = (
            ("def:domainList", link_type.domain_list),
            ("def:rangeList", link_type.range_list),
        )
        for prefixed, name in named:
            if name and scope.vocabulary.schemes and name not in scope.vocabulary.schemes:
                yield Breach(
                    message=f"def:{link_type.name} is for the list {name}, which does not exist",
                    subject=URINode(link_type.uri),
                    predicate=scope.term(prefixed),
                )


def none_known_of_unknown(scope: Scope) -> Breaches:
    """Tell records that no link is known of a kind that the list does not have."""
    domains = {found.uri: found.domain_list for found in scope.vocabulary.link_types}
    if not knows_definitions(scope):
        return
    for concept, record in _records(scope):
        domain = domains.get(record.link_type)
        known = domain is not None and (not domain or scope.is_member(concept, domain))
        if record.link_type and not known:
            kind = scope.short(record.link_type)
            message = f"{scope.name(concept.uri)}: {kind} is no link type of its list"
            subject, predicate = URINode(record.uri), scope.term("def:linkType")
            yield Breach(message=message, subject=subject, predicate=predicate)


def none_known_but_linked(scope: Scope) -> Breaches:
    """Tell records that no link is known beside links of that kind."""
    for concept, record in _records(scope):
        if concept.links.get(record.link_type):
            kind = scope.short(record.link_type)
            message = f"{scope.name(concept.uri)} has {kind} and the record that none is known"
            yield Breach(message=message, subject=URINode(record.uri))


def general_linked(scope: Scope) -> Breaches:
    """Tell links from services to general powers and duties of councils."""
    for link_type in scope.vocabulary.link_types:
        if link_type.domain_list != "services":
            continue
        predicate = URINode(link_type.uri)
        for subject, node in scope.pairs.get(predicate, ()):
            target = scope.concept(node)
            if target and target.rule and target.rule.general:
                message = f"{scope.named(subject)} rests on {scope.named(node)}, which is general"
                yield Breach(message=message, subject=subject, predicate=predicate, object=node)


def linked_to_text(scope: Scope) -> Breaches:
    """Tell links whose target is written as a text: nothing would follow them."""
    for link_type in scope.vocabulary.link_types:
        predicate = URINode(link_type.uri)
        for subject, term in scope.pairs.get(predicate, ()):
            if isinstance(term, Literal):
                way = f"{scope.named(subject)}: def:{link_type.name}"
                message = f"{way} points to a text, not to an entry"
                yield Breach(message=message, subject=subject, predicate=predicate, object=term)


def low_coverage(scope: Scope) -> Breaches:
    """Tell link types with fewer links than they are declared to have at least."""
    counted = [c for c in scope.entries if not c.is_retired and c.review != NOT_REVIEWED]
    for link_type in scope.vocabulary.link_types:
        entries = [c for c in counted if scope.is_member(c, link_type.domain_list)]
        done = sum(1 for concept in entries if _is_settled(concept, link_type))
        if entries and done < link_type.minimum_coverage * len(entries):
            share = f"{done} of {len(entries)} reviewed entries of {link_type.domain_list}"
            asked = f"{link_type.minimum_coverage:.0%}"
            yield Breach(
                message=f"{share} have def:{link_type.name} or none known; {asked} is asked for",
                subject=URINode(link_type.uri),
                predicate=scope.term("def:minimumCoverage"),
            )


def _is_settled(concept: Concept, link_type: LinkType) -> bool:
    known = any(record.link_type == link_type.uri for record in concept.none_known)
    return known or bool(concept.links.get(link_type.uri))


def _records(scope: Scope) -> Iterator[tuple[Concept, NoneKnown]]:
    for concept in scope.entries:
        for record in concept.none_known:
            yield concept, record


RULES: Final = (
    Rule(
        "LK050",
        "link-type-without-list",
        Severity.INFO,
        "A link type is declared between lists that exist.",
        "Correct the name of the list, add the list, or remove the link type.",
        DOCS,
        unknown_list,
    ),
    Rule(
        "LK051",
        "general-power-linked",
        Severity.ERROR,
        "No service rests on a general power or duty of councils.",
        "Link the service to the specific power or duty behind it, or record none known.",
        DOCS,
        general_linked,
    ),
    Rule(
        "LK052",
        "none-known-of-unknown-type",
        Severity.ERROR,
        "The record that none is known names a link type of the entry's list.",
        "Correct def:linkType.",
        DOCS,
        none_known_of_unknown,
    ),
    Rule(
        "LK053",
        "none-known-but-linked",
        Severity.ERROR,
        "The record that no link is known stands only where there is none.",
        "Remove the record, or the links.",
        DOCS,
        none_known_but_linked,
    ),
    Rule(
        "LK054",
        "low-coverage",
        Severity.WARNING,
        "As many reviewed entries have links of a type, or none known, as the type asks for.",
        "Add links, or records that none is known, to the entries that have neither.",
        DOCS,
        low_coverage,
    ),
    Rule(
        "LK055",
        "link-to-text",
        Severity.ERROR,
        "A link points to an entry by its address.",
        "Write the target in angle brackets, such as <need/69>, not in quotes.",
        DOCS,
        linked_to_text,
    ),
)
