"""Codes offered in place of one that is not held."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listkeeper.model import Concept, ConceptScheme, Vocabulary
from listkeeper.search.near import near_codes
from listkeeper.uris import URI


def service(notation: str) -> Concept:
    """Make a concept of the list of services with this code."""
    return concept("service", notation)


def concept(segment: str, notation: str) -> Concept:
    address = f"{segment}/{notation}"
    return Concept(
        uri=URI(f"urn:{address}"), list_name=f"{segment}s", notation=notation, address=address
    )


def held(*concepts: Concept) -> Vocabulary:
    """Hold these concepts in the lists of services and needs."""
    schemes = [
        ConceptScheme(uri=URI("urn:s"), name="services", segment="service", other_names=("lgsl",)),
        ConceptScheme(uri=URI("urn:n"), name="needs", segment="need"),
    ]
    return Vocabulary(
        catalogue=None,
        schemes={scheme.name: scheme for scheme in schemes},
        concepts={concept.uri: concept for concept in concepts},
        collections={},
        uses=(),
        link_types=(),
    )


def codes(found: tuple[Concept, ...]) -> list[str]:
    return [concept.notation for concept in found]


CASES = [
    # what is held, what was asked for, what is offered first
    (("559", "900"), "595", "559"),
    (("559", "900"), "5559", "559"),
    (("559", "900"), "59", "559"),
    (("559", "900"), "0559", "559"),
    (("559", "900"), "558", "559"),
    (("559", "900"), "559 ", "559"),
    (("559", "900"), "899", "900"),
    (("559", "5591", "549", "595"), "595", "595"),
    (("559", "598", "569"), "589", "598"),
    (("589", "5592"), "559", "5592"),
    (("Current", "Retired"), "current", "Current"),
    (("10", "2"), "1", "10"),
    (("current", "retired"), "curent", "current"),
    (("A1", "a1"), "a1", "A1"),
    (("200001", "200002", "9"), "200003", "200001"),
]


@pytest.mark.parametrize(("notations", "asked", "first"), CASES)
def test_the_likeliest_comes_first(notations: tuple[str, ...], asked: str, first: str) -> None:
    """A swap comes before a sign too few or too many, that before a wrong one, then numbers."""
    assert codes(near_codes(held(*map(service, notations)), asked))[0] == first


def test_neighbours_by_number_fill_up() -> None:
    """Where no slip explains the code, those next to it by number are offered, nearest first."""
    vocabulary = held(*map(service, ("10", "20", "30", "40", "1000")))

    assert codes(near_codes(vocabulary, "777", limit=2)) == ["1000", "40"]


@pytest.mark.parametrize("asked", ["", "  ", "x" * 41, "\u0664\u0662", "no-such-code", "20/"])
def test_nothing_is_offered_for_what_is_like_no_code(asked: str) -> None:
    """An empty, a long or a foreign text finds nothing rather than anything."""
    assert near_codes(held(service("10"), service("20")), asked) == ()


@pytest.mark.parametrize("name", ["service", "services", "lgsl"])
def test_a_list_told_by_any_of_its_names_is_looked_at_alone(name: str) -> None:
    """Its segment in addresses, its name and its other names all mean it."""
    vocabulary = held(concept("need", "69"), service("68"))

    assert codes(near_codes(vocabulary, f"{name}/69")) == ["68"]


def test_without_a_list_all_are_looked_at() -> None:
    """A code that two lists have gives the entries of both."""
    found = near_codes(held(concept("need", "69"), service("69")), "96")

    assert {found.address for found in found} == {"need/69", "service/69"}


def test_an_unknown_list_has_no_codes() -> None:
    """A path that names no list gets no guess from another list."""
    assert near_codes(held(service("69")), "tax/69") == ()


@given(st.text(), st.sets(st.text(alphabet="0123456789abAB.", min_size=1), max_size=8))
def test_any_text_gives_held_concepts_once_within_the_limit(asked: str, held_: set[str]) -> None:
    """Whatever is asked, what is offered is held, told once and not more than wanted."""
    vocabulary = held(*map(service, held_))
    found = near_codes(vocabulary, asked, limit=3)

    assert len(found) <= 3
    assert len({concept.uri for concept in found}) == len(found)
    assert all(vocabulary.concepts[concept.uri] is concept for concept in found)


@given(st.text(alphabet="0123456789", min_size=2, max_size=6), st.integers(0, 5))
def test_a_code_with_one_sign_left_out_is_found(code: str, place: int) -> None:
    """Leaving out one sign still finds the code."""
    place %= len(code)
    asked = code[:place] + code[place + 1 :]

    assert codes(near_codes(held(service(code)), asked)) == [code]
