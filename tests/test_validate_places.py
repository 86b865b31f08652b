"""Where a finding is said to stand, in files of our own form and in whole vocabularies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from listkeeper.edition import load
from listkeeper.graph import BlankNode, Literal, URINode
from listkeeper.namespaces import SKOS
from listkeeper.store.workspace import open_workspace
from listkeeper.validate import check
from listkeeper.validate.places import Places
from listkeeper.validate.rule import Breach
from repository import SETTINGS

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.edition import Edition

MARK: Final = "‸"

ROCKS: Final = """\
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX : <https://example.org/rocks#>

:list a skos:ConceptScheme .

:ore a skos:Concept ;
    skos:prefLabel "ore"@en , ‸"ore  body"@en ;
    skos:altLabel "fine  ore"@en , "ore"@en ;
    skos:broader :rock .

:rock a skos:Concept ;
    skos:prefLabel "rock"@en ; skos:related :ore .
"""

RULED: Final = (
    ("LK022", '"ore"@en , ', '"ore"@en , ‸'),
    ("LK021", '"fine  ore"@en , ', '"fine  ore"@en , ‸'),
    ("LK111", 'skos:altLabel "fine', 'skos:altLabel ‸"fine'),
    ("LK023", "skos:related :ore", "skos:related ‸:ore"),
)
"""A rule, and the place at which it is broken, marked."""


def write(folder: Path, text: str) -> Edition:
    (folder / "vocabularies").mkdir()
    (folder / "listkeeper.toml").write_text(SETTINGS)
    (folder / "vocabularies/rocks.ttl").write_text(text.replace(MARK, ""), encoding="utf-8")
    return load(open_workspace(folder))


def place(text: str) -> tuple[int, int]:
    """Give the line and column of the mark."""
    before = text.split(MARK, maxsplit=1)[0]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


@pytest.mark.parametrize(("code", "old", "new"), RULED, ids=[row[0] for row in RULED])
def test_whole_vocabularies(tmp_path: Path, code: str, old: str, new: str) -> None:
    """A finding in a file of many concepts stands at its own triple."""
    text = ROCKS.replace(MARK, "")
    assert text.count(old) == 1
    report = check(write(tmp_path, text), shapes_folder=None)
    places = {(f.line, f.column) for f in report.findings if f.code == code}

    assert place(text.replace(old, new)) in places


SPOTS: Final = (
    ('<urn:a> <urn:p> 1 .\n<urn:b> <urn:p> ‸"01" .', ("b", "p", "01")),
    ('<urn:a> <urn:p> 1 .\n<urn:b> ‸<urn:p> "2" .', ("b", "p", "01")),
    ('<urn:a> <urn:p> 1 .\n‸<urn:b> <urn:q> "2" .', ("b", "p", "01")),
    ("‸<urn:a> <urn:p> 1 .", ("z", "p", "01")),
    ('<urn:b> <urn:p> """a\nb""" ;\n  <urn:q> 7 , ‸"01" .', ("b", "q", "01")),
    ('<urn:b> <urn:p> "\U0001f600" , ‸"01" .', ("b", "p", "01")),
    ('@base <urn:> .\n<x> <y> 1 .\n<b> <p> ‸"01" .', ("b", "p", "01")),
)
"""A text with the place of a triple marked; what is nearest to one that is not there."""


@pytest.mark.parametrize(("text", "names"), SPOTS)
def test_spots(tmp_path: Path, text: str, names: tuple[str, str, str]) -> None:
    """It is the object's, else the predicate's, else the subject's, else the file's."""
    subject, predicate, value = names
    nodes = URINode(f"urn:{subject}"), URINode(f"urn:{predicate}"), Literal(value)
    breach = Breach(
        message="", subject=nodes[0], predicate=nodes[1], object=nodes[2],
        path="vocabularies/rocks.ttl",
    )  # fmt: skip
    spot = Places(write(tmp_path, text)).spot(breach)

    assert (spot.line, spot.column) == place(text)


UNNAMED: Final = (
    "<urn:a> <urn:p> [ <urn:q> 1 ; <urn:note> ‸'x' ] .",
    "<urn:a> <urn:p> [], [ <urn:q> 1 ; <urn:p> [ <urn:note> ‸'x' ] ] .",
    "<urn:a> <urn:p> (1 2), _:b .\n_:b <urn:q> 1 .\n_:c <urn:note> ‸'x' .",
    "[ <urn:p> 1 ] .\n[ <urn:p> 1 ; <urn:note> ‸'x' ] .",
)


@pytest.mark.parametrize("text", UNNAMED)
def test_nodes_without_a_name(tmp_path: Path, text: str) -> None:
    """What is said of a node without a name is found where it is said."""
    edition = write(tmp_path, text)
    (found,) = (t for t in edition.authored if t[1] == URINode("urn:note"))
    subject, predicate, term = found
    spot = Places(edition).spot(
        Breach(message="", subject=subject, predicate=predicate, object=term)
    )

    assert isinstance(subject, BlankNode)
    assert (spot.line, spot.column) == place(text)


def test_a_missing_property_is_told_at_the_subject(tmp_path: Path) -> None:
    """Where there is no triple, the subject is the place."""
    edition = write(tmp_path, ROCKS)
    rock = URINode("https://example.org/rocks#rock")
    spot = Places(edition).spot(
        Breach(message="", subject=rock, predicate=URINode(SKOS + "definition"))
    )

    assert (spot.line, spot.column) == (11, 1)
