"""Commands as whole processes, against starting Python at all and against plain pyshacl."""

from __future__ import annotations

import sys
from pathlib import Path

from timing import in_turn, table, whole_process

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
LISTKEEPER = str(BIN / "listkeeper")


def joined(kind: str, files: list[Path]) -> str:
    """Write all files' triples into one, as plain pyshacl wants them; give its name."""
    import rdflib  # noqa: PLC0415 - only this benchmark pays for it

    graph = rdflib.Graph()
    for file in files:
        graph.parse(file, format="turtle")
    path = ROOT / "build" / f"{kind}.ttl"
    path.parent.mkdir(exist_ok=True)
    graph.serialize(path, format="turtle")
    return str(path)


def main() -> None:
    """Print the figures."""
    check = [LISTKEEPER, "check", "-C", str(ROOT), "--no-cache"]
    start = {
        "python -c pass": whole_process([sys.executable, "-c", "pass"]),
        "listkeeper --help": whole_process([LISTKEEPER, "--help"]),
        "listkeeper check --engine none": whole_process([*check, "--engine", "none"]),
    }
    print(table("Start and check without shapes", in_turn(start, 5)))
    data = joined("lists", sorted((ROOT / "vocabularies").rglob("*.ttl")))
    shapes = joined("shapes", sorted((ROOT / "shapes").glob("*.ttl")))
    plain = [str(BIN / "pyshacl"), "--shacl", shapes, "--format", "human", data]
    ways = {
        "pyshacl, the same shapes, one file": whole_process(plain),
        "listkeeper check": whole_process(check),
    }
    print(table("Check, everything", in_turn(ways, 2)))


if __name__ == "__main__":
    main()
