"""The SHACL engine: against pyshacl on Core, and the whole job on 12,000 concepts."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pyshacl
import rdflib

from listkeeper.shacl import Index, compile_shapes
from listkeeper.shacl.terms import local_name
from shacl_sample import CORE_DEFECTS, CORE_SHAPES, SPARQL_DEFECTS, SPARQL_SHAPES, sample
from timing import in_turn, table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listkeeper.shacl import Result
    from shacl_sample import Expected

DEFECTS = len(CORE_DEFECTS) + len(SPARQL_DEFECTS)
SMALL, LARGE = 1_200, 12_000
ROUNDS = 5
JOB = "--job"


def against_pyshacl() -> str:
    """Validate 1,200 concepts with Core shapes, both engines in turn."""
    text = sample(SMALL).turtle()
    data, shapes = Index.parse(text), Index.parse(CORE_SHAPES)
    graph = rdflib.Graph().parse(data=text, format="turtle")
    shapes_graph = rdflib.Graph().parse(data=CORE_SHAPES, format="turtle")
    ways = {
        "ours, shapes compiled each time": lambda: compile_shapes(shapes).validate(data),
        "ours, from Turtle text": lambda: compile_shapes(shapes).validate(Index.parse(text)),
        "pyshacl, graphs loaded": lambda: pyshacl.validate(graph, shacl_graph=shapes_graph),
    }
    return table(f"SHACL Core, {SMALL:,} concepts", in_turn(ways, ROUNDS))


def whole_job(path: str) -> None:
    """Read, compile, validate; print seconds, megabytes and what became of the seeded defects."""
    start = time.perf_counter()
    shapes = compile_shapes(Index.parse(CORE_SHAPES + SPARQL_SHAPES))
    results = shapes.validate(Index.parse(Path(path).read_bytes()))
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    verdict = judged(results, sample(LARGE).expected)
    print(f"{seconds:.2f} s   {peak} MB   {len(results)} results   {verdict}")


def judged(results: Iterable[Result], expected: Iterable[Expected]) -> str:
    """Compare what was found with what was seeded, result by result."""
    found, asked = Counter(map(told, results)), Counter(expected)
    missing, false = asked - found, found - asked
    verdict = f"all found, {false.total()} false" if not missing else f"{missing.total()} missed"
    return f"{DEFECTS} seeded defects: {verdict.replace(' 0 false', ' no false one')}"


def told(result: Result) -> Expected:
    """Write a result as the generator writes what it expects."""
    path = str(result.path.value) if isinstance(result.path, ox.NamedNode) else None
    component = local_name(result.component.value).removesuffix("ConstraintComponent")
    return local_name(result.focus_node.value), path and local_name(path), component


def large() -> str:
    """Run the whole job in processes of its own."""
    made = sample(LARGE)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lists.ttl"
        path.write_text(made.turtle(), encoding="utf-8")
        command = [sys.executable, __file__, JOB, str(path)]
        lines = [
            subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
            for _ in range(ROUNDS)
        ]
    title = f"SHACL Core and SPARQL, {LARGE:,} concepts, {len(made.expected)} results expected"
    return "\n  ".join((title, *sorted(lines)))


def main() -> None:
    """Run both, or the job of one process."""
    if JOB in sys.argv:
        whole_job(sys.argv[-1])
    else:
        print(against_pyshacl())
        print(large())


if __name__ == "__main__":
    main()
