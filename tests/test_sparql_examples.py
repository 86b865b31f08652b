"""The examples on the page answer real questions of the lists kept here."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from listkeeper.edition import load
from listkeeper.sparql.description import service_description
from listkeeper.sparql.examples import read_examples
from listkeeper.sparql.graphs import EditionGraphs
from listkeeper.sparql.pool import Pool
from listkeeper.sparql.queries import Query
from listkeeper.store.workspace import open_workspace

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "site_templates"
NAMES = [file.stem for file in sorted((TEMPLATES / "queries").glob("*.rq"))]


@pytest.fixture(scope="module")
def graphs() -> EditionGraphs:
    """The lists kept here."""
    return EditionGraphs(load(open_workspace(ROOT)))


@pytest.fixture(scope="module")
def pool(graphs: EditionGraphs) -> Pool:
    """Answers queries over them."""
    return Pool(graphs)


def rows(pool: Pool, text: str) -> list[dict[str, str]]:
    body = pool.ask(Query(text=text, solutions="csv", graph="nt")).body.decode()
    return list(csv.DictReader(io.StringIO(body)))


def text_of(name: str, base: str) -> str:
    return next(e.text for e in read_examples(TEMPLATES, base) if e.name == name)


@pytest.mark.parametrize("name", NAMES)
def test_each_example_has_results(name: str, graphs: EditionGraphs, pool: Pool) -> None:
    """An example that finds nothing teaches nothing."""
    assert rows(pool, text_of(name, graphs.base))


@pytest.mark.parametrize("name", NAMES)
def test_each_example_begins_with_its_question(name: str, graphs: EditionGraphs) -> None:
    """The first line of the file is what the page shows."""
    example = next(e for e in read_examples(TEMPLATES, graphs.base) if e.name == name)

    assert len(example.question) > 20
    assert not example.question.startswith("#")
    assert example.text.startswith(f"BASE <{graphs.base}>\nPREFIX")


def test_duties_without_a_service(graphs: EditionGraphs, pool: Pool) -> None:
    """The query finds just the duties that the model finds."""
    found = rows(pool, text_of("01-duties-without-service", graphs.base))
    vocabulary = load(open_workspace(ROOT)).vocabulary
    cited = {
        target
        for concept in vocabulary.concepts.values()
        for target in concept.links.get(f"{graphs.base}def/requiredByDuty", ())  # type: ignore[call-overload] # a URI
    }
    expected = {
        duty.uri
        for duty in vocabulary.members("duties")
        if duty.uri not in cited and duty.status == "current"
    }

    assert {row["duty"] for row in found} == expected
    assert len(found) == len(expected) > 0


def test_examples_move_with_the_base(graphs: EditionGraphs) -> None:
    """No example names the base URI itself."""
    for file in (TEMPLATES / "queries").glob("*.rq"):
        assert graphs.base not in file.read_text("utf-8")


def test_the_description_counts_the_triples(graphs: EditionGraphs, pool: Pool) -> None:
    """void:triples is what a query counts."""
    (row,) = rows(pool, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")

    assert f"void:triples {row['n']}" in service_description(graphs, "turtle").decode()
