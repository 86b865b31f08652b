"""Searching in process: the shipped lists, and 120,000 concepts made of their words."""

from __future__ import annotations

import random
import statistics
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from listkeeper.edition import load
from listkeeper.model import Text
from listkeeper.search.index import search_index
from listkeeper.search.text import words_of
from listkeeper.store.workspace import open_workspace
from listkeeper.uris import URI

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from listkeeper.edition import Edition
    from listkeeper.model import Concept

ROOT = Path(__file__).resolve().parent.parent
LARGE = 120_000
ASKED = 2_000
SEED = 20261122


def enlarged(lists: Edition, count: int) -> Edition:
    """Make lists of many concepts, each with a name of words that the shipped ones use."""
    chance = random.Random(SEED)  # noqa: S311 - nothing is kept secret by it
    concepts = list(lists.vocabulary.concepts.values())
    words = [word for c in concepts for word in words_of(c.label().value)]
    made: dict[URI, Concept] = dict(lists.vocabulary.concepts)
    for number in range(count - len(concepts)):
        like = concepts[number % len(concepts)]
        code = str(300_000 + number)
        uri = URI(f"{like.uri.rpartition('/')[0]}/{code}")
        label = " ".join(chance.choices(words, k=chance.randint(2, 6))).capitalize()
        made[uri] = replace(
            like,
            uri=uri,
            notation=code,
            address=f"{like.address.rpartition('/')[0]}/{code}",
            pref_labels=(Text(value=label, language="en"),),
            draft_labels=(),
            former_labels=(),
            mappings=(),
        )
    return replace(lists, model=replace(lists.vocabulary, concepts=made))


def queries(concepts: tuple[Concept, ...]) -> Iterator[str]:
    """Make what people type: codes, whole names, one or two words, beginnings of words."""
    chance = random.Random(SEED)  # noqa: S311 - nothing is kept secret by it
    for _ in range(ASKED):
        concept = chance.choice(concepts)
        words = concept.label().value.split()
        start = chance.randrange(len(words))
        yield chance.choice(
            (
                concept.notation,
                concept.label().value,
                words[start],
                " ".join(words[start : start + 2]),
                words[start][: chance.randint(1, 4)],
            )
        )


def timed(act: Callable[[str], object], asked: list[str]) -> str:
    """Give the median, the 99th percentile and the longest, in milliseconds of processor time."""
    times = []
    for words in asked:
        start = time.thread_time()
        act(words)
        times.append((time.thread_time() - start) * 1000)
    times.sort()
    return (
        f"median {statistics.median(times):6.3f} ms   p99 {times[int(len(times) * 0.99)]:6.2f} ms"
        f"   longest {times[-1]:6.2f} ms"
    )


def main() -> None:
    """Print the figures."""
    lists = load(open_workspace(ROOT))
    print(f"Search and suggest, {ASKED} queries each, processor time")
    for edition in (lists, enlarged(lists, LARGE)):
        start = time.perf_counter()
        index = search_index(edition)
        made = time.perf_counter() - start
        asked = list(queries(index.concepts))
        print(f"  {len(index.concepts):,} concepts, index made in {made:.2f} s")
        print(f"    search   {timed(index.search, asked)}")
        print(f"    suggest  {timed(index.suggest, asked)}")


if __name__ == "__main__":
    main()
