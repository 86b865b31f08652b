"""Any SKOS becomes a list: what comes in, what is written otherwise, and what can not come."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listkeeper.cli import main
from listkeeper.editing.draft import Draft
from listkeeper.editing.starter import starter_files
from listkeeper.edition import load
from listkeeper.errors import ContentError, ListkeeperError
from listkeeper.exchange.skos.importing import Imported, Request, import_vocabulary
from listkeeper.exchange.skos.ledger import Fate
from listkeeper.graph import BlankNode, Graph, Literal, URINode
from listkeeper.namespaces import DCT, RDF, SKOS, SKOSXL
from listkeeper.store.files import write_all
from listkeeper.store.workspace import open_workspace

if TYPE_CHECKING:
    from pathlib import Path

TODAY = "2026-12-01"
HEAD = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix ex: <http://example.org/v/> .
"""
ROCKS = """
ex:scheme a skos:ConceptScheme ; dct:title "Rocks"@en ; dct:description "Kinds of rock."@en ;
    skos:hasTopConcept ex:rock ; dct:creator ex:them .
ex:rock a skos:Concept ; skos:inScheme ex:scheme ; skos:topConceptOf ex:scheme ;
    skos:prefLabel "rock"@en, "roche"@fr ; skos:narrower ex:clay ; skos:example "A pebble."@en .
ex:clay a skos:Concept ; skos:inScheme ex:scheme ; skos:prefLabel "clay"@en ;
    skos:altLabel "mud"@en ; skos:definition "Fine earth."@en ; skos:related ex:sand ;
    dct:modified "2012-02-07T12:00:00Z" ; dct:creator <http://example.org/people/1> .
ex:sand a skos:Concept ; skos:inScheme ex:scheme ; skos:prefLabel "sand"@en ;
    skos:broader ex:rock ; skos:closeMatch <http://example.com/sand> .
ex:them dct:title "The geologists" .
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A new repository, and room beside it."""
    write_all(tmp_path / "lists", starter_files())
    return tmp_path / "lists"


def imported(root: Path, turtle: str, name: str = "rocks", **words: str) -> Imported:
    quads = ox.parse((HEAD + turtle).encode(), format=ox.RdfFormat.TURTLE)
    graph = Graph((q.subject, q.predicate, q.object) for q in quads)
    draft = Draft(load(open_workspace(root)), TODAY)
    result = import_vocabulary(
        draft, Request(list_name=name, graph=graph, source="rocks.ttl", **words)
    )
    assert result.counts.total() == len(graph)  # every statement is accounted for
    return result


def text(result: Imported, path: str) -> str:
    return (result.edit.contents[f"vocabularies/{path}"] or b"").decode()


def told(result: Imported, fate: Fate) -> dict[str, str]:
    """Give property and reason of what had a fate."""
    return {a.predicate.rsplit("/", 1)[-1].rsplit("#", 1)[-1]: a.reason
            for a in result.accounts if a.fate is fate}  # fmt: skip


def test_a_vocabulary_becomes_one_file_for_each_concept(root: Path) -> None:
    """With the list's own file and the class of its entries."""
    result = imported(root, ROCKS)
    clay = text(result, "rocks/clay.ttl")

    assert (result.added, result.codes) == (3, "the ends of their addresses")
    for said in (
        *("<rock/clay>\n    a skos:Concept, def:Rock", "skos:inScheme <list/rocks>", '"clay"'),
        *('skos:altLabel "mud"@en', 'skos:definition "Fine earth."@en', "def:textRecord"),
        *("skos:broader <rock/rock>", "skos:related <rock/sand>", "<http://example.org/people/1>"),
        *("skos:exactMatch <http://example.org/v/clay>", '"2012-02-07"^^xsd:date'),
    ):
        assert said in clay
    assert 'dct:title "Rocks"@en' in text(result, "rocks/list.ttl")
    assert "def:Rock\n    a owl:Class" in text(result, "definitions.ttl")
    assert "skos:closeMatch <http://example.com/sand>" in text(result, "rocks/sand.ttl")
    assert '"A pebble."@en' in text(result, "rocks/rock.ttl")


def test_what_follows_is_not_written_and_what_can_not_come_is_told(root: Path) -> None:
    result = imported(root, ROCKS)

    assert told(result, Fate.DERIVED).keys() == {"hasTopConcept", "inScheme", "topConceptOf"}
    assert told(result, Fate.CHANGED)["narrower"] == "written on the other side, as broader"
    assert told(result, Fate.LEFT) == {
        "title": "about something that is no concept, scheme or collection of the file"
    }
    assert result.left_out == (
        b'<http://example.org/v/them> <http://purl.org/dc/terms/title> "The geologists" .\n'
    )


CODES = (
    # statements about two concepts, the codes they get, in words
    ('ex:a skos:notation "A1" . ex:b skos:notation "B2" .', {"A1", "B2"}, "their notations"),
    ('ex:a skos:notation "A1" .', {"a", "b"}, "the ends of their addresses"),
    ('ex:a skos:notation "7" . ex:b skos:notation "007" .', {"a", "b"}, "the ends of"),
    ('ex:a skos:notation "1E5" . ex:b skos:notation "B2" .', {"a", "b"}, "the ends of"),
    ('<http://example.org/w/a> a skos:Concept ; skos:prefLabel "again"@en .',
     {"10001", "10002", "10003"}, "numbers made here, from 10001 on"),
    ('[] a skos:Concept ; skos:prefLabel "nobody"@en .', {"10001", "10002", "10003"}, "numbers"),
)  # fmt: skip


@pytest.mark.parametrize(("more", "codes", "words"), CODES)
def test_codes_are_given_in_one_way(root: Path, more: str, codes: set[str], words: str) -> None:
    """By notations where all are fit, else by the ends of addresses, else by numbers."""
    two = """ex:a a skos:Concept ; skos:prefLabel "one"@en .
ex:b a skos:Concept ; skos:prefLabel "two"@en . """
    result = imported(root, two + more)
    files = {path.rsplit("/", 1)[-1].removesuffix(".ttl") for path in result.edit.contents}

    assert files - {"list", "definitions"} == codes
    assert result.codes.startswith(words)
    assert ("def:firstMinted" in text(result, "rocks/list.ttl")) == ("numbers" in words)


TAKEN = (
    # statements about ex:a, what its file says, what is told of the change
    ('skosxl:prefLabel [ a skosxl:Label ; skosxl:literalForm "one"@en ] .',
     'skos:prefLabel "one"@en', "a label of SKOS-XL became a plain one"),
    ('skos:prefLabel "one"@en, "uno"@en .', 'skos:altLabel "uno"@en',
     "a second name in one language became another name"),
    ('skos:prefLabel "one" .', 'skos:prefLabel "one"@en', "taken to be in en"),
    ('skos:prefLabel "un"@fr .', '"un"@fr', ""),
    ('skos:prefLabel " o  ne "@en .', '"o ne"@en', "stray white space taken out, single spaces"),
    ('skos:definition [ rdf:value "First."@en ] .', 'skos:definition "First."@en',
     "a note with a node of its own became plain text"),
    ('skos:definition "First."@en, "Second."@en .', 'skos:scopeNote "Second."@en',
     "a second definition in one language became a scope note"),
    ("owl:deprecated true .", "adms:status <status/retired>",
     "became the status, and today the end date"),
)  # fmt: skip


@pytest.mark.parametrize(("more", "said", "change"), TAKEN)
def test_what_is_written_otherwise_is_told(root: Path, more: str, said: str, change: str) -> None:
    """Nothing is bent to fit without a word."""
    label = "" if "refLabel" in more else 'skos:prefLabel "one"@en ; '
    result = imported(root, f"ex:a a skos:Concept ; {label}{more}")

    assert said in text(result, "rocks/a.ttl")
    assert change in {"", *told(result, Fate.CHANGED).values()}


LEFT = (
    ('skos:prefLabel "=SUM(A1)"@en', "a name that begins with '=', as formulas in spreadsheets do"),
    ("skos:broader ex:nowhere", "leads to nothing in the file"),
    ("dct:creator [ dct:title 'x' ]", "a node without a name: our files have none"),
    ("dct:relation <file:///etc/passwd>", "an address that is no web address"),
    ('dct:created "yesterday"', "is no date"),
    ("skos:definition ex:document", "is no text"),
    ("dct:isReplacedBy ex:b",
     "only a retired entry has replacements, and they are entries of the list"),
)  # fmt: skip


@pytest.mark.parametrize(("said", "reason"), LEFT)
def test_what_is_left_out_is_told_with_its_reason(root: Path, said: str, reason: str) -> None:
    result = imported(root, f'ex:a a skos:Concept ; skos:prefLabel "one"@en ; {said} .')

    assert reason in told(result, Fate.LEFT).values()
    assert result.left_out


def test_several_schemes_become_subsets_of_one_list(root: Path) -> None:
    """What was in a scheme is in its subset; all are in the list."""
    result = imported(root, """
ex:soft a skos:ConceptScheme ; dct:title "Soft"@en . ex:hard a skos:ConceptScheme .
ex:a a skos:Concept ; skos:prefLabel "one"@en ; skos:inScheme ex:soft, ex:hard .
ex:b a skos:Concept ; skos:prefLabel "two"@en ; skos:topConceptOf ex:hard .""")  # fmt: skip

    assert result.subsets == ("rocks-soft", "rocks-hard")
    assert "def:subsetOf <list/rocks>" in text(result, "rocks/list-rocks-soft.ttl")
    for said in ("<list/rocks>", "<list/rocks-soft>", "<list/rocks-hard>"):
        assert said in text(result, "rocks/a.ttl")
    assert "<list/rocks-soft>" not in text(result, "rocks/b.ttl")


def test_collections_become_groups(root: Path) -> None:
    """The order of an ordered one is lost, and told."""
    result = imported(root, """
ex:a a skos:Concept ; skos:prefLabel "one"@en . ex:b a skos:Concept ; skos:prefLabel "two"@en .
ex:all a skos:Collection ; skos:prefLabel "All" ; skos:member ex:a, ex:steps .
ex:steps a skos:OrderedCollection ; skos:memberList ( ex:b ex:a ) .""")  # fmt: skip
    groups = text(result, "rocks/groups.ttl")

    assert result.groups == 2
    assert '<list/rocks#group-all>\n    a skos:Collection ;\n    skos:prefLabel "All"@en' in groups
    assert "skos:member <rock/a>" in groups
    assert "<rock/b>" in groups
    assert told(result, Fate.CHANGED)["memberList"] == "the order is lost"


def test_a_vocabulary_that_came_in_before_is_known(root: Path) -> None:
    """Run again, an import adds what is new and leaves what is held."""
    first = imported(root, ROCKS)
    write_all(root, {path: data for path, data in first.edit.contents.items() if data})
    again = imported(root, ROCKS + 'ex:silt a skos:Concept ; skos:prefLabel "silt"@en .')

    assert (again.added, again.held) == (1, 3)
    assert list(again.edit.contents) == ["vocabularies/rocks/silt.ttl"]


def test_a_list_that_came_in_can_be_loaded_and_checked(root: Path) -> None:
    """What the check asks for then is what the file did not say: purpose and licence."""
    result = imported(root, ROCKS)
    write_all(root, {path: data for path, data in result.edit.contents.items() if data})
    checked = CliRunner().invoke(main, ["check", "-C", str(root), "--format", "json"])
    codes = {f["code"] for f in json.loads(checked.stdout)["findings"] if f["severity"] == "error"}

    assert codes == {"LK252", "LK253"}


def test_a_code_that_is_held_is_not_given_again(root: Path) -> None:
    """Another vocabulary whose addresses end as those held do gets numbers."""
    first = imported(root, ROCKS)
    write_all(root, {path: data for path, data in first.edit.contents.items() if data})
    other = '<http://example.com/Clay> a skos:Concept ; skos:prefLabel "potter\'s clay"@en .'
    second = imported(root, other)

    assert list(second.edit.contents) == ["vocabularies/rocks/10001.ttl"]


@pytest.mark.parametrize("name", ["Rocks", "rocks/x", "../x", ""])
def test_a_name_that_can_not_be_that_of_a_list_is_refused(root: Path, name: str) -> None:
    with pytest.raises(ListkeeperError, match="a list's name holds only"):
        imported(root, ROCKS, name)


def test_rdf_without_concepts_is_refused(root: Path) -> None:
    with pytest.raises(ContentError, match="holds no concepts of SKOS"):
        imported(root, "ex:them dct:title 'x' .")


SKOS_NAMES = ("prefLabel", "altLabel", "hiddenLabel", "definition", "note", "broader", "narrower",
              "related", "inScheme", "topConceptOf", "hasTopConcept", "member", "memberList",
              "notation", "exactMatch")  # fmt: skip
NODES = st.sampled_from([*(URINode(f"http://example.org/{n}") for n in "abcs"), BlankNode("x"),
                         BlankNode("y"), URINode("relative:///z")])  # fmt: skip
TERMS = st.one_of(
    NODES,
    st.sampled_from([URINode(SKOSXL + "Label"), *(URINode(SKOS + name) for name in (
        "Concept", "ConceptScheme", "Collection", "OrderedCollection"))]),
    st.builds(Literal, st.sampled_from(["one", "two", " x ", "", "2012-02-07"]),
              language=st.sampled_from([None, "en", "fr"])),
)  # fmt: skip
PREDICATES = st.sampled_from([
    *(URINode(SKOS + name) for name in SKOS_NAMES), URINode(RDF + "type"), URINode(RDF + "first"),
    URINode(RDF + "rest"), URINode(RDF + "value"), URINode(SKOSXL + "prefLabel"),
    URINode(SKOSXL + "literalForm"), URINode(DCT + "modified"), URINode("http://example.org/p"),
])  # fmt: skip


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(triples=st.lists(st.tuples(NODES, PREDICATES, TERMS), max_size=25))
def test_every_statement_of_any_graph_is_accounted_for(
    root: Path, triples: list[tuple[URINode, URINode, Literal]]
) -> None:
    """However odd a graph: it comes in, each statement has a fate, what is written is Turtle."""
    about = URINode("http://example.org/a")
    graph = Graph([(about, URINode(RDF + "type"), URINode(SKOS + "Concept")), *triples])
    try:
        result = import_vocabulary(
            Draft(load(open_workspace(root)), TODAY),
            Request(list_name="rocks", graph=graph, source="x"),
        )
    except ContentError as error:
        assert "holds no concepts" in error.message  # noqa: PT017 - other errors fail
        return
    assert result.counts.total() == len(graph)
    assert result.counts[Fate.LEFT] == len(result.left_out.splitlines())


# as people type it


def run(root: Path, *words: str | Path) -> Result:
    return CliRunner().invoke(main, ["import", "-C", str(root), *map(str, words)])


SYNTAXES = (
    ("v.ttl", HEAD + 'ex:a a skos:Concept ; skos:prefLabel "one"@en .'),
    ("v.nt", (f'<http://e.org/a> <{RDF}type> <{SKOS}Concept> .\n'
              f'<http://e.org/a> <{SKOS}prefLabel> "one"@en .\n')),
    ("v.jsonld", json.dumps({"@id": "http://e.org/a", "@type": SKOS + "Concept",
                             SKOS + "prefLabel": {"@value": "one", "@language": "en"}})),
    ("v.xml", (f'<r:RDF xmlns:r="{RDF}" xmlns:s="{SKOS}"><s:Concept r:about="http://e.org/a">'
              '<s:prefLabel xml:lang="en">one</s:prefLabel></s:Concept></r:RDF>')),
)  # fmt: skip


@pytest.mark.parametrize(("name", "content"), SYNTAXES)
def test_rdf_is_read_in_each_syntax(root: Path, name: str, content: str) -> None:
    file = root.parent / name
    file.write_text(content, encoding="utf-8")
    result = run(root, "--list", "rocks", file)

    assert result.exit_code == 0, result.output
    assert "list rocks: made, 1 entries added" in result.stdout
    assert (root / "vocabularies/rocks/a.ttl").is_file()


def test_a_context_from_elsewhere_is_not_fetched(root: Path) -> None:
    file = root.parent / "v.jsonld"
    file.write_text('{"@context": "https://example.org/c", "@id": "x"}', encoding="utf-8")
    result = run(root, "--list", "rocks", file)

    assert "nothing is fetched" in str(result.exception)


def test_statements_left_out_are_kept_and_end_with_one(root: Path) -> None:
    """A trial writes neither them nor the list."""
    file, rejects = root.parent / "v.ttl", root.parent / "left.nt"
    file.write_text(HEAD + ROCKS, encoding="utf-8")
    trial = run(root, "--list", "rocks", "--dry-run", "--rejects", rejects, file)
    was_written = rejects.exists() or (root / "vocabularies/rocks").exists()
    result = run(root, "--list", "rocks", "--rejects", rejects, file)

    assert (trial.exit_code, result.exit_code) == (1, 1)
    assert not was_written
    assert b"The geologists" in rejects.read_bytes()
