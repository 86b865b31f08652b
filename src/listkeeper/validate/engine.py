"""Running the rules over an edition: breaches become findings with places, in one report."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Final

from listkeeper.collecting import paused_collection
from listkeeper.graph import URINode
from listkeeper.validate.places import Places
from listkeeper.validate.report import Finding, Report, Severity, Silenced, in_order
from listkeeper.validate.rules import LOAD_RULES, OWN_SHAPE, RULES
from listkeeper.validate.scope import Scope
from listkeeper.validate.severities import weigh, weighed
from listkeeper.validate.sharing import SharedRules, breaches
from listkeeper.validate.silences import apply_silences

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from listkeeper.edition import Edition
    from listkeeper.model import Silence
    from listkeeper.validate.past import Past
    from listkeeper.validate.places import Spot
    from listkeeper.validate.rule import Breach, Rule
    from listkeeper.validate.shapes import ShapeRun

PATIENCE: Final = 10.0
"""Seconds that shapes may take over few data."""


@paused_collection()
def check(
    edition: Edition,
    *,
    shapes_folder: Path | None,
    engine: str = "compiled",
    least: Severity = Severity.INFO,
    past: Past | None = None,
    patience: float = PATIENCE,
) -> Report:
    """Check everything.

    Args:
        edition: what to check.
        shapes_folder: where the shapes lie; None leaves them out.
        engine: what runs the shapes, `compiled` or the reference, `pyshacl`.
        least: findings that matter less are only counted: they are given with their file, not
            with the line, for which the file would have to be read again.
        past: what the lists are compared with; None leaves the rules of continuity out.
        patience: seconds that shapes may take, beside those that many data need.

    Raises:
        SettingsError: when the settings give a severity to no rule, or to one that is fixed.
    """
    scope = Scope(edition, past)
    rules = RULES
    remark = ""
    with (
        _shape_run(scope, shapes_folder, engine, patience) as run,
        SharedRules(scope, RULES) as shared,
    ):
        found = list(shared.breaches())
        if run is not None:
            found.extend(run.breaches())
            rules = (*RULES, *run.rules)
            remark = run.remark
    complete = shapes_folder is not None
    known = weighed(edition.settings, (*rules, OWN_SHAPE), complete=complete)
    told = weigh(found, edition.settings, known)
    heard = apply_silences(scope, told, known, complete=complete)
    return Report(
        findings=_placed(edition, heard.told, least),
        entries=len(edition.vocabulary.concepts),
        remark=remark,
        rules=known,
        silenced=_silenced(edition, heard.silenced),
    )


def _shape_run(
    scope: Scope, folder: Path | None, engine: str, patience: float
) -> AbstractContextManager[ShapeRun | None]:
    """Start the shapes, which run beside the rules; where there are none, do nothing."""
    if folder is None:
        return nullcontext()
    # what only serves or formats has no use for an engine
    from listkeeper.validate.shapes import ShapeRun  # noqa: PLC0415 - see above

    return ShapeRun(scope, folder, engine, patience)


def _silenced(
    edition: Edition, found: Iterable[tuple[Rule, Breach, Silence]]
) -> tuple[Silenced, ...]:
    places = Places(edition)
    return tuple(
        Silenced(
            finding=finding_at(rule, breach, places.spot(breach)),
            reason=silence.reason,
            date=silence.date,
        )
        for rule, breach, silence in found
    )


def load_findings(edition: Edition) -> tuple[Finding, ...]:
    """Check only what has to hold before the lists can be served; quick."""
    return _placed(edition, breaches(Scope(edition), LOAD_RULES), Severity.INFO)


def _placed(
    edition: Edition, found: Iterable[tuple[Rule, Breach]], least: Severity
) -> tuple[Finding, ...]:
    places = Places(edition)
    findings = []
    for rule, breach in found:
        is_shown = rule.severity.rank <= least.rank
        spot = places.spot(breach) if is_shown else places.beginning(breach)
        findings.append(finding_at(rule, breach, spot))
    return in_order(findings)


def finding_at(rule: Rule, breach: Breach, spot: Spot) -> Finding:
    """Make the finding of a breach at its place."""
    return Finding(
        code=rule.code,
        severity=rule.severity,
        message=breach.message,
        remedy=breach.remedy or rule.remedy,
        path=spot.path,
        line=spot.line,
        column=spot.column,
        focus=breach.subject.value if isinstance(breach.subject, URINode) else "",
        specification=rule.specification,
        predicate=breach.predicate.value if breach.predicate is not None else "",
    )
