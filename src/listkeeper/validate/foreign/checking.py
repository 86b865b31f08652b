"""Checking files of others: each in a process of its own, so that none can hold up the rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from listkeeper.collecting import paused_collection
from listkeeper.errors import ContentError
from listkeeper.exchange.reading import parse_source
from listkeeper.exchange.reading.parsing import BOUNDS
from listkeeper.store.turtle import read_statements
from listkeeper.validate.engine import finding_at
from listkeeper.validate.foreign.rules import BAD_SYNTAX, FOREIGN_RULES, OVER_LIMIT, UNREADABLE
from listkeeper.validate.foreign.scope import foreign_scope
from listkeeper.validate.foreign.spots import READ, ForeignPlaces
from listkeeper.validate.places import Spot
from listkeeper.validate.report import Report, Severity, in_order
from listkeeper.validate.rule import Breach
from listkeeper.validate.scope import visible
from listkeeper.workers import OverrunError, run_bounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from listkeeper.exchange.reading import Source
    from listkeeper.graph import Graph
    from listkeeper.validate.foreign.scope import ForeignScope
    from listkeeper.validate.report import Finding
    from listkeeper.validate.rule import Rule
    from listkeeper.workers import Bounds, Tell

RULES: Final = {rule.code: rule for rule in (BAD_SYNTAX, UNREADABLE, *FOREIGN_RULES)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """How files are to be checked."""

    least: Severity = Severity.INFO
    """Findings that matter less are counted; they are given without their line."""
    contexts: Mapping[str, bytes] = field(default_factory=dict)
    """Copies of JSON-LD contexts by address."""
    bounds: Bounds = BOUNDS
    """What one vocabulary may take."""


def check_sources(
    vocabularies: Iterable[Sequence[Source]], unopened: Iterable[ContentError], asked: Asked
) -> Report:
    """Check vocabularies of others, each of one file or more.

    Args:
        vocabularies: the files of each.
        unopened: why others could not be opened; each becomes a finding.
        asked: how.
    """
    findings = [_of_error(UNREADABLE, error) for error in unopened]
    entries = 0
    for sources in vocabularies:
        found, concepts = _checked(sources, asked)
        findings += found
        entries += concepts
    return Report(findings=in_order(findings), entries=entries, rules=RULES)


def _checked(sources: Sequence[Source], asked: Asked) -> tuple[tuple[Finding, ...], int]:
    """Check one vocabulary under its bounds; going beyond them is a finding."""
    try:
        return run_bounded(_examined, sources, asked, bounds=asked.bounds)
    except OverrunError as error:
        doing = error.note or f"reading {sources[0].path}"
        message = f"{visible(doing)} {error.message}"
        breach = Breach(message=message, path=sources[0].path)
        return (finding_at(OVER_LIMIT, breach, Spot(breach.path, 1, 1)),), 0


@paused_collection()
def _examined(
    tell: Tell, sources: Sequence[Source], asked: Asked
) -> tuple[tuple[Finding, ...], int]:
    """Read, apply the rules and find the places, in the worker."""
    graphs: list[Graph] = []
    read: list[Source] = []
    findings: list[Finding] = []
    for source in sources:
        try:
            graphs.append(parse_source(source, contexts=asked.contexts))
            read.append(source)
        except ContentError as error:
            findings += _unparsed(source, error)
    if not read:
        return in_order(findings), 0
    scope = foreign_scope(read, graphs)
    findings += _found(tell, scope, read, asked.least)
    return in_order(findings), len(scope.concepts)


def _found(
    tell: Tell, scope: ForeignScope, sources: Sequence[Source], least: Severity
) -> Iterator[Finding]:
    places = ForeignPlaces(sources, scope.edition.homes)
    for rule in FOREIGN_RULES:
        tell(f"checking {sources[0].path} for {rule.code} {rule.name}")
        for breach in rule.check(scope) if rule.check else ():
            is_shown = rule.severity.rank <= least.rank
            spot = places.spot(breach) if is_shown else places.beginning(breach)
            yield finding_at(rule, breach, spot)


def _unparsed(source: Source, error: ContentError) -> Iterator[Finding]:
    """Tell every problem of a Turtle file that our own reading sees, else the parser's one."""
    is_read = source.syntax.is_turtle and len(source.data) <= READ
    text = source.data.decode("utf-8-sig", errors="replace") if is_read else ""
    problems = read_statements(text).problems
    for problem in problems:
        breach = Breach(message=visible(problem.message))
        spot = Spot(source.path, problem.line, problem.column)
        yield finding_at(BAD_SYNTAX, breach, spot)
    if not problems:
        yield _of_error(BAD_SYNTAX, error, source.path)


def _of_error(rule: Rule, error: ContentError, path: str = "") -> Finding:
    spot = Spot(error.path or path, max(error.line, 1), max(error.column, 1))
    return finding_at(rule, Breach(message=visible(error.message)), spot)
