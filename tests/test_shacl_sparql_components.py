"""SPARQL-based constraint components."""

from __future__ import annotations

import pytest

from shacl_cases import found, validate

ASK = """
:Longest a sh:ConstraintComponent ;
    sh:parameter [ sh:path :longest ] , [ sh:path :except ; sh:optional true ] ;
    sh:validator [ a sh:SPARQLAskValidator ; sh:message "{$value} is over {$longest}" ;
        sh:ask "ASK { FILTER(STRLEN(STR($value)) <= $longest || $value = $except) }" ] .
"""
SELECT = '''
:InLanguage a :Own ; sh:parameter [ sh:path :lang ] ;
    sh:propertyValidator [ a sh:SPARQLSelectValidator ; sh:message "not {?lang}: {?value}" ;
        sh:select """SELECT DISTINCT $this ?value {
            $this $PATH ?value FILTER(lang(?value) != $lang) }""" ] ;
    sh:nodeValidator [ a sh:SPARQLSelectValidator ;
        sh:select "SELECT $this { $this ?p ?v FILTER(lang(?v) != $lang) }" ] .
:Own rdfs:subClassOf sh:ConstraintComponent .
'''
DATA = ":x :p 'a'@en, 'long'@fr, 'exempt' ."


def test_ask_validators_are_asked_of_each_value() -> None:
    """ASK is true of a value that conforms; the parameters have their values."""
    shapes = ASK + ":shape sh:targetNode :x ; sh:path :p ; :longest 3 ; :except 'exempt' ."
    (result,) = validate(shapes, DATA)
    assert str(result.value) == '"long"@fr'
    assert str(result.component) == "<urn:t:Longest>"
    assert [message.value for message in result.messages] == ["long is over 3"]


def test_optional_parameters_may_be_left_out() -> None:
    """Without it the variable is unbound: an error in an || counts as false."""
    shapes = ASK + ":shape sh:targetNode :x ; sh:path :p ; :longest 3 ."
    assert [value for _, _, value, _ in found(shapes, DATA)] == ["long", "exempt"]


def test_without_a_mandatory_parameter_there_is_no_constraint() -> None:
    """The optional parameter alone declares nothing."""
    assert found(ASK + ":shape sh:targetNode :x ; sh:path :p ; :except 'a' .", DATA) == []


def test_select_validators_know_property_shapes_from_node_shapes() -> None:
    """A property shape takes the property validator, a node shape the node validator."""
    shapes = SELECT + (
        ":one sh:targetNode :x ; sh:path :p ; :lang 'en' . :two sh:targetNode :x ; :lang 'en' ."
    )
    first, *others = validate(shapes, ":x :p 'a'@en, 'b'@fr .")
    assert [message.value for message in first.messages] == ["not en: b"]
    assert [str(result.value) for result in others] == ["<urn:t:x>"]


def test_each_value_of_a_single_parameter_is_a_constraint() -> None:
    """A component with one parameter may be used several times by a shape."""
    shapes = SELECT + ":one sh:targetNode :x ; sh:path :p ; :lang 'en', 'cy' ."
    values = [value for _, _, value, _ in found(shapes, ":x :p 'a'@en .")]
    assert values == ["a"]


def test_the_shapes_message_comes_first() -> None:
    """A shape that uses a component can say it better."""
    shapes = ASK + ":shape sh:targetNode :x ; sh:path :p ; :longest 3 ; sh:message 'Shorten it' ."
    assert {result.messages[0].value for result in validate(shapes, DATA)} == {"Shorten it"}


def test_within_other_shapes() -> None:
    """A custom constraint counts in sh:not and the like as any other."""
    shapes = ASK + ":shape sh:targetNode 'long', 'a' ; sh:not [ :longest 3 ] ."
    assert found(shapes, "") == [("a", None, "a", "Not")]


@pytest.mark.parametrize("value", [":x", "'text'@en", "_:b"])
def test_parameters_may_be_any_term(value: str) -> None:
    """An IRI, a literal or a blank node is bound as it is."""
    shapes = f"""
    :Has a sh:ConstraintComponent ; sh:parameter [ sh:path :has ] ;
        sh:validator [ sh:ask "ASK {{ FILTER(sameTerm($value, $has)) }}" ] .
    :shape sh:targetNode {value} ; :has {value} .
    """
    assert found(shapes, "") == []
