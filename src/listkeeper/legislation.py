"""What powers and duties rest on: enactments, their provisions, and the record of reading them."""

from __future__ import annotations

from dataclasses import dataclass

from listkeeper.uris import URI


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """Where and when a provision was read."""

    address: str
    date: str
    heading: str
    version: str
    """``enacted`` or ``revised``, as the page that was read says."""
    point_in_time: str = ""
    """Date as of which the page shows the text; empty for the latest it held."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Provision:
    """A place in legislation that a power or duty rests on."""

    uri: URI
    legislation: URI
    kind: str
    number: str
    role: str
    """``primary`` or ``see-also``."""
    evidence: Evidence


@dataclass(frozen=True, kw_only=True, slots=True)
class Enactment:
    """What identifies an Act or instrument."""

    type: str
    """The type as legislation.gov.uk writes it in addresses, such as ``ukpga``."""
    year: str
    number: str
    extent: tuple[str, ...] = ()
    evidence_address: str = ""
    evidence_date: str = ""

    @property
    def uri(self) -> URI:
        """The identifier at legislation.gov.uk, generated, never typed."""
        return URI(f"http://www.legislation.gov.uk/id/{self.type}/{self.year}/{self.number}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """What a power or duty is beyond a concept (``cpsv:Rule``)."""

    provisions: tuple[Provision, ...] = ()
    applies_in: tuple[str, ...] = ()
    """Nations whose authorities it binds."""
    in_force: str = ""
    general: bool = False
    """General powers of councils are never linked to services."""
