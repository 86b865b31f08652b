"""Loading an edition, graph and model counted, against rdflib parsing the same files."""

from __future__ import annotations

from pathlib import Path

import rdflib

from listkeeper.edition import NOT_TURTLE, load
from listkeeper.store.workspace import open_workspace
from timing import in_turn, table

ROOT = Path(__file__).resolve().parent.parent


def with_rdflib() -> rdflib.Graph:
    """Parse every file of the lists into one rdflib graph, one by one."""
    graph = rdflib.Graph()
    for file in open_workspace(ROOT).files:
        if file.kind not in NOT_TURTLE:
            graph.parse(data=file.data, format="turtle")
    return graph


def main() -> None:
    """Print the figures."""
    with_model = {"listkeeper": lambda: load(open_workspace(ROOT)).vocabulary}
    timed = in_turn({**with_model, "rdflib": with_rdflib}, 5)
    edition = load(open_workspace(ROOT))
    counts = f"{len(edition.vocabulary.concepts)} entries, {len(edition.authored)} triples"
    print(table(f"Edition load, reading the files included: {counts}", timed))


if __name__ == "__main__":
    main()
