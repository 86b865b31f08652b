"""Two processes share the rules, and find what one finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from listkeeper.edition import load
from listkeeper.store.workspace import open_workspace
from listkeeper.validate.rules import RULES
from listkeeper.validate.scope import Scope
from listkeeper.validate.sharing import GRAPH_RULES, SharedRules, breaches
from listkeeper.workers import forks
from repository import edition_of
from seeded import CLEAN, SETTINGS

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.edition import Edition

BROKEN = {
    "needs/10001.ttl": (
        '<need/10001> a skos:Concept, skos:Konzept, def:Nede ; skos:prefLabel " a  b"@en, "=1"@en ;'
        ' skos:altLabel "" , " a  b"@en ; skos:broader <need/9>, <javascript:x> ;'
        ' skos:note [], "\\u202e", "e\\u0301" ; dct:created "21026-01-01"^^xsd:date ;'
        " skos:exactMatch <need/10002> ; skos:broadMatch <need/10002> .\n"
    ),
    "services/1.ttl": "<<<<<<< HEAD\n",
}
"""Files that break rules of both processes; names of entries come from the model."""


def told(edition: Edition, fewest_files: int) -> tuple[list[str], list[str]]:
    """What the rules find, and the codes of those that found it."""
    with SharedRules(Scope(edition), RULES, fewest_files) as shared:
        found = list(shared.breaches())
    rows = sorted(f"{rule.code} {breach}" for rule, breach in found)
    return rows, sorted({rule.code for rule, _ in found})


def test_both_find_what_one_finds(tmp_path: Path) -> None:
    """Every breach comes back, word for word and term for term."""
    edition = edition_of(tmp_path, {**CLEAN, **BROKEN}, SETTINGS)
    alone = sorted(f"{rule.code} {breach}" for rule, breach in breaches(Scope(edition), RULES))
    rows, codes = told(edition, fewest_files=0)

    assert rows == alone
    assert told(edition, fewest_files=10**6)[0] == alone
    assert len(GRAPH_RULES.intersection(codes)) >= 9
    assert set(codes) - GRAPH_RULES


def test_our_own_lists(root: Path) -> None:
    """On thousands of files as on ten."""
    edition = load(open_workspace(root))

    assert told(edition, 0) == told(edition, 10**6)


def test_the_worker_ends_with_its_block(tmp_path: Path) -> None:
    """Whoever stops early leaves no process behind."""
    if not forks():
        pytest.skip("a worker that is no copy of this process is not used for rules")
    edition = edition_of(tmp_path, CLEAN, SETTINGS)
    with SharedRules(Scope(edition), RULES, fewest_files=0) as shared:
        worker = shared._worker  # noqa: SLF001 - what is asked about is not for others

    assert worker is not None
    assert not worker._process.is_alive()  # noqa: SLF001 - as above


def test_the_rules_named_exist() -> None:
    """A code that is no rule's would be run by nobody's choice."""
    assert {rule.code for rule in RULES} >= GRAPH_RULES
