"""Severities that a repository's settings give to rules, in place of those of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.errors import SettingsError
from listkeeper.settings import FILE_NAME
from listkeeper.validate.report import Severity
from listkeeper.validate.silences import suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from listkeeper.settings import Settings
    from listkeeper.validate.rule import Breach, Rule

OFF: Final = "off"


def weighed(
    settings: Settings, rules: Iterable[Rule], *, complete: bool = True
) -> Mapping[str, Rule]:
    """Give rules the severities of the settings, by code; leave out what they set to off.

    Args:
        settings: those of the lists.
        rules: every rule that is applied.
        complete: whether these are all there are; else the settings may name others.

    Raises:
        SettingsError: when the settings name no rule, or one that publication relies on.
    """
    known = {rule.code: rule for rule in rules}
    problems = tuple(_problems(settings, known, complete=complete))
    if problems:
        raise SettingsError(FILE_NAME, problems)
    chosen = dict(settings.severities)
    for code in chosen.keys() & known.keys():
        if chosen[code] == OFF:
            del known[code]
        else:
            known[code] = known[code]._replace(severity=Severity(chosen[code]))
    return known


def _problems(settings: Settings, rules: Mapping[str, Rule], *, complete: bool) -> Iterator[str]:
    for code, severity in settings.severities:
        rule = rules.get(code)
        if rule is None and complete:
            yield f"check.severity.{code}: there is no such rule{suggestion(code, rules)}"
        elif rule and rule.is_fixed and severity != rule.severity.value:
            fixed = f"guards publication and stays {rule.severity.value}"
            yield f"check.severity.{code}: the rule {fixed}"


def weigh(
    found: Iterable[tuple[Rule, Breach]], settings: Settings, rules: Mapping[str, Rule]
) -> Iterator[tuple[Rule, Breach]]:
    """Give each finding the severity of the settings; leave out those of rules that are off."""
    changed = {code for code, _ in settings.severities}
    for rule, breach in found:
        if rule.code not in changed:
            yield rule, breach
        elif rule.code in rules:
            yield rule._replace(severity=rules[rule.code].severity), breach
