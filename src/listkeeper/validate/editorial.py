"""Rules of good definitions and of decided links: what an editor would send back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from listkeeper.graph import URINode
from listkeeper.validate.profile import NOT_REVIEWED
from listkeeper.validate.report import Severity
from listkeeper.validate.rule import Breach, Rule
from listkeeper.validate.scope import literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.model import Concept, LinkType, Text
    from listkeeper.validate.rule import Breaches
    from listkeeper.validate.scope import Scope

DOCS: Final = "docs/editorial-guide.md"
SHORTEST: Final = 5
LONGEST: Final = 50
"""Words of a definition; the guide asks for a narrower range for each list."""

WORD: Final = re.compile(r"\w+")

OWN_WORDS: Final = 4
"""Words that a definition has beyond those of the label."""

FIGURES: Final = re.compile(
    "[£€$] ?[0-9]|[0-9] ?(%|per cent)|[0-9]+ (days?|weeks?|months?|years?)\\b", re.IGNORECASE
)
"""Amounts, shares, deadlines and ages: they change, and belong to the law or the council."""


def length(scope: Scope) -> Breaches:
    """Tell definitions that say too little or too much."""
    for concept, text in _definitions(scope):
        count = len(text.value.split())
        if not SHORTEST <= count <= LONGEST:
            yield _at(scope, concept, text, f"has a definition of {count} words")


def repeated(scope: Scope) -> Breaches:
    """Tell definitions that two entries of a list share."""
    first: dict[tuple[str, str, str], Concept] = {}
    for concept, text in _definitions(scope):
        key = (concept.list_name, text.language, " ".join(_words(text.value)))
        other = first.setdefault(key, concept)
        if other is not concept:
            yield _at(scope, concept, text, f"is defined as {scope.name(other.uri)} is")


def label_again(scope: Scope) -> Breaches:
    """Tell definitions that only say the label in other words' company."""
    for concept, text in _definitions(scope):
        own = set(_words(text.value)).difference(_words(concept.label(text.language).value))
        if len(own) < OWN_WORDS:
            yield _at(scope, concept, text, "has a definition with little but its label")


def figures(scope: Scope) -> Breaches:
    """Tell amounts, deadlines and ages in definitions of anything but powers and duties."""
    for concept, text in _definitions(scope):
        found = None if concept.rule else FIGURES.search(text.value)
        if found:
            yield _at(scope, concept, text, f'has "{found[0]}" in its definition')


def undecided(scope: Scope) -> Breaches:
    """Tell reviewed entries that leave a kind of link open: neither links nor "none known"."""
    for concept in scope.entries:
        if concept.review == NOT_REVIEWED or concept.is_retired:
            continue
        decided = {record.link_type for record in concept.none_known}
        decided |= {kind for kind, targets in concept.links.items() if targets}
        for link_type in _kinds(scope, concept):
            if link_type.uri not in decided:
                message = f"{scope.name(concept.uri)} has no def:{link_type.name} and says none"
                yield Breach(message=message, subject=URINode(concept.uri))


def _kinds(scope: Scope, concept: Concept) -> Iterator[LinkType]:
    for link_type in scope.vocabulary.link_types:
        counted = link_type.minimum_coverage and not link_type.dormant
        if counted and link_type.domain_list == concept.list_name:
            yield link_type


def _definitions(scope: Scope) -> Iterator[tuple[Concept, Text]]:
    for concept in scope.entries:
        for text in concept.definitions:
            yield concept, text


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def _at(scope: Scope, concept: Concept, text: Text, message: str) -> Breach:
    return Breach(
        message=f"{scope.name(concept.uri)} {message}",
        subject=URINode(concept.uri),
        predicate=scope.term("skos:definition"),
        object=literal(text),
    )


RULES: Final = (
    Rule(
        "LK130",
        "definition-length",
        Severity.WARNING,
        "A definition is a sentence or two.",
        "Say what is done or meant, and for whom, in 12 to 40 words.",
        f"{DOCS}#definitions",
        length,
    ),
    Rule(
        "LK131",
        "definition-repeated",
        Severity.ERROR,
        "No two entries of a list have the same definition.",
        "Say what sets the two apart, or merge them.",
        f"{DOCS}#definitions",
        repeated,
    ),
    Rule(
        "LK132",
        "definition-only-label",
        Severity.WARNING,
        "A definition says more than the label.",
        "Say what is done or meant, and for whom, in other words than the label's.",
        f"{DOCS}#definitions",
        label_again,
    ),
    Rule(
        "LK133",
        "definition-figures",
        Severity.WARNING,
        "A definition holds no amount, share, deadline or age.",
        "Leave it out: it changes, and belongs to the law or to the council's own page.",
        f"{DOCS}#definitions",
        figures,
    ),
    Rule(
        "LK134",
        "link-undecided",
        Severity.WARNING,
        "A reviewed entry has links of each counted kind, or a record that none is known.",
        "Add the link, or def:noneKnown with its date and what was looked at.",
        f"{DOCS}#links",
        undecided,
    ),
)
"""Rules that editors hold each other to."""
