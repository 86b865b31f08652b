"""SHACL Core, component by component: what is found, and what is not."""

from __future__ import annotations

import pytest

from shacl_cases import found, validate

VALUE_CASES = [
    # the constraint on :p, the values of :p, the offending ones
    ("sh:class :C", ":c, :sub, :none, 'text'", ["none", "text"]),
    ("sh:class :C, :Other", ":c", ["c"]),
    ("sh:datatype xsd:integer", "1, '1', 1.0, 'x'^^xsd:integer", ["1", "1.0", "x"]),
    ("sh:datatype rdf:langString", "'a'@en, 'b'", ["b"]),
    ("sh:datatype :own", "'a'^^:own, 'b'", ["b"]),
    ("sh:nodeKind sh:IRI", ":c, 'text', []", ["text", "[]"]),
    ("sh:nodeKind sh:BlankNode", ":c, 'text', []", ["c", "text"]),
    ("sh:nodeKind sh:Literal", ":c, 'text', []", ["c", "[]"]),
    ("sh:nodeKind sh:BlankNodeOrIRI", ":c, 'text', []", ["text"]),
    ("sh:nodeKind sh:BlankNodeOrLiteral", ":c, 'text', []", ["c"]),
    ("sh:nodeKind sh:IRIOrLiteral", ":c, 'text', []", ["[]"]),
    ("sh:minInclusive 2", "1, 2, 2.5, 'x', :c", ["1", "x", "c"]),
    ("sh:minExclusive 2", "1, 2.0, 2.5", ["1", "2.0"]),
    ("sh:maxInclusive 2", "1, 2e0, 2.5, 'NaN'^^xsd:double", ["2.5", "NaN"]),
    ("sh:maxExclusive 2", "1, 2, 3", ["2", "3"]),
    ("sh:minLength 3", "'ab', 'abc', 'é€𝄞', []", ["ab", "[]"]),
    ("sh:minLength 0", "'', []", ["[]"]),
    ("sh:maxLength 7", "'eight888', 'seven77', :c, []", ["eight888", "[]"]),
    ("sh:pattern '^a.c$'", "'abc', 'xabc', 'abc\\n', []", ["xabc", "abc\n", "[]"]),
    ("sh:pattern '^ABC$' ; sh:flags 'i'", "'abc', 'abd'", ["abd"]),
    ("sh:pattern 't:c$'", ":c, :d", ["d"]),
    ("sh:languageIn ( 'en' 'cy' )", "'a'@en-GB, 'b'@EN, 'c'@fr, 'd', 'e'@eng", ["c", "d", "e"]),
    ("sh:in ( 1 'a' :c )", "1, 01, 'a', 'a'@en, :c", ["01", "a"]),
    ("sh:not [ sh:class :C ]", ":c, :none", ["c"]),
    ("sh:and ( [ sh:minLength 2 ] [ sh:maxLength 3 ] )", "'a', 'ab', 'abcd'", ["a", "abcd"]),
    ("sh:or ( [ sh:minLength 4 ] [ sh:maxLength 1 ] )", "'a', 'ab', 'abcd'", ["ab"]),
    ("sh:xone ( [ sh:minLength 2 ] [ sh:maxLength 3 ] )", "'a', 'ab', 'abcd'", ["ab"]),
    ("sh:node [ sh:nodeKind sh:IRI ]", ":c, 'a'", ["a"]),
    ("sh:equals :q", ":c, 'a'", ["a", "only in q"]),
    ("sh:disjoint :q", ":c, 'a'", ["c"]),
]
FURTHER = ":c a :C . :sub a :Sub . :Sub rdfs:subClassOf :Mid . :Mid rdfs:subClassOf :C ."


@pytest.mark.parametrize(("constraint", "values", "offending"), VALUE_CASES)
def test_each_offending_value_is_a_result(
    constraint: str, values: str, offending: list[str]
) -> None:
    """A value constraint reports the values that break it, and no other, in their order."""
    shapes = f":shape sh:targetNode :x ; sh:path :p ; {constraint} ."
    data = f":x :p {values} ; :q :c, 'only in q' . {FURTHER}"
    assert [value for _, _, value, _ in found(shapes, data)] == offending


COUNT_CASES = [
    ("sh:minCount 3", "1, 2", "MinCount"),
    ("sh:minCount 2", "1, 2", None),
    ("sh:minCount 2", "1, 1", "MinCount"),
    ("sh:maxCount 1", "1, 2", "MaxCount"),
    ("sh:maxCount 2", "1, 2", None),
    ("sh:hasValue 1", "1, 2", None),
    ("sh:hasValue 1", "01, 2", "HasValue"),
    ("sh:uniqueLang true", "'a'@en, 'b'@EN", "UniqueLang"),
    ("sh:uniqueLang true", "'a'@en, 'b'@cy, 'c', 'd'", None),
    ("sh:uniqueLang '1'^^xsd:boolean", "'a'@en, 'b'@en", None),
    ("sh:qualifiedMinCount 2 ; sh:qualifiedValueShape [ sh:minLength 2 ]", "'a', 'bb'",
     "QualifiedMinCount"),
    ("sh:qualifiedMinCount 1 ; sh:qualifiedValueShape [ sh:minLength 2 ]", "'a', 'bb'", None),
    ("sh:qualifiedMaxCount 0 ; sh:qualifiedValueShape [ sh:minLength 2 ]", "'a', 'bb'",
     "QualifiedMaxCount"),
]  # fmt: skip


@pytest.mark.parametrize(("constraint", "values", "component"), COUNT_CASES)
def test_constraints_on_all_values_give_one_result_without_a_value(
    constraint: str, values: str, component: str | None
) -> None:
    """What is asked of the values together is reported once, for the focus node and path."""
    shapes = f":shape sh:targetNode :x ; sh:path :p ; {constraint} ."
    expected = [] if component is None else [("x", "p", None, component)]
    assert found(shapes, f":x :p {values} .") == expected


PAIR_CASES = [
    ("lessThan", "1, 2", "2, 3", [("2", "2")]),
    ("lessThan", "1", "'a'", [("1", "a")]),
    ("lessThanOrEquals", "2, 3", "2", [("3", "2")]),
    ("lessThan", ":c", "1", [("c", "1")]),
    ("lessThan", "1", "", []),
]


@pytest.mark.parametrize(("name", "values", "others", "wrong"), PAIR_CASES)
def test_order_is_asked_of_each_pair(
    name: str, values: str, others: str, wrong: list[tuple[str, str]]
) -> None:
    """sh:lessThan gives a result for each pair that is not in order or has none."""
    shapes = f":shape sh:targetNode :x ; sh:path :p ; sh:{name} :q ."
    data = f":x :p {values} ." + (f" :x :q {others} ." if others else "")
    results = validate(shapes, data)
    pairs = [result.messages[0].value for result in results]
    assert len(pairs) == len(wrong)
    assert all(a in text and b in text for text, (a, b) in zip(pairs, wrong, strict=True))


def test_closed_shapes_allow_their_properties_and_those_ignored() -> None:
    """sh:closed reports each other triple with its own predicate as path."""
    shapes = """
    :shape sh:targetNode :x ; sh:closed true ; sh:ignoredProperties ( rdf:type ) ;
        sh:property [ sh:path :p ] , [ sh:path [ sh:inversePath :r ] ] .
    """
    data = ":x a :C ; :p 1 ; :q 2, 3 ; :r 4 ."
    assert found(shapes, data) == [
        ("x", "q", "2", "Closed"),
        ("x", "q", "3", "Closed"),
        ("x", "r", "4", "Closed"),
    ]


def test_open_shapes_say_nothing_of_other_properties() -> None:
    """sh:closed false is no constraint."""
    assert found(":shape sh:targetNode :x ; sh:closed false .", ":x :q 1 .") == []


def test_disjoint_siblings_do_not_count() -> None:
    """With qualifiedValueShapesDisjoint a value that a sibling also takes is not counted."""
    shapes = """
    :hand sh:targetNode :x ; sh:property :thumb, :fingers .
    :thumb sh:path :digit ; sh:qualifiedValueShape :Thumb ; sh:qualifiedMinCount 1 ;
        sh:qualifiedValueShapesDisjoint true .
    :fingers sh:path :digit ; sh:qualifiedValueShape :Finger ; sh:qualifiedMinCount 1 ;
        sh:qualifiedValueShapesDisjoint true .
    :Thumb sh:class :T . :Finger sh:class :F .
    """
    both = ":x :digit :a, :b . :a a :T . :b a :F ."
    assert found(shapes, both) == []
    assert found(shapes, both + ":a a :F .") == [("x", "digit", None, "QualifiedMinCount")]


def test_nested_property_shapes_report_for_themselves() -> None:
    """Results of sh:property have the nested shape, its path, and the value as focus node."""
    shapes = """
    :shape sh:targetNode :x ; sh:property :outer .
    :outer sh:path :p ; sh:property :inner .
    :inner sh:path :q ; sh:minCount 1 ; sh:severity sh:Warning .
    """
    (result,) = validate(shapes, ":x :p :y, :z . :y :q 1 .")
    assert str(result.focus_node) == "<urn:t:z>"
    assert str(result.source_shape) == "<urn:t:inner>"
    assert result.severity.value.endswith("Warning")


def test_a_shape_reached_twice_reports_twice() -> None:
    """Nothing is merged: each way to a shape gives its own results."""
    shapes = """
    :shape sh:targetNode :x ; sh:property :one, :two .
    :one sh:path :p ; sh:property :shared . :two sh:path :q ; sh:property :shared .
    :shared sh:path :r ; sh:class :C .
    """
    assert found(shapes, ":x :p :y ; :q :y . :y :r :z .") == [("y", "r", "z", "Class")] * 2


@pytest.mark.parametrize("where", [":shape", ":nested"])
def test_deactivated_shapes_conform(where: str) -> None:
    """A deactivated shape gives no result, targeted or nested, and is never looked into."""
    shapes = f"""
    :shape sh:targetNode :x ; sh:property :nested . {where} sh:deactivated true .
    :nested sh:path :p ; sh:minCount 1 .
    """
    assert found(shapes, "") == []


def test_severity_is_the_shapes_own() -> None:
    """Any IRI may be a severity; a violation is the default."""
    shapes = """
    :a sh:targetNode :x ; sh:class :C ; sh:severity :Grave .
    :b sh:targetNode :x ; sh:class :C .
    """
    assert [str(r.severity) for r in validate(shapes, "")] == [
        "<urn:t:Grave>",
        "<http://www.w3.org/ns/shacl#Violation>",
    ]
