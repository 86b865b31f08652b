"""Which representation a request gets: RFC 9110 section 12.5.1 as a table of cases and laws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from listkeeper.publish.representations import REPRESENTATIONS, Representation, offers
from listkeeper.publish.resources import ResourceKind
from listkeeper.web.negotiation import negotiate, read_accept

if TYPE_CHECKING:
    from random import Random

CHROME = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,"
    "*/*;q=0.8,application/signed-exchange;v=b3;q=0.7"
)
FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
RDFLIB = (
    "application/rdf+xml;q=0.9, application/xhtml+xml;q=0.6, text/turtle, "
    "application/ld+json;q=0.95, */*;q=0.1"
)
JENA = "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,*/*;q=0.3"
OLD_JAVA = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"
AXIOS = "application/json, text/plain, */*"

CONCEPT_CASES = [
    # what a client says, and the format of a concept it gets
    (None, "html"),
    ("", "html"),
    ("   ", "html"),
    (",,,", "html"),
    ("*/*", "html"),
    ("text/*", "html"),
    ("application/*", "json-ld"),
    ("text/turtle", "turtle"),
    ("application/ld+json", "json-ld"),
    ("application/rdf+xml", "rdf-xml"),
    ("application/n-triples", "n-triples"),
    ("application/json", "json"),
    ("text/csv", "csv"),
    ("image/png", None),
    ("application/pdf, image/*", None),
    # clients as they are
    (CHROME, "html"),
    (FIREFOX, "html"),
    (RDFLIB, "turtle"),
    (JENA, "turtle"),
    (OLD_JAVA, "html"),
    (AXIOS, "json"),
    # weights
    ("text/csv;q=0.5, text/turtle; q=0.4", "csv"),
    ("text/turtle;q=0.4, text/csv;q=0.5", "csv"),
    ("text/turtle;q=0.123, text/csv;q=0.124", "csv"),
    ("text/turtle;q=1, text/csv;q=1.000", "turtle"),
    ("text/turtle;q=0.0, text/csv;q=0.001", "csv"),
    ("text/turtle;q=1., text/csv;q=0.", "turtle"),
    ("text/turtle;q=.2, text/csv;q=.1", "turtle"),
    ("text/html;q=0, */*", "turtle"),
    ("text/html;q=0, text/turtle;q=0, */*", "json-ld"),
    ("*/*;q=0", None),
    ("*/*;q=0, text/csv", "csv"),
    ("text/*;q=0, */*;q=0.5", "json-ld"),
    ("text/turtle;q=0", None),
    # the most specific range decides, wherever it stands
    ("text/*;q=0.3, text/turtle", "turtle"),
    ("text/html;q=0.1, text/*;q=0.5, */*;q=0.4", "turtle"),
    ("*/*, text/html;q=0.2", "turtle"),
    ("text/turtle;q=0.1, text/turtle;charset=utf-8;q=0.9, text/csv;q=0.5", "turtle"),
    ("text/csv;header=present;q=0.2, text/csv, text/turtle;q=0.5", "turtle"),
    # equal weights: what was named, then our order
    ("text/turtle, */*", "turtle"),
    ("text/csv, text/html", "html"),
    ("text/*, application/rdf+xml", "rdf-xml"),
    ("text/turtle, text/csv, application/json", "turtle"),
    # parameters
    ("text/turtle;charset=utf-8", "turtle"),
    ("text/turtle; charset=UTF-8", "turtle"),
    ('text/turtle; charset="utf-8"', "turtle"),
    ("application/json; charset=utf-8", "json"),
    ("text/turtle;charset=iso-8859-1", None),
    ("text/turtle;charset=iso-8859-1, */*;q=0.1", "html"),
    ("text/csv;header=present", "csv"),
    ("text/csv;header=absent", None),
    ("text/html;level=1", None),
    ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "json-ld"),
    ('application/ld+json;profile="https://a.example/x,y;q=0";q=0.9, text/csv;q=0.8', "json-ld"),
    ('text/turtle;a="x, text/csv;q=1", application/json;q=0.1', "json"),
    (r'text/turtle;a="\", text/csv", application/json;q=0.1', "json"),
    # case and white space
    ("TEXT/Turtle", "turtle"),
    ("text/turtle;Q=0.1, text/csv;q=0.2", "csv"),
    ("text/turtle ; q=0.1 ,\ttext/csv\t;\tq=0.2", "csv"),
    ("text/csv;", "csv"),
    ("text/csv;;q=0.5, text/turtle;q=0.4", "csv"),
    # what follows the weight is no part of the range
    ("text/turtle;q=0.9;level=1, text/csv;q=0.5", "turtle"),
    ("text/turtle;q=0.1;q=0.9, text/csv;q=0.5", "csv"),
    # members that are not of the grammar are skipped; with none left nothing was said
    ("nonsense", "html"),
    ("text/", "html"),
    ("/turtle, text/csv", "csv"),
    ("*/turtle, text/csv", "csv"),
    ("*, text/csv", "csv"),
    ("text/turtle;q=2, text/csv;q=0.1", "csv"),
    ("text/turtle;q=1.001, text/csv;q=0.1", "csv"),
    ("text/turtle;q=-1, text/csv;q=0.1", "csv"),
    ("text/turtle;q=0.1234, text/csv;q=0.1", "csv"),
    ("text/turtle;q=high, text/csv;q=0.1", "csv"),
    ("text/turtle;q=, text/csv;q=0.1", "csv"),
    ("text/turtle;q=1 x, text/csv;q=0.1", "csv"),
    ("text/turtle;=1, text/csv;q=0.1", "csv"),
    ("text/turtle text/csv, application/json", "json"),
    ("text/tur\x00tle", "html"),
    ("t\u00e9xt/turtle", "html"),
    ('text/turtle;a="unclosed', "html"),
    # formats that only their own URLs give
    ("text/tab-separated-values", None),
]

SERVER_ONLY: frozenset[str | None] = frozenset(
    {
        # weights beyond tenths; exclusion and low weights of what a wildcard lets in
        "text/turtle;q=0.123, text/csv;q=0.124",
        "text/html;q=0, */*",
        "text/html;q=0, text/turtle;q=0, */*",
        "text/*;q=0, */*;q=0.5",
        "text/html;q=0.1, text/*;q=0.5, */*;q=0.4",
        "*/*, text/html;q=0.2",
        "text/csv;header=present;q=0.2, text/csv, text/turtle;q=0.5",
        # headers that no client sends: they are answered 406, or as if the member were not there
        ",,,",
        "nonsense",
        "text/",
        "text/csv;",
        "text/csv;;q=0.5, text/turtle;q=0.4",
        "text/turtle ; q=0.1 ,\ttext/csv\t;\tq=0.2",
        "text/turtle;q=0.1234, text/csv;q=0.1",
        "text/tur\x00tle",
        "t\xe9xt/turtle",
        'text/turtle;a="unclosed',
    }
)
"""Cases that file hosts do not do as the server does; they do all the others."""

LIST_CASES = [
    (None, "html"),
    ("text/csv", "csv"),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    ("application/csvm+json", None),
    ("text/tab-separated-values", None),
]


@dataclass(frozen=True)
class Sent:
    """An offer of the tests' own."""

    content_type: str


def negotiable(kind: ResourceKind) -> list[Representation]:
    return [row for row in offers(kind) if row.negotiable]


@pytest.mark.parametrize(("accept", "expected"), CONCEPT_CASES)
def test_negotiate_concept(accept: str | None, expected: str | None) -> None:
    """The client's preference wins; our order breaks ties; an impossible request gets nothing."""
    chosen = negotiate(accept, negotiable(ResourceKind.CONCEPT))

    assert (chosen.name if chosen else None) == expected


@pytest.mark.parametrize(("accept", "expected"), LIST_CASES)
def test_negotiate_list(accept: str | None, expected: str | None) -> None:
    """A list is also had as a spreadsheet."""
    chosen = negotiate(accept, negotiable(ResourceKind.LIST))

    assert (chosen.name if chosen else None) == expected


@pytest.mark.parametrize("row", REPRESENTATIONS, ids=lambda row: row.name)
def test_every_format_is_had_by_its_own_content_type(row: Sent) -> None:
    """What the table says a format's type is, an ``Accept`` with just that finds."""
    assert negotiate(row.content_type, [Sent("image/png"), row]) is row


TYPES = ("text/html", "text/turtle", "application/json", "text/csv; charset=utf-8; header=present")
OFFERS = [Sent(content_type) for content_type in TYPES]
weights = st.integers(min_value=0, max_value=1000)
names = st.sampled_from([*TYPES, "text/*", "application/*", "*/*", "image/png", "TEXT/HTML"])
members = st.tuples(names, weights)


def write(pairs: list[tuple[str, int]]) -> str:
    return ", ".join(f"{name};q={weight // 1000}.{weight % 1000:03}" for name, weight in pairs)


def possible(pairs: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Weights over one are not of the grammar."""
    return [(name, min(weight, 1000)) for name, weight in pairs]


@given(st.text())
def test_any_text_is_read_and_gives_one_of_the_offers(accept: str) -> None:
    """No header makes it raise, and what it gives was offered."""
    assert negotiate(accept, OFFERS) in {*OFFERS, None}


@given(st.text(alphabet='abt/*;=,q01." \\\t'))
def test_any_text_of_the_grammars_signs_is_read(accept: str) -> None:
    """As above, where the texts come close to the grammar."""
    assert negotiate(accept, OFFERS) in {*OFFERS, None}


@given(st.lists(members, max_size=6), st.sampled_from(TYPES), weights, weights)
def test_raising_the_weight_of_the_chosen_never_makes_it_lose(
    pairs: list[tuple[str, int]], name: str, weight: int, more: int
) -> None:
    """A format that was chosen is still chosen when the client likes it better."""
    others = [(other, q) for other, q in possible(pairs) if other != name]
    low, high = sorted((weight, more))
    chosen = negotiate(write([*others, (name, low)]), OFFERS)
    assume(chosen is not None and chosen.content_type == name)

    assert negotiate(write([*others, (name, high)]), OFFERS) == chosen


@given(st.lists(members, min_size=1, max_size=6), st.randoms())
def test_the_order_of_members_says_nothing(pairs: list[tuple[str, int]], random: Random) -> None:
    """Preference is told by weights alone."""
    shuffled = list(pairs)
    random.shuffle(shuffled)

    assert negotiate(write(shuffled), OFFERS) == negotiate(write(pairs), OFFERS)


@given(st.lists(st.sampled_from(TYPES), min_size=1, max_size=4))
def test_what_is_excluded_is_never_given(excluded: list[str]) -> None:
    """``q=0`` on a type keeps it out, whatever else is allowed."""
    chosen = negotiate(write([("*/*", 1000), *((name, 0) for name in excluded)]), OFFERS)

    assert chosen is None or chosen.content_type not in excluded


def test_a_long_header_is_read_in_time_that_grows_with_its_length() -> None:
    """Texts made to cost much: unclosed quotes, separators, parameters without end."""
    for hostile in ('"' * 60_000, ";" * 60_000, "," * 60_000, "a/b;" + "c=d;" * 15_000):
        read_accept(hostile)
        read_accept(f"text/html;a={hostile}")
