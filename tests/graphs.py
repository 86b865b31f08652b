"""Generated graphs for laws: IRIs, blank nodes and literals of every shape."""

from __future__ import annotations

from hypothesis import strategies as st

from listkeeper.graph import BlankNode, Literal, URINode
from listkeeper.namespaces import OWL, RDF, RDFS, SKOS, XSD

BASE = "https://lists.example.org/"

IRIS = st.sampled_from(
    [
        *(f"{BASE}id/need/6", f"{BASE}id/need/6#former-1", f"{BASE}id/list/needs"),
        *(f"{BASE}def/meetsNeed", f"{BASE}def/Service", f"{SKOS}Concept", f"{RDF}type"),
        *("http://other.example/a?b=c&d='e'", "urn:uuid:1", "mailto:a@example.org"),
        *("http://other.example/é", "dct://odd", "prefLabel://odd", f"{SKOS}a:b", SKOS),
        *(f"{RDF}li", f"{RDF}Description", f"{RDF}nil"),
    ]
).map(URINode)

PREDICATES = st.sampled_from(
    [
        *(f"{SKOS}prefLabel", f"{SKOS}broader", f"{SKOS}notation", f"{RDF}type"),
        *(f"{OWL}deprecated", f"{RDFS}label", "http://purl.org/dc/terms/created"),
        *(f"{BASE}def/meetsNeed", f"{BASE}def/general", f"{BASE}def/draftLabel"),
        *(f"{BASE}def/unknown", "urn:x:odd", "http://other.example/p", "http://other.example/12"),
        *("http://other.example/p.q-r", "http://other.example/é·", f"{RDF}li", "urn:x:"),
    ]
).map(URINode)

TEXTS = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12
) | st.sampled_from(["", "a\r\nb", "true", "10", "1e3", "2026-11-21", "]]>", "\ufffe", "\x0b"])

LANGUAGES = st.sampled_from(["en", "cy", "en-gb", "zh-hans-cn", "x-private"])
DATATYPES = st.sampled_from(
    [*(XSD + name for name in ("string", "date", "boolean", "integer", "decimal")), "urn:x:type"]
).map(URINode)
NUMBERS = st.sampled_from(["0", "-0", "01", "+1", "12", "-7", "123456789012345678", "1.0", "true"])

LITERALS = (
    st.builds(Literal, TEXTS)
    | st.builds(lambda text, tag: Literal(text, language=tag), TEXTS, LANGUAGES)
    | st.builds(lambda text, kind: Literal(text, datatype=kind), TEXTS | NUMBERS, DATATYPES)
)

BLANKS = st.sampled_from(["b1", "b2"]).map(BlankNode)

TRIPLES = st.tuples(IRIS | BLANKS, PREDICATES, IRIS | BLANKS | LITERALS)

GRAPHS = st.lists(TRIPLES, max_size=12, unique=True)
