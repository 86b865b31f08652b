"""Sixty-four readers during a thousand swaps of editions, at a real server.

The same as `tests/test_web_keeper.py` does at a smaller scale: every body is that of one edition
and has its tag, and no answer fails.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from test_web_keeper import (  # noqa: E402 - the tests are found only now
    PATHS,
    READERS,
    Kept,
    all_at_once,
    bodies_of_every_edition,
)

SWAPS = 1_000


def main() -> None:
    """Swap, compare and report."""
    logging.getLogger("listkeeper.web").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        kept = Kept(Path(folder))
        began = time.perf_counter()
        readers = asyncio.run(all_at_once(kept, SWAPS))
        seconds = time.perf_counter() - began
        known = bodies_of_every_edition(kept, SWAPS)
    strays = {path: len(seen - known[path]) for path, seen in readers.seen.items()}
    print(f"{READERS} readers, {SWAPS:,} swaps in {seconds:.0f} s, {readers.answers:,} answers")
    for path in PATHS:
        print(f"  {path:18}{len(readers.seen[path]):6} bodies seen, {strays[path]} of no edition")
    sys.exit(bool(sum(strays.values())))


if __name__ == "__main__":
    main()
