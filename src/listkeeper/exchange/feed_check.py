"""What the taxonomy terms of a feed of services are today: current, renamed, retired, unknown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from listkeeper.exchange.feed import codes_of, terms_of
from listkeeper.model import CURRENT, RETIRED
from listkeeper.search.identify import Identifier, Reading
from listkeeper.search.issued import issuer_of
from listkeeper.search.near import near_codes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from listkeeper.edition import Edition
    from listkeeper.exchange.feed import Service
    from listkeeper.model import Concept

MOST_NEAR: Final = 3


class State(Enum):
    """What a term, or a service without one, is."""

    CURRENT = "current"
    RENAMED = "renamed"
    RETIRED = "retired"
    PROPOSED = "proposed"
    UNKNOWN = "unknown"
    NOT_HELD = "not held here"
    BROAD = "could be more precise"
    MISSING = "missing"
    UNTAGGED = "untagged"


ADVICE: Final = frozenset({State.NOT_HELD, State.BROAD, State.MISSING})
"""What may be right as it is; the other findings are problems."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """Something about one service."""

    service: str
    """Its identifier in the feed."""
    name: str
    """Its name in the feed."""
    state: State
    code: str
    """The term as the feed writes it; empty where one is missing."""
    message: str
    replacements: tuple[Concept, ...] = ()

    @property
    def is_problem(self) -> bool:
        """Say whether something has to be changed."""
        return self.state not in ADVICE


class FeedCheck:
    """Checks the services of a feed against an edition, and counts."""

    def __init__(self, edition: Edition) -> None:
        """Know the codes of an edition."""
        self._edition = edition
        self._identifier = Identifier(edition)
        schemes = edition.vocabulary.schemes.values()
        # A service of a directory is tagged with what has a CURIE prefix there.
        self._expected = {s.segment: s.title().value for s in schemes if s.curie_prefixes}
        self.services = 0
        self.terms = 0
        self.others = 0
        """Terms of vocabularies that are not kept here."""
        self.problems = 0
        self.advice = 0

    def findings(self, services: Iterable[Service]) -> Iterator[Finding]:
        """Tell what is to be said of each service, in the order of the feed."""
        for service in services:
            self.services += 1
            for finding in self._of(service):
                if finding.is_problem:
                    self.problems += 1
                else:
                    self.advice += 1
                yield finding

    def _of(self, service: Service) -> Iterator[Finding]:
        identity = (_shown(service.get("id")), _shown(service.get("name")))
        segments: set[str] = set()
        for term in terms_of(service):
            self.terms += 1
            code, reading = self._read(term)
            if not reading.segment:
                self.others += 1
                continue
            segments.add(reading.segment)
            for state, message, instead in self._verdicts(term, reading):
                yield _finding(identity, state, code, message, instead)
        yield from self._missing(identity, segments)

    def _read(self, term: dict[str, Any]) -> tuple[str, Reading]:
        """Find which entry a term means; a bare number says so only after a vocabulary's name."""
        codes = list(codes_of(term))
        for code in codes:
            if any(sign in code for sign in ":/"):
                reading = self._identifier.read(code)
                if reading.segment:
                    return code, reading
        return next(iter(codes), ""), Reading()

    def _verdicts(
        self, term: dict[str, Any], reading: Reading
    ) -> Iterator[tuple[State, str, tuple[Concept, ...]]]:
        if not reading.concepts:
            yield self._unheld(reading)
            return
        concept = reading.concepts[0]
        instead = self._held(concept.replaced_by)
        if concept.status == RETIRED:
            yield State.RETIRED, _retired(concept, instead), instead
        elif concept.status != CURRENT:
            yield State.PROPOSED, f"{_told(concept)} is a proposal, not to be used yet", ()
        given = _shown(term.get("name"))
        if given and not _is_name(concept, given):
            called = "was called" if _was_name(concept, given) else "is not called"
            yield State.RENAMED, f"{_told(concept)} {called} '{given}'", ()
        narrower = [c for c in self._held(concept.narrower) if c.status == CURRENT]
        if narrower:
            choices = ", ".join(_told(c) for c in narrower[:5]) + ("…" if narrower[5:] else "")
            yield State.BROAD, f"{_told(concept)} could be more precise: {choices}", ()

    def _unheld(self, reading: Reading) -> tuple[State, str, tuple[Concept, ...]]:
        code = f"{reading.segment}/{reading.notation}"
        issuer = issuer_of(self._edition.vocabulary, code)
        if issuer:
            owner = issuer.former_owner or "its owner"
            message = f"{reading.notation} was issued, or may have been, by {owner}; not held here"
            return State.NOT_HELD, message, ()
        near = near_codes(self._edition.vocabulary, code)[:MOST_NEAR]
        hint = f"; did you mean {', '.join(_told(c) for c in near)}?" if near else ""
        return State.UNKNOWN, f"no entry {code}{hint}", ()

    def _missing(self, identity: tuple[str, str], segments: set[str]) -> Iterator[Finding]:
        if self._expected and not segments & self._expected.keys():
            told = ", ".join(self._expected.values())
            yield _finding(identity, State.UNTAGGED, "", f"no term of any list: {told}")
            return
        for segment, title in self._expected.items():
            if segment not in segments:
                yield _finding(identity, State.MISSING, "", f"no term of the list {title}")

    def _held(self, uris: Iterable[Any]) -> tuple[Concept, ...]:
        concepts = self._edition.vocabulary.concepts
        return tuple(concepts[uri] for uri in uris if uri in concepts)


def _finding(
    identity: tuple[str, str],
    state: State,
    code: str,
    message: str,
    replacements: tuple[Concept, ...] = (),
) -> Finding:
    return Finding(
        service=identity[0],
        name=identity[1],
        state=state,
        code=code,
        message=message,
        replacements=replacements,
    )


def _told(concept: Concept) -> str:
    return f"{concept.notation} {concept.label().value}"


def _retired(concept: Concept, instead: tuple[Concept, ...]) -> str:
    when = f" on {concept.end_date}" if concept.end_date else ""
    how = "choose one of " if len(instead) > 1 else "use "
    then = f": {how}{', '.join(_told(c) for c in instead)}" if instead else "; nothing replaces it"
    return f"{_told(concept)} was retired{when}{then}"


def _is_name(concept: Concept, given: str) -> bool:
    names = (*concept.pref_labels, *concept.alt_labels, *concept.draft_labels)
    return _folded(given) in {_folded(text.value) for text in names}


def _was_name(concept: Concept, given: str) -> bool:
    former = (*(f.label for f in concept.former_labels), *concept.hidden_labels)
    return _folded(given) in {_folded(text.value) for text in former}


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _shown(value: object) -> str:
    """Give a text of the feed on one line, no longer than helps."""
    return " ".join(str(value).split())[:200] if isinstance(value, (str, int)) else ""
