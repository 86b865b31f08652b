"""Whole vocabularies of other owners: every triple of the file is published with the list."""

from __future__ import annotations

import contextlib
import csv
import io
import json
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from listkeeper.errors import UnsupportedError
from listkeeper.publish.resources import ResourceKind
from published import document, publish, triples
from repository import edition_of
from test_publish_rdf import canonical

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.publish.publication import Publication

SHARED = [
    ("simplelithology", {"ttl", "nt", "rdf", "jsonld"}),
    # It has the datatype <xsd:http://…#dateTime>, which looks like a prefixed name to JSON-LD.
    ("coar_resourcetypes_v1.1_skos", {"ttl", "nt", "rdf", "jsonld"}),
]

FORMATS = [
    ("ttl", ox.RdfFormat.TURTLE),
    ("nt", ox.RdfFormat.N_TRIPLES),
    ("rdf", ox.RdfFormat.RDF_XML),
    ("jsonld", ox.RdfFormat.JSON_LD),
]

COLOURS = """
<http://other.example/colours> a skos:ConceptScheme ; dct:title "Colours"@en ;
    dct:creator [ foaf:name "A. Painter" ; foaf:knows [ foaf:name "Another" ] ] .
<http://other.example/colours#red> a skos:Concept ; skos:prefLabel "Red"@en, "Rouge"@fr ;
    skos:inScheme <http://other.example/colours> ; skosxl:altLabel <http://other.example/l1> ;
    skos:topConceptOf <http://other.example/colours> .
<http://other.example/colours#dark-red> a skos:Concept ; skos:prefLabel "Dark red"@en ;
    skos:inScheme <http://other.example/colours> ; skos:notation "DR" ;
    skos:broader <http://other.example/colours#red> .
<http://other.example/l1> a skosxl:Label ; skosxl:literalForm "Scarlet"@en .
<http://other.example/colours#warm> a skos:Collection ; skos:prefLabel "Warm"@en ;
    skos:member <http://other.example/colours#red> .
<http://other.example/about> rdfs:label "Made by hand" .
"""


@pytest.fixture
def colours(tmp_path: Path) -> Publication:
    """A vocabulary with blank nodes, labels of their own and things beside."""
    return publish(edition_of(tmp_path, {"colours.ttl": COLOURS}))


@pytest.mark.parametrize(("extension", "format_"), FORMATS)
def test_every_triple_of_the_file_is_in_the_list(
    extension: str, format_: ox.RdfFormat, colours: Publication
) -> None:
    """Also labels with IRIs of their own, groups, and what has nothing to do with the list."""
    read = triples(document(colours, f"/list/colours.{extension}"), format_)

    assert canonical(list(read)) == canonical(list(colours.edition.published))


def test_concepts_are_found_below_the_name_of_the_file(colours: Publication) -> None:
    """By their notations, else by the ends of their URIs."""
    addresses = {r.address for r in colours.resources.values() if r.kind is ResourceKind.CONCEPT}

    assert addresses == {"colours/red", "colours/DR"}
    assert json.loads(document(colours, "/colours/DR.json"))["broader"] == [
        {
            "uri": "http://other.example/colours#red",
            "code": "red",
            "list": "colours",
            "label": {"en": "Red", "fr": "Rouge"},
        }
    ]


def test_the_table_keeps_their_uris(colours: Publication) -> None:
    """They are another owner's: ours would be new identifiers."""
    table = document(colours, "/list/colours.csv").decode()

    rows = list(csv.DictReader(io.StringIO(table, newline="")))
    assert [(row["Identifier"], row["Parent identifiers"], row["URI"]) for row in rows] == [
        ("DR", "red", "http://other.example/colours#dark-red"),
        ("red", "", "http://other.example/colours#red"),
    ]


def test_links_are_written_with_whole_uris(colours: Publication) -> None:
    """No prefix of ours covers them."""
    lines = document(colours, "/list/colours.sssom.tsv").decode().splitlines()

    assert "mapping_set_id" in lines[0]
    assert lines[-1].startswith("subject_id\t")


@pytest.mark.shared
@pytest.mark.parametrize(("name", "extensions"), SHARED)
def test_real_vocabularies_lose_nothing(
    name: str, extensions: set[str], shared: Path, tmp_path: Path
) -> None:
    """In each RDF format they say what they said, or the format is refused."""
    text = (shared / "data" / "skos" / f"{name}.ttl").read_text("utf-8-sig")
    publication = publish(edition_of(tmp_path, {f"{name}.ttl": text}))
    wanted = canonical(list(publication.edition.published))
    carried = set()

    for extension, format_ in FORMATS:
        with contextlib.suppress(UnsupportedError):
            read = triples(document(publication, f"/list/{name}.{extension}"), format_)
            assert wanted <= canonical(list(read)), extension
            carried.add(extension)

    assert carried == extensions
