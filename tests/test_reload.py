"""Reloading: an edition made from an earlier one is the edition that loading gives."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listkeeper.edition import Edition, load, reload
from listkeeper.store.parsing import parse
from listkeeper.store.workspace import SourceFile, Workspace, classify, open_workspace
from repository import HEADER, write_repository
from seeded import CLEAN, SETTINGS

if TYPE_CHECKING:
    from pathlib import Path

    from listkeeper.errors import TurtleSyntaxError
    from listkeeper.graph import Triple

NEED: Final = "needs/10001.ttl"


def told(edition: Edition) -> tuple[object, ...]:
    """Everything an edition says, in its order."""
    return (
        edition.settings,
        list(edition.files.items()),
        list(edition.authored),
        list(edition.homes.items()),
        edition.repeated,
        edition.vocabulary,
        list(edition.vocabulary.concepts),
        [str(error) for error in edition.unreadable],
        list(edition.derived),
        list(edition.published),
    )


def source(path: str, text: str) -> SourceFile:
    """A file of the lists, below ``vocabularies/``."""
    data = (HEADER + text if path.endswith(".ttl") else text).encode()
    return SourceFile(path=f"vocabularies/{path}", data=data, kind=classify(path))


def edited(workspace: Workspace, edits: dict[str, str | None]) -> Workspace:
    """Put files, or take them away, in the order in which a folder gives them."""
    files = {file.path: file for file in workspace.files}
    for path, text in edits.items():
        if text is None:
            files.pop(f"vocabularies/{path}", None)
        else:
            files[f"vocabularies/{path}"] = source(path, text)
    ordered = sorted(files.values(), key=lambda file: file.path.split("/"))
    return replace(workspace, files=tuple(ordered))


SNIPPETS: Final = (
    *('skos:prefLabel "New"@en ;', 'skos:altLabel "Other"@en ;', "skos:broader <need/10002> ;"),
    *("def:meetsNeed <need/10001>, <need/10002> ;", "def:metBy <service/1> ;", "a def:Link ;"),
    *("def:textRecord <need/10001#definition-en> ;", "skosxl:hiddenLabel <need/10002#former-1> ;"),
    *("skos:broader [] ;", "skos:note _:x ;", "dct:isReplacedBy <need/10002> ;"),
    *("adms:status <status/retired> ;", "a skos:ConceptScheme ;", 'def:segment "other" ;'),
    *(
        "owl:inverseOf def:metBy ; a def:LinkType ;",
        '"broken',
        "def:rule 'LK100' ; a def:Silence ;",
    ),
)
SUBJECTS: Final = (
    *("<need/10001>", "<need/10002>", "<need/10001#definition-en>", "<need/10002#former-1>"),
    *("<service/1>", "<list/needs>", "def:meetsNeed", "<need/9>", "_:x"),
)
STATEMENTS: Final = st.builds(
    "{} {} dct:created '2026-11-21' .\n".format,
    st.sampled_from(SUBJECTS),
    st.sampled_from(SNIPPETS),
)
PATHS: Final = st.sampled_from(
    (*sorted(CLEAN), "needs/9.ttl", "needs/05/10001.ttl", "other/1.ttl", "whole.ttl")
)


@st.composite
def edits(draw: st.DrawFn) -> dict[str, str | None]:
    """Some files with statements more, with nothing but these, or gone."""
    found: dict[str, str | None] = {}
    for path in draw(st.lists(PATHS, min_size=1, max_size=3)):
        more = "".join(draw(st.lists(STATEMENTS, max_size=3)))
        kept = CLEAN.get(path, "") if draw(st.booleans()) else ""
        found[path] = None if draw(st.integers(0, 4)) == 0 else kept + more
    return found


@settings(max_examples=100, deadline=None)
@given(changes=st.lists(edits(), min_size=1, max_size=3))
def test_reloading_is_loading(
    tmp_path_factory: pytest.TempPathFactory, changes: list[dict[str, str | None]]
) -> None:
    """Whatever is edited, one edit after another, and the earlier editions stay as they were."""
    folder = tmp_path_factory.getbasetemp() / "reload"
    workspace = open_workspace(write_repository(folder, CLEAN, SETTINGS))
    edition = load(workspace)
    for change in changes:
        before, was = edition, told(edition)
        workspace = edited(workspace, change)
        edition = reload(workspace, before)

        assert told(edition) == told(load(workspace))
        assert told(before) == was


RECORD: Final = "<need/9#record> a def:TextRecord ; dct:date '2026-11-{}' ; dct:language 'en' ."
FAR: Final[dict[str, tuple[dict[str, str | None], ...]]] = {
    "a part in the file of another": (
        {"needs/9.ttl": "<need/9> a skos:Concept ; def:textRecord <need/9#record> ."},
        {"needs/8.ttl": RECORD.format("20")},
        {"needs/8.ttl": RECORD.format("21")},
        {"needs/8.ttl": None},
    ),
    "the segment of a list, with an entry of another base": (
        {"needs/9.ttl": "<urn:need:9> a skos:Concept ."},
        {"needs/list.ttl": CLEAN["needs/list.ttl"].replace('"need"', '"want"')},
    ),
    "a kind of link that is declared later": (
        {"needs/9.ttl": "<need/9> a skos:Concept ; def:nearTo <need/10001> ."},
        {
            "definitions.ttl": CLEAN["definitions.ttl"]
            + "def:nearTo a def:LinkType ; rdfs:label 'near'@en .\n"
        },
    ),
    "a link's target that goes and comes": (
        {NEED: None},
        {NEED: CLEAN[NEED]},
    ),
    "a second file about one entry, and no more": (
        {"needs/05/10001.ttl": CLEAN[NEED]},
        {"needs/05/10001.ttl": "<need/5> a skos:Concept ."},
    ),
}
"""Edits one after another that change what is read of files that stay as they are."""


@pytest.mark.parametrize("case", FAR)
def test_effects_elsewhere_are_seen(tmp_path: Path, case: str) -> None:
    """What a file says may depend on another; each edit changes something."""
    workspace = open_workspace(write_repository(tmp_path, CLEAN, SETTINGS))
    edition = load(workspace)
    for change in FAR[case]:
        workspace = edited(workspace, change)
        before, edition = edition, reload(workspace, edition)

        assert told(edition) == told(load(workspace))
        assert edition.vocabulary != before.vocabulary


def test_only_what_changed_is_read(tmp_path: Path) -> None:
    """The other files are not even parsed, and their concepts are the same objects."""
    workspace = open_workspace(write_repository(tmp_path, CLEAN, SETTINGS))
    first = load(workspace)
    parsed: list[str] = []

    def told_parse(file: SourceFile) -> tuple[list[Triple], TurtleSyntaxError | None]:
        parsed.append(file.path)
        return parse(file)

    text = CLEAN[NEED].replace('"Learning"@en', '"Knowing"@en')
    second = reload(edited(workspace, {NEED: text}), first, told_parse)

    assert parsed == [f"vocabularies/{NEED}"]
    same = [
        concept.notation
        for uri, concept in first.concepts_read.concepts.items()
        if second.concepts_read.concepts.get(uri) is concept
    ]
    assert len(same) == len(first.vocabulary.concepts) - 1


def test_other_settings_are_another_repository(tmp_path: Path) -> None:
    """With another base URI nothing can be kept."""
    workspace = open_workspace(write_repository(tmp_path, CLEAN, SETTINGS))
    moved = replace(workspace, settings=replace(workspace.settings, languages=("en",)))

    assert told(reload(moved, load(workspace))) == told(load(moved))


def test_our_own_lists_reload(root: Path) -> None:
    """Every hundredth file of the lists, each in turn without its last statement."""
    workspace = open_workspace(root)
    edition = load(workspace)
    for file in workspace.files[::400]:
        cut = replace(file, data=file.data.rstrip()[:-1].rpartition(b".\n")[0] + b".\n")
        files = tuple(cut if each is file else each for each in workspace.files)
        changed = replace(workspace, files=files)

        assert told(reload(changed, edition)) == told(load(changed))
