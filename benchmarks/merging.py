"""Thirty branches at work at once: the figures of docs/merging.md, which a test holds."""

from __future__ import annotations

import importlib
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAD = "merged  renumbered  one code twice  same entry  other  damage  seconds"


def main() -> None:
    """Print what comes of each way of working."""
    sys.path.insert(0, str(ROOT / "tests"))
    merging = importlib.import_module("merging")
    program = Path(sys.executable).parent / "listkeeper"
    print(f"{'':42}{HEAD}")
    for name, manner in merging.MANNERS.items():
        start = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            row = merging.simulate(Path(folder), manner, program).row
        seconds = time.perf_counter() - start
        told = (f"{n:>{w}}" for n, w in zip(row, (6, 12, 16, 12, 7, 8), strict=True))
        print(f"{name:42}{''.join(told)}{seconds:9.1f}")


if __name__ == "__main__":
    main()
