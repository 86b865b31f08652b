"""The table of rules: every rule in Python, each a row; rules in SHACL lie under ``shapes/``.

Codes are stable and in groups of ten or twenty by subject. Shapes have codes from LK200 on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.validate import (
    addresses,
    continuity,
    editorial,
    files,
    hierarchy,
    integrity,
    labels,
    law,
    layout,
    lifecycle,
    likeness,
    limits,
    link_types,
    links,
    names,
    paths,
    profile,
    silences,
    terms,
    texts,
    vocabularies,
)
from listkeeper.validate.report import Severity
from listkeeper.validate.rule import Rule
from listkeeper.validate.shape_rules import SAFETY, UNCODED, read_shapes, shape_rules

if TYPE_CHECKING:
    from pathlib import Path

RULES: Final[tuple[Rule, ...]] = (
    *files.RULES,
    *layout.RULES,
    *integrity.RULES,
    *terms.RULES,
    *links.RULES,
    *link_types.RULES,
    *names.RULES,
    *lifecycle.RULES,
    *profile.RULES,
    *law.RULES,
    *labels.RULES,
    *texts.RULES,
    *limits.RULES,
    *editorial.RULES,
    *hierarchy.RULES,
    *likeness.RULES,
    *vocabularies.RULES,
    *addresses.RULES,
    *paths.RULES,
    *silences.RULES,
    *SAFETY,
    *continuity.RULES,
)
"""Every rule in Python."""

LOAD_RULES: Final = tuple(rule for rule in RULES if rule.load)
"""What has to hold before the lists can be served: syntax, names, links to what exists."""

OWN_SHAPE: Final = Rule(
    UNCODED,
    "shape-without-code",
    Severity.ERROR,
    "does not have what a shape without a code of its own asks for",
    "See the shape's message; give the shape a dct:identifier and an rdfs:comment.",
    "docs/check.md#shapes",
    shape=True,
)


def every_rule(shapes_folder: Path, base: str) -> tuple[Rule, ...]:
    """Return the whole table in the order of the codes: rules in Python, shapes, any SKOS.

    Args:
        shapes_folder: where the shapes lie.
        base: the base URI of the lists.

    Raises:
        ContentError: when the shapes can not be read.
    """
    # only what explains the rules has a use for those of other vocabularies
    from listkeeper.validate.foreign.rules import SKOS_RULES  # noqa: PLC0415 - see above

    shaped = shape_rules(read_shapes(shapes_folder, base)).values()
    every = (*RULES, OWN_SHAPE, *shaped, *SKOS_RULES)
    return tuple(sorted(every, key=lambda rule: rule.code))
