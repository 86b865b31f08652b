"""Canonical Turtle: one order, one value per line, the shortest spelling that is exact."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from listkeeper.errors import OutsideProfileError
from listkeeper.graph import Literal, Triple, URINode
from listkeeper.namespaces import PREFIXES, SKOS, XSD
from listkeeper.store.turtle import language_tag, write
from listkeeper.store.turtle.order import PREDICATES

BASE = "https://lists.example.org/id/"
LOCAL = "https://lists.example.org/def/"
OURS = {**PREFIXES, "def": LOCAL}

CONCEPT = """\
@base <https://lists.example.org/id/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix def: <https://lists.example.org/def/> .

<service/559>
    a skos:Concept, def:Service ;
    skos:inScheme <list/services> ;
    skos:notation "559" ;
    skos:prefLabel "Libraries"@en,
        "Llyfrgelloedd"@cy ;
    skos:definition "One line\\nand \\"another\\", café"@en ;
    def:meetsNeed <need/9>,
        <need/10> ;
    skos:exactMatch <http://id.esd.org.uk/service/559> ;
    dct:created "2026-11-21"^^xsd:date .

<service/559#former-2>
    skos:prefLabel "Lending"@en-GB .

<service/559#former-10>
    skos:prefLabel "Books" .
"""

SPELLINGS = [
    (Literal("a"), '"a"'),
    (Literal("é\u0301 😀"), '"é\u0301 😀"'),
    (Literal("it's"), '"it\'s"'),
    (Literal('"\\\n\r\t'), r'"\"\\\n\r\t"'),
    (Literal("\0\x1b\x7f\x85\u2028"), r'"\u0000\u001B\u007F\u0085\u2028"'),
    (Literal("a", language="en-gb"), '"a"@en-GB'),
    (Literal("01", datatype=URINode(XSD + "integer")), "01"),
    (Literal("-5", datatype=URINode(XSD + "integer")), "-5"),
    (Literal("5\n", datatype=URINode(XSD + "integer")), r'"5\n"^^xsd:integer'),
    (Literal("\u0665", datatype=URINode(XSD + "integer")), '"\u0665"^^xsd:integer'),
    (Literal("1.50", datatype=URINode(XSD + "decimal")), "1.50"),
    (Literal("1.", datatype=URINode(XSD + "decimal")), '"1."^^xsd:decimal'),
    (Literal("1", datatype=URINode(XSD + "decimal")), '"1"^^xsd:decimal'),
    (Literal("true", datatype=URINode(XSD + "boolean")), "true"),
    (Literal("1", datatype=URINode(XSD + "boolean")), '"1"^^xsd:boolean'),
    (Literal("1e5", datatype=URINode(XSD + "double")), '"1e5"^^xsd:double'),
    (Literal("a", datatype=URINode(BASE + "kind")), '"a"^^<kind>'),
    (URINode(SKOS + "Concept"), "skos:Concept"),
    (URINode(SKOS), f"<{SKOS}>"),
    (URINode(SKOS + "1.2"), "skos:1.2"),
    (URINode(SKOS + "été"), "skos:été"),
    (URINode(SKOS + "a."), f"<{SKOS}a.>"),
    (URINode(SKOS + "-a"), f"<{SKOS}-a>"),
    (URINode(SKOS + "a/b"), f"<{SKOS}a/b>"),
    (URINode(SKOS + "a%20b"), f"<{SKOS}a%20b>"),
    (URINode(BASE + "service/559"), "<service/559>"),
    (URINode(BASE), "<>"),
    (URINode(BASE + "#a"), "<#a>"),
    (URINode(BASE + "?a"), "<?a>"),
    (URINode(BASE + "a:b"), f"<{BASE}a:b>"),
    (URINode(BASE + "1:2"), f"<{BASE}1:2>"),
    (URINode(BASE + "/a"), f"<{BASE}/a>"),
    (URINode(BASE + "a/../b"), f"<{BASE}a/../b>"),
    (URINode(BASE + "./a"), f"<{BASE}./a>"),
    (URINode("https://lists.example.org/idle"), "<https://lists.example.org/idle>"),
    (URINode("urn:isbn:1"), "<urn:isbn:1>"),
]

OBJECTS_IN_ORDER = [
    *["skos:Concept", "<need/2>", "<need/10>"],
    *['"a"@en', '"b 2"@en', '"b 10"@en', '"a"@cy', '"a"@en-GB', '"a"@fr', "1", '"a"'],
]

PREDICATES_IN_ORDER = [
    *["a", "skos:notation", "skos:prefLabel", "def:draftLabel", "skos:altLabel", "skos:broader"],
    *["def:appliesIn", "def:zone", "skos:exactMatch", "skos:closeMatch", "adms:status"],
    *["def:startDate", "def:retirementReason", "dct:created", "skos:editorialNote"],
    *["<http://example.org/p>", "dct:abstract", "skos:related"],
]

SUBJECTS_IN_ORDER = [
    *["<list/z>", "<list/z#part>", "<http://example.org/>"],
    *["<http://example.org/#scheme>", "<http://example.org/#a>"],
    *["<b/2>", "<b/2#a-2>", "<b/2#a-10>", "<b/2.1>", "<b/10>"],
]


def statement(subject: str, predicate: str, term: URINode | Literal) -> Triple:
    return URINode(subject), URINode(predicate), term


def parsed(text: str) -> list[Triple]:
    quads = ox.parse(text, format=ox.RdfFormat.TURTLE)
    return [(quad.subject, quad.predicate, quad.object) for quad in quads]


def prologue(base: str = BASE) -> str:
    lines = [f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in OURS.items()]
    return f"@base <{base}> .\n{''.join(lines)}"


def test_a_concept() -> None:
    """The form of a concept's file: directives, then a block for each subject."""
    assert write(parsed(CONCEPT), base=BASE, prefixes=OURS) == CONCEPT


@given(st.permutations(parsed(CONCEPT)))
def test_the_order_of_the_triples_does_not_matter(triples: list[Triple]) -> None:
    """Any order, and saying things twice, gives the same text."""
    assert write([*triples, triples[0]], base=BASE, prefixes=OURS) == CONCEPT


@pytest.mark.parametrize(("term", "expected"), SPELLINGS)
def test_spelling(term: URINode | Literal, expected: str) -> None:
    """A term is spelled on one line, as short as leads back to exactly that term."""
    triple = statement("urn:s", "urn:p", term)
    written = write([triple], base=BASE, prefixes=OURS)
    assert f"    <urn:p> {expected} .\n" in written
    assert parsed(written) == [triple]


def test_objects_are_ordered() -> None:
    """IRIs come first; then texts in the default language, in others, in none; 2 before 10."""
    shuffled = ", ".join(reversed(OBJECTS_IN_ORDER))
    written = write(parsed(f"{prologue()} <urn:s> <urn:p> {shuffled} ."), base=BASE, prefixes=OURS)
    assert written.partition("<urn:p> ")[2] == ",\n        ".join(OBJECTS_IN_ORDER) + " .\n"


def test_the_default_language_is_the_lists() -> None:
    """The default language is that of the lists repository, whatever the case it is given in."""
    triples = parsed('<urn:s> <urn:p> "a"@en, "b"@en-GB, "c"@cy .')
    written = write(triples, prefixes={}, language="en-GB")
    assert [line.split('"')[1] for line in written.splitlines()[1:]] == ["b", "c", "a"]


def test_predicates_are_ordered() -> None:
    """Predicates have one order, our own terms among them, and the rest is alphabetical."""
    shuffled = " ; ".join(f"{verb} <urn:o>" for verb in reversed(PREDICATES_IN_ORDER))
    written = write(parsed(f"{prologue()} <urn:s> {shuffled} ."), base=BASE, prefixes=OURS)
    block = written.partition("<urn:s>\n")[2]
    assert [line.split()[0] for line in block.splitlines()] == PREDICATES_IN_ORDER


def test_our_own_terms_have_no_place_of_their_own_without_a_prefix() -> None:
    """Where no prefix says which terms are ours, they are ordered as any others."""
    verbs = ["<urn:a>", f"<{LOCAL}startDate>", "<http://a>", f"<{SKOS}note>"]
    text = " ; ".join(f"{verb} <urn:o>" for verb in verbs)
    written = write(parsed(f"<urn:s> {text} ."), prefixes={})
    assert [line.split()[0] for line in written.splitlines()[1:]] == sorted(
        verbs, key=lambda verb: verb.strip("<>")
    )


def test_every_predicate_of_the_order_is_known() -> None:
    """The fixed order names each predicate once, by a prefix that is known."""
    assert len(set(PREDICATES)) == len(PREDICATES)
    assert {curie.partition(":")[0] for curie in PREDICATES} <= set(OURS)


def test_subjects_are_ordered() -> None:
    """Concept schemes come first, then natural order; hash IRIs follow what they hang on."""
    classes = {
        "<list/z>": "skos:ConceptScheme",
        "<http://example.org/#scheme>": "skos:ConceptScheme",
    }
    text = " ".join(f"{s} a {classes.get(s, 'def:X')} ." for s in reversed(SUBJECTS_IN_ORDER))
    written = write(parsed(prologue() + text), base=BASE, prefixes=OURS)
    assert [line for line in written.splitlines() if line.startswith("<")] == SUBJECTS_IN_ORDER


def test_only_used_prefixes_are_declared() -> None:
    """Prefixes keep the order given; the longest namespace that allows a name is taken."""
    prefixes = {"z": "http://a/", "b": "http://a/b", "a": "http://a/", "c": "urn:c:"}
    written = write(parsed("<http://a/x> <http://a/bc> <http://d/> ."), prefixes=prefixes)
    assert written == (
        "@prefix z: <http://a/> .\n@prefix b: <http://a/b> .\n\nz:x\n    b:c <http://d/> .\n"
    )


def test_nothing_is_written_of_nothing() -> None:
    assert write([], prefixes=OURS) == ""
    assert write([], base=BASE, prefixes=OURS) == f"@base <{BASE}> .\n"


@pytest.mark.parametrize(
    "text", ["[] <urn:p> 1 .", "<urn:s> <urn:p> [] .", '<urn:s> <urn:p> "a"@en--ltr .']
)
def test_refusals(text: str) -> None:
    """What has no lasting name, and what RDF 1.1 lacks, is refused with what to do."""
    with pytest.raises(OutsideProfileError, match="give what is meant an IRI of its own"):
        write(parsed(text), prefixes=OURS)


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        *[("en", "en"), ("EN-gb", "en-GB"), ("zh-hans-cn", "zh-Hans-CN"), ("es-419", "es-419")],
        *[("sl-rozaj-1994", "sl-rozaj-1994"), ("en-ca-x-ca-latn", "en-CA-x-ca-latn")],
        *[("x-gb", "x-gb"), ("de-latn-de-u-co-phonebk", "de-Latn-DE-u-co-phonebk")],
        ("ca-es-valencia", "ca-ES-valencia"),
    ],
)
def test_language_tags(tag: str, expected: str) -> None:
    """Tags are written in the case of RFC 5646, section 2.1.1."""
    assert language_tag(tag) == expected
