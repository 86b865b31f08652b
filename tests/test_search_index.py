"""Searching: what comes first, what is left out, and that nothing typed does harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listkeeper.errors import UsageError
from listkeeper.search.filters import Filters
from listkeeper.search.found import found
from listkeeper.search.index import LONGEST, SearchIndex, search_index
from searched import searched, service

if TYPE_CHECKING:
    from listkeeper.search.index import Hit

FOUND = [
    # what is typed, what comes first, by what it was found
    ("855", "service/855", "code"),
    ("esdServiceType:855", "service/855", "code"),
    ("http://id.esd.org.uk/service/855", "service/855", "code"),
    ("street FURNITURE", "service/559", "label"),
    ("refuse: household waste", "service/524", "former name"),
    ("benches", "service/559", "other name"),
    ("casglu sbwriel ty", "service/524", "draft label"),
    ("emptying", "service/524", "text"),
    ("street clean", "service/580", "former name"),
    ("light", "service/564", "label"),
    ("lights", "service/564", "label"),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    """An index of a few services."""
    return search_index(searched(tmp_path_factory.mktemp("search")))


def addresses(hits: tuple[Hit, ...]) -> list[str]:
    return [hit.concept.address for hit in hits]


@pytest.mark.parametrize(("words", "address", "by"), FOUND)
def test_what_is_typed_finds_what_is_meant(
    words: str, address: str, by: str, index: SearchIndex
) -> None:
    """Codes, names of each kind in any case and without accents, and words of the text."""
    first = index.search(words).hits[0]

    assert (first.concept.address, first.kind.words) == (address, by)


def test_names_come_in_their_order(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Exact label, former name, other name, then text."""
    more = {
        "services/1.ttl": service(1, "Rats", 'skos:definition "Vermin in gardens."@en ;'),
        "services/2.ttl": service(2, "Mice", 'skos:altLabel "vermin"@en ;'),
        "services/3.ttl": service(3, "Pests")
        + "<service/3> skosxl:hiddenLabel <service/3#former-1> . <service/3#former-1> "
        'a skosxl:Label ; skosxl:literalForm "Vermin"@en .',
        "services/4.ttl": service(4, "Vermin"),
    }
    index = search_index(searched(tmp_path_factory.mktemp("order"), more))

    assert addresses(index.search("vermin").hits) == [
        *("service/4", "service/3", "service/2", "service/1"),
    ]


def test_a_retired_entry_comes_last_with_its_replacement(index: SearchIndex) -> None:
    """Its name is the very word that was typed, and another one only begins so."""
    answer = found(index, "dustbins")

    assert [entry.code for entry in answer.entries][-1] == "600"
    assert answer.entries[-1].status == "retired"
    assert [r.code for r in answer.entries[-1].replaced_by] == ["524"]
    assert len(answer.entries) > 1


def test_the_code_of_a_retired_entry_leads_to_it(index: SearchIndex) -> None:
    """Who types a code wants that entry, whatever became of it."""
    assert addresses(index.search("600").hits)[0] == "service/600"


def test_a_former_name_is_said_as_such(index: SearchIndex) -> None:
    """The reader sees why an entry of another name is shown."""
    assert found(index, "refuse household waste").entries[0].said == (
        "was called Refuse - household waste"
    )


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("85", "service/855"),
        ("street fu", "service/559"),
        ("furn", "service/559"),
        ("HOUSE", "service/530"),
        ("occupation", "service/716"),
        ("furniture street", "service/559"),
        ("sbwriel tŷ", "service/524"),
    ],
)
def test_beginnings_are_suggested(typed: str, first: str, index: SearchIndex) -> None:
    """The beginning of a code, of a name, or of any word in it; also in another order."""
    assert addresses(index.suggest(typed))[0] == first


def test_a_suggestion_comes_once(index: SearchIndex) -> None:
    """An entry with several names that begin alike is one suggestion."""
    given_ = addresses(index.suggest("dust", limit=50))

    assert len(given_) == len(set(given_))


FILTERED = [
    (Filters(list_name="functions"), ["function/9"]),
    (Filters(list_name="LGSL", status="current"), ["service/524", "service/530"]),
    (Filters(linked={"function": "9"}), ["service/524"]),
    (Filters(linked={"function": "1"}), ["service/524"]),
]


@pytest.mark.parametrize(("filters", "expected"), FILTERED)
def test_filters_narrow(filters: Filters, expected: list[str], index: SearchIndex) -> None:
    """By list, by status, by what is linked to: the entry itself or one above it."""
    assert sorted(addresses(index.search("waste", filters).hits)) == expected
    assert set(addresses(index.suggest("wast", filters, limit=50))) <= set(expected)


@pytest.mark.parametrize(
    "filters", [Filters(list_name="nolist"), Filters(linked={"function": "777"})]
)
def test_a_filter_for_what_there_is_not_is_refused(filters: Filters, index: SearchIndex) -> None:
    """Rather than to find nothing without a reason."""
    with pytest.raises(UsageError, match="no such"):
        index.search("waste", filters)


def test_a_part_can_be_asked_for(index: SearchIndex) -> None:
    """Parts join to the whole, and the total says how many there are."""
    whole = index.search("waste", limit=100)
    parts = [index.search("waste", limit=1, offset=n).hits for n in range(whole.total)]

    assert addresses(whole.hits) == [address for part in parts for address in addresses(part)]


HOSTILE = [
    *('"', "'", "*", "NEAR(a b, 5)", "a AND", "OR OR", "NOT", "label:waste", "marks : s0"),
    *("-waste", "^waste", "waste*", '"waste" OR "street"', "(((((", "{label} : x", "a\x00b"),
    *("; DROP TABLE entries", "' OR 1=1 --", "%", "_", "\\", "\ud800", "\U0010ffff", "🗑" * 300),
    *("a " * 5000, "waste " * 5000, "x" * 1_000_000, "\n\t\r", "0" * 400, "." * 300, "a:b/c" * 99),
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_only_words(words: str, index: SearchIndex) -> None:
    """Nothing of a query language is understood, and length costs nothing."""
    assert index.search(words).total <= len(index.concepts)
    assert len(index.suggest(words)) <= 10


@given(words=st.text(max_size=60))
def test_any_text_is_answered(words: str, index: SearchIndex) -> None:
    """A search never fails, and finds at most what there is."""
    assert 0 <= index.search(words).total <= len(index.concepts)
    assert len(index.suggest(words, limit=3)) <= 3
    assert len(index.by_words(words, limit=3)) <= 3


def test_words_beyond_the_longest_are_not_looked_at(index: SearchIndex) -> None:
    """A code after 200 signs is none."""
    assert index.search("waste " + " " * LONGEST + "xyzzy").total > 0
