"""Options of ``listkeeper new`` for Acts and instruments, and for powers and duties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from listkeeper.cli.editing import Day
from listkeeper.editing.law import (
    Enactment,
    Evidence,
    Rule,
    enactment_statements,
    provision,
    rule_statements,
)
from listkeeper.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from listkeeper.cli.editing import Desk
    from listkeeper.editing.creating import Part, Statement
    from listkeeper.model import ConceptScheme

LAW: Final = "law_"
"""How the names of these parameters begin."""

NATIONS: Final = ("England", "Wales", "Scotland", "NorthernIreland", "Ireland")
VERSIONS: Final = ("enacted", "revised")

READ: Final = ("read_at", "read_on")
ENACTMENT: Final = ("type", "year", "number", "extent")
RULE: Final = (
    *("act", "provision", "heading", "version", "as_at"),
    *("applies_in", "in_force", "general"),
)

OF_CLASS: Final[Mapping[str, tuple[str, ...]]] = {
    "Legislation": (*ENACTMENT, *READ),
    **dict.fromkeys(("Power", "Duty", "PowerOrDuty"), (*RULE, *READ)),
}
"""The options of each class of entries, by the local name that definitions.ttl gives it."""

ASKED: Final[Mapping[str, tuple[str, ...]]] = {
    "Legislation": ("type", "year", "number", "read_at"),
    **dict.fromkeys(
        ("Power", "Duty"),
        ("act", "provision", "heading", "version", "read_at", "applies_in", "in_force"),
    ),
}
"""Those that the check asks for, as the lists that come with Listkeeper are set up."""

OPTIONS: Final = (
    click.option(
        "--type", "law_type", metavar="WORD", help="Of an Act: as in addresses, such as ukpga."
    ),
    click.option("--year", "law_year", help="Of an Act: 1964, or a regnal year such as Edw7/8."),
    click.option("--number", "law_number", help="Of an Act: its chapter or number."),
    click.option(
        "--extent",
        "law_extent",
        multiple=True,
        type=click.Choice(NATIONS),
        help="Of an Act: where it is law.",
    ),
    click.option("--act", "law_act", metavar="CODE", help="Of a power or duty: what makes it."),
    click.option("--provision", "law_provision", help='Its kind and number: "section 7(1)".'),
    click.option("--heading", "law_heading", help="What stands over the provision."),
    click.option(
        "--version", "law_version", type=click.Choice(VERSIONS), help="Which was read of it."
    ),
    click.option("--as-at", "law_as_at", type=Day(), help="The day whose text was shown."),
    click.option(
        "--applies-in",
        "law_applies_in",
        multiple=True,
        type=click.Choice(NATIONS),
        help="Whose authorities the power or duty binds.",
    ),
    click.option("--in-force", "law_in_force", help="in-force, or as-enacted where not known."),
    click.option(
        "--general/--not-general",
        "law_general",
        default=None,
        help="Whether it is a general power or duty of councils.",
    ),
    click.option("--read-at", "law_read_at", metavar="URL", help="Where the law was read."),
    click.option("--read-on", "law_read_on", type=Day(), help="When; the date of the edit else."),
)


def law_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say what an entry has to do with the law."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


def law(
    at: Desk, scheme: ConceptScheme, said: Mapping[str, Any]
) -> tuple[tuple[Statement, ...], tuple[Part, ...]]:
    """Give what a new entry says of the law.

    Args:
        at: the lists and the draft.
        scheme: the list it is of.
        said: the values of the options, of others too, by the names of their parameters.

    Raises:
        UsageError: when an option is not for entries of that list, or its value is off.
    """
    given = {
        name.removeprefix(LAW): value
        for name, value in said.items()
        if name.startswith(LAW) and value not in {None, "", ()}
    }
    class_ = _class(scheme)
    for name in given.keys() - set(OF_CLASS.get(class_, ())):
        raise UsageError(f"{_option(name)} is not for entries of {scheme.name}")
    evidence = _evidence(given)
    if class_ == "Legislation":
        known = {name: given[name] for name in ENACTMENT if name in given}
        return enactment_statements(at.draft, Enactment(**known, evidence=evidence)), ()
    rule = _rule(at, given, evidence)
    return rule_statements(at.draft, rule), provision(at.draft, rule)


def missing(scheme: ConceptScheme, said: Mapping[str, Any]) -> str:
    """Say which options would tell what the check asks of entries of a list; empty for none."""
    asked = [name for name in ASKED.get(_class(scheme), ()) if not said.get(LAW + name)]
    return f"add {', '.join(map(_option, asked))}" if asked else ""


def _class(scheme: ConceptScheme) -> str:
    return scheme.concept_class.rstrip("/").rsplit("/", 1)[-1]


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _evidence(given: Mapping[str, Any]) -> Evidence:
    return Evidence(address=given.get("read_at", ""), date=given.get("read_on", ""))


def _acts(at: Desk) -> str:
    """Name the list of Acts and instruments; empty where there is none."""
    schemes = at.edition.vocabulary.schemes.values()
    return next((s.name for s in schemes if _class(s) == "Legislation" and not s.subset_of), "")


def _rule(at: Desk, given: Mapping[str, Any], evidence: Evidence) -> Rule:
    same = ("provision", "heading", "version", "as_at", "applies_in", "in_force")
    return Rule(
        act=at.entry(given["act"], _acts(at)) if "act" in given else None,
        **{name: given[name] for name in same if name in given},
        is_general=given.get("general"),
        evidence=evidence,
    )
