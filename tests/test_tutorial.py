"""The tutorial is followed to the letter, over our own lists, and shows what is to be seen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from transcripts import BLOCK, alike, commands, performed, start

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs/tutorial.md").read_text(encoding="utf-8")


def test_the_tutorial(page: str, tmp_path: Path) -> None:
    """From a clone to a released service, with nothing but what the page says."""
    reader = start(tmp_path)

    renew = "`python tests/transcripts.py docs/tutorial.md` writes what is to be seen now"
    assert alike(performed(page, reader)) == alike(page), renew

    path = "vocabularies/services/2000/200001.ttl"
    released = reader.type(f"git --git-dir ../../forge/lists.git show 2026.11:{path}")
    assert "def:meetsNeed <need/10125>" in released
    assert "def:requiredByDuty <power-or-duty/10038>" in released


def test_it_needs_no_rdf(page: str) -> None:
    """Whoever follows it types commands and fills in cells, and never opens a file of Turtle."""
    blocks = [found["lines"] for found in BLOCK.finditer(page) if found["lines"]]
    typed = [command.split()[0] for block in blocks for command in commands(block)]

    assert set(typed) <= {"cd", "git", "listkeeper"}
    prose = BLOCK.sub("", page)
    assert not re.search(r"\b(triple|predicate|SPARQL|SHACL|namespace)\b", prose)
