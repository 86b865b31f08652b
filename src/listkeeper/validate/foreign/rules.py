"""The table of rules for any SKOS: those of SKOS and of texts we have, and some of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from listkeeper.validate.foreign import labelling, resources, structure
from listkeeper.validate.report import Severity
from listkeeper.validate.rule import Rule
from listkeeper.validate.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Callable

    from listkeeper.validate.foreign.scope import ForeignScope
    from listkeeper.validate.rule import Breaches, Check

DOCS: Final = "docs/check.md#others"
REFERENCE: Final = "https://www.w3.org/TR/skos-reference/"
ERROR, WARNING, INFO = Severity


def _rule(  # noqa: PLR0913, PLR0917 - a row of the table below
    number: int,
    name: str,
    severity: Severity,
    summary: str,
    remedy: str,
    check: Callable[[ForeignScope], Breaches] | None,
    specification: str = DOCS,
) -> Rule:
    """Make a row; its check is only ever given the scope it asks for."""
    return Rule(
        f"LK{number}", name, severity, summary, remedy, specification, cast("Check | None", check)
    )


OVER_LIMIT: Final = _rule(
    400,
    "over-limit",
    ERROR,
    "A file can be read and checked within a minute and two gigabytes.",
    "Split the file, or shorten what is too long in it.",
    None,
)

SKOS_RULES: Final = (
    OVER_LIMIT,
    _rule(401, "no-concept", WARNING, "A vocabulary holds concepts.",
          "Give each concept the type skos:Concept.", resources.no_concept),
    _rule(402, "untitled-scheme", WARNING, "A concept scheme has a title.",
          "Add a skos:prefLabel or dct:title.", labelling.no_title),
    _rule(403, "undocumented", INFO, "A concept has a definition or a note.",
          "Add a skos:definition.", labelling.undocumented),
    _rule(404, "label-no-text", ERROR, "A label is plain text (S12).",
          "Write it in quotes, with its language and without a type.", labelling.label_no_text,
          f"{REFERENCE}#labels"),
    _rule(405, "uneven-languages", INFO, "Concepts have labels in the same languages.",
          "Add the labels that are missing.", labelling.language_coverage),
    _rule(406, "literal-forms", ERROR, "A SKOS-XL label has exactly one literal form (S52).",
          "Keep one skosxl:literalForm.", labelling.literal_forms, f"{REFERENCE}#xl-Label"),
    _rule(407, "in-no-scheme", WARNING, "A concept is in a concept scheme.",
          "Add skos:inScheme.", structure.in_no_scheme),
    _rule(408, "one-sided", INFO, "Relations are written on both sides, or all on one.",
          "Add the other side; software that does not infer misses it.", structure.one_sided),
    _rule(409, "text-for-resource", ERROR, "Relations lead to resources, not to texts.",
          "Write the address between < and >.", resources.text_for_resource,
          f"{REFERENCE}#semantic-relations"),
    _rule(410, "wrong-kind", ERROR,
          "What is used as a concept is no scheme, and what is used as a scheme no concept (S9).",
          "Correct the target.", resources.wrong_kind, f"{REFERENCE}#schemes"),
    _rule(411, "undescribed", WARNING, "What a vocabulary points to within itself is described.",
          "Correct the address, describe what it names, or remove the line.",
          resources.undescribed),
    _rule(412, "untyped-concept", WARNING, "What is used as a concept says that it is one.",
          "Add the type skos:Concept.", resources.untyped),
    _rule(413, "no-web-address", WARNING, "A concept has a web address of its own.",
          "Give it one that starts with http or https; state a base for relative ones.",
          resources.not_of_the_web, "https://www.w3.org/TR/cooluris/"),
    _rule(414, "unusual-address", WARNING, "An address begins with a usual scheme.",
          "Declare the prefix, or correct the address.", resources.odd_address),
    _rule(415, "odd-value", WARNING, "A value has the form that its type asks for.",
          "Correct the value or its type.", resources.odd_value,
          "https://www.w3.org/TR/rdf11-concepts/#xsd-datatypes"),
    _rule(416, "odd-type", WARNING, "The type of a value is an address of the web.",
          "Correct the prefix it is written with.", resources.odd_type,
          "https://www.w3.org/TR/rdf11-concepts/#section-Datatypes"),
)  # fmt: skip
"""Rules for vocabularies of others alone; the numbers from LK400 on are theirs."""

_OWN: Final = {rule.code: rule for rule in RULES}
_SHARED: Final = {
    **dict.fromkeys(("LK020", "LK021", "LK022", "LK023", "LK024", "LK025", "LK031"), ERROR),
    **dict.fromkeys(("LK026", "LK110", "LK111", "LK112", "LK113", "LK114", "LK122"), WARNING),
    **dict.fromkeys(("LK151", "LK154", "LK155", "LK158", "LK161", "LK162", "LK163"), WARNING),
    **dict.fromkeys(("LK109", "LK152", "LK153", "LK156", "LK157", "LK159", "LK160"), INFO),
    **dict.fromkeys(("LK164", "LK165", "LK166"), WARNING),
}
"""Rules of our own lists that are asked of others too, and how much they matter there."""

BAD_SYNTAX: Final = _OWN["LK001"]._replace(
    summary="A file is in the syntax that its ending or --input-format tells.", specification=DOCS
)
UNREADABLE: Final = _OWN["LK003"]._replace(
    remedy="Name a readable file in place of it.", specification=DOCS
)

FOREIGN_RULES: Final = (
    *(_OWN[code]._replace(severity=severity) for code, severity in _SHARED.items()),
    _OWN["LK120"]._replace(check=cast("Check", resources.harmful_address)),
    *SKOS_RULES,
)
"""Every rule that is asked of a vocabulary of others."""
