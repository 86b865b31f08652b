"""Rules of an entry's life: its dates, its retirement, and what takes its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from listkeeper.graph import Literal, URINode
from listkeeper.namespaces import XSD
from listkeeper.validate.closure import cycles
from listkeeper.validate.report import Severity
from listkeeper.validate.rule import Breach, Rule

if TYPE_CHECKING:
    from listkeeper.graph import Term
    from listkeeper.model import Concept
    from listkeeper.validate.rule import Breaches
    from listkeeper.validate.scope import Scope

DOCS: Final = "docs/check.md#status"
DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}\Z")

YEAR: Final = re.compile(r"(-?[0-9]{4,})(?:-[0-9]{2}-[0-9]{2}|\Z)")
"""The year of a date, a point in time or a year alone."""

EARLIEST, LATEST = "1000", "2999"
LONGEST_YEAR: Final = 12
"""Digits of a year that a message shows."""

DATED: Final = frozenset(XSD + name for name in ("date", "dateTime", "dateTimeStamp", "gYear"))

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


def date_out_of_range(scope: Scope) -> Breaches:
    """Tell dates of years that no list is about, and few programs can read."""
    for predicate, pairs in scope.own_pairs.items():
        # what a property's first value is, the others are: thousands of texts need no look
        if not any(_is_dated(term) for _, term in pairs[:1]):
            continue
        for subject, term in pairs:
            text = term.value
            if text[:2] == "20" and len(text) == len("2026-11-21"):
                continue  # as nearly all are: told in a tenth of the time
            year = YEAR.match(text)
            if year and not _is_sensible(year[1]) and _is_dated(term):
                way = f"{scope.named(subject)}: {scope.short(predicate.value)}"
                message = f"{way} is in the year {year[1][:LONGEST_YEAR]}"
                yield Breach(message=message, subject=subject, predicate=predicate, object=term)


def _is_dated(term: Term) -> bool:
    return isinstance(term, Literal) and term.datatype.value in DATED


def _is_sensible(year: str) -> bool:
    return len(year) == len(EARLIEST) and EARLIEST <= year <= LATEST


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
        "LK150",
        "date-out-of-range",
        Severity.ERROR,
        "A date lies between the years 1000 and 2999.",
        "Correct the year; leave the date out where it stands for 'never' or 'unknown'.",
        DOCS,
        date_out_of_range,
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
