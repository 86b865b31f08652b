"""Seeded defects in generated lists: all found, none false."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from listkeeper.shacl import Index, Result, compile_shapes
from listkeeper.shacl.terms import local_name

if TYPE_CHECKING:
    from pathlib import Path

SIZE = 480
DEFECTS, RESULTS, SHAPES, QUERIES = 21, 26, 18, 4


@pytest.fixture(scope="module")
def sample(root: Path) -> Any:  # noqa: ANN401 - a module loaded from its file
    """The generator of the benchmark."""
    spec = importlib.util.spec_from_file_location(
        "shacl_sample", root / "benchmarks" / "shacl_sample.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def told(result: Result) -> tuple[str, str | None, str]:
    """Write a result as the generator writes what it expects."""
    assert isinstance(result.focus_node, ox.NamedNode)
    path = local_name(result.path.value) if isinstance(result.path, ox.NamedNode) else None
    component = local_name(result.component.value).removesuffix("ConstraintComponent")
    return local_name(result.focus_node.value), path, component


def test_every_defect_is_found_and_nothing_else(sample: Any) -> None:  # noqa: ANN401 - see above
    """21 defects give their 26 results, 20 by Core and 6 by SPARQL, and no other."""
    made = sample.sample(SIZE)
    shapes = compile_shapes(Index.parse(sample.CORE_SHAPES + sample.SPARQL_SHAPES))
    results = shapes.validate(Index.parse(made.turtle()))
    assert Counter(map(told, results)) == Counter(made.expected)
    assert len(made.expected) == RESULTS


def test_sound_lists_conform(sample: Any) -> None:  # noqa: ANN401 - see above
    """Without the defects there is nothing to report."""
    shapes = compile_shapes(Index.parse(sample.CORE_SHAPES + sample.SPARQL_SHAPES))
    assert shapes.validate(Index.parse(sample.sample(SIZE, seeded=False).turtle())) == ()


def test_the_sample_is_what_it_says(sample: Any) -> None:  # noqa: ANN401 - see above
    """18 shapes, four queries that all run once, 21 defects."""
    core = Index.parse(sample.CORE_SHAPES)
    named = {str(triple[0]) for triple in core if "/shapes/" in str(triple[0])}
    assert len(named) == SHAPES
    questions = compile_shapes(Index.parse(sample.SPARQL_SHAPES)).questions
    assert [question.query.at_once for question in questions] == [True] * QUERIES
    assert len(sample.CORE_DEFECTS) + len(sample.SPARQL_DEFECTS) == DEFECTS
