"""Formatting a Turtle text: it keeps every triple and every comment, or refuses."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listkeeper.errors import OutsideProfileError, TurtleSyntaxError
from listkeeper.graph import Literal, URINode
from listkeeper.namespaces import PREFIXES, SKOS
from listkeeper.store.turtle import Kind, fmt, read_tokens
from listkeeper.store.turtle.canonical import require_agreement

BASE = "https://lists.example.org/id/"
OURS = {**PREFIXES, "def": "https://lists.example.org/def/"}

COMMENTED = """\
# Licence of the file

# as the header says
@base <https://lists.example.org/id/> . # where we are
@prefix zz: <http://zz.example/> .
@prefix s: <http://www.w3.org/2004/02/skos/core#> .

# on the former label
<service/559#former-1> a zz:Label . # stays here

# on 559
<service/559> # beside its name
    s:notation "559" ; # on the notation
    # on the Welsh name
    s:prefLabel "Llyfrgelloedd"@cy, # Welsh
        "Libraries"@en # English
        ;
    a s:Concept, # one class
        zz:Service ; # another class
    # zz:gone 1 ;
    .
# the end
"""

COMMENTED_CANONICAL = """\
# Licence of the file
# as the header says
# where we are
@base <https://lists.example.org/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix zz: <http://zz.example/> .

# on 559
<service/559> # beside its name
    # zz:gone 1 ;
    # one class
    a skos:Concept, zz:Service ; # another class
    skos:notation "559" ; # on the notation
    skos:prefLabel "Libraries"@en, # English
        # on the Welsh name
        "Llyfrgelloedd"@cy . # Welsh

# on the former label
<service/559#former-1>
    a zz:Label . # stays here

# the end
"""

COMMENT_PLACES = [
    ("<s> <p> 1 . # c", ["<s>", "    <p> 1 . # c"]),
    ("<s> <p> 1 # c\n.", ["<s>", "    <p> 1 . # c"]),
    ("<s> <p> 1 # c\n; # d\n.", ["<s>", "    # c", "    <p> 1 . # d"]),
    ("<s> <p> 1 ;\n# c\n.", ["<s>", "    # c", "    <p> 1 ."]),
    ("<s> # c\n<p> 1 .", ["<s> # c", "    <p> 1 ."]),
    ("<s> # c\n# d\n<p> 1 .", ["<s> # c", "    # d", "    <p> 1 ."]),
    ("<s> <p> # c\n1 .", ["<s>", "    # c", "    <p> 1 ."]),
    ("<s> <q> 1 ; <p> # c\n2 .", ["<s>", "    # c", "    <p> 2 ;", "    <q> 1 ."]),
    ("<s> <q> 1 ; # c\n <p> 2 .", ["<s>", "    <p> 2 ;", "    <q> 1 . # c"]),
    ("<s> <q> 1 ;\n# c\n<p> 2 .", ["<s>", "    # c", "    <p> 2 ;", "    <q> 1 ."]),
    ("<s> <p> 2, # c\n# d\n 1 .", ["<s>", "    # d", "    <p> 1,", "        2 . # c"]),
    ("<s> <p> '1' # c\n^^<d> .", ["<s>", '    <p> "1"^^<d> . # c']),
    ("# c\n<s> <p> 1 .", ["# c", "<s>", "    <p> 1 ."]),
    ("<s> <p> 1 .\n# c\n", ["<s>", "    <p> 1 .", "", "# c"]),
    ("<s> <p> 1 .\n# c\nPREFIX p: <x:>\n", ["<s>", "    <p> 1 .", "", "# c"]),
]
"""Texts with comments, and the lines they become behind the base."""

SYNTAX_ERRORS = [
    ("<a> <b> .", "list.ttl:1:9: expected an object, found '.'"),
    ("<a> <b> 1 .\n<a> q:b 1 . <c", "list.ttl:2:5: the prefix q: is not declared"),
    ("<a> <b> 1", "list.ttl:1:10: the text ends"),
]

OUTSIDE = [
    ("<a> <b> [ <c> 1 ] .", "list.ttl:1:9: a blank node"),
    ("<a> <b> 1 .\n_:a <b> 1 .", "list.ttl:2:1: a blank node"),
    ("<a> <b> (1 2) .", "list.ttl:1:"),
    ("<g> { <a> <b> <c> }", "list.ttl:1:5: '{' belongs to named graphs"),
    ("<a> <b> <<( <c> <d> 1 )>> .", "list.ttl:1:9: '<<('"),
    ('<a> <b> "c"@en--ltr .', "list.ttl:1:15: '--ltr'"),
]

NODES = [
    *["<service/559>", "<service/559#former-1>", "<service/60>", "<>", "<#a>", "<../x>", "<a:b>"],
    *["<http://id.esd.org.uk/service/559>", r"<\u00e9>", "skos:Concept", "skos:ConceptScheme"],
    *["ex:a.b", "ex:", r"ex:a\,b", "ex:%41", "def:meetsNeed", "s:prefLabel"],
]
VERBS = ["a", "skos:prefLabel", "s:altLabel", "def:meetsNeed", "ex:p", "<p>", "<http://e/p>"]
PLAIN = ["1", "01", "-1.50", "1e5", "true", "'x'^^xsd:integer", "'1'^^xsd:integer", '"y"^^<k>']
TAGS = ["", "@en", "@cy", "@EN-gb", "@zh-Hant-TW", "^^xsd:date"]
GAPS = [" ", " ", "\n", "\t", "\r\n", "\n\n", "# trailing\n", " # other\r\n", "\n# own\n", "#\n"]
DIRECTIVES = [
    *["@base <https://lists.example.org/id/> .", "PREFIX ex: <http://ex.example/>"],
    *["@prefix skos: <http://www.w3.org/2004/02/skos/core#> .", "@prefix un: <urn:used> ."],
    *["@prefix s: <http://www.w3.org/2004/02/skos/core#> .", "# header\n"],
    *["@prefix def: <https://lists.example.org/def/> .", "@prefix dct: <http://other/> ."],
]
NEEDED = (
    "PREFIX ex: <http://ex.example/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>"
    f"PREFIX def: <https://lists.example.org/def/> PREFIX skos: <{SKOS}> PREFIX s: <{SKOS}>"
)


@st.composite
def strings(draw: st.DrawFn) -> str:
    """Spell a text in one of the four kinds of string."""
    quote = draw(st.sampled_from(['"', "'", '"""', "'''"]))
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=8))
    for character in ("\\", quote[0]):
        text = text.replace(character, f"\\{character}")
    if len(quote) == 1:
        text = text.replace("\n", "\\n").replace("\r", "\\r")
    return f"{quote}{text}{quote}{draw(st.sampled_from(TAGS))}"


@st.composite
def blocks(draw: st.DrawFn) -> list[str]:
    """Spell the statements of a subject, as tokens."""
    objects = st.one_of(st.sampled_from(NODES), st.sampled_from(PLAIN), strings())
    tokens = [draw(st.sampled_from(NODES))]
    for verb in draw(st.lists(st.sampled_from(VERBS), min_size=1, max_size=4)):
        for term in draw(st.lists(objects, min_size=1, max_size=3)):
            tokens += [verb if tokens[-1] != "," else "", term, ","]
        tokens[-1] = ";"
    return [*tokens[: None if draw(st.booleans()) else -1], "."]


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Spell a text of the profile, with comments anywhere that white space may stand."""
    tokens = [*draw(st.lists(st.sampled_from(DIRECTIVES), max_size=4)), NEEDED]
    for block in draw(st.lists(blocks(), max_size=4)):
        tokens += block
    gaps = draw(st.lists(st.sampled_from(GAPS), min_size=len(tokens), max_size=len(tokens)))
    return "".join(token + gap for token, gap in zip(tokens, gaps, strict=True))


def said(text: str, base: str) -> set[str]:
    quads = ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=base)
    return {str(quad) for quad in quads}


def comments(text: str) -> Counter[str]:
    found = (token for token in read_tokens(text) if token.kind is Kind.COMMENT)
    return Counter(token.text.rstrip() for token in found)


@settings(deadline=None)
@given(text=texts(), base=st.sampled_from([BASE, "https://lists.example.org/other/x"]))
def test_laws(text: str, base: str) -> None:
    """Formatting keeps every triple and every comment; formatting again changes nothing."""
    formatted = fmt(text, base=base, prefixes=OURS)
    assert said(formatted, base) == said(text, base)
    assert comments(formatted) == comments(text)
    assert fmt(formatted, base=base, prefixes=OURS) == formatted
    assert "\r" not in formatted


@settings(deadline=None)
@given(st.lists(st.sampled_from(["<x:s> <x:p> 1 .", "PREFIX p: <y:>", "# c\n", "# d\n", "\n"])))
def test_comments_without_directives(pieces: list[str]) -> None:
    """The laws hold where no directive is left to tell a header from what stands above a block."""
    text = " ".join(pieces)
    formatted = fmt(text, base="", prefixes={})
    assert comments(formatted) == comments(text)
    assert fmt(formatted, base="", prefixes={}) == formatted


def test_comments_move_with_their_statements() -> None:
    """A comment goes where the statement goes that it stands above or beside."""
    assert fmt(COMMENTED, base=BASE, prefixes=OURS) == COMMENTED_CANONICAL


@pytest.mark.parametrize(("text", "expected"), COMMENT_PLACES)
def test_where_a_comment_belongs(text: str, expected: list[str]) -> None:
    """Above what follows it, beside what it follows; at a block's end, the last statement."""
    assert fmt(text, base=BASE, prefixes={}).splitlines()[2:] == expected


def test_comments_between_directives() -> None:
    """What stands before, between and beside the directives heads the text."""
    directives = f"# a\nPREFIX p: <x:> # b\n# c\n@base <{BASE}> .\n"
    text = f"{directives}# d\n<s> <p> 1 .\nPREFIX q: <x:> # e"
    assert fmt(text, base=BASE, prefixes={}).splitlines()[:7] == [
        *["# a", "# b", "# c", "# e", f"@base <{BASE}> .", "", "# d"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        COMMENTED.replace("\n", "\r\n"),
        f"\ufeff{COMMENTED}",
        COMMENTED.rstrip("\n"),
        COMMENTED.replace("    ", "\t"),
    ],
    ids=["crlf", "byte order mark", "no final line end", "tabs"],
)
def test_how_a_text_is_laid_out_does_not_matter(text: str) -> None:
    assert fmt(text, base=BASE, prefixes=OURS) == COMMENTED_CANONICAL


def test_line_ends_within_texts_are_kept() -> None:
    """A carriage return that is part of a text is no matter of layout."""
    assert '"a\\r\\nb"' in fmt("<s> <p> '''a\r\nb''' .", base=BASE, prefixes=OURS)


def test_prefixes() -> None:
    """Ours come first, under our names; what only the file declares follows by name, if used."""
    text = """
        @prefix z: <http://z/> . @prefix b: <http://b/> . @prefix dct: <http://not.ours/> .
        @prefix concepts: <http://www.w3.org/2004/02/skos/core#> . @prefix un: <http://unused/> .
        <s> concepts:note z:a, b:c, dct:d .
    """
    formatted = fmt(text, base=BASE, prefixes=OURS)
    assert [line.split()[1] for line in formatted.splitlines() if "@prefix" in line] == [
        "skos:",
        "b:",
        "z:",
    ]
    assert "        <http://not.ours/d>,\n" in formatted


def test_a_base_of_the_text_is_replaced_by_that_of_the_lists() -> None:
    text = "@base <http://other/> . <s> <p> <https://lists.example.org/id/o> ."
    expected = f"@base <{BASE}> .\n\n<http://other/s>\n    <http://other/p> <o> .\n"
    assert fmt(text, base=BASE, prefixes=OURS) == expected


@pytest.mark.parametrize(("text", "message"), SYNTAX_ERRORS)
def test_syntax_errors(text: str, message: str) -> None:
    """A text that is not Turtle is refused, with its first problem and where it stands."""
    with pytest.raises(TurtleSyntaxError) as caught:
        fmt(text, base=BASE, prefixes=OURS, path="list.ttl")
    assert str(caught.value).startswith(message)


def test_readings_that_differ() -> None:
    """Where two readings of a text differ, formatting refuses rather than picks one."""
    triple = (URINode("urn:s"), URINode("urn:p"), Literal("o"))
    require_agreement({triple}, {triple}, "list.ttl")
    with pytest.raises(TurtleSyntaxError, match=r'list\.ttl: two readings .* <urn:s> <urn:p> "o"'):
        require_agreement({triple}, set(), "list.ttl")


@pytest.mark.parametrize(("text", "message"), OUTSIDE)
def test_outside_the_profile(text: str, message: str) -> None:
    """What canonical Turtle would not keep is refused where it stands, with what to do."""
    with pytest.raises(OutsideProfileError) as caught:
        fmt(text, base=BASE, prefixes=OURS, path="list.ttl")
    assert str(caught.value).startswith(message)
