"""The rules explained: one for a terminal, all of them for ``docs/rules.md``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listkeeper.validate.rule import Rule


def rule_text(rule: Rule) -> str:
    """Explain one rule to people."""
    rows = (
        f"{rule.code} {rule.name} ({rule.severity.value})",
        f"  asks:   {sentence(rule)}",
        f"  remedy: {rule.remedy}",
        *((f"  --fix:  {rule.mend}",) if rule.mend else ()),
        f"  see:    {rule.specification}",
        *(("  The lists are not served while it is broken.",) if rule.load else ()),
        *(("  Its severity is fixed, and it can not be silenced.",) if rule.is_fixed else ()),
    )
    return "\n".join(rows) + "\n"


def rules_text(rules: Iterable[Rule]) -> str:
    """Explain rules one below the other."""
    return "\n".join(map(rule_text, rules))


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
