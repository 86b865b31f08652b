"""Figures of the lists: what each holds, how long its definitions are, what is decided."""

from __future__ import annotations

import statistics
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from listkeeper.edition import load
from listkeeper.store.workspace import open_workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listkeeper.model import Concept, Vocabulary

ROOT = Path(__file__).resolve().parent.parent
HEAD = (
    "list                    entries  defined  words: median, shortest  Welsh drafts"
    "  not reviewed  review suggested  retired"
)


def line(name: str, concepts: Sequence[Concept]) -> str:
    """Give the figures of one list."""
    lengths = [len(d.value.split()) for c in concepts if (d := c.definition())]
    median = f"{statistics.median(lengths):.0f}" if lengths else "-"
    shortest = str(min(lengths)) if lengths else "-"
    drafts = sum(bool(concept.draft_labels) for concept in concepts)
    reviews = Counter(concept.review for concept in concepts)
    retired = sum(concept.is_retired for concept in concepts)
    return (
        f"{name:24}{len(concepts):7}{len(lengths):9}{median:>15}, {shortest:>8}{drafts:14}"
        f"{reviews['not-reviewed']:14}{reviews['review-suggested']:18}{retired:9}"
    )


def links(vocabulary: Vocabulary) -> list[str]:
    """Give the number of links of each kind, and the share of reviewed entries decided."""
    lines = []
    for kind in vocabulary.link_types:
        home = vocabulary.members(kind.domain_list)
        reviewed = [c for c in home if c.review != "not-reviewed"]
        count = sum(len(c.links.get(kind.uri, ())) for c in home)
        linked = sum(bool(c.links.get(kind.uri)) for c in reviewed)
        decided = sum(
            bool(c.links.get(kind.uri)) or any(n.link_type == kind.uri for n in c.none_known)
            for c in reviewed
        )
        total = max(len(reviewed), 1)
        lines.append(
            f"  {kind.name:22}{count:7} links   {linked / total:6.1%} linked"
            f"   {decided / total:6.1%} decided of {len(reviewed)} reviewed {kind.domain_list}"
        )
    return lines


def law(vocabulary: Vocabulary) -> str:
    """Give the figures of powers and duties."""
    rules = [c for c in vocabulary.concepts.values() if c.rule]
    provisions = [p for c in rules if c.rule for p in c.rule.provisions]
    read = sum(all((p.evidence.address, p.evidence.date, p.evidence.heading)) for p in provisions)
    duties = len(vocabulary.members("duties"))
    general = sum(bool(c.rule and c.rule.general) for c in rules)
    return (
        f"  {duties} duties, {len(rules) - duties} powers ({general} general), "
        f"{len(vocabulary.members('legislation'))} Acts and instruments, "
        f"{len(provisions)} provisions, {read} with address, date and heading read"
    )


def main() -> None:
    """Print the figures."""
    vocabulary = load(open_workspace(ROOT)).vocabulary
    print(HEAD)
    for name in sorted(vocabulary.schemes):
        print(line(name, vocabulary.members(name)))
    print("\n".join(links(vocabulary)))
    print(law(vocabulary))


if __name__ == "__main__":
    main()
