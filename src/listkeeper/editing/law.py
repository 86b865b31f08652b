"""What an entry says of the law: which Act or instrument it is, or on which provision it rests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from listkeeper.editing.creating import Part
from listkeeper.editing.words import web_address
from listkeeper.errors import UsageError
from listkeeper.graph import Literal, URINode
from listkeeper.namespaces import XSD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listkeeper.editing.creating import Statement
    from listkeeper.editing.draft import Draft
    from listkeeper.model import Concept

PRIMARY: Final = "primary"


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """Where the law was read."""

    address: str = ""
    """Of the page; empty where it is not known."""
    date: str = ""
    """When it was read; the day of the edit where none is given."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Enactment:
    """What identifies an Act or instrument, as far as it is known."""

    type: str = ""
    """As legislation.gov.uk writes it in addresses: ``ukpga``."""
    year: str = ""
    """``1964``, or a regnal year such as ``Edw7/8``."""
    number: str = ""
    extent: tuple[str, ...] = ()
    """Local names of the nations where it is law."""
    evidence: Evidence = Evidence()


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """What a power or duty rests on, as far as it is known."""

    act: Concept | None = None
    """The entry of the list of legislation."""
    provision: str = ""
    """Kind and number of the primary provision: ``section 7(1)``."""
    heading: str = ""
    """What stands over it."""
    version: str = ""
    """Whether it was read as ``enacted`` or ``revised``."""
    as_at: str = ""
    """The day whose text was shown."""
    applies_in: tuple[str, ...] = ()
    """Local names of the nations."""
    in_force: str = ""
    """A word for whether it is: ``in-force``."""
    is_general: bool | None = None
    """Whether it is a general power or duty; None to leave it open."""
    evidence: Evidence = Evidence()


def enactment_statements(draft: Draft, enactment: Enactment) -> tuple[Statement, ...]:
    """State what identifies an Act or instrument; nothing of what is not known."""
    plain = {
        "legislationType": enactment.type,
        "legislationYear": enactment.year,
        "legislationNumber": enactment.number,
    }
    return (
        *_plain(draft, plain),
        *_nations(draft, "extent", enactment.extent),
        *_evidence(draft, enactment.evidence),
    )


def rule_statements(draft: Draft, rule: Rule) -> tuple[Statement, ...]:
    """State of a power or duty where it applies, and whether it is in force and general."""
    general = {None: (), True: ("true",), False: ("false",)}[rule.is_general]
    truth = URINode(XSD + "boolean")
    return (
        *_nations(draft, "appliesIn", rule.applies_in),
        *_plain(draft, {"inForce": rule.in_force}),
        *((draft.term("def:general"), Literal(word, datatype=truth)) for word in general),
    )


def provision(draft: Draft, rule: Rule) -> tuple[Part, ...]:
    """Cite the provision that makes a power or duty; nothing where none is named.

    Raises:
        UsageError: when the provision is not a kind and a number.
    """
    if not rule.provision and rule.act is None:
        return ()
    kind, _, number = rule.provision.strip().partition(" ")
    if not (kind and number):
        raise UsageError(
            f"{rule.provision[:60]!r} is no provision: write its kind and its number, "
            'such as "section 7(1)" or "schedule-paragraph 3/8"'
        )
    plain = {
        "evidenceHeading": rule.heading,
        "evidenceVersion": rule.version,
        "provisionKind": kind,
        "provisionNumber": number.strip(),
        "provisionRole": PRIMARY,
    }
    act = [(draft.term("def:legislation"), URINode(rule.act.uri))] if rule.act else []
    shown = [(draft.term("def:evidencePointInTime"), draft.date(rule.as_at))] if rule.as_at else []
    said = (*_evidence(draft, rule.evidence), *act, *shown, *_plain(draft, plain))
    return (
        Part(
            name="provision-1",
            link=draft.term("def:provision"),
            class_=draft.term("def:Provision"),
            statements=said,
        ),
    )


def _plain(draft: Draft, words: dict[str, str]) -> Iterator[Statement]:
    for name, word in words.items():
        if word.strip():
            yield draft.term(f"def:{name}"), Literal(word.strip())


def _nations(draft: Draft, name: str, nations: tuple[str, ...]) -> Iterator[Statement]:
    yield from ((draft.term(f"def:{name}"), draft.term(f"def:{nation}")) for nation in nations)


def _evidence(draft: Draft, evidence: Evidence) -> Iterator[Statement]:
    if evidence.address:
        yield draft.term("def:evidenceAddress"), web_address(evidence.address)
        yield draft.term("def:evidenceDate"), draft.date(evidence.date)
