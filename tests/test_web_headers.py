"""Headers: validators, references that smuggle nothing, redirects that stay here."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listkeeper.web.headers import encode, entity_tag, location, matches, reference, without_body

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
def test_matches(if_none_match: str, expected: bool) -> None:  # noqa: FBT001 - a column of the table
    """Lists, weak tags and the star are understood; what is no tag names none."""
    assert matches(if_none_match, '"a"') is expected


@given(st.text())
def test_any_text_is_compared(if_none_match: str) -> None:
    """No header makes the comparison raise."""
    assert matches(if_none_match, '"a"') in {True, False}


@given(st.binary(), st.binary())
def test_tags_tell_bodies_apart(one: bytes, other: bytes) -> None:
    """The same bytes have the same tag, different ones another, and each names itself."""
    assert (entity_tag(one) == entity_tag(other)) == (one == other)
    assert matches(entity_tag(one), entity_tag(one))
    assert not entity_tag(one).startswith("W/")


def test_a_304_says_nothing_of_the_body() -> None:
    """Type, length and links stay away; what caches need is repeated."""
    kept = without_body(
        encode({"Content-Type": "a/b", "Content-Length": "1", "Link": "x", "ETag": '"a"'})
    )

    assert kept == ((b"etag", b'"a"'),)


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
