"""How well names are matched: names that the matcher has not seen, with known codes."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

from pairs import (
    FOLDS,
    LIST,
    Pair,
    compound,
    edition,
    equal_to,
    left_out,
    mistyped,
    names,
    of_kind,
    services,
    titles,
)

from listkeeper.search.matching import Matcher, Tier
from listkeeper.search.names import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listkeeper.edition import Edition
    from listkeeper.search.matching import Match

SEED = 20261122


def figures(matches: Sequence[Match], pairs: Sequence[Pair]) -> str:
    """Give the shares that are right first and among five, and how sure tiers were right."""
    found = [[c.concept.notation for c in match.candidates] for match in matches]
    first = sum(codes[:1] == [pair.code] for codes, pair in zip(found, pairs, strict=True))
    five = sum(pair.code in codes for codes, pair in zip(found, pairs, strict=True))
    tiers = []
    for tier in Tier:
        rows = [n for n, match in enumerate(matches) if match.tier is tier]
        right = sum(found[n][:1] == [pairs[n].code] for n in rows)
        if rows:
            tiers.append(f"{tier.value} {right}/{len(rows)}")
    count = max(len(pairs), 1)
    return (
        f"{first / count:6.1%} first {five / count:6.1%} in five  of {count:5}   {', '.join(tiers)}"
    )


def tried(title: str, matcher: Matcher, pairs: Sequence[Pair]) -> None:
    """Print the figures of one set of names."""
    matches = list(matcher.match_all(pair.name for pair in pairs))
    print(f"  {title:52} {figures(matches, pairs)}")


def held_out(lists: Edition, pairs: list[Pair]) -> None:
    """Hold each former name out in turn, an eighth of them at a time; the others are seen."""
    concepts, shuffled = services(lists), pairs[:]
    random.Random(SEED).shuffle(shuffled)  # noqa: S311 - nothing is kept secret by it
    matches: list[Match] = []
    asked: list[Pair] = []
    for fold in range(FOLDS):
        part = shuffled[fold::FOLDS]
        matcher = Matcher(lists, LIST, left_out=left_out(concepts, equal_to(part)))
        matches += matcher.match_all(pair.name for pair in part)
        asked += part
    print(f"  {'former names, each held out':52} {figures(matches, asked)}")


def main() -> None:
    """Print all figures."""
    lists = edition()
    concepts = services(lists)
    official, former = titles(), names(concepts, Kind.FORMER)
    labels = names(concepts, Kind.LABEL)
    chance = random.Random(SEED)  # noqa: S311 - nothing is kept secret by it
    print("Matching names to services; the matcher has not seen the names")
    if official:
        seen = equal_to(official)
        without = of_kind(Kind.OTHER, Kind.DRAFT)
        tried("GOV.UK titles", Matcher(lists, LIST, left_out=left_out(concepts, seen)), official)
        unseen = left_out(concepts, lambda c, n: seen(c, n) or without(c, n))
        tried(
            "GOV.UK titles, without alternative names",
            Matcher(lists, LIST, left_out=unseen),
            official,
        )
    held_out(lists, former)
    plain = Matcher(lists, LIST, left_out=left_out(concepts, of_kind(Kind.FORMER)))
    tried("former names, no former name seen at all", plain, former)
    none = Matcher(lists, LIST, left_out=left_out(concepts, of_kind(Kind.FORMER, Kind.OTHER)))
    tried("former names, labels and definitions alone", none, former)
    others = names(concepts, Kind.OTHER)
    alone = Matcher(lists, LIST, left_out=left_out(concepts, of_kind(Kind.OTHER)))
    tried("alternative names, none seen at all", alone, others)
    whole = Matcher(lists, LIST)
    slips = [Pair(mistyped(p.name, chance), p.code) for p in labels]
    tried("labels with a slip", whole, slips)
    tried(
        "labels in a longer title", whole, [Pair(compound(p.name, chance), p.code) for p in labels]
    )
    joined = [Pair(p.name.replace(" ", "", 1), p.code) for p in labels if " " in p.name]
    tried("labels with two words joined", whole, joined)
    many = [pair.name for pair in (*former, *others)][:1000]
    start = time.process_time()
    made = Matcher(lists, LIST)
    middle = time.process_time()
    list(made.match_all(many))
    end = time.process_time()
    made_in, matched_in = middle - start, end - middle
    print(f"  processor time: matcher {made_in:.2f} s, {len(many)} names {matched_in:.2f} s")


if __name__ == "__main__":
    main()
