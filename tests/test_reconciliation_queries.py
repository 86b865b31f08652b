"""What clients send is read or refused in one line, whatever it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listkeeper.edition import load
from listkeeper.errors import UsageError
from listkeeper.reconciliation.candidates import Finder
from listkeeper.reconciliation.entities import Entities
from listkeeper.reconciliation.extension import extend
from listkeeper.reconciliation.properties import applies, properties, require
from listkeeper.reconciliation.queries import (
    CANDIDATES,
    MOST_CANDIDATES,
    Asked,
    Condition,
    read_batch,
    read_draft_batch,
)
from listkeeper.reconciliation.reading import whole_number
from listkeeper.search.matching import matchers
from listkeeper.store.workspace import open_workspace
from sample import write_sample

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="module")
def entities(tmp_path_factory: pytest.TempPathFactory) -> Entities:
    """The entries of the sample repository."""
    edition = load(open_workspace(write_sample(tmp_path_factory.mktemp("lists"))))
    return Entities(edition=edition, language="en")


@pytest.fixture(scope="module")
def finder(entities: Entities) -> Finder:
    """Finds candidates among them."""
    return Finder(
        entities=entities,
        properties=properties(entities),
        matchers=matchers(entities.edition),
    )


READ = [
    # query of 0.2, what it asks
    ({"query": " a "}, Asked(words="a")),
    ({"query": "a", "type": "t"}, Asked(words="a", types=("t",))),
    ({"query": "a", "type": ["t", {"id": "u", "name": "U"}]}, Asked(words="a", types=("t", "u"))),
    ({"query": "a", "type": None, "limit": None}, Asked(words="a", limit=CANDIDATES)),
    ({"query": "a", "limit": 2.0}, Asked(words="a", limit=2)),
    ({"query": "a", "limit": "3"}, Asked(words="a", limit=3)),
    ({"query": "a", "limit": 10**9}, Asked(words="a", limit=MOST_CANDIDATES)),
    ({"properties": [{"pid": "p", "v": [1, 1.5, True, "x", {"id": "y"}]}]},
     Asked(conditions=(Condition(property="p", values=("1", "1.5", "true", "x", "y")),))),
]  # fmt: skip


@pytest.mark.parametrize(("query", "asked"), READ)
def test_a_query_of_0_2(query: dict[str, Any], asked: Asked) -> None:
    """Types and values come in several forms."""
    assert read_batch(json.dumps({"q": query})) == {"q": asked}


def condition(kind: str, value: object, **more: object) -> dict[str, Any]:
    return {"matchType": kind, "propertyValue": value, **more}


DRAFT_READ = [
    ([condition("name", "a")], Asked(words="a")),
    ([condition("name", ["a", "b"]), condition("name", "c")], Asked(words="a b c")),
    ([condition("id", ["x", {"id": "y"}])], Asked(identifiers=("x", "y"))),
    (
        [condition("property", "v", propertyId="p", required=True, matchQuantifier="all")],
        Asked(
            conditions=(Condition(property="p", values=("v",), required=True, quantifier="all"),)
        ),
    ),
]


@pytest.mark.parametrize(("conditions", "asked"), DRAFT_READ)
def test_a_query_of_the_draft(conditions: list[dict[str, Any]], asked: Asked) -> None:
    """Conditions on the name, the identifier and properties are told apart."""
    assert read_draft_batch(json.dumps({"queries": [{"conditions": conditions}]})) == [asked]


NUMBERS = [(1, 1), ("7", 7), (3.0, 3), (99, 10), (10**30, 10)]


@pytest.mark.parametrize(("value", "number"), NUMBERS)
def test_a_whole_number(value: object, number: int) -> None:
    """No greater than the most there may be."""
    assert whole_number(value, "limit", 10) == number


@pytest.mark.parametrize("value", [0, -1, 1.5, True, "", "x", "-1", "٣", None, [], float("inf")])
def test_no_whole_number(value: object) -> None:
    """It is named by its place."""
    with pytest.raises(UsageError, match="limit must be a positive whole number"):
        whole_number(value, "limit", 10)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.integers() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    *(
                        "q0",
                        "query",
                        "queries",
                        "type",
                        "limit",
                        "properties",
                        "pid",
                        "v",
                        "id",
                        "ids",
                    ),
                    *("conditions", "matchType", "propertyId", "propertyValue", "required"),
                    *("matchQuantifier", "settings", "content", "name", "property"),
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


def reads_or_refuses(read: Callable[[str], object], text: str) -> None:
    try:
        read(text)
    except UsageError as error:
        assert "\n" not in str(error)  # noqa: PT017 - either end will do
        assert len(str(error)) < 300  # noqa: PT017 - either end will do


@given(content=JSON)
def test_any_json(content: object) -> None:
    """It is read, or refused in one line."""
    for read in (read_batch, read_draft_batch):
        reads_or_refuses(read, json.dumps(content))
        reads_or_refuses(read, json.dumps({"q": content}))
        reads_or_refuses(read, json.dumps({"queries": [content]}))


@given(text=st.text(max_size=50))
def test_any_text(text: str) -> None:
    """Also where it is no JSON."""
    for read in (read_batch, read_draft_batch):
        reads_or_refuses(read, text)


@given(ids=JSON, column=JSON)
def test_any_extension(entities: Entities, ids: object, column: object) -> None:
    """Of an edition's entries."""
    known = properties(entities)
    for content in ({"ids": ids, "properties": [column]}, {"ids": [], "properties": column}):
        reads_or_refuses(lambda text: extend(text, entities, known), json.dumps(content))


@given(words=st.text(max_size=80), type_=st.sampled_from(["", "services", "needs"]))
def test_any_name_has_candidates_in_order(finder: Finder, words: str, type_: str) -> None:
    """Scores lie between 0 and 100 and never rise; at most one may be taken unseen."""
    asked = Asked(words=words.strip() or "x", types=(type_,) if type_ else ())
    found = finder.find(asked)
    scores = [each.score for each in found]

    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)
    assert sum(each.match for each in found) <= 1
    assert len(found) <= CANDIDATES


def test_every_property_gives_values_of_every_entry(entities: Entities) -> None:
    """None fails on an entry that lacks what it asks for."""
    known = properties(entities)
    for concept in entities.vocabulary.concepts.values():
        for each in known.values():
            list(each.values(concept))


def test_a_property_that_there_is_not(entities: Entities) -> None:
    """Some of those that there are get named."""
    with pytest.raises(UsageError, match="cost: no such property; there are code, uri, status"):
        require(properties(entities), "cost")


def test_links_of_a_subset_are_those_of_its_list(entities: Entities) -> None:
    """A link type that names the duties alone is proposed for them and for the whole list."""
    known = properties(entities)
    inverse = next(each for each in known.values() if each.of_lists[:1] == ("duties",))

    assert applies(inverse, "duties", entities.vocabulary)
    assert applies(inverse, "powers-and-duties", entities.vocabulary)
    assert not applies(inverse, "services", entities.vocabulary)
