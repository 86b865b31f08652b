"""Our lists against the validators of others: VocPub, CPSV-AP and DCAT-AP, exceptions named.

`docs/profiles.md` explains each exception to people; here they are counted.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from pyshacl import validate
from rdflib import OWL, Graph
from rdflib.namespace import SH

from listkeeper.edition import load
from listkeeper.publish.resources import ResourceKind
from listkeeper.store.workspace import open_workspace
from published import document, publish
from sample import write_sample

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.publish.publication import Publication

pytestmark = pytest.mark.shared

VOCPUB = "vocpub/validator.ttl"
CPSV_AP = "cpsv-ap/cpsv-ap-SHACL.ttl"

DEFINITION = "Requirement 2.1.04"
"""An entry, group or list without a definition."""
EMPTY = "Requirement 2.1.09"
"""A list without an entry at its top, or a subset, whose entries are at the top of its list."""
SUBSET = "Requirement 2.3.03"
"""An entry of a subset that is at the top of its list, which another document describes."""

EXCEPTIONS = frozenset({DEFINITION, EMPTY, SUBSET})
"""What docs/profiles.md explains; nothing else is reported of any list."""


@pytest.fixture(scope="module")
def ours(root: Path) -> Publication:
    """The lists of this repository."""
    return publish(load(open_workspace(root)))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """The rich sample repository."""
    return publish(load(open_workspace(write_sample(tmp_path_factory.mktemp("sample")))))


def shapes(shared: Path, name: str) -> Graph:
    """Read a suite's shapes, without what they import from the network."""
    graph = Graph().parse(shared / "suites" / name, format="turtle")
    graph.remove((None, OWL.imports, None))
    return graph


def reported(data: bytes, suite: Graph) -> Counter[str]:
    """Count what a validator reports above a warning, by the beginning of its message."""
    graph = Graph().parse(data=data, format="turtle")
    _, report, _ = validate(graph, shacl_graph=suite, allow_warnings=True)
    assert isinstance(report, Graph)
    results = (r for r in report.subjects(SH.resultSeverity, SH.Violation))
    messages = (str(report.value(result, SH.resultMessage)) for result in results)
    return Counter(message.split(",")[0].split(" Each")[0][:18] for message in messages)


def lists(publication: Publication) -> list[str]:
    """Name the lists and subsets."""
    return [r.name for r in publication.resources.values() if r.kind is ResourceKind.LIST]


WITHOUT_EXCEPTION = ["functions", "needs", "life-events", "legislation", "powers-and-duties"]


@pytest.mark.parametrize("name", WITHOUT_EXCEPTION)
def test_lists_pass_vocpub(name: str, ours: Publication, shared: Path) -> None:
    """Those whose entries are all defined."""
    assert reported(document(ours, f"/list/{name}.ttl"), shapes(shared, VOCPUB)) == {}


def test_every_exception_to_vocpub_is_a_known_one(ours: Publication, shared: Path) -> None:
    """Of every list, and as many as there are entries and groups without a definition."""
    suite = shapes(shared, VOCPUB)
    vocabulary = ours.edition.vocabulary
    for name in lists(ours):
        found = reported(document(ours, f"/list/{name}.ttl"), suite)

        undefined = sum(not c.definitions for c in vocabulary.members(name))
        groups = len(ours.descriptions.collections(name))
        is_part = bool(vocabulary.schemes[name].subset_of)
        assert found.keys() <= EXCEPTIONS, name
        assert found[DEFINITION] == undefined + groups, name
        assert bool(found[EMPTY]) is (is_part or not vocabulary.members(name)), name
        assert bool(found[SUBSET]) is is_part, name


def test_the_sample_passes_but_for_its_gaps(sample: Publication, shared: Path) -> None:
    """It has lists without dates and entries without definitions; nothing of ours is missing."""
    ours = {"Requirement 2.1.06", "Requirement 2.4.02", "Requirement 2.4.3"}
    for name in lists(sample):
        found = reported(document(sample, f"/list/{name}.ttl"), shapes(shared, VOCPUB))
        assert ours.isdisjoint(found), name
        assert found["Requirement 2.2.03"] <= len(sample.descriptions.collections(name)), name


@pytest.mark.parametrize("name", [*WITHOUT_EXCEPTION, "circumstances", "organisation-types"])
def test_lists_conform_to_cpsv_ap(name: str, ours: Publication, shared: Path) -> None:
    """As they are usually described; who publishes them is an agent as it has them."""
    assert reported(document(ours, f"/list/{name}.ttl"), shapes(shared, CPSV_AP)) == {}


def test_our_catalogue_conforms_to_dcat_ap(ours: Publication, shared: Path) -> None:
    """With its checksums and sizes, and the data about the data."""
    suite = shapes(shared, "dcat-ap/shapes.ttl")
    data = document(ours, "/catalogue.ttl") + document(ours, "/.well-known/void")

    assert reported(data, suite) == {}
