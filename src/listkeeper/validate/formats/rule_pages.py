"""The rules explained: one for a terminal, all of them for ``docs/rules.md``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from listkeeper.validate.rule import Rule


OFF: Final = "off"


def rule_text(rule: Rule, severity: str = "") -> str:
    """Explain one rule to people.

    Args:
        rule: as the table has it.
        severity: the one that it has here; empty for that of the table.
    """
    own = rule.severity.value
    told = own if severity in {"", own} else f"{severity} here, {own} by default"
    rows = (
        f"{rule.code} {rule.name} ({told})",
        f"  asks:   {sentence(rule)}",
        f"  remedy: {rule.remedy}",
        *((f"  --fix:  {rule.mend}",) if rule.mend else ()),
        f"  see:    {rule.specification}",
        *(("  The lists are not served while it is broken.",) if rule.load else ()),
        *(("  Its severity is fixed, and it can not be silenced.",) if rule.is_fixed else ()),
    )
    return "\n".join(rows) + "\n"


def rules_text(rules: Iterable[Rule], weighed: Mapping[str, Rule] | None = None) -> str:
    """Explain rules one below the other.

    Args:
        rules: as the table has them.
        weighed: those that are not off here, by code, with their severities here; None for those
            of the table.
    """
    if weighed is None:
        return "\n".join(map(rule_text, rules))
    here = {code: rule.severity.value for code, rule in weighed.items()}
    return "\n".join(rule_text(rule, here.get(rule.code, OFF)) for rule in rules)


def rules_markdown(rules: Iterable[Rule]) -> str:
    """Write the table of rules as ``docs/rules.md`` holds it."""
    head = (
        "# The rules",
        "",
        "Made by `listkeeper explain --all --format markdown`; do not edit.",
        "Rules marked \\* have to hold before the lists can be served; those and the ones marked",
        "† guard publication: settings and silences leave them alone.",
        "",
        "| Code | Severity | What is asked | What to do | What `check --fix` does |",
        "|---|---|---|---|---|",
    )
    return "\n".join((*head, *map(_row, rules))) + "\n"


def _row(rule: Rule) -> str:
    mark = " \\*" if rule.load else " †" if rule.guard else ""
    code = f"[{rule.code}]({_link(rule.specification)}){mark}"
    return f"| {code} | {rule.severity.value} | {sentence(rule)} | {rule.remedy} | {rule.mend} |"


def _link(specification: str) -> str:
    """Point to our own pages from beside them."""
    return specification.removeprefix("docs/")


def sentence(rule: Rule) -> str:
    """Say what a rule asks; a shape's message says what is wrong instead."""
    return f"Reported of what {rule.summary}." if rule.shape else rule.summary
