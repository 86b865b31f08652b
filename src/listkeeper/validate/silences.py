"""Silences: a rule that is not told of one entry, for a reason that is written in its file.

::

    <service/559#silence-1>
        a def:Silence ;
        def:rule "LK133" ;
        def:reason "The age is part of the service's name in law."@en ;
        dct:date "2026-11-21"^^xsd:date .

It counts for all that is found about the entry, its parts and its file as a whole.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final, NamedTuple

from listkeeper.graph import URINode
from listkeeper.validate.report import Severity
from listkeeper.validate.rule import Breach, Rule
from listkeeper.validate.scope import visible

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from listkeeper.model import Silence
    from listkeeper.validate.scope import Scope

    Told = tuple[Rule, Breach]

DOCS: Final = "docs/check.md#silences"

UNSOUND: Final = Rule(
    "LK168",
    "unsound-silence",
    Severity.ERROR,
    "A silence names a rule that may be silenced, and the reason.",
    "Write def:rule with the code of a rule and def:reason with one sentence.",
    DOCS,
    guard=True,
)
IDLE: Final = Rule(
    "LK169",
    "idle-silence",
    Severity.WARNING,
    "A silence is about something that would be told without it.",
    "Remove the silence: the rule holds here.",
    DOCS,
)
RULES: Final = (UNSOUND, IDLE)


class Heard(NamedTuple):
    """What is left to tell, and what is silenced, each with its silence."""

    told: Sequence[Told]
    silenced: Sequence[tuple[Rule, Breach, Silence]]


def apply_silences(
    scope: Scope, found: Iterable[Told], rules: Mapping[str, Rule], *, complete: bool = True
) -> Heard:
    """Take out what is silenced, and tell silences that are not sound or without effect.

    Args:
        scope: what was checked.
        found: every rule that does not hold, with where.
        rules: every rule that was applied, by its code.
        complete: whether these are all there are; else silences of others are left alone.
    """
    every = scope.vocabulary.silences
    silences = [s for s in every if complete or s.rule in rules or not s.rule]
    problems = [(silence, _problem(silence, rules)) for silence in silences]
    sound = {(s.rule, str(s.about)): s for s, problem in problems if not problem}
    told: list[Told] = []
    silenced: list[tuple[Rule, Breach, Silence]] = []
    for rule, breach in found:
        silence = sound.get((rule.code, _about(scope, breach))) if sound else None
        if silence is None:
            told.append((rule, breach))
        else:
            silenced.append((rule, breach, silence))
    told.extend(_unsound(scope, problems))
    lasting = (s for s in sound.values() if not rules[s.rule].past)
    told.extend(_idle(scope, lasting, {silence.uri for _, _, silence in silenced}))
    return Heard(told, silenced)


def _about(scope: Scope, breach: Breach) -> str:
    """Return the URI that a breach is about: of a part its whole, of a file its entry."""
    subject = breach.subject
    if subject is None:
        uris = [s.value for s in scope.subjects_of.get(breach.path, ()) if isinstance(s, URINode)]
        return next((uri for uri in uris if "#" not in uri), "")
    return subject.value.split("#", 1)[0] if isinstance(subject, URINode) else ""


def _problem(silence: Silence, rules: Mapping[str, Rule]) -> str:
    """Say why a silence does not count; empty where it does."""
    if not silence.reason.strip():
        return "gives no reason"
    rule = rules.get(silence.rule)
    if rule is None:
        shown = f"rule {visible(silence.rule)}" if silence.rule else "def:rule"
        return f"there is no {shown}{suggestion(silence.rule, rules)}"
    return f"{rule.code} guards publication and can not be silenced" if rule.is_fixed else ""


def suggestion(code: str, rules: Collection[str]) -> str:
    """Name the code that is nearest, as the end of a message.

    >>> suggestion("LK41", ["LK041", "LK110"])
    '; did you mean LK041?'
    """
    near = difflib.get_close_matches(code.upper(), rules, n=1)
    return f"; did you mean {near[0]}?" if near else ""


def _unsound(scope: Scope, problems: Iterable[tuple[Silence, str]]) -> Iterable[Told]:
    for silence, problem in problems:
        if problem:
            message = f"{scope.name(silence.about)}: the silence does not count: {problem}"
            yield UNSOUND, Breach(message=message, subject=URINode(silence.uri))


def _idle(scope: Scope, sound: Iterable[Silence], used: Collection[str]) -> Iterable[Told]:
    for silence in sound:
        if silence.uri not in used:
            message = f"{scope.name(silence.about)}: nothing of {silence.rule} is found here"
            yield IDLE, Breach(message=message, subject=URINode(silence.uri))
