"""An edition: three graphs, one model, and what could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listkeeper.edition import load
from listkeeper.graph import Graph, Literal, URINode
from listkeeper.namespaces import DCT, OWL, SKOS, XSD
from listkeeper.store.workspace import open_workspace
from repository import HEADER, edition_of, write_repository

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.graph import Term

ID = "https://lists.example.org/id/"


def short(term: Term) -> str:
    """A term as short text, to compare with."""
    return str(term.value).removeprefix(ID)


def ids(graph: Graph) -> set[tuple[str, str, str]]:
    """Triples as short text; predicates by their local names."""
    return {
        (short(s), p.value.rsplit("/", 1)[-1].rsplit("#", 1)[-1], short(o)) for s, p, o in graph
    }


def test_a_file_that_is_no_turtle_hides_no_other(tmp_path: Path) -> None:
    """The broken file is told with its place; the good one is read."""
    edition = edition_of(
        tmp_path, {"a/1.ttl": "<a/1> a skos:Concept .", "a/2.ttl": '<a/2> skos:prefLabel "x .'}
    )

    assert [c.notation for c in edition.vocabulary.concepts.values()] == ["1"]
    (error,) = edition.unreadable
    assert error.path == "vocabularies/a/2.ttl"
    assert error.line == HEADER.count("\n") + 1


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    """Latin-1 is no UTF-8."""
    write_repository(tmp_path, {})
    (tmp_path / "vocabularies" / "a").mkdir()
    (tmp_path / "vocabularies" / "a" / "1.ttl").write_bytes(b'<urn:a> <urn:b> "caf\xe9" .')

    (error,) = load(open_workspace(tmp_path)).unreadable

    assert "UTF-8" in error.message


def test_triple_terms_have_no_place(tmp_path: Path) -> None:
    """RDF 1.2 in a list would be lost by those who read RDF 1.1."""
    edition = edition_of(tmp_path, {"a/1.ttl": "<a/1> skos:note <<( <a/1> a skos:Concept )>> ."})

    assert len(edition.unreadable) == 1
    assert len(edition.authored) == 0


def test_the_record_keeps_what_was_written(tmp_path: Path) -> None:
    """Lexical forms and unknown predicates are never lost."""
    edition = edition_of(
        tmp_path, {"a/1.ttl": '<a/1> a skos:Concept ; <urn:unknown> "01"^^xsd:integer .'}
    )

    literal = Literal("01", datatype=URINode(XSD + "integer"))
    assert (URINode(ID + "a/1"), URINode("urn:unknown"), literal) in edition.published


def test_one_subject_in_two_files_is_told(tmp_path: Path) -> None:
    """Two files that describe one concept collide visibly."""
    edition = edition_of(
        tmp_path, {"a/1.ttl": "<a/1> a skos:Concept .", "a/b/1.ttl": '<a/1> skos:notation "1" .'}
    )

    assert edition.repeated == (
        (URINode(ID + "a/1"), "vocabularies/a/1.ttl", "vocabularies/a/b/1.ttl"),
    )


DERIVED = {
    "definitions.ttl": """def:meetsNeed a def:LinkType ; owl:inverseOf def:metBy .""",
    "services/list.ttl": "<list/services> a skos:ConceptScheme .",
    "services/1.ttl": """<service/1> a skos:Concept ; skos:inScheme <list/services> ;
        skos:prefLabel "Trees"@en ; def:meetsNeed <need/1> ;
        skosxl:hiddenLabel <service/1#former-1>, <service/1#former-2> .
        <service/1#former-1> skosxl:literalForm "Wood"@en .
        <service/1#former-2> skosxl:literalForm "Trees"@en .""",
    "services/2.ttl": """<service/2> a skos:Concept ; skos:broader <service/1> ;
        adms:status <status/retired> ; dct:isReplacedBy <service/1> .""",
    "needs/1.ttl": "<need/1> a skos:Concept .",
}


HOMES = {"service/1": "services", "service/2": "services"}


def test_what_follows_is_derived_and_not_stored(tmp_path: Path) -> None:
    """Inverses, narrower, top concepts, plain former labels and deprecation follow."""
    edition = edition_of(tmp_path, DERIVED)

    assert ids(edition.derived) == {
        ("service/1", "narrower", "service/2"),
        ("service/1", "topConceptOf", "list/services"),
        ("list/services", "hasTopConcept", "service/1"),
        ("service/1", "hiddenLabel", "Wood"),
        ("need/1", "metBy", "service/1"),
        ("service/2", "deprecated", "true"),
        ("service/1", "replaces", "service/2"),
        *((f"{path}", "isDefinedBy", f"list/{list_}") for path, list_ in HOMES.items()),
    }
    assert not any(triple in edition.authored for triple in edition.derived)


def test_published_is_authored_and_derived(tmp_path: Path) -> None:
    """Nothing is dropped and nothing else is added."""
    edition = edition_of(tmp_path, DERIVED)

    assert set(edition.published) == set(edition.authored) | set(edition.derived)


def test_an_authored_inverse_is_not_derived_again(tmp_path: Path) -> None:
    """What a file already says stays authored."""
    said = DERIVED["services/1.ttl"] + "<service/1> skos:narrower <service/2> ."
    files = {**DERIVED, "services/1.ttl": said}
    edition = edition_of(tmp_path, files)

    assert ("service/1", "narrower", "service/2") not in ids(edition.derived)


def test_a_graph_is_a_set_in_order() -> None:
    """Repeats count once; order of first adding stays; look-ups see every object."""
    a, b, p, q = (URINode(f"urn:{name}") for name in "abpq")
    graph = Graph([(b, p, a), (a, p, b), (b, p, a), (b, q, a)])

    assert list(graph) == [(b, p, a), (b, q, a), (a, p, b)]
    assert len(graph) == 3
    assert graph.objects(b, q) == (a,)
    assert graph.objects(a, q) == ()
    assert (a, p, b) in graph
    assert (a, q, b) not in graph
    assert "abc" not in graph


def test_namespaces_are_the_published_ones() -> None:
    """A typing slip in a namespace would make every term unknown to others."""
    assert SKOS == "http://www.w3.org/2004/02/skos/core#"
    assert DCT == "http://purl.org/dc/terms/"
    assert OWL == "http://www.w3.org/2002/07/owl#"


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    """Some editors write one; the file is Turtle all the same."""
    write_repository(tmp_path, {"a/1.ttl": "<a/1> a skos:Concept ."})
    path = tmp_path / "vocabularies" / "a" / "1.ttl"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    edition = load(open_workspace(tmp_path))

    assert (edition.unreadable, len(edition.vocabulary.concepts)) == ((), 1)


def test_blank_nodes_of_two_files_are_two_and_the_same_at_every_reading(tmp_path: Path) -> None:
    """Labels do not leak between files, and nothing random gets into what is published."""
    text = '_:x skos:note "{}" . [] skos:note "{}" .'
    files = {"a.ttl": text.format(1, 2), "b.ttl": text.format(3, 4)}

    first = edition_of(tmp_path, files)

    assert len(set(first.authored.subjects())) == 4
    assert list(load(open_workspace(tmp_path)).authored) == list(first.authored)
