"""Headers: validators, references that smuggle nothing, redirects that stay here."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listkeeper.web.headers import (
    encode,
    entity_tag,
    http_date,
    location,
    matching,
    read_date,
    reference,
    without_body,
)

MATCHES = [
    # If-None-Match, whether it names "a" (RFC 9110 section 8.8.3.2 compares weakly)
    ('"a"', True),
    ('W/"a"', True),
    ('"b", "a"', True),
    ('"b",W/"a" , "c"', True),
    ("*", True),
    (" * ", True),
    ('"b"', False),
    ('"A"', False),
    ('"ab"', False),
    ("a", False),
    ('"a', False),
    ("", False),
    ('w/"b"', False),
    ('"b,*"', False),
]


@pytest.mark.parametrize(("if_none_match", "expected"), MATCHES)
def test_matching(if_none_match: str, expected: bool) -> None:  # noqa: FBT001 - a column of the table
    """Lists, weak tags and the star are understood; what is no tag names none."""
    assert matching(if_none_match, ['"a"']) == ('"a"' if expected else "")


CODED = [
    # If-None-Match, which of the tags "a", "a-gz" and "a-br" it is answered with
    ('"a-gz"', '"a-gz"'),
    ('"b", W/"a-br"', '"a-br"'),
    ('"a-br", "a"', '"a"'),
    ("*", '"a"'),
    ('"a-zz"', ""),
    ('"a-gz', ""),
]


@pytest.mark.parametrize(("if_none_match", "expected"), CODED)
def test_a_tag_of_another_coding_matches(if_none_match: str, expected: str) -> None:
    """Who has the bytes in any coding has them; the tag it has is said again."""
    assert matching(if_none_match, ['"a"', '"a-gz"', '"a-br"']) == expected


@given(st.text())
def test_any_text_is_compared(if_none_match: str) -> None:
    """No header makes the comparison raise."""
    assert matching(if_none_match, ['"a"']) in {'"a"', ""}


@given(st.binary(), st.binary())
def test_tags_tell_bodies_apart(one: bytes, other: bytes) -> None:
    """The same bytes have the same tag, different ones another, and each names itself."""
    assert (entity_tag(one) == entity_tag(other)) == (one == other)
    assert matching(entity_tag(one), [entity_tag(one)])
    assert not entity_tag(one).startswith("W/")


def test_a_304_says_nothing_of_the_body() -> None:
    """Type, length and links stay away; what caches need is repeated."""
    kept = without_body(
        encode({"Content-Type": "a/b", "Content-Length": "1", "Link": "x", "Vary": "Accept"}),
        '"a"',
    )

    assert kept == ((b"vary", b"Accept"), (b"etag", b'"a"'))


DATES = [
    # a date as a header gives it, seconds since 1970
    ("Sun, 06 Nov 1994 08:49:37 GMT", 784111777),
    ("Sunday, 06-Nov-94 08:49:37 GMT", 784111777),
    ("Sun Nov  6 08:49:37 1994", 784111777),
    ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
]


@pytest.mark.parametrize(("text", "moment"), DATES)
def test_dates_are_read_in_the_three_forms(text: str, moment: int) -> None:
    """As RFC 9110 section 5.6.7 has them."""
    assert read_date(text) == moment


@given(st.integers(1, 4_000_000_000))
def test_a_date_is_read_as_written(moment: int) -> None:
    """What we write we understand."""
    assert read_date(http_date(moment)) == moment


@given(
    st.one_of(
        st.text(), st.from_regex(r"[A-Z][a-z]{2}, \d{1,3} [A-Z][a-z]{2} \d{1,12} [0-9:]{5,9}")
    )
)
def test_no_date_breaks_anything(text: str) -> None:
    """What is no date is before every other."""
    assert read_date(text) < float("inf")


def test_empty_headers_are_left_out() -> None:
    """A header without a value is not sent."""
    assert encode({"Link": "", "Vary": "Accept"}) == ((b"vary", b"Accept"),)


@given(st.text())
def test_a_reference_breaks_out_of_nothing(iri: str) -> None:
    """Whatever an IRI holds, its header value is printable ASCII without brackets or quotes."""
    written = reference(iri.replace("\ud800", ""))

    assert written.isascii()
    assert not set(written) & set('<>" \r\n\0\\')


@given(
    st.one_of(st.text(), st.text(alphabet="/\\.:e")),
    st.sampled_from(["", "/lists", "/a/b/", "//evil.example"]),
)
def test_a_location_never_leads_to_another_host(address: str, root_path: str) -> None:
    """No address and no folder makes a redirect lead elsewhere, whoever reads it."""
    made = location(root_path, address)
    split = urlsplit(made)

    assert (split.scheme, split.netloc) == ("", "")
    assert made.startswith("/")
    assert not made.startswith(("//", "/\\"))
    assert made.isascii()
    assert not set(made) & set("\r\n\0\\ ")


def test_a_location_keeps_the_folder_it_is_served_in() -> None:
    """Under a proxy's folder a redirect stays in it."""
    assert location("/lists", "def.html", "meetsNeed") == "/lists/def.html#meetsNeed"
