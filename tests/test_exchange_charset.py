"""Bytes to text, and labels made tidy: every change is told."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listkeeper.errors import ContentError
from listkeeper.exchange.charset import decode, encoded_once
from listkeeper.exchange.labels import tidy

BYTES = [
    ("café".encode(), ("café", "utf-8")),
    (codecs.BOM_UTF8 + "café".encode(), ("café", "utf-8")),
    ("café \u2013 “menu”".encode("cp1252"), ("café \u2013 “menu”", "cp1252")),
    (b"caf\xe9 \x81", ("café \x81", "latin-1")),
    (codecs.BOM_UTF16_LE + "café".encode("utf-16-le"), ("café", "utf-16-le")),
    (codecs.BOM_UTF16_BE + "café".encode("utf-16-be"), ("café", "utf-16-be")),
]


@pytest.mark.parametrize(("data", "expected"), BYTES)
def test_bytes_are_read_as_what_they_are(data: bytes, expected: tuple[str, str]) -> None:
    """UTF-8 comes first, then what Windows writes, then Latin-1, which reads anything."""
    assert decode(data, "a.csv") == expected


def test_a_mark_that_lies_is_refused_at_its_line() -> None:
    data = codecs.BOM_UTF8 + b"a\ncaf\xe9"

    with pytest.raises(ContentError, match=r"a\.csv:2: begins as utf-8 and is not"):
        decode(data, "a.csv")


def test_a_file_beyond_the_limit_is_refused() -> None:
    with pytest.raises(ContentError, match=r"a\.csv: is larger than 3 bytes; split it"):
        decode(b"four", "a.csv", maximum=3)


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x24F), max_size=40))
def test_a_second_encoding_is_undone(text: str) -> None:
    """UTF-8 taken for Latin-1 comes back; where that is what was meant nothing was changed."""
    twice = text.encode().decode("latin-1")

    assert encoded_once(twice) == text or encoded_once(twice) == twice


TWICE = [
    ("Street cafÃ© licence", "Street café licence"),
    ("peopleâ€™s", "people\u2019s"),
    ("Île de Ré", "Île de Ré"),
    ("Â£5", "£5"),
    ("plain", "plain"),
]


@pytest.mark.parametrize(("text", "once"), TWICE)
def test_only_what_gives_utf8_is_taken_for_a_second_encoding(text: str, once: str) -> None:
    assert encoded_once(text) == once


LABELS = [
    # as it stands, as it is taken, kinds of oddity
    ("Fishing", "Fishing", []),
    ("Fishing ", "Fishing", ["spaces"]),
    ("Council  expenditure", "Council expenditure", ["spaces"]),
    ("Council\u00a0expenditure", "Council expenditure", ["spaces"]),
    ("Council\nexpenditure", "Council expenditure", ["spaces"]),
    ("Fish\u00ading\u200b", "Fishing", ["spaces"]),
    ("cafe\u0301", "café", []),
    ("Street cafÃ© ", "Street café", ["charset", "spaces"]),
    ("Children?s centres", "Children?s centres", ["lost-characters"]),
    ("Caf\ufffd", "Caf\ufffd", ["lost-characters"]),
    ("Who may apply?", "Who may apply?", []),
]


@pytest.mark.parametrize(("label", "text", "kinds"), LABELS)
def test_a_label_is_tidied_and_what_was_odd_is_told(
    label: str, text: str, kinds: list[str]
) -> None:
    tidied = tidy(label)

    assert tidied.text == text
    assert [kind for kind, _ in tidied.oddities] == kinds


@given(st.text(max_size=60))
def test_a_tidy_label_is_tidied_no_further(label: str) -> None:
    """Tidying twice changes nothing more, unless the text was encoded more than twice."""
    once = tidy(label).text

    assert tidy(once).text in {once, encoded_once(once)}
    assert once == " ".join(once.split())
