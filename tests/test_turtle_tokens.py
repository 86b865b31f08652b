"""The tokens of a Turtle text: kinds, places, and how reading goes on after an error."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listkeeper.store.turtle import Kind, read_tokens

SINGLE = [
    ("<http://example.org/a>", Kind.IRI),
    ("<>", Kind.IRI),
    (r"<#caf\u00E9\U0001F600>", Kind.IRI),
    ("skos:Concept", Kind.NAME),
    ("skos:", Kind.NAME),
    (":", Kind.NAME),
    (":a", Kind.NAME),
    ("é-x.y:1a", Kind.NAME),
    ("p:1.2", Kind.NAME),
    ("p:a:b", Kind.NAME),
    ("p:%41b%C3%A9", Kind.NAME),
    (r"p:\,a\.\~\'", Kind.NAME),
    ("_:b1.x", Kind.BLANK),
    ("_:9", Kind.BLANK),
    ('"a"', Kind.STRING),
    ("'a'", Kind.STRING),
    ('""', Kind.STRING),
    ("''", Kind.STRING),
    ('""""""', Kind.STRING),
    (r'"\t\b\n\r\f\"\'\\"', Kind.STRING),
    (r'"\u00E9\U0010FFFF"', Kind.STRING),
    ('"#<>."', Kind.STRING),
    ('"""one\ntwo "quoted" and ""twice"" \\""" end"""', Kind.STRING),
    ("'''it's\r\n''two'''", Kind.STRING),
    ("@en", Kind.LANGUAGE),
    ("@zh-Hans-CN", Kind.LANGUAGE),
    ("@prefix", Kind.LANGUAGE),
    ("0", Kind.INTEGER),
    ("-01", Kind.INTEGER),
    ("+5", Kind.INTEGER),
    (".5", Kind.DECIMAL),
    ("-1.50", Kind.DECIMAL),
    ("1e5", Kind.DOUBLE),
    ("1.E-5", Kind.DOUBLE),
    ("+.5e+1", Kind.DOUBLE),
    ("a", Kind.WORD),
    ("true", Kind.WORD),
    ("PREFIX", Kind.WORD),
    ("# all of it . <a>", Kind.COMMENT),
    ("^^", Kind.DATATYPE),
    (".", Kind.DOT),
    (";", Kind.SEMICOLON),
    (",", Kind.COMMA),
    ("[", Kind.OPEN_NODE),
    ("]", Kind.CLOSE_NODE),
    ("(", Kind.OPEN_LIST),
    (")", Kind.CLOSE_LIST),
    ("{", Kind.FOREIGN),
    ("<<(", Kind.FOREIGN),
    ("|}", Kind.FOREIGN),
    ("--ltr", Kind.FOREIGN),
]

SEQUENCES = [
    ("<a>a<b>.", ["<a>", "a", "<b>", "."]),
    ("1. 1.5. 1.e5.", ["1", ".", "1.5", ".", "1.e5", "."]),
    ("p:a. p:b... _:c.", ["p:a", ".", "p:b", ".", ".", ".", "_:c", "."]),
    ("p:a,p:b;p:c", ["p:a", ",", "p:b", ";", "p:c"]),
    ("true.", ["true", "."]),
    ('"a"@en,"b"^^p:c', ['"a"', "@en", ",", '"b"', "^^", "p:c"]),
    ("[](())", ["[", "]", "(", "(", ")", ")"]),
    ("<a#b> # c", ["<a#b>", "# c"]),
    ("# one\r# two\r\n<a>", ["# one", "# two", "<a>"]),
    ('"""a""" """b"""', ['"""a"""', '"""b"""']),
]

PLACES = [
    ("<a> <b>", (1, 5)),
    ("\n\n  <b>", (3, 3)),
    ("# c\r\n<b>", (2, 1)),
    ("# c\r<b>", (2, 1)),
    ('"é😀" <b>', (1, 6)),
    ('"""\n\r\n\r""" <b>', (4, 5)),
    ("\ufeff<b>", (1, 1)),
    ("\t<b>", (1, 2)),
]

ERRORS = [
    (r'"bad \q escape" .', "escape", [r'"bad \q escape"', "."]),
    (r'"""bad \uD800""" .', "escape", [r'"""bad \uD800"""', "."]),
    ('"never closed .\n<a>', "not closed on its line", ['"never closed .', "<a>"]),
    ("'never closed .\n<a>", "not closed on its line", ["'never closed .", "<a>"]),
    ('"""never closed .\n<a>', "never closed", ['"""never closed .', "<a>"]),
    ("<a b> .", "not an IRI", ["<a b>", "."]),
    (r"<a\u00> .", "not an IRI", [r"<a\u00>", "."]),
    ("<a\n<b>", "not an IRI", ["<a", "<b>"]),
    ("@1 .", "language tag", ["@1", "."]),
    ("| .", "'|' is not Turtle", ["|", "."]),
    ("\u00a0<a>", r"'\xa0' is not Turtle", ["\u00a0", "<a>"]),
    (r"p:a\" <a>", "is not Turtle", ["p:a", r"\"", "<a>"]),
]

HOSTILE = [
    '"""\n' + '\\"""\n' * 30_000,
    "a." * 100_000,
    "p:a" + "." * 100_000,
    "p:%" * 60_000,
    "p:\\" * 60_000,
    '"' * 100_001,
    "'\\" * 100_000,
    '"""' + '"a' * 100_000,
    '"""' + "\\u" * 100_000,
    "<" * 100_000,
    "<a\\u" * 50_000,
    "_:a." * 50_000,
    "1." * 100_000,
    "1e" * 100_000,
    "@a-" * 60_000,
    "\n" * 200_000 + "\f",
    "\\" * 200_000,
]


@pytest.mark.parametrize(("text", "kind"), SINGLE)
def test_one_token(text: str, kind: Kind) -> None:
    """Every form of the grammar is one token, with all of its text."""
    assert [(token.kind, token.text) for token in read_tokens(text)] == [
        (kind, text),
        (Kind.END, ""),
    ]


@pytest.mark.parametrize(("text", "expected"), SEQUENCES)
def test_where_tokens_end(text: str, expected: list[str]) -> None:
    """A token is as long as the grammar lets it be; a full stop at its end is not part of it."""
    assert [token.text for token in read_tokens(text)][:-1] == expected


@pytest.mark.parametrize(("text", "place"), PLACES)
def test_places(text: str, place: tuple[int, int]) -> None:
    """Lines and columns count from 1, in characters; CRLF, LF and CR each end one line."""
    *_, last, end = read_tokens(text)
    assert (last.line, last.column) == place
    assert last.end == (end.line, end.column) == (place[0], place[1] + len(last.text))


def test_end_of_a_string_over_several_lines() -> None:
    assert next(read_tokens('  """a\nbc\n d""" ')).end == (3, 6)


def test_byte_order_mark() -> None:
    """A byte order mark is a token of its own and takes no column."""
    kinds = [token.kind for token in read_tokens("\ufeff<a>")]
    assert kinds == [Kind.BYTE_ORDER_MARK, Kind.IRI, Kind.END]


@pytest.mark.parametrize(("text", "message", "tokens"), ERRORS)
def test_errors(text: str, message: str, tokens: list[str]) -> None:
    """An error says what is wrong, and reading goes on behind its string or its line."""
    found = list(read_tokens(text))
    assert [token.text for token in found][:-1] == tokens
    (error,) = [token for token in found if token.kind is Kind.ERROR]
    assert message in error.message


@given(st.text(alphabet="ab:_@.<>\"'\\#^[]() \t\r\n%0123-+eué{|~;,\ufeff", max_size=60))
def test_every_character_belongs_to_one_token(text: str) -> None:
    """Whatever the text, the tokens are in order and leave out nothing but white space."""
    position = 0
    for token in read_tokens(text):
        assert text[position : token.offset].strip(" \t\r\n") == ""
        assert text.startswith(token.text, token.offset)
        position = token.offset + len(token.text)
    assert position == len(text)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:8])
def test_time_is_linear(text: str) -> None:
    """Reading 200,000 characters takes a fraction of a second even when made to be slow."""
    start = time.perf_counter()
    for _ in read_tokens(text):
        pass
    assert time.perf_counter() - start < 3
