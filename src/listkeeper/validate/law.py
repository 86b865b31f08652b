"""Rules of powers and duties: one number space, plain words, and evidence that fits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from listkeeper.graph import URINode
from listkeeper.uris import URI
from listkeeper.validate.report import Severity
from listkeeper.validate.rule import Breach, Rule
from listkeeper.validate.scope import literal, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.legislation import Enactment, Provision
    from listkeeper.model import Concept
    from listkeeper.validate.rule import Breaches
    from listkeeper.validate.scope import Scope

DOCS: Final = "docs/check.md#law"
FOLDER: Final = "powers-and-duties"
LONGEST_HEADING: Final = 15
"""Words of a provision's own heading that evidence may quote."""

WORDING: Final = (
    ("def:Duty", re.compile(r"\b(must|shall)\b", re.IGNORECASE), "must"),
    ("def:Power", re.compile(r"\b(may|can)\b", re.IGNORECASE), "may"),
)
"""Class, the word that its definitions in English hold, and that word as told to people."""

NUMBER: Final = re.compile(r"[A-Za-z]?\d+[A-Za-z]*")
"""The first number of a provision, such as 149A in 149A(1)(b)."""

LEGISLATION_SITE: Final = re.compile(r"https?://(www\.)?legislation\.gov\.uk/")


def outside_number_space(scope: Scope) -> Breaches:
    """Tell powers and duties outside their one folder, and other entries in it."""
    kinds = {scope.term(kind).value for kind, _, _ in WORDING}
    for concept in scope.entries:
        count = len(kinds.intersection(concept.types))
        wanted = 1 if concept.list_name == FOLDER else 0
        if count != wanted:
            asked = "one of def:Power and def:Duty" if wanted else "no def:Power and no def:Duty"
            where = f"{scope.name(concept.uri)} lies in {visible(concept.list_name)}/"
            yield Breach(
                message=f"{where}, so it has to be {asked}",
                subject=URINode(concept.uri),
                predicate=scope.term("rdf:type"),
            )


def wording(scope: Scope) -> Breaches:
    """Tell definitions of duties without "must" and of powers without "may"."""
    for concept in scope.entries:
        for kind, word, told in WORDING:
            if scope.term(kind).value not in concept.types:
                continue
            for text in concept.definitions:
                if text.language.startswith("en") and not word.search(text.value):
                    message = f'{scope.name(concept.uri)}: {kind} without "{told}"'
                    subject, predicate = URINode(concept.uri), scope.term("skos:definition")
                    term = literal(text)
                    yield Breach(message=message, subject=subject, predicate=predicate, object=term)


def long_heading(scope: Scope) -> Breaches:
    """Tell headings that quote more than a heading."""
    for concept, provision in _provisions(scope):
        words = len(provision.evidence.heading.split())
        if words > LONGEST_HEADING:
            message = f"{scope.name(concept.uri)}: the heading read has {words} words"
            yield _at(scope, provision, "def:evidenceHeading", message)


def other_provision_read(scope: Scope) -> Breaches:
    """Tell evidence whose address names another provision of the same kind."""
    for concept, provision in _provisions(scope):
        if _agrees(provision) is False:
            shown = f"{visible(provision.kind)} {visible(provision.number)}"
            message = f"{scope.name(concept.uri)}: {shown} was not read at this address"
            yield _at(scope, provision, "def:evidenceAddress", message)


def larger_part_read(scope: Scope) -> Breaches:
    """Tell evidence whose address names no provision, only a larger part that holds it."""
    for concept, provision in _provisions(scope):
        if provision.evidence.address and _agrees(provision) is None:
            shown = f"{visible(provision.kind)} {visible(provision.number)}"
            message = f"{scope.name(concept.uri)}: {shown} was read in a larger part of its Act"
            yield _at(scope, provision, "def:evidenceAddress", message)


def _agrees(provision: Provision) -> bool | None:
    """Say whether the address read names the provision; None where it names none of its kind.

    The kind says how the number is made up: a schedule-paragraph 4/3(5) is paragraph 3(5) of
    Schedule 4. Brackets are left out: addresses seldom go so deep.
    """
    if not (provision.kind and provision.number):
        return True  # a shape tells what is missing
    agreed: bool | None = None
    address = provision.evidence.address.lower()
    for unit, number in zip(provision.kind.split("-"), provision.number.split("/"), strict=False):
        named = re.search(rf"/{re.escape(unit.lower())}/([0-9a-z]+)", address)
        cited = NUMBER.match(number)
        agreed = (named[1] == cited[0].lower()) if named and cited else None
        if agreed is False:
            break
    return agreed


def other_enactment_read(scope: Scope) -> Breaches:
    """Tell evidence read in another Act or instrument than the one cited."""
    for concept, provision in _provisions(scope):
        enactment = _enactment(scope, provision)
        address = provision.evidence.address
        if not (enactment and LEGISLATION_SITE.match(address)):
            continue
        if f"/{_path(enactment)}/" not in f"{address.lower()}/":
            cited = scope.name(provision.legislation)
            message = f"{scope.name(concept.uri)} cites {cited}, and this is another"
            yield _at(scope, provision, "def:evidenceAddress", message)


def not_legislation(scope: Scope) -> Breaches:
    """Tell provisions of something that is no legislation."""
    for concept, provision in _provisions(scope):
        target = scope.vocabulary.concepts.get(provision.legislation)
        if target and target.enactment is None:
            message = f"{scope.name(concept.uri)}: {scope.name(target.uri)} is no legislation"
            yield _at(scope, provision, "def:legislation", message)


def bodies_elsewhere(scope: Scope) -> Breaches:
    """Tell powers and duties that fall on bodies of none of the nations they apply in."""
    falls_on = scope.term("def:fallsOn")
    for concept in scope.entries:
        applies_in = set(concept.rule.applies_in if concept.rule else ())
        for uri in concept.links.get(URI(falls_on.value), ()):
            target = scope.vocabulary.concepts.get(uri)
            if applies_in and target and target.nations and applies_in.isdisjoint(target.nations):
                where = " and ".join(sorted(applies_in))
                message = f"{scope.name(concept.uri)}: {scope.name(uri)} is not found in {where}"
                subject, term = URINode(concept.uri), URINode(uri)
                yield Breach(message=message, subject=subject, predicate=falls_on, object=term)


def _provisions(scope: Scope) -> Iterator[tuple[Concept, Provision]]:
    for concept in scope.entries:
        if concept.rule:
            for provision in concept.rule.provisions:
                yield concept, provision


def _enactment(scope: Scope, provision: Provision) -> Enactment | None:
    target = scope.vocabulary.concepts.get(provision.legislation)
    enactment = target.enactment if target else None
    whole = enactment and enactment.type and enactment.year and enactment.number
    return enactment if whole else None


def _path(enactment: Enactment) -> str:
    return f"{enactment.type}/{enactment.year}/{enactment.number}".lower()


def _at(scope: Scope, provision: Provision, prefixed: str, message: str) -> Breach:
    return Breach(message=message, subject=URINode(provision.uri), predicate=scope.term(prefixed))


RULES: Final = (
    Rule(
        "LK090",
        "outside-number-space",
        Severity.ERROR,
        "Powers and duties share one folder and one number space, and nothing else is in it.",
        "Move the file, or correct its class: an entry there is a def:Power or a def:Duty.",
        DOCS,
        outside_number_space,
    ),
    Rule(
        "LK091",
        "must-or-may",
        Severity.ERROR,
        "The definition of a duty says what must be done, that of a power what may be done.",
        "Word the text so, or change the class of the entry.",
        DOCS,
        wording,
    ),
    Rule(
        "LK092",
        "long-heading",
        Severity.ERROR,
        "Evidence quotes the heading of a provision in at most fifteen words.",
        "Cut the heading; the page itself is linked to.",
        DOCS,
        long_heading,
    ),
    Rule(
        "LK093",
        "other-provision-read",
        Severity.ERROR,
        "The address read does not name another provision than the one cited.",
        "Correct the number of the provision, or the address.",
        DOCS,
        other_provision_read,
    ),
    Rule(
        "LK094",
        "other-enactment-read",
        Severity.ERROR,
        "The address read is in the Act or instrument cited.",
        "Correct def:legislation, or the address.",
        DOCS,
        other_enactment_read,
    ),
    Rule(
        "LK096",
        "larger-part-read",
        Severity.INFO,
        "The address read is that of the provision itself.",
        "Read the provision on its own page, and give that address.",
        DOCS,
        larger_part_read,
    ),
    Rule(
        "LK095",
        "not-legislation",
        Severity.ERROR,
        "A provision belongs to an entry of the list of legislation.",
        "Point def:legislation to the Act or instrument.",
        DOCS,
        not_legislation,
    ),
    Rule(
        "LK097",
        "bodies-elsewhere",
        Severity.ERROR,
        "A power or duty falls on bodies that are found in a nation where it applies.",
        "Correct def:fallsOn or def:appliesIn, or def:nation of the organisation type.",
        DOCS,
        bodies_elsewhere,
    ),
)
