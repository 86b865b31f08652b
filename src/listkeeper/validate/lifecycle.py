"""Rules of an entry's life: its dates, its retirement, and what takes its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from listkeeper.graph import URINode
from listkeeper.validate.closure import cycles
from listkeeper.validate.report import Severity
from listkeeper.validate.rule import Breach, Rule

if TYPE_CHECKING:
    from listkeeper.model import Concept
    from listkeeper.validate.rule import Breaches
    from listkeeper.validate.scope import Scope

DOCS: Final = "docs/check.md#status"
DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}\Z")

IN_ORDER: Final = (
    ("dct:created", "created", "dct:modified", "modified"),
    ("def:startDate", "start_date", "def:endDate", "end_date"),
)
"""Property and field of a date, and of another that may not be before it."""


def dates_reversed(scope: Scope) -> Breaches:
    """Tell pairs of dates whose second is before the first."""
    for concept in scope.entries:
        for first, first_field, second, second_field in IN_ORDER:
            earlier = str(getattr(concept, first_field))
            later = str(getattr(concept, second_field))
            if DATE.match(earlier) and DATE.match(later) and later < earlier:
                message = f"{scope.name(concept.uri)}: {second} {later} is before {first} {earlier}"
                yield _at(scope, concept, second, message)


def retired_without_date(scope: Scope) -> Breaches:
    """Tell retired entries that do not say when."""
    for concept in scope.entries:
        if concept.is_retired and not concept.end_date:
            message = f"{scope.name(concept.uri)} is retired, without a def:endDate"
            yield _at(scope, concept, "adms:status", message)


def retired_without_reason(scope: Scope) -> Breaches:
    """Tell retired entries that do not say why."""
    for concept in scope.entries:
        if concept.is_retired and not concept.retirement_reason:
            message = f"{scope.name(concept.uri)} is retired, without a def:retirementReason"
            yield _at(scope, concept, "adms:status", message)


def retirement_of_living(scope: Scope) -> Breaches:
    """Tell entries that are not retired but say why they are, or what replaces them."""
    for concept in scope.entries:
        if concept.is_retired:
            continue
        for prefixed, held in (
            ("def:retirementReason", concept.retirement_reason),
            ("dct:isReplacedBy", concept.replaced_by),
        ):
            if held:
                status = f"its status is {concept.status}"
                message = f"{scope.name(concept.uri)} has a {prefixed}, but {status}"
                yield _at(scope, concept, prefixed, message)


def replacement_circle(scope: Scope) -> Breaches:
    """Tell replacements that lead back to where they began."""
    predicate = scope.term("dct:isReplacedBy")
    for way in cycles(scope.pairs.get(predicate, ())):
        names = " → ".join(scope.named(node) for node in way)
        message = f"{names}: the replacements go in a circle"
        yield Breach(message=message, subject=way[0], predicate=predicate, object=way[1])


def replacement_retired(scope: Scope) -> Breaches:
    """Tell replacements that are retired themselves."""
    predicate = scope.term("dct:isReplacedBy")
    for subject, term in scope.pairs.get(predicate, ()):
        target = scope.concept(term)
        if target and target.is_retired:
            names = [scope.name(uri) for uri in target.replaced_by]
            remedy = f"Name {' and '.join(names)} instead." if names else ""
            message = f"{scope.named(subject)} is replaced by {scope.named(term)}, itself retired"
            yield Breach(
                message=message, subject=subject, predicate=predicate, object=term, remedy=remedy
            )


def _at(scope: Scope, concept: Concept, prefixed: str, message: str) -> Breach:
    return Breach(message=message, subject=URINode(concept.uri), predicate=scope.term(prefixed))


RULES: Final = (
    Rule(
        "LK070",
        "dates-reversed",
        Severity.ERROR,
        "Nothing is modified before it was created, or ends before it starts.",
        "Correct the date that is wrong.",
        DOCS,
        dates_reversed,
    ),
    Rule(
        "LK071",
        "retired-without-date",
        Severity.ERROR,
        "A retired entry says when it was retired.",
        "Add def:endDate with the date from which the entry is not to be used.",
        DOCS,
        retired_without_date,
    ),
    Rule(
        "LK072",
        "retired-without-reason",
        Severity.ERROR,
        "A retired entry says why.",
        "Add def:retirementReason: one sentence for those who used the entry.",
        DOCS,
        retired_without_reason,
    ),
    Rule(
        "LK073",
        "retirement-of-living",
        Severity.ERROR,
        "Only a retired entry has a reason for its retirement and replacements.",
        "Set adms:status to <status/retired>, or remove this line.",
        DOCS,
        retirement_of_living,
    ),
    Rule(
        "LK074",
        "replacement-circle",
        Severity.ERROR,
        "Replacements come to an end.",
        "Remove the replacement that should not be there.",
        DOCS,
        replacement_circle,
    ),
    Rule(
        "LK075",
        "replacement-retired",
        Severity.WARNING,
        "What replaces a retired entry is in use.",
        "Name what is used today instead, or say in the reason that nothing replaces it.",
        DOCS,
        replacement_retired,
    ),
)
