"""The statements of a Turtle text: terms as pyoxigraph reads them, places, every problem."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listkeeper.graph import Literal, URINode
from listkeeper.namespaces import RDF
from listkeeper.store.turtle import Statements, locate, read_statements
from listkeeper.store.turtle.terms import MisreadError, resolve

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from listkeeper.graph import Term, Triple

BASE = "http://a/b/c/d;p?q"

RFC_3986 = [
    *[("g:h", "g:h"), ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g")],
    *[("g/", "http://a/b/c/g/"), ("/g", "http://a/g"), ("//g", "http://g")],
    *[("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"), ("#s", "http://a/b/c/d;p?q#s")],
    *[("g#s", "http://a/b/c/g#s"), ("g?y#s", "http://a/b/c/g?y#s"), (";x", "http://a/b/c/;x")],
    *[("g;x", "http://a/b/c/g;x"), ("g;x?y#s", "http://a/b/c/g;x?y#s"), ("", BASE)],
    *[(".", "http://a/b/c/"), ("./", "http://a/b/c/"), ("..", "http://a/b/")],
    *[("../", "http://a/b/"), ("../g", "http://a/b/g"), ("../..", "http://a/")],
    *[("../../", "http://a/"), ("../../g", "http://a/g")],
    *[("../../../g", "http://a/g"), ("../../../../g", "http://a/g"), ("/./g", "http://a/g")],
    *[("/../g", "http://a/g"), ("g.", "http://a/b/c/g."), (".g", "http://a/b/c/.g")],
    *[("./../g", "http://a/b/g"), ("./g/.", "http://a/b/c/g/"), ("g/./h", "http://a/b/c/g/h")],
    *[("g/../h", "http://a/b/c/h"), ("g;x=1/../y", "http://a/b/c/y")],
    *[("g?y/../x", "http://a/b/c/g?y/../x"), ("g#s/../x", "http://a/b/c/g#s/../x")],
    ("http:g", "http:g"),
]
"""The examples of RFC 3986, sections 5.4.1 and 5.4.2."""

PIECES = [
    *["<x:s>", "<a>", "<#b>", "<>", "<../c?d#e>", r"<http://e/\u00e9>", "<a b>", "<1:2>", "::"],
    *["p:", "p:x", "p:1.2", "p:a.", "p:%41", r"p:\,", "p:a:b", "q:x", ":y", "é", "p:é", "a.b:c"],
    *["_:b", "_:b.c", "_", "a", "true", "false", "TRUE", '"x"', r'"x\n"', r'"\q"', "'y'", '""'],
    *['"""l"l\n"""', "'''m'''", '"""', '"""a""""', r'"\u00e9"', r'"\uD800"', '"\0"', "@en-GB"],
    *["@x", "@en-", "@prefix", "@base", "PREFIX", "prefix", "bAsE", "^^", "^^p:d", "^^<x:d>"],
    *["1", "-1.5", "1e5", ".5", "1.", "+.5e1", "1.e", "1.2.3", "-", "+", "\\", "%", "&"],
    *[".", ".", ",", ";", "[", "]", "(", ")", "# c\n", "\n", "\t", "\r\n", "\r", "\u00b7"],
    *["@prefix p: <x:> .", "PREFIX p: <y:>", "@base <z/> .", "@prefix : <#> ."],
    *["<x:s> a <x:o> .", '<x:s> <x:p> "x", 1 ; a p:x .', "[ a p:x ]", '(1 "a"@en-GB _:b)'],
]
"""What texts are put together from, to compare our reading with the parser of record."""

AGREED = [
    "<x:s> <x:p> (), [], (()), ([]), [ <x:p> () ], ((1 2) 3), (1 (2 (3))) .",
    "() <x:p> 1 . (1) <x:p> 1 . [] <x:p> 1 . [ <x:p> 1 ] . [ <x:p> 1 ; ] <x:q> 2 .",
    "<x:s> <x:p> 1 ;; <x:q> 2 ; ; . <x:t> a <x:o>, <x:o>.",
    "<x:s> <x:p> 1, 1.5, 1.e5, .5, -1, +1.0, true, false, 1.",
    "PREFIX p: <a/> BASE <b/> p:x p: <c> . @prefix p: <d> . p:x p:y <c> .@base <e/> .<c> a p:x.",
    "_:a <x:p> _:b, _:a.b, [ <x:p> _:a ] . # _:c",
    "<x:s> <x:p> 'a'@EN-gb, 'b'^^<d>, '''c\r\n''', '\\u00e9', '\\\\', \"\"\"\"d\"\"\" .",
]

PROBLEMS = [
    ("<a> <b> zz:c .", 1, 9, "zz: is not declared (declared: p:, q:)"),
    ("<a> <b> <c d> .", 1, 9, "not an IRI"),
    ("<a> <b> <http://x:y/> .", 1, 9, "not an IRI here (Invalid character 'y')"),
    (r"<a> <b> p:\#x\#y .", 1, 9, "stands for no IRI"),
    ('<a> <b> "c"@toolongatag .', 1, 12, "not a language tag"),
    (f'<a> <b> "c"^^<{RDF}langString> .', 1, 14, "needs a language tag"),
    ('<a> <b> "c"^^d .', 1, 14, "the IRI of a datatype, found 'd'; a name needs a prefix"),
    ("<a> <b> c .", 1, 9, "an object, found 'c'; a name needs a prefix"),
    ("<a> b <c> .", 1, 5, "a predicate, found 'b'; a name needs a prefix"),
    ("a <b> <c> .", 1, 1, "a subject"),
    ("<a> _:b <c> .", 1, 5, "a predicate, found '_:b'"),
    ('"a" <b> <c> .', 1, 1, "a subject"),
    ("<a> <b> <c>\n<d> <e> <f> .", 1, 12, "'.' is missing here: a statement about something"),
    ("<a> <b> <c> <d> <e> <f> .", 1, 13, "',' before another object"),
    ("<a> <b> <c> # so\n\n<d> a <f> .", 1, 12, "'.' is missing here"),
    ("<a> <b> 'c'@en\n  <d> 'e' ; <f> 1 .", 1, 15, "';' is missing here: another predicate"),
    ("<a> <b> <c>\n  <d> <e> ; <f> 1 .", 1, 12, "';' is missing here"),
    ("<a> <b> <c>\n  a <e> .", 1, 12, "';' is missing here"),
    ("<a> <b> 'c'\n  'd' .", 1, 12, "',' is missing here: another object follows on line 3"),
    ("<a> <b> <c>\n  <d> .", 1, 12, "',' is missing here"),
    ("@prefix r: <c>\n@prefix t: <d> .\nr:a t:b 1 .", 1, 15, "'.' is missing here"),
    ("<a> <b> 1\n@prefix t: <d> .\nt:a t:b 1 .", 1, 10, "'.' is missing here"),
    ("<a> <b> 1\nPREFIX t: <d>\nt:a t:b 1 .", 1, 10, "'.' is missing here"),
    ("<a> zz:b 1 . zz:a <b> 1 . <c> <d> zz:e, zz:f .", 1, 5, "zz: is not declared"),
    ("<a> <b> <c>\n", 1, 12, "the text ends where ','"),
    ("<a> <b> <c>, .", 1, 14, "an object, found '.'"),
    ("<a> <b> .", 1, 9, "an object, found '.'"),
    ("<a> <b> <c>", 1, 12, "the text ends where ','"),
    ("<a> <b> (1", 1, 11, "an item of the list or ')'"),
    ("<a> <b> [ <c> 1 .", 1, 17, "column 9 is still open"),
    ("<a> <b> 1 ] .", 1, 11, "closes no '['"),
    ("<a> <b> [ ; ] .", 1, 11, "a predicate or ']'"),
    ("[ <b> 1 ] ; <c> 2 .", 1, 11, "a predicate or '.'"),
    ("[] .", 1, 4, "a predicate"),
    ("(1) .", 1, 5, "a predicate"),
    ("@prefix p <c> .", 1, 9, "a prefix and its colon"),
    ("@prefix p:x <c> .", 1, 9, "ends with its colon"),
    ("@prefix p: <c>", 1, 15, "'.' at the end of @prefix"),
    ("@base p:c .", 1, 7, "an IRI in <>"),
    ("@PREFIX p: <c> .", 1, 1, "a subject, a prefix or a base"),
    ("<g> { <a> <b> <c> }", 1, 5, "'{' belongs to named graphs"),
    ('<a> <b> "c"@en--ltr .', 1, 15, "'--ltr' belongs to"),
]

SEVERAL = """@prefix p: <http://p/> .
<a> <b> q:c .
<d> p:e "one .
<f> p:g "two ; p:h
"three .
<i> p:j 1 .
<k> p:l %, p:m | .
<n> p:o 2 .
"""

PLACED = """@base <http://a/> .
<s> <p> '''one
''' , "two"@en ;
    <q> ( 1 ) , [ <r> <o> ] .
<t> a <o> .
<s> <p> <o> .
"""


def unlabelled(triples: Iterable[tuple[object, ...]]) -> Counter[tuple[object, ...]]:
    """Make triples comparable: which blank node is which does not matter here."""
    return Counter(
        tuple("_" if isinstance(term, ox.BlankNode) else term for term in triple)
        for triple in triples
    )


def parsed(text: str, base: str | None = None) -> list[tuple[object, ...]]:
    quads = ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=base)
    return [(quad.subject, quad.predicate, quad.object) for quad in quads]


def triples(read: Statements) -> list[Triple]:
    return [found.triple for found in read.statements]


@pytest.mark.parametrize(("reference", "expected"), RFC_3986)
def test_resolve(reference: str, expected: str) -> None:
    """References resolve as the examples of RFC 3986 say."""
    assert resolve(reference, BASE) == URINode(expected)


def test_resolve_without_a_base() -> None:
    """A relative reference stands for nothing where there is no base, and the message says so."""
    with pytest.raises(MisreadError, match="give the file a @base"):
        resolve("g", "")


@settings(max_examples=600, deadline=None)
@given(
    pieces=st.lists(st.sampled_from(PIECES), max_size=9),
    start=st.sampled_from(["", "<x:s> <x:p> ", "@prefix p: <http://p/> . <x:s> <x:p> "]),
    gap=st.sampled_from(["", " "]),
)
def test_reading_agrees_with_the_parser_of_record(pieces: list[str], start: str, gap: str) -> None:
    """Terms equal pyoxigraph's, and a text it refuses has a problem."""
    text = f"{start}{gap.join(pieces)} ."
    read = read_statements(text, base=BASE)
    try:
        expected = parsed(text, BASE)
    except SyntaxError:
        assert read.problems
    else:
        assert not read.problems
        assert unlabelled(triples(read)) == unlabelled(expected)


@pytest.mark.parametrize("text", AGREED)
def test_terms(text: str) -> None:
    """Every construct means what the parser of record says it means."""
    read = read_statements(text, base=BASE)
    assert not read.problems
    assert unlabelled(triples(read)) == unlabelled(parsed(text, BASE))


@pytest.mark.parametrize(("text", "line", "column", "message"), PROBLEMS)
def test_problems(text: str, line: int, column: int, message: str) -> None:
    """A problem says where it stands, what is wrong and what is known."""
    declarations = "PREFIX p: <http://p/> PREFIX q: <http://q/>\n"
    (problem,) = read_statements(declarations + text, base=BASE).problems
    assert (problem.line - 1, problem.column) == (line, column)
    assert message in problem.message


def test_byte_order_mark() -> None:
    """A byte order mark is a problem, and nothing is lost by it."""
    read = read_statements("\ufeff<x:a> <x:b> <x:c> .")
    assert [(problem.line, problem.column) for problem in read.problems] == [(1, 1)]
    assert [found.subject.start for found in read.statements] == [(1, 1)]


def test_several_problems() -> None:
    """Each broken line is told once, and the sound sentences between them are read."""
    read = read_statements(SEVERAL, base="http://a/")
    assert [problem.line for problem in read.problems] == [2, 3, 4, 5, 7]
    assert URINode("http://a/n") in {found.subject.term for found in read.statements}


TWO_FAULTS = [
    ("<a> <b> <c>\n<d> <e> <f> <g> .\n<h> <i> 1 .", [(1, 12), (2, 13)]),
    ("<a> <b> <c>\n  <d> 'e' ; f 1 .\n<g> <h> 1 .", [(1, 12), (2, 13)]),
    ("@prefix p: <c>\n@prefix q: <d> .\np:a q:b r:c .", [(1, 15), (3, 9)]),
    ("p:a <b> 1 .\nq:a p:b 1 .\n", [(1, 1), (2, 1)]),
]
"""A forgotten mark or an unknown prefix, and another fault behind it."""


@pytest.mark.parametrize(("text", "places"), TWO_FAULTS)
def test_a_forgotten_mark_hides_nothing(text: str, places: list[tuple[int, int]]) -> None:
    """One forgotten mark is one problem, and what is wrong behind it is another."""
    problems = read_statements(text, base=BASE).problems

    assert places == [(problem.line, problem.column) for problem in problems]


def test_problems_of_sister_languages_are_told_apart() -> None:
    read = read_statements("<x:g> { <x:a> <x:b> 1 } . <x:a> <x:b> q:c .")
    assert [problem.is_foreign for problem in read.problems] == [True, False]


def test_declarations() -> None:
    """Prefixes and the base hold from where they stand, in either form."""
    read = read_statements("@base <http://a/b/> . PREFIX p: <#> <c> p:d p:e. @prefix p: <x:> .")
    assert triples(read) == [
        (URINode("http://a/b/c"), URINode("http://a/b/#d"), URINode("http://a/b/#e"))
    ]
    assert dict(read.prefixes) == {"p": "x:"}
    assert read.base == "http://a/b/"


def test_language_tags_compare_as_the_parser_of_record_has_them() -> None:
    (statement,) = read_statements('<x:s> <x:p> "colour"@en-GB .').statements
    assert statement.object.term == Literal("colour", language="en-gb")


def test_comments() -> None:
    """Comments come with their places, and say whether anything stands before them."""
    read = read_statements("# one\n<x:s> <x:p> # two \t\n  # three\n 1 .\n#")
    assert [(c.text, c.line, c.column, c.is_trailing) for c in read.comments] == [
        ("# one", 1, 1, False),
        ("# two", 2, 13, True),
        ("# three", 3, 3, False),
        ("#", 5, 1, False),
    ]


def test_places() -> None:
    """A place begins and ends with the term, brackets and language tag included."""
    read = read_statements(PLACED)
    places = {
        str(found.object.term): (*found.object.start, *found.object.end)
        for found in read.statements
        if found.subject.term == URINode("http://a/s")
    }
    assert places['"one\\n"'] == (2, 9, 3, 4)
    assert places['"two"@en'] == (3, 7, 3, 15)
    assert places["<http://a/o>"] == (6, 9, 6, 12)
    assert {(4, 9, 4, 14), (4, 17, 4, 28)} < set(places.values())


@pytest.mark.parametrize(
    ("subject", "predicate", "term", "expected"),
    [
        ("http://a/s", "http://a/p", Literal("two", language="en"), (3, 7)),
        ("http://a/s", "http://a/p", URINode("http://a/o"), (6, 9)),
        ("http://a/s", "http://a/p", None, (2, 5)),
        ("http://a/s", "http://a/q", None, (4, 5)),
        ("http://a/t", None, None, (5, 1)),
        ("http://a/s", "http://a/p", Literal("absent"), (2, 1)),
        ("http://a/s", "http://a/absent", Literal("two"), (2, 1)),
        ("http://a/o", None, None, None),
    ],
)
def test_locate(
    subject: str, predicate: str | None, term: Term | None, expected: tuple[int, int] | None
) -> None:
    """A triple is found where it stands; what is absent is shown where its subject first does."""
    verb = URINode(predicate) if predicate else None
    place = locate(read_statements(PLACED), URINode(subject), verb, term)
    assert (place.start if place else None) == expected


@pytest.mark.parametrize(("opening", "closing"), [("(", ")"), ("[ <x:p> ", "]")])
def test_nesting_has_no_limit(opening: str, closing: str) -> None:
    """50,000 open brackets, closed or not, are read in linear time without recursion."""
    depth = 50_000
    start = time.perf_counter()
    whole = read_statements(f"<x:s> <x:p> {opening * depth} 1 {closing * depth} .")
    broken = read_statements(f"<x:s> <x:p> {opening * depth}")
    assert not whole.problems
    assert len(whole.statements) > depth
    assert len(broken.problems) == 1
    assert time.perf_counter() - start < 20


@pytest.mark.shared
@pytest.mark.parametrize("name", ["coar_resourcetypes_v1.1_skos.ttl", "simplelithology.ttl"])
def test_published_vocabularies(shared: Path, name: str) -> None:
    """Vocabularies that others publish are read as pyoxigraph reads them."""
    text = (shared / "data" / "skos" / name).read_text(encoding="utf-8-sig")
    read = read_statements(text)
    assert not read.problems
    assert unlabelled(triples(read)) == unlabelled(parsed(text))
