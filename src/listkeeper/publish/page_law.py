"""The law on pages: what a power or duty rests on, and what an Act is known by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from listkeeper.publish.citation import cite, provision_uri
from listkeeper.publish.page_links import Link, outside_link
from listkeeper.publish.page_words import date_in_words, joined

if TYPE_CHECKING:
    from listkeeper.legislation import Evidence, Provision
    from listkeeper.model import Concept
    from listkeeper.publish.page_entries import Entry, Linker, Shown

IN_FORCE: Final = {
    "in-force": "Yes",
    "as-enacted": "Read as enacted; changes since then were not looked at",
    "not-yet": "Not yet",
    "repealed": "Repealed",
}
"""State of a provision as recorded to what a page says; any other is shown as recorded."""

VERSIONS: Final = {"enacted": "as enacted", "revised": "as revised"}


@dataclass(frozen=True, kw_only=True, slots=True)
class ProvisionView:
    """A provision with the record of its reading."""

    citation: str
    legislation_gov_uk: Link
    legislation: Entry
    see_also: bool
    read: ReadingView


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadingView:
    """Which page was read, when, and what it said above the text."""

    page: Link
    date: str
    heading: str = ""
    version: str = ""
    as_at: str = ""
    """Day whose text the page shows; empty for the latest it held."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleView:
    """What a power or duty is beyond an entry."""

    provisions: tuple[ProvisionView, ...]
    in_force: str
    applies_in: str
    general: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class EnactmentView:
    """What an Act or instrument is known by, and what rests on it."""

    legislation_gov_uk: Link
    extent: str
    read: ReadingView
    rules: Shown[Entry]


def rule_view(concept: Concept, linker: Linker) -> RuleView | None:
    """Show the law of a power or duty; None for other entries."""
    rule = concept.rule
    if rule is None:
        return None
    return RuleView(
        provisions=tuple(_provision(provision, linker) for provision in rule.provisions),
        in_force=IN_FORCE.get(rule.in_force, rule.in_force),
        applies_in=_nations(rule.applies_in, linker),
        general=rule.general,
    )


def enactment_view(concept: Concept, linker: Linker) -> EnactmentView | None:
    """Show what an Act is known by; None for other entries."""
    enactment = concept.enactment
    if enactment is None:
        return None
    resting = [rule.uri for rule in linker.index.resting_on.get(concept.uri, ())]
    return EnactmentView(
        legislation_gov_uk=outside_link(enactment.uri),
        extent=_nations(enactment.extent, linker),
        read=ReadingView(
            page=outside_link(enactment.evidence_address),
            date=date_in_words(enactment.evidence_date),
        ),
        rules=linker.entries(resting, concept.list_name, cited=True),
    )


def _provision(provision: Provision, linker: Linker) -> ProvisionView:
    concepts = linker.index.vocabulary.concepts
    return ProvisionView(
        citation=cite(provision, concepts),
        legislation_gov_uk=outside_link(provision_uri(provision, concepts)),
        legislation=linker.entry(provision.legislation),
        see_also=provision.role == "see-also",
        read=_reading(provision.evidence),
    )


def _reading(evidence: Evidence) -> ReadingView:
    return ReadingView(
        page=outside_link(evidence.address),
        date=date_in_words(evidence.date),
        heading=evidence.heading,
        version=VERSIONS.get(evidence.version, evidence.version),
        as_at=date_in_words(evidence.point_in_time),
    )


def _nations(names: tuple[str, ...], linker: Linker) -> str:
    return joined(linker.index.term(name) for name in names)
