"""The table of SHACL Core's constraint components."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from listkeeper.shacl import cardinality, logic, other, pairs, ranges, shapes_based, strings, values
from listkeeper.shacl.terms import sh

if TYPE_CHECKING:
    from collections.abc import Callable

    from listkeeper.shacl.constraints import Bind, Declared


class Component(NamedTuple):
    """One constraint component: its parameter, its name, how it is compiled."""

    parameter: str
    name: str
    compile: Callable[[Declared], Bind]
    single: bool = False
    """Whether a shape may give the parameter once only."""
    on_property: bool = False
    """Whether only a property shape may have it."""


COMPONENTS: Final = (
    Component("class", "Class", values.instance_of),
    Component("datatype", "Datatype", values.datatype, single=True),
    Component("nodeKind", "NodeKind", values.node_kind, single=True),
    Component("minCount", "MinCount", cardinality.min_count, single=True, on_property=True),
    Component("maxCount", "MaxCount", cardinality.max_count, single=True, on_property=True),
    Component("minExclusive", "MinExclusive", ranges.min_exclusive, single=True),
    Component("minInclusive", "MinInclusive", ranges.min_inclusive, single=True),
    Component("maxExclusive", "MaxExclusive", ranges.max_exclusive, single=True),
    Component("maxInclusive", "MaxInclusive", ranges.max_inclusive, single=True),
    Component("minLength", "MinLength", strings.min_length, single=True),
    Component("maxLength", "MaxLength", strings.max_length, single=True),
    Component("pattern", "Pattern", strings.pattern),
    Component("languageIn", "LanguageIn", strings.language_in, single=True),
    Component("uniqueLang", "UniqueLang", strings.unique_lang, single=True, on_property=True),
    Component("equals", "Equals", pairs.equals),
    Component("disjoint", "Disjoint", pairs.disjoint),
    Component("lessThan", "LessThan", pairs.less_than, on_property=True),
    Component("lessThanOrEquals", "LessThanOrEquals", pairs.less_than_or_equals, on_property=True),
    Component("not", "Not", logic.negated),
    Component("and", "And", logic.conjunction),
    Component("or", "Or", logic.disjunction),
    Component("xone", "Xone", logic.exclusive),
    Component("node", "Node", shapes_based.node),
    Component("property", "Property", shapes_based.prop),
    Component(
        "qualifiedMinCount", "QualifiedMinCount", shapes_based.qualified_min_count, single=True
    ),
    Component(
        "qualifiedMaxCount", "QualifiedMaxCount", shapes_based.qualified_max_count, single=True
    ),
    Component("closed", "Closed", other.closed, single=True),
    Component("hasValue", "HasValue", other.has_value),
    Component("in", "In", other.one_of, single=True),
)

PARAMETERS: Final = frozenset(component.parameter for component in COMPONENTS)

_WITH = "qualifiedValueShape qualifiedValueShapesDisjoint flags ignoredProperties"
_SHAPES = (
    "targetNode targetClass targetSubjectsOf targetObjectsOf deactivated severity message path"
    " inversePath alternativePath zeroOrMorePath oneOrMorePath zeroOrOnePath"
)
_ABOUT = (
    "name description order group defaultValue shapesGraph suggestedShapesGraph entailment"
    " labelTemplate"
)
_SPARQL = (
    "sparql select ask prefixes declare prefix namespace"
    " parameter optional validator nodeValidator propertyValidator"
)
_REPORT = (
    "conforms result focusNode resultPath value resultSeverity resultMessage sourceShape detail"
    " sourceConstraint sourceConstraintComponent shapesGraphWellFormed"
)
KNOWN: Final = frozenset(
    sh(name)
    for name in (
        *PARAMETERS,
        *f"{_WITH} {_SHAPES} {_ABOUT} {_SPARQL} {_REPORT}".split(),
    )
)
"""Every property of SHACL 1.0 (Core and SHACL-SPARQL); any other is refused by name."""
