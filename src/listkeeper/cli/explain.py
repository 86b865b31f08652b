"""``listkeeper explain``: tell what a rule asks, why, and what to do."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import click

from listkeeper.cli.options import root_option
from listkeeper.errors import UsageError
from listkeeper.settings import PLACEHOLDER_BASE
from listkeeper.store.assets import find_assets
from listkeeper.store.workspace import find_root
from listkeeper.validate.formats import rules_markdown, rules_text
from listkeeper.validate.rules import every_rule

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.validate.rule import Rule

FORMATS = {"text": rules_text, "markdown": rules_markdown}


@click.command()
@click.argument("code", required=False)
@click.option("--all", "all_", is_flag=True, help="Explain every rule.")
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), default="text")
@root_option
def explain(code: str | None, *, all_: bool, format_: str, root: Path) -> None:
    """Explain the rule with CODE, such as LK040, or every rule."""
    if all_ == bool(code):
        raise UsageError("name one rule, such as LK040, or ask for --all")
    rules = every_rule(find_assets("shapes", _folder(root)), PLACEHOLDER_BASE)
    chosen = rules if code is None else (_named(code, rules),)
    click.echo(FORMATS[format_](chosen), nl=False)


def _folder(root: Path) -> Path:
    """Return the lists repository, or the folder itself: rules are explained anywhere."""
    try:
        return find_root(root)
    except UsageError:
        return root


def _named(code: str, rules: tuple[Rule, ...]) -> Rule:
    known = {word: rule for rule in rules for word in (rule.code, rule.name)}
    rule = known.get(code.upper()) or known.get(code.lower())
    if rule is None:
        begun = [word for word in known if word.upper().startswith(code.upper())]
        near = begun or difflib.get_close_matches(code.upper(), known, n=1) or ["--all"]
        raise UsageError(f"{code}: no such rule; did you mean {near[0]}?")
    return rule
