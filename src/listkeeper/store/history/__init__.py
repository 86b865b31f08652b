"""History from Git: revisions, commits and releases, read from objects and never from a checkout.

Git is called here and nowhere else, with fixed words and without a shell; what a user typed is
turned into a full object name before anything else sees it. Nothing that a repository brings
along is run: hooks, filters, monitors, pagers, transports (docs/architecture.md, "History").
"""

from listkeeper.store.history.commits import Change, Commit
from listkeeper.store.history.objects import object_id
from listkeeper.store.history.paths import paths_added, read_file
from listkeeper.store.history.releases import Release
from listkeeper.store.history.repository import Repository, find_repository, open_repository
from listkeeper.store.history.revisions import (
    new_leaves,
    open_revision,
    read_folder,
    read_leaves,
    settings_at,
)
from listkeeper.store.history.working import changed_paths, is_dirty
from listkeeper.store.history.writing import (
    Identity,
    Move,
    Writer,
    current_branch,
    identity,
    ref_target,
)

__all__ = [
    "Change",
    "Commit",
    "Identity",
    "Move",
    "Release",
    "Repository",
    "Writer",
    "changed_paths",
    "current_branch",
    "find_repository",
    "identity",
    "is_dirty",
    "new_leaves",
    "object_id",
    "open_repository",
    "open_revision",
    "paths_added",
    "read_file",
    "read_folder",
    "read_leaves",
    "ref_target",
    "settings_at",
]
