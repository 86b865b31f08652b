"""The SHACL engine: against pyshacl on Core, and the whole job on 12,000 concepts."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyshacl
import rdflib

from listkeeper.shacl import Index, compile_shapes
from shacl_sample import CORE_SHAPES, SPARQL_SHAPES, sample
from timing import in_turn, table

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
    """Read, compile, validate; print seconds, megabytes and the number of results."""
    start = time.perf_counter()
    shapes = compile_shapes(Index.parse(CORE_SHAPES + SPARQL_SHAPES))
    results = shapes.validate(Index.parse(Path(path).read_bytes()))
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{seconds:.2f} s   {peak} MB   {len(results)} results")


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
