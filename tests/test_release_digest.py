"""The digest of a graph: RDFC-1.0, whatever the order of triples and the names of blank nodes."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listkeeper.errors import ContentError
from listkeeper.graph import Graph
from listkeeper.release.digest import authored_digest, canonical_n_quads, published_digest
from listkeeper.workers import Bounds
from repository import edition_of

if TYPE_CHECKING:
    from pathlib import Path

CASES: Final = (
    # N-Triples, and their canonical form as the specification's examples have it:
    # https://www.w3.org/TR/rdf-canon/#ex-ca-unique-hashes and #ex-ca-shared-hashes
    (b"""\
<http://example.com/#p> <http://example.com/#q> _:e0 .
<http://example.com/#p> <http://example.com/#r> _:e1 .
_:e0 <http://example.com/#s> <http://example.com/#u> .
_:e1 <http://example.com/#t> <http://example.com/#u> .
""", b"""\
<http://example.com/#p> <http://example.com/#q> _:c14n0 .
<http://example.com/#p> <http://example.com/#r> _:c14n1 .
_:c14n0 <http://example.com/#s> <http://example.com/#u> .
_:c14n1 <http://example.com/#t> <http://example.com/#u> .
"""),
    (b"""\
<http://example.com/#p> <http://example.com/#q> _:e0 .
<http://example.com/#p> <http://example.com/#q> _:e1 .
_:e0 <http://example.com/#p> _:e2 .
_:e1 <http://example.com/#p> _:e3 .
_:e2 <http://example.com/#r> _:e3 .
""", b"""\
<http://example.com/#p> <http://example.com/#q> _:c14n2 .
<http://example.com/#p> <http://example.com/#q> _:c14n3 .
_:c14n0 <http://example.com/#r> _:c14n1 .
_:c14n2 <http://example.com/#p> _:c14n1 .
_:c14n3 <http://example.com/#p> _:c14n0 .
"""),
    # escapes of canonical N-Quads, and a number as it is written
    (rb'<urn:a> <urn:b> "\t\b\n\u000B\r\f\"\\\u007F\u00E9" .' + b"\n",
     rb'<urn:a> <urn:b> "\t\b\n\u000B\r\f\"\\\u007F' + "é".encode() + b'" .\n'),
    (b'<urn:a> <urn:b> "01"^^<http://www.w3.org/2001/XMLSchema#integer> .\n',
     b'<urn:a> <urn:b> "01"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'),
)  # fmt: skip


@pytest.mark.parametrize(("data", "canonical"), CASES)
def test_canonical_form(data: bytes, canonical: bytes) -> None:
    """As the specification's own examples."""
    assert canonical_n_quads(data) == canonical


LABELS: Final = st.permutations(list(CASES[1][0].splitlines(keepends=True)))


@settings(max_examples=50)
@given(lines=LABELS, names=st.permutations(["e0", "e1", "e2", "e3"]))
def test_order_and_names_do_not_count(lines: list[bytes], names: list[str]) -> None:
    """The same graph gives the same bytes."""
    data = b"".join(lines)
    for number, name in enumerate(names):
        data = data.replace(b"_:e%d " % number, b"_:x%s " % name.encode())

    assert canonical_n_quads(data) == CASES[1][1]


def test_the_published_graph_is_what_is_digested(tmp_path: Path) -> None:
    """A statement more makes another digest; a comment or the order in the file does not."""
    text = '<need/1> skos:prefLabel "A"@en ; skos:altLabel "B"@en .\n'
    same = '# note\n<need/1> skos:altLabel "B"@en .\n<need/1> skos:prefLabel "A"@en .\n'
    more = text + '<need/1> skos:altLabel "C"@en .\n'
    digests = [
        published_digest(edition_of(tmp_path / str(n), {"needs/1.ttl": t}))
        for n, t in enumerate((text, same, more))
    ]

    assert digests[0] == digests[1] != digests[2]


def test_what_follows_is_no_part_of_what_is_authored(tmp_path: Path) -> None:
    """A statement that is derived changes the digest of what is published alone."""
    text = "<need/1> a skos:Concept . <need/2> a skos:Concept ; skos:broader <need/1> .\n"
    edition = edition_of(tmp_path, {"needs/1.ttl": text})
    stated = replace(edition, authored=Graph(edition.published))

    assert authored_digest(edition) != published_digest(edition)
    assert authored_digest(stated) == published_digest(edition)


@pytest.mark.parametrize("number", [10, 14])
def test_a_bomb_of_blank_nodes(tmp_path: Path, number: int) -> None:
    """Blank nodes that are all alike can not be named in any time or memory: it is stopped."""
    nodes = range(number)
    bomb = "".join(f"_:n{a} <urn:p> _:n{b} .\n" for a in nodes for b in nodes if a != b)
    edition = edition_of(tmp_path, {"rocks.ttl": bomb})
    began = time.monotonic()
    with pytest.raises(ContentError, match=r"rocks\.ttl: the canonical form .* name the blank"):
        published_digest(edition, Bounds(seconds=1))

    assert time.monotonic() - began < 10
