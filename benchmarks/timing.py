"""Paired timing: two ways of doing one thing, in turn, so that a slow machine slows both."""

from __future__ import annotations

import statistics
import subprocess
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


class Timed(NamedTuple):
    """Seconds of each round."""

    name: str
    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The median round, in seconds."""
        return statistics.median(self.seconds)


def in_turn(ways: Mapping[str, Callable[[], object]], rounds: int) -> list[Timed]:
    """Time each way once a round, after one round that is not counted."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, act in ways.items():
            start = time.perf_counter()
            act()
            if number:
                seconds[name].append(time.perf_counter() - start)
    return [Timed(name, tuple(values)) for name, values in seconds.items()]


def whole_process(command: Sequence[str]) -> Callable[[], object]:
    """Make the act of running a command to its end, whatever its exit code."""
    return lambda: subprocess.run(command, capture_output=True, check=False)


def table(title: str, timed: Sequence[Timed]) -> str:
    """Write the medians with their multiples of the first, the baseline."""
    base = timed[0].median
    rows = [
        f"  {t.name:44} {t.median * 1000:10.1f} ms   {t.median / base:8.2f} x   "
        f"({min(t.seconds) * 1000:.1f} to {max(t.seconds) * 1000:.1f})"
        for t in timed
    ]
    return "\n".join((title, *rows))
