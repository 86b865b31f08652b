"""``listkeeper explain``: tell what a rule asks, why, and what to do."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import click

from listkeeper.cli.options import root_option
from listkeeper.errors import UsageError
from listkeeper.settings import PLACEHOLDER_BASE
from listkeeper.store.assets import find_assets
from listkeeper.store.workspace import find_root, open_workspace
from listkeeper.validate.formats import rules_markdown, rules_text
from listkeeper.validate.rules import every_rule
from listkeeper.validate.severities import weighed

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.validate.rule import Rule

MARKDOWN = "markdown"
FORMATS = {"text": rules_text, MARKDOWN: rules_markdown}


@click.command()
@click.argument("code", required=False)
@click.option("--all", "all_", is_flag=True, help="Explain every rule.")
@click.option("--format", "format_", type=click.Choice(list(FORMATS)), default="text")
@root_option
def explain(code: str | None, *, all_: bool, format_: str, root: Path) -> None:
    """Explain the rule with CODE, such as LK040, or every rule."""
    if all_ == bool(code):
        raise UsageError("name one rule, such as LK040, or ask for --all")
    folder = _folder(root)
    rules = every_rule(find_assets("shapes", folder or root), PLACEHOLDER_BASE)
    chosen = rules if code is None else (_named(code, rules),)
    if format_ == MARKDOWN or folder is None:
        click.echo(FORMATS[format_](chosen), nl=False)
    else:
        settings = open_workspace(folder).settings
        click.echo(rules_text(chosen, weighed(settings, rules)), nl=False)


def _folder(root: Path) -> Path | None:
    """Return the lists repository; None where there is none: rules are explained anywhere."""
    try:
        return find_root(root)
    except UsageError:
        return None


def _named(code: str, rules: tuple[Rule, ...]) -> Rule:
    known = {word: rule for rule in rules for word in (rule.code, rule.name)}
    rule = known.get(code.upper()) or known.get(code.lower())
    if rule is None:
        begun = [word for word in known if word.upper().startswith(code.upper())]
        near = begun or difflib.get_close_matches(code.upper(), known, n=1) or ["--all"]
        raise UsageError(f"{code}: no such rule; did you mean {near[0]}?")
    return rule
