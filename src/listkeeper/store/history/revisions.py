"""The files of the lists as they were at any revision, read from objects."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from listkeeper.errors import RevisionError, SettingsError
from listkeeper.settings import FILE_NAME, read_settings
from listkeeper.store.history.objects import GitObject
from listkeeper.store.history.trees import FOLDER, LINK, SUBMODULE
from listkeeper.store.workspace import DEEPEST, VOCABULARIES, SourceFile, Sources, classify

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listkeeper.settings import Settings
    from listkeeper.store.history.repository import Repository
    from listkeeper.store.history.trees import Leaf

REFUSED: Final = {
    LINK: "is a symbolic link; put the file itself here",
    SUBMODULE: "is another Git repository; put the files themselves here",
}
"""Mode of what is no file, and what is said of it."""

TOO_DEEP: Final = "lies too deep; a list needs one level of folders"


def open_revision(repository: Repository, revision: str) -> Sources:
    """Read the settings and every file of the lists at a revision.

    Args:
        repository: where to read.
        revision: a tag, a branch, or any name of a commit.

    Returns:
        the same as :func:`~listkeeper.store.workspace.open_workspace` gives of a checkout of
        that revision, each file with its blob's name.

    Raises:
        RevisionError: when there is no such revision, or it holds no lists.
        SettingsError: when its settings are wrong.
        HistoryError: when its objects are missing or broken.
    """
    tree = repository.folder(revision)
    settings = settings_at(repository, tree, revision)
    leaves, too_deep = repository.trees.leaves(_lists(repository, tree, revision), DEEPEST)
    sources = read_leaves(repository, leaves, settings)
    deep = ((f"{VOCABULARIES}/{path.rstrip('/')}", TOO_DEEP) for path in too_deep)
    return replace(sources, unreadable=(*deep, *sources.unreadable))


def read_leaves(repository: Repository, leaves: Iterable[Leaf], settings: Settings) -> Sources:
    """Read files of the lists as found in trees.

    Args:
        repository: where to read.
        leaves: the files, their paths below ``vocabularies/``.
        settings: those of the revision.
    """
    files, unreadable = [], []
    for leaf, found in _contents(repository, leaves):
        path = f"{VOCABULARIES}/{leaf.path}"
        problem = REFUSED.get(leaf.mode) or found.problem
        if problem:
            unreadable.append((path, problem))
        else:
            kind = classify(leaf.path)
            files.append(SourceFile(path=path, data=found.data, kind=kind, blob=leaf.id))
    return Sources(settings=settings, files=tuple(files), unreadable=tuple(unreadable))


def new_leaves(
    repository: Repository, tree: str, name: str, seen: set[tuple[str, str]]
) -> list[Leaf]:
    """Give the files of the lists at a revision that no other revision before had alike.

    Args:
        repository: where to read.
        tree: the lists repository's folder, as :meth:`Repository.folder` gives it.
        name: what the revision is called, for errors.
        seen: what was given before; it grows.
    """
    return repository.trees.leaves(_lists(repository, tree, name), DEEPEST, seen)[0]


def _lists(repository: Repository, tree: str, name: str) -> str:
    entry = repository.trees.find(tree, VOCABULARIES)
    if entry is None or entry.mode != FOLDER:
        raise RevisionError(f"{name}: has no {VOCABULARIES}/ folder")
    return entry.id


def read_folder(repository: Repository, revision: str, name: str) -> dict[str, bytes]:
    """Read the files that lie right in a folder of a revision, such as its ``shapes``.

    Returns:
        file name to content; nothing where there is no such folder.

    Raises:
        HistoryError: when one of them is missing or broken.
    """
    entry = repository.trees.find(repository.folder(revision), name)
    if entry is None or entry.mode != FOLDER:
        return {}
    leaves, _ = repository.trees.leaves(entry.id, 1)
    kept = [leaf for leaf in leaves if leaf.mode not in REFUSED]
    return {leaf.path: repository.objects.read(leaf.id).data for leaf in kept}


def settings_at(repository: Repository, tree: str, revision: str) -> Settings:
    """Read the settings of a revision.

    Args:
        repository: where to read.
        tree: the lists repository's folder, as :meth:`Repository.folder` gives it.
        revision: what it is called, for errors.

    Raises:
        RevisionError: when there are none.
        SettingsError: when they are wrong.
    """
    entry = repository.trees.find(tree, FILE_NAME)
    if entry is None or entry.mode == FOLDER or entry.mode in REFUSED:
        raise RevisionError(f"{revision}: has no {FILE_NAME}; it holds no lists")
    data = repository.objects.read(entry.id).data
    place = f"{revision}:{FILE_NAME}"
    try:
        return read_settings(data.decode("utf-8-sig"), place)
    except UnicodeDecodeError as error:
        raise SettingsError(place, (f"is not UTF-8 text ({error.reason})",)) from error


def _contents(repository: Repository, leaves: Iterable[Leaf]) -> list[tuple[Leaf, GitObject]]:
    """Read files in the order in which a folder's are read: names compared part by part."""
    ordered = sorted(leaves, key=lambda leaf: leaf.path.split("/"))
    names = (leaf.id for leaf in ordered if leaf.mode != SUBMODULE)
    found = {object_.id: object_ for object_ in repository.objects.read_many(names)}
    return [(leaf, found.get(leaf.id) or GitObject(leaf.id, "", b"")) for leaf in ordered]
