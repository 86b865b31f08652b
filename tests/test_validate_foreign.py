"""Vocabularies of others, in one file, are checked as SKOS with places."""

from __future__ import annotations

import shutil
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from listkeeper.edition import load
from listkeeper.store.workspace import open_workspace
from listkeeper.validate import check
from repository import write_repository
from seeded import CLEAN, SETTINGS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.shared
def test_known_faults_of_a_published_vocabulary(tmp_path: Path, shared: Path) -> None:
    """CGI's simple lithology has two clashes of labels and four of relations, each at a line."""
    root = write_repository(tmp_path, CLEAN, SETTINGS)
    source = shared / "data" / "skos" / "simplelithology.ttl"
    shutil.copy(source, root / "vocabularies")
    report = check(load(open_workspace(root)), shapes_folder=None)
    found = [f for f in report.findings if f.code in {"LK021", "LK023"}]
    lines = source.read_text(encoding="utf-8").splitlines()

    assert Counter({"LK021": 2, "LK023": 4}) == Counter(f.code for f in found)
    labels = [lines[f.line - 1].strip() for f in found if f.code == "LK021"]
    assert labels == ['"白云岩"@zh ;', '"ryolit"@sv ;']
    assert all("skos:related <" in lines[f.line - 1] for f in found if f.code == "LK023")


def test_rules_of_our_own_form_are_for_our_own_files(tmp_path: Path) -> None:
    """A whole vocabulary needs no status, class, record or notation of ours."""
    files = {**CLEAN, "colours.ttl": "<urn:red> a skos:Concept ; skos:prefLabel 'red'@en ."}
    root = write_repository(tmp_path, files, SETTINGS)

    assert check(load(open_workspace(root)), shapes_folder=None).findings == ()


def test_rules_of_skos_are_for_every_file(tmp_path: Path) -> None:
    """A whole vocabulary is held to the integrity conditions, at its own lines."""
    colours = "<urn:red> a skos:Concept ;\n  skos:prefLabel 'red'@en, 'rouge'@en ."
    root = write_repository(tmp_path, {**CLEAN, "colours.ttl": colours}, SETTINGS)
    found = check(load(open_workspace(root)), shapes_folder=None).findings

    assert [(f.code, f.place) for f in found] == [("LK022", "vocabularies/colours.ttl:23:28")]
