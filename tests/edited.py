"""Lists in canonical form to be edited, and edits of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from listkeeper.editing.draft import Draft, Edit
from listkeeper.edition import Edition, load, reload
from listkeeper.search.lookup import Lookup
from listkeeper.store.changing import change_files
from listkeeper.store.formatting import reformat
from listkeeper.store.workspace import Workspace, open_workspace
from repository import write_repository
from seeded import CLEAN, DEFINITIONS, SETTINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from listkeeper.model import Concept

TODAY: Final = "2026-11-22"

FILES: Final[Mapping[str, str]] = {
    **CLEAN,
    "definitions.ttl": DEFINITIONS + "def:reinstatedOn a owl:DatatypeProperty .\n",
    "needs/10003.ttl": """\
# read by Ann
<need/10003>
    a skos:Concept, def:Need ;
    skos:inScheme <list/needs> ;
    skos:notation "10003" ;
    skos:prefLabel "Company"@en ; # not a firm
    def:reviewStatus <status/not-reviewed> ;
    adms:status <status/current> .
""",
    "services/new-parking.ttl": """\
<service/new-parking>
    a skos:Concept, def:Service ;
    skos:inScheme <list/services> ;
    skos:notation "new-parking" ;
    skos:prefLabel "Parking"@en ;
    def:reviewStatus <status/not-reviewed> ;
    adms:status <status/proposed> .
""",
}
"""The clean repository, with an entry that has comments and a proposal without a number."""


def lists(folder: Path, more: Mapping[str, str] | None = None) -> Workspace:
    """Write the repository, with more files, in canonical form."""
    root = write_repository(folder, {**FILES, **(more or {})}, SETTINGS)
    workspace = open_workspace(root)
    contents, refused = reformat(workspace.files, workspace.settings)
    assert refused == ()
    for path, data in contents.items():
        (root / path).write_bytes(data)
    return open_workspace(root)


def entry(edition: Edition, code: str) -> Concept:
    """Find an entry."""
    return Lookup(edition).one(code)


def edited(workspace: Workspace, *steps: Callable[[Draft], object], today: str = TODAY) -> Edit:
    """Make an edit of several steps; nothing is committed."""
    draft = Draft(load(workspace), today)
    for step in steps:
        step(draft)
    return draft.edit()


def after(workspace: Workspace, edit: Edit) -> Edition:
    """Load the lists as they are after an edit."""
    return reload(edit.applied(workspace), load(workspace))


def text(edit: Edit, path: str) -> str:
    """Give what a file below ``vocabularies/`` holds after an edit that changes it."""
    data = edit.contents[f"vocabularies/{path}"]
    assert data is not None
    return data.decode()


def save(workspace: Workspace, edit: Edit) -> Workspace:
    """Write an edit, and read the lists again."""
    change_files(workspace.root, edit.contents, edit.before)
    return open_workspace(workspace.root)
