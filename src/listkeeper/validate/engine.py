"""Running the rules over an edition: breaches become findings with places, in one report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listkeeper.collecting import paused_collection
from listkeeper.graph import URINode
from listkeeper.validate.places import Places
from listkeeper.validate.report import Finding, Report, Severity, in_order
from listkeeper.validate.rules import LOAD_RULES, RULES
from listkeeper.validate.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from listkeeper.edition import Edition
    from listkeeper.validate.places import Spot
    from listkeeper.validate.rule import Breach, Rule


@paused_collection()
def check(
    edition: Edition,
    *,
    shapes_folder: Path | None,
    engine: str = "compiled",
    least: Severity = Severity.INFO,
) -> Report:
    """Check everything.

    Args:
        edition: what to check.
        shapes_folder: where the shapes lie; None leaves them out.
        engine: what runs the shapes, `compiled` or the reference, `pyshacl`.
        least: findings that matter less are only counted: they are given with their file, not
            with the line, for which the file would have to be read again.

    Raises:
        ContentError: when the shapes themselves can not be used.
    """
    scope = Scope(edition)
    found = list(_breaches(scope, RULES))
    remark = ""
    if shapes_folder is not None:
        # what only serves or formats has no use for an engine
        from listkeeper.validate.shapes import ShapeRun  # noqa: PLC0415 - see above

        run = ShapeRun(scope, shapes_folder, engine)
        found.extend(run.breaches())
        remark = run.remark
    entries = len(edition.vocabulary.concepts)
    return Report(findings=_placed(edition, found, least), entries=entries, remark=remark)


def load_findings(edition: Edition) -> tuple[Finding, ...]:
    """Check only what has to hold before the lists can be served; quick."""
    return _placed(edition, _breaches(Scope(edition), LOAD_RULES), Severity.INFO)


def _breaches(scope: Scope, rules: Iterable[Rule]) -> Iterator[tuple[Rule, Breach]]:
    for rule in rules:
        if rule.check is not None:
            for breach in rule.check(scope):
                yield rule, breach


def _placed(
    edition: Edition, found: Iterable[tuple[Rule, Breach]], least: Severity
) -> tuple[Finding, ...]:
    places = Places(edition)
    findings = []
    for rule, breach in found:
        is_shown = rule.severity.rank <= least.rank
        spot = places.spot(breach) if is_shown else places.beginning(breach)
        findings.append(_finding(rule, breach, spot))
    return in_order(findings)


def _finding(rule: Rule, breach: Breach, spot: Spot) -> Finding:
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
    )
